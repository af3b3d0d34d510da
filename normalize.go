package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"yusuan/normalize"
)

func normalizeCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "normalize FILE",
		Short: "Print the records of one document as JSON",
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to a file instead of standard output")
	limits := limitFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkLimits(limits); err != nil {
			return err
		}
		doc, err := readDocument(cmd.Context(), args[0], *limits)
		if err != nil {
			return err
		}
		d := normalize.New().Document(doc)
		return writeOutput(cmd, output, func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(d)
		})
	}
	return cmd
}
