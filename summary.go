package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"yusuan/corpus"
)

// summary prints what a run gave.
func (r *reporter) summary(dataset string, s *corpus.Summary) error {
	r.repaired(s)
	r.tellStrays()
	for _, row := range s.Unmatched {
		r.warn(row)
	}
	if r.json {
		r.event(r.figures("summary", dataset, s))
		return nil
	}
	_, err := fmt.Fprintf(r.out, "%sdataset: %s\n", r.text(s, 0), dataset)
	return err
}

// interrupted prints what a run gave that was ended before its commit.
func (r *reporter) interrupted(dataset string, i *corpus.Interrupted) error {
	left := i.Documents - i.Done
	if r.json {
		e := r.figures("interrupted", dataset, i.Summary)
		e["done"], e["left"], e["message"] = i.Done, left, i.Error()
		r.event(e)
		return nil
	}
	if i.Documents == 0 {
		return nil // the sentence that ends the program says all
	}
	_, err := fmt.Fprintf(r.out, "%snot committed: %s\n", r.text(i.Summary, left), dataset)
	return err
}

// figures are the counts of a run as an event.
func (r *reporter) figures(event, dataset string, s *corpus.Summary) map[string]any {
	return map[string]any{
		"event": event, "dataset": dataset, "documents": s.Documents, "duplicates": s.Duplicates,
		"left_out": append(ignoredURIs(s.Ignored), s.LeftOut...), "left_out_why": ignoredCounts(s.Ignored), "dropped": orEmpty(s.Dropped), "reused": s.Reused, "ok": s.OK, "partial": s.Partial, "failed": s.Failed, "errors": s.Errors,
		"tables": s.Counts.Forms, "notes": s.Counts.Codes, "slowest": r.slowest.json(), "records": records(&s.Counts),
		"seconds": map[string]float64{
			"hash": s.Times.Hash.Seconds(), "extract": s.Times.Extract.Seconds(), "normalize": s.Times.Normalize.Seconds(),
			"commit": s.Times.Commit.Seconds(), "total": s.Times.Total.Seconds(),
		},
	}
}

// records are the numbers of records by table.
func records(c *corpus.Counts) map[string]int {
	return map[string]int{
		"paragraphs": c.Paragraphs, "cells": c.Cells, "amounts": c.Amounts, "budget_lines": c.BudgetLines,
		"projects": c.Projects, "indicators": c.Indicators, "procurement": c.Procurement,
		"organizations": c.Organizations, "assets": c.Assets, "fields": c.Fields, "findings": c.Findings,
	}
}

// text prints the counts of a run for a person, with how many documents are
// left to be read.
func (r *reporter) text(s *corpus.Summary, left int) string {
	c := s.Counts
	var b strings.Builder
	b.WriteString("documents\n")
	line(&b, "ok", s.OK)
	for _, x := range []struct {
		name string
		n    int
	}{{"partial", s.Partial}, {"failed", s.Failed}, {"of them read by earlier runs", s.Reused}, {"with the same content as another, left out", s.Duplicates},
		{"changed since they were planned, left out", len(s.LeftOut)}, {"gone from the inputs, removed from the dataset", len(s.Dropped)},
		{"left, for the same command to go on with", left}} {
		if x.n > 0 {
			line(&b, x.name, x.n)
		}
	}
	for _, uri := range s.Dropped {
		fmt.Fprintf(&b, "           %s\n", shown(uri))
	}
	ignoredLines(&b, s.Ignored)
	group(&b, "failed documents by error code", s.Errors)
	group(&b, "tables by form", c.Forms)
	group(&b, "records", records(&c))
	group(&b, "notes", c.Codes)
	r.slowest.write(&b)
	times(&b, &s.Times)
	return b.String()
}

// times prints what a run took. Reading is done by several processes at the
// same time: its shares are of the time of all of them.
func times(b *strings.Builder, t *corpus.Times) {
	b.WriteString("seconds\n")
	for _, x := range []struct {
		name string
		took time.Duration
	}{{"hashing", t.Hash}, {"reading (extract), all workers", t.Extract}, {"reading (normalize), all workers", t.Normalize},
		{"committing", t.Commit}, {"in all, by the clock", t.Total}} {
		fmt.Fprintf(b, "%9.2f  %s\n", x.took.Seconds(), x.name)
	}
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
