package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/extract/document"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// errFindings ends a check that found what does not add up; it was printed.
var errFindings = errors.New("some figures do not add up")

func checkCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check FILE…",
		Short: "Print what does not add up in documents",
		Long: `Print what does not add up in documents: totals against their items, tables
against each other and against the text, changes, procurement, target forms.

A line is rule, severity, place and what is wrong; below it the text as
printed, what was expected, what is there and the difference, money in yuan.
Places are p page, t table, r row and c column (row and column from 0), or
b the paragraph.

Exit codes: 0 nothing is wrong (warnings and info are no error), 1 no document
could be read, 2 usage, 3 a document has a finding of severity error or could
not be read, 130 interrupted.`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object for each finding and each document")
	limits := limitFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		if err := checkLimits(limits); err != nil {
			return err
		}
		c := &checker{out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), json: asJSON, limits: *limits}
		return c.files(cmd.Context(), files)
	}
	return cmd
}

// checker prints findings and counts those of severity error.
type checker struct {
	out, err io.Writer
	json     bool
	limits   document.Limits
	errors   int
}

// files checks one document after the other. One that cannot be read costs
// only itself, unless it is the only one.
func (c *checker) files(ctx context.Context, names []string) error {
	n, failed := normalize.New(), 0
	for _, name := range names {
		err := c.file(ctx, n, name)
		switch {
		case err == nil:
		case ctx.Err() != nil || len(names) == 1:
			return err
		default:
			failed++
			fmt.Fprintf(c.err, "failed: %s\n", shownError(err))
		}
	}
	switch {
	case failed == len(names):
		return errors.New("no document could be read")
	case failed > 0:
		return errSomeFailed
	case c.errors > 0:
		return errFindings
	}
	return nil
}

func (c *checker) file(ctx context.Context, n *normalize.Normalizer, name string) error {
	doc, err := readDocument(ctx, name, c.limits)
	if err != nil {
		return err
	}
	d, err := n.Within(ctx, doc)
	if err != nil {
		return err
	}
	return c.document(name, d)
}

// document prints the findings of one document and its summary.
func (c *checker) document(name string, d *record.Disclosure) error {
	counts := map[string]int{}
	verified := 0
	for _, t := range d.Tables {
		if t.Verified {
			verified++
		}
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		counts[f.Severity]++
		if err := c.finding(name, f); err != nil {
			return err
		}
	}
	c.errors += counts[record.SeverityError]
	if c.json {
		return c.event(documentEvent{"document", name, d.ChecksPassed, d.ChecksFailed, len(d.Tables), verified, counts})
	}
	_, err := fmt.Fprintf(c.out, "%s: %d checks passed, %d failed; %d errors, %d warnings, %d info; %d of %d tables verified\n",
		shown(name), d.ChecksPassed, d.ChecksFailed, counts[record.SeverityError], counts[record.SeverityWarning], counts[record.SeverityInfo],
		verified, len(d.Tables))
	return err
}

func (c *checker) finding(name string, f *record.Finding) error {
	if c.json {
		e := findingEvent{Event: "finding", File: name, Rule: f.Rule, Severity: f.Severity, Message: f.Message,
			Expected: f.Expected, Actual: f.Actual, Difference: f.Difference, Text: f.Text}
		e.Page, e.Block, e.Table = from(1, f.Page), from(0, f.Block), from(1, f.Table)
		e.Row, e.Col = from(0, f.Row), from(0, f.Col)
		return c.event(e)
	}
	var numbers []string
	for _, n := range []struct {
		word  string
		value record.Decimal
	}{{"expected", f.Expected}, {"actual", f.Actual}, {"difference", f.Difference}} {
		if !n.value.IsNull() {
			numbers = append(numbers, n.word+" "+n.value.String())
		}
	}
	_, err := fmt.Fprintf(c.out, "%s: %s: %s: %s: %s\n    printed “%s” %s\n", shown(name), place(f.Origin), f.Severity, f.Rule, f.Message,
		strings.ReplaceAll(f.Text, "\n", " "), strings.Join(numbers, ", "))
	return err
}

// findingEvent and documentEvent are the lines of check --json. The numbers of a
// place are left out where they do not apply.
type findingEvent struct {
	Event      string         `json:"event"`
	File       string         `json:"file"`
	Rule       string         `json:"rule"`
	Severity   string         `json:"severity"`
	Message    string         `json:"message"`
	Page       *int           `json:"page_no,omitempty"`
	Block      *int           `json:"block_no,omitempty"`
	Table      *int           `json:"table_no,omitempty"`
	Row        *int           `json:"row_no,omitempty"`
	Col        *int           `json:"col_no,omitempty"`
	Expected   record.Decimal `json:"expected"`
	Actual     record.Decimal `json:"actual"`
	Difference record.Decimal `json:"difference"`
	Text       string         `json:"text"`
}

type documentEvent struct {
	Event    string         `json:"event"`
	File     string         `json:"file"`
	Passed   int            `json:"checks_passed"`
	Failed   int            `json:"checks_failed"`
	Tables   int            `json:"tables"`
	Verified int            `json:"tables_verified"`
	Findings map[string]int `json:"findings"`
}

// from returns a number of a place, nil if it is below the first.
func from(first, n int) *int {
	if n < first {
		return nil
	}
	return &n
}

func (c *checker) event(e any) error {
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(e)
}

// place prints where a finding is: p3 t2 r5c1, or p3 b7 for a paragraph.
func place(o record.Origin) string {
	var parts []string
	if o.Page > 0 {
		parts = append(parts, fmt.Sprintf("p%d", o.Page))
	}
	switch {
	case o.Table > 0:
		parts = append(parts, fmt.Sprintf("t%d", o.Table))
	case o.Block >= 0:
		parts = append(parts, fmt.Sprintf("b%d", o.Block))
	}
	at := ""
	if o.Row >= 0 {
		at = fmt.Sprintf("r%d", o.Row)
	}
	if o.Col >= 0 {
		at += fmt.Sprintf("c%d", o.Col)
	}
	if at != "" {
		parts = append(parts, at)
	}
	if len(parts) == 0 {
		return document.Nowhere.String()
	}
	return strings.Join(parts, " ")
}
