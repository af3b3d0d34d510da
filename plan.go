package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/corpus"
)

func planCommand() *cobra.Command {
	var dataset string
	var asJSON bool
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "plan INPUT… -o DATASET",
		Short: "Tell what a run would read, and what is gone; nothing is written",
		Long: `Tell what a run with the same flags would do, by the same rules, a line for each
file but those that are known, and each document that is gone:

new         it is read
changed     the dataset has it, and it is read again: by another version or
            build of yusuan, under other limits or another name, or with other
            values of the catalogue
read        it was read by a run that did not commit; it is only committed
known       the dataset has it, nothing is read (counted, listed with --all)
unreadable  the file cannot be opened
gone        the dataset has it, but it is no longer among the inputs; it stays,
            or is removed with --drop-gone

` + inputHelp,
	}
	in.add(cmd)
	var all bool
	f := cmd.Flags()
	f.StringVarP(&dataset, "output", "o", "", "the dataset's folder, there or not")
	f.BoolVar(&all, "all", false, "list known files too, every file with the same content as another, and what is left out for its name")
	f.BoolVar(&asJSON, "json", false, "print one JSON object for each event: hashed, file, gone, left_out (all of them), summary")
	kept, limits := keptFlags(cmd), limitFlags(cmd)
	f.IntVar(&kept.Workers, "workers", 0, "how many files are hashed at a time (0: one for each processor)")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if dataset == "" {
			return usageError{fmt.Errorf("plan: name the dataset's folder with -o")}
		}
		if err := checkLimits(limits); err != nil {
			return err
		}
		s := *kept
		s.Limits = *limits
		if s.Build, err = build(); err != nil {
			return err
		}
		inputs, err := in.read(cmd, args, &s)
		if err != nil {
			return err
		}
		report := newReporter(cmd, asJSON)
		s.Hashed = report.hashed()
		p, err := corpus.Plan(cmd.Context(), inputs, dataset, s)
		report.close()
		if err != nil {
			return err
		}
		if asJSON {
			return printPreviewJSON(cmd.OutOrStdout(), p, &s, all)
		}
		return printPreview(cmd.OutOrStdout(), p, &s, all)
	}
	return cmd
}

// states are the states of files in the order in which they are counted.
func states() []string {
	return []string{corpus.StateNew, corpus.StateChanged, corpus.StateRead, corpus.StateKnown, corpus.StateUnreadable}
}

// countStates counts files by state.
func countStates(p *corpus.Preview) map[string]int {
	out := map[string]int{}
	for _, f := range p.Files {
		out[f.State]++
	}
	return out
}

// sameShown is how many files with the same content as another are listed
// unless all are asked for.
const sameShown = 10

// writePreviewFile prints a file of a preview.
func writePreviewFile(b *strings.Builder, f *corpus.PreviewFile, all bool) {
	fmt.Fprintf(b, "%-10s  %s", f.State, shown(f.URI))
	switch f.State {
	case corpus.StateChanged:
		fmt.Fprintf(b, " (was read %s)", escaped(f.Why))
	case corpus.StateUnreadable:
		fmt.Fprintf(b, ": %s [%s]", shownError(f.Err), f.Code)
	}
	b.WriteByte('\n')
	also := f.Also
	if !all {
		also = also[:min(len(also), sameShown)]
	}
	for _, uri := range also {
		fmt.Fprintf(b, "  same as   %s\n", shown(uri))
	}
	if n := len(f.Also) - len(also); n > 0 {
		fmt.Fprintf(b, "  same as   %s further files (--all lists them)\n", thousands(n))
	}
}

func printPreview(out io.Writer, p *corpus.Preview, s *corpus.Settings, all bool) error {
	for i := range p.Files {
		if p.Files[i].State == corpus.StateKnown && !all {
			continue
		}
		var b strings.Builder
		writePreviewFile(&b, &p.Files[i], all)
		if _, err := io.WriteString(out, b.String()); err != nil {
			return err
		}
	}
	var b strings.Builder
	for _, g := range p.Gone {
		fmt.Fprintf(&b, "gone        %s (%s)\n", shown(g.URI), g.Why)
	}
	for _, x := range p.Ignored {
		if all || !byName(x.Why) {
			fmt.Fprintf(&b, "left out    %s (%s)\n", shown(x.URI), x.Why)
		}
	}
	for _, row := range p.Unmatched {
		fmt.Fprintf(&b, "warning: %s\n", escaped(row))
	}
	fmt.Fprintf(&b, "files %d\n", p.Found)
	counts := countStates(p)
	for _, s := range states() {
		line(&b, s, counts[s])
	}
	line(&b, "duplicates, with the same content as another", p.Found-len(p.Files))
	ignoredLines(&b, p.Ignored)
	line(&b, "documents of the dataset that are gone from the inputs, "+goneFate(s), len(p.Gone))
	line(&b, "documents of the dataset that are none of these, which stay", p.Others)
	_, err := io.WriteString(out, b.String())
	return err
}

// goneFate tells what a run does with documents that are gone.
func goneFate(s *corpus.Settings) string {
	if s.DropGone {
		return "which are removed"
	}
	return "which stay (--drop-gone removes them)"
}

func printPreviewJSON(out io.Writer, p *corpus.Preview, s *corpus.Settings, all bool) error {
	for _, f := range p.Files {
		if f.State == corpus.StateKnown && !all {
			continue
		}
		e := map[string]any{"event": "file", "uri": f.URI, "document_id": f.ID, "bytes": f.Bytes, "state": f.State}
		if len(f.Also) > 0 {
			e["also"] = f.Also
		}
		if f.Pipeline != "" {
			e["pipeline"] = f.Pipeline
		}
		if f.Why != "" {
			e["why"] = "was read " + f.Why
		}
		if f.Err != nil {
			e["error_code"], e["error"] = f.Code, f.Err.Error()
		}
		if err := printJSON(out, e); err != nil {
			return err
		}
	}
	for _, g := range p.Gone {
		if err := printJSON(out, map[string]any{"event": "gone", "uri": g.URI, "document_id": g.ID, "why": g.Why, "removed": s.DropGone}); err != nil {
			return err
		}
	}
	for _, x := range p.Ignored {
		if err := printJSON(out, map[string]any{"event": "left_out", "uri": x.URI, "why": x.Why}); err != nil {
			return err
		}
	}
	e := map[string]any{"event": "summary", "files": p.Found, "duplicates": p.Found - len(p.Files), "left_out": ignoredURIs(p.Ignored), "left_out_why": ignoredCounts(p.Ignored),
		"unmatched": orEmpty(p.Unmatched), "gone": len(p.Gone), "others": p.Others}
	counts := countStates(p)
	for _, s := range states() {
		e[s] = counts[s]
	}
	return printJSON(out, e)
}

// orEmpty is a list that JSON prints as one.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
