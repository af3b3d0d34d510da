package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"yusuan/normalize"
)

func normalizeCommand() *cobra.Command {
	var output string
	var unknown bool
	cmd := &cobra.Command{
		Use:   "normalize FILE",
		Short: "Print the records of one document as JSON",
		Long: "Print the records of one document as JSON, or, with --unknown, list what of some documents\n" +
			"the vocabularies do not know: kind, count, text and an example place, apart by tabs.",
		Example: "  yusuan normalize FILE\n  yusuan normalize --unknown FILE…",
		Args: usageArgs(func(cmd *cobra.Command, args []string) error {
			if unknown {
				return cobra.MinimumNArgs(1)(cmd, args)
			}
			return cobra.ExactArgs(1)(cmd, args)
		}),
	}
	cmd.Flags().BoolVar(&unknown, "unknown", false, "list labels, titles, codes, names and units that are not in the vocabularies")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to a file instead of standard output")
	limits := limitFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkLimits(limits); err != nil {
			return err
		}
		if unknown {
			return listUnknown(cmd, args, *limits, output)
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
