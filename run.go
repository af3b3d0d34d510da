package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/corpus"
)

// runHelp is what the help of the command run tells.
const runHelp = `Read files and folders into a Parquet dataset, new or existing.

A document that fails is named with its error, kept in the table documents,
and costs only itself: each is read in a worker process, which is ended when it
takes too much time or memory (--max-time, --max-memory).

What was read is kept in DATASET.results. Whatever ended a run, the same
command goes on from there, and nothing is read twice; Ctrl-C finishes the
documents in hand, a second one stops at once. "yusuan gc DATASET" removes what
is no longer needed; without the folder everything is read again.

A dataset that yusuan link has linked is linked anew after every commit.

With --shard I/N a run reads its share of the documents and leaves the dataset
alone; when all N are through, "yusuan commit DATASET" writes it.

A catalogue (--catalog FILE) is a CSV file that says what is known of the files
from elsewhere: the columns path (relative to its folder or to an input), uri,
department, region_code, fiscal_year, kind (budget, final_account, other), any
of them but path left out. What it says wins over the documents.

` + inputHelp + `

Exit codes: 0 all good, 1 the run failed, 2 usage,
3 the run is whole but some documents failed, 130 interrupted.`

func runCommand() *cobra.Command {
	var dataset string
	var asJSON bool
	var shard string
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "run INPUT… -o DATASET",
		Short: "Read files and folders into a Parquet dataset",
		Long:  runHelp,
	}
	in.add(cmd)
	f := cmd.Flags()
	f.StringVarP(&dataset, "output", "o", "", "the dataset's folder")
	f.BoolVar(&asJSON, "json", false, "print one JSON object for each event")
	f.StringVar(&shard, "shard", "", "read the share I/N of the documents, without committing")
	w := workFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if dataset == "" {
			return usageError{fmt.Errorf("run: name the dataset's folder with -o")}
		}
		s, err := w.settings()
		if err != nil {
			return err
		}
		if s.Shard, err = parseShard(shard); err != nil {
			return err
		}
		inputs, err := in.read(cmd, args, &s)
		if err != nil {
			return err
		}
		report := newReporter(cmd, asJSON)
		s.Planned, s.Done = report.planned, report.done
		sum, err := corpus.Run(cmd.Context(), inputs, dataset, s)
		return report.end(dataset, sum, err)
	}
	return cmd
}

// parseShard reads I/N; "" is all.
func parseShard(text string) (corpus.Shard, error) {
	if text == "" {
		return corpus.Shard{}, nil
	}
	i, n, _ := strings.Cut(text, "/")
	share, err := strconv.Atoi(i)
	all, err2 := strconv.Atoi(n)
	if err != nil || err2 != nil || share < 1 || share > all {
		return corpus.Shard{}, usageError{fmt.Errorf("--shard %s: use I/N, 1/N to N/N", text)}
	}
	return corpus.Shard{I: share, N: all}, nil
}

// readCatalog reads the catalogue that a flag names, if it names one.
func readCatalog(name string, into **corpus.Catalog) (err error) {
	if name != "" {
		*into, err = corpus.ReadCatalog(name)
	}
	return err
}

// reporter tells how a run goes: JSON events, or what a person reads.
type reporter struct {
	out, err io.Writer
	json     bool
	progress *progress // nil before the plan, and with JSON
	slowest  slowest
}

func newReporter(cmd *cobra.Command, asJSON bool) *reporter {
	return &reporter{out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), json: asJSON}
}

func (r *reporter) planned(documents int) {
	if r.json {
		r.event(map[string]any{"event": "planned", "documents": documents})
	} else {
		r.progress = newProgress(r.err, documents)
	}
}

func (r *reporter) done(o corpus.Outcome) {
	if !o.Reused {
		r.slowest.add(o)
	}
	if r.json {
		e := map[string]any{"event": "document", "uri": o.URI, "document_id": o.ID, "status": o.Status,
			"tables": o.Counts.Tables, "indicators": o.Counts.Indicators, "amounts": o.Counts.Amounts, "notes": o.Counts.Notes}
		if len(o.Also) > 0 {
			e["also"] = o.Also
		}
		if o.Err != nil {
			e["error_code"], e["error"] = o.Code, o.Err.Error()
		}
		r.event(e)
		return
	}
	r.progress.document(&o)
}

func (r *reporter) close() {
	if r.progress != nil {
		r.progress.finish()
	}
}

// end reports how a run went and returns the error that gives its exit code.
func (r *reporter) end(dataset string, sum *corpus.Summary, err error) error {
	r.close()
	if err != nil {
		return err
	}
	if err := r.summary(dataset, sum); err != nil {
		return err
	}
	if sum.Failed > 0 {
		return errSomeFailed
	}
	return nil
}

// warn tells of something that did not stop the run.
func (r *reporter) warn(message string) {
	if r.json {
		r.event(map[string]any{"event": "warning", "message": message})
		return
	}
	fmt.Fprintf(r.err, "warning: %s\n", message)
}

func (r *reporter) event(e map[string]any) {
	enc := json.NewEncoder(r.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(e) // a closed pipe ends the run by its signal
}

// summary prints what a run gave.
func (r *reporter) summary(dataset string, s *corpus.Summary) error {
	for _, row := range s.Unmatched {
		r.warn(row)
	}
	c := s.Counts
	if r.json {
		r.event(map[string]any{
			"event": "summary", "dataset": dataset, "documents": s.Documents, "duplicates": s.Duplicates,
			"left_out": s.LeftOut, "reused": s.Reused, "ok": s.OK, "partial": s.Partial, "failed": s.Failed, "errors": s.Errors, "tables": c.Forms, "notes": c.Codes,
			"slowest": r.slowest.json(),
			"records": map[string]int{
				"paragraphs": c.Paragraphs, "cells": c.Cells, "amounts": c.Amounts, "budget_lines": c.BudgetLines,
				"projects": c.Projects, "indicators": c.Indicators, "procurement": c.Procurement,
				"organizations": c.Organizations, "assets": c.Assets, "fields": c.Fields, "findings": c.Findings,
			},
		})
		return nil
	}
	var b strings.Builder
	b.WriteString("documents\n")
	line(&b, "ok", s.OK)
	for _, x := range []struct {
		name string
		n    int
	}{{"partial", s.Partial}, {"failed", s.Failed}, {"of them read by earlier runs", s.Reused}, {"with the same content as another, left out", s.Duplicates},
		{"links and special files, left out", len(s.LeftOut)}} {
		if x.n > 0 {
			line(&b, x.name, x.n)
		}
	}
	group(&b, "failed documents by error code", s.Errors)
	group(&b, "tables by form", c.Forms)
	group(&b, "records", map[string]int{
		"paragraphs": c.Paragraphs, "cells": c.Cells, "amounts": c.Amounts, "projects": c.Projects,
		"indicators": c.Indicators, "procurement": c.Procurement, "organizations": c.Organizations,
		"assets": c.Assets, "fields": c.Fields, "budget_lines": c.BudgetLines, "findings": c.Findings,
	})
	group(&b, "notes", c.Codes)
	r.slowest.write(&b)
	_, err := fmt.Fprintf(r.out, "%sdataset: %s\n", b.String(), dataset)
	return err
}

// line prints one count.
func line(b *strings.Builder, name string, n int) { fmt.Fprintf(b, "%9d  %s\n", n, name) }

// group prints counts under a heading, by name.
func group(b *strings.Builder, heading string, counts map[string]int) {
	if len(counts) == 0 {
		return
	}
	fmt.Fprintln(b, heading)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		line(b, name, counts[name])
	}
}
