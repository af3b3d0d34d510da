package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/corpus/synth"
)

func synthCommand() *cobra.Command {
	var s synth.Settings
	var output, format string
	var documents int
	cmd := &cobra.Command{
		Use:   "synth -o DIR",
		Short: "Write invented disclosures, for trials and measurements",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output == "" {
				return usageError{fmt.Errorf("synth: name the folder to write to with -o")}
			}
			if documents < 0 || s.Departments < 0 || s.Years < 0 {
				return usageError{fmt.Errorf("synth: counts cannot be negative")}
			}
			for _, f := range strings.Split(format, ",") {
				if !slices.Contains(synth.Formats(), f) {
					return usageError{fmt.Errorf("--format %s: use %s", f, strings.Join(synth.Formats(), ", "))}
				}
			}
			return synth.Write(output, s, documents, strings.Split(format, ","))
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", "", "the folder to write to")
	f.IntVar(&documents, "documents", 12, "how many documents")
	f.Uint64Var(&s.Seed, "seed", 1, "the same seed gives the same documents")
	f.IntVar(&s.Departments, "departments", 0, "how many departments (0: as many as there are documents for)")
	f.IntVar(&s.Years, "years", 0, "how many years for each department (0: three)")
	f.BoolVar(&s.History, "history", false, "departments and projects are renamed, abbreviated, mistyped from year to year")
	f.StringVar(&format, "format", "docx", "docx, doc, pdf, text, gb18030 (prose alone), or several with commas, in turn")
	return cmd
}
