package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"yusuan/export"
)

// errWrong ends a verification that found something; what it is has been
// printed.
var errWrong = errors.New("the dataset is not what it should be")

func verifyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify DATASET",
		Short: "Check a dataset against its manifest, and its tables against one another",
		Long: `Check a dataset: that every file is there and is the one that the manifest names
(SHA-256, bytes, rows, columns, metadata), that no other Parquet file is (one
that you put there is to be removed: no commit does that), that every row belongs to a document of its part, that the counts of documents are
those of the rows, the order of the rows, the year, the range of decimals,
datapackage.json, croissant.json, datacontract.yaml and _SUCCESS; after yusuan
link also that entities and links belong together and are of the documents that
are there now. Nothing is changed.

Exit codes: 0 nothing is wrong, 1 something is, with a list of it.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := export.Verify(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		if asJSON {
			err = printJSON(out, v)
		} else {
			err = printVerification(out, v)
		}
		if err == nil && len(v.Problems) > 0 {
			err = errWrong
		}
		return err
	}
	return cmd
}

// repairable are the checks whose problems a commit does away with: the file is
// not the one that was written.
var repairable = []string{"missing", "bytes", "hash", "unreadable"}

// printVerification prints what is wrong, a line each, and what was checked.
func printVerification(out io.Writer, v *export.Verification) error {
	for _, p := range v.Problems {
		if _, err := fmt.Fprintf(out, "%s: %s [%s]\n", shown(p.File), escaped(p.Message), p.Check); err != nil {
			return err
		}
	}
	if v.Untold > 0 {
		fmt.Fprintf(out, "and %d more like these\n", v.Untold)
	}
	if v.Older != "" {
		fmt.Fprintf(out, "the schema is %s, an earlier one: columns that were added since are read as null, \"\" or 0; the next commit writes all parts anew\n", v.Older)
	}
	end := "nothing is wrong"
	if n := len(v.Problems) + v.Untold; n > 0 {
		end = fmt.Sprintf("wrong: %d", n)
	}
	if slices.ContainsFunc(v.Problems, func(p export.Problem) bool { return slices.Contains(repairable, p.Check) }) {
		end += "; yusuan run … --rebuild, or yusuan commit DATASET --rebuild, writes files that are missing or have changed anew"
	}
	_, err := fmt.Fprintf(out, "checked %d files, %d bytes, %d rows of %d documents: %s\n", v.Files, v.Bytes, v.Rows, v.Documents, end)
	return err
}

// printJSON prints one object on a line.
func printJSON(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
