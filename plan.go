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
	s := corpus.Settings{Pipeline: "yusuan/" + version}
	cmd := &cobra.Command{
		Use:   "plan INPUT… -o DATASET",
		Short: "Tell what a run would read: new, known, of another version; nothing is written",
		Long: `Tell what a run would read, a line for each file but those that the dataset has:

new         the dataset does not have its content
changed     it has, read by another version of yusuan
known       it has, read by this version (counted, and listed with --all)
unreadable  the file cannot be opened

` + inputHelp,
	}
	in.add(cmd)
	var all bool
	f := cmd.Flags()
	f.StringVarP(&dataset, "output", "o", "", "the dataset's folder, there or not")
	f.BoolVar(&all, "all", false, "list known files too")
	f.BoolVar(&asJSON, "json", false, "print one JSON object for each file, and a summary")
	f.IntVar(&s.Workers, "workers", 0, "how many files are hashed at a time (0: one)")
	limits := limitFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if dataset == "" {
			return usageError{fmt.Errorf("plan: name the dataset's folder with -o")}
		}
		if err := checkLimits(limits); err != nil {
			return err
		}
		s.Limits = *limits
		inputs, err := in.read(cmd, args, &s)
		if err != nil {
			return err
		}
		p, err := corpus.Plan(cmd.Context(), inputs, dataset, s)
		if err != nil {
			return err
		}
		if asJSON {
			return printPreviewJSON(cmd.OutOrStdout(), p, all)
		}
		return printPreview(cmd.OutOrStdout(), p, all)
	}
	return cmd
}

// states are the states of files in the order in which they are counted.
func states() []string {
	return []string{corpus.StateNew, corpus.StateChanged, corpus.StateKnown, corpus.StateUnreadable}
}

// countStates counts files by state.
func countStates(p *corpus.Preview) map[string]int {
	out := map[string]int{}
	for _, f := range p.Files {
		out[f.State]++
	}
	return out
}

func printPreview(out io.Writer, p *corpus.Preview, all bool) error {
	for _, f := range p.Files {
		if f.State == corpus.StateKnown && !all {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%-10s  %s", f.State, f.URI)
		switch f.State {
		case corpus.StateChanged:
			fmt.Fprintf(&b, " (by %s)", f.Pipeline)
		case corpus.StateUnreadable:
			fmt.Fprintf(&b, ": %v [%s]", f.Err, f.Code)
		}
		b.WriteByte('\n')
		for _, uri := range f.Also {
			fmt.Fprintf(&b, "  same as   %s\n", uri)
		}
		if _, err := io.WriteString(out, b.String()); err != nil {
			return err
		}
	}
	var b strings.Builder
	for _, uri := range p.LeftOut {
		fmt.Fprintf(&b, "left out    %s\n", uri)
	}
	for _, row := range p.Unmatched {
		fmt.Fprintf(&b, "warning: %s\n", row)
	}
	fmt.Fprintf(&b, "files %d\n", p.Found)
	counts := countStates(p)
	for _, s := range states() {
		line(&b, s, counts[s])
	}
	line(&b, "duplicates, with the same content as another", p.Found-len(p.Files))
	line(&b, "left out: links and special files", len(p.LeftOut))
	line(&b, "documents of the dataset that are none of these, which stay", p.Others)
	_, err := io.WriteString(out, b.String())
	return err
}

func printPreviewJSON(out io.Writer, p *corpus.Preview, all bool) error {
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
		if f.Err != nil {
			e["error_code"], e["error"] = f.Code, f.Err.Error()
		}
		if err := printJSON(out, e); err != nil {
			return err
		}
	}
	e := map[string]any{"event": "summary", "files": p.Found, "duplicates": p.Found - len(p.Files), "left_out": orEmpty(p.LeftOut),
		"unmatched": orEmpty(p.Unmatched), "others": p.Others}
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
