package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"yusuan/corpus"
	"yusuan/normalize"
)

// givenBy returns what a catalogue says of one file; that it says nothing is
// told, for it was named to say something.
func givenBy(cmd *cobra.Command, catalog, file string) (normalize.Given, error) {
	var c *corpus.Catalog
	if err := readCatalog(catalog, &c); err != nil || c == nil {
		return normalize.Given{}, err
	}
	given, found, err := c.Given(file)
	if err == nil && !found {
		fmt.Fprintf(cmd.ErrOrStderr(), "warning: %s has no row for %s\n", shown(catalog), shown(file))
	}
	return given, err
}

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
	catalog := cmd.Flags().String("catalog", "", "a CSV file that says what is known of the file (see yusuan run)")
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
		given, err := givenBy(cmd, *catalog, args[0])
		if err != nil {
			return err
		}
		d, err := normalize.New().Given(cmd.Context(), doc, given)
		if err != nil {
			return err
		}
		return writeOutput(cmd, output, func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(d)
		})
	}
	return cmd
}
