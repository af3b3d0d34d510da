package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/corpus/compare"
	"yusuan/corpus/compare/report"
)

// compareFlags are the flags of compare that are no part of a query.
type compareFlags struct {
	years         string
	parts         [5]bool
	asCSV, asJSON bool
	rank          bool
	parquet, html string
}

// errNoRows ends a comparison of nothing: why has been printed.
var errNoRows = errors.New("nothing to compare")

func compareCommand() *cobra.Command {
	var q compare.Query
	var o compareFlags
	cmd := &cobra.Command{
		Use:   "compare DATASET",
		Short: "Put the figures of several years beside one another, with where each comes from",
		Long: `Put the figures of several years beside one another: lines of the statutory
tables, 三公 items, projects, indicators and amounts of sentences, a row for
each, a column for each year, with change and percentage. Amounts are in yuan.

Without options it lists the departments and years of the dataset. --department
takes a name or a part of one, --region a code of GB/T 2260 or its first digits,
--form and --measure ids (three_public, official_reception) or Chinese names
(三公, 公务接待费).

Budgets and final accounts, departments and units are kept apart. Of several
documents of a year with the same form one is shown and a note says which.
Behind a number, * says that its document contradicts itself in that table,
° that the table's figures do not prove that it was read as what it is; – is
not printed, ? printed with different figures, blank a year without document.

A target of an indicator is lowered when less is demanded: a smaller number
behind ≥, a larger one behind ≤; --target lowered keeps those that were in any
year (raised, same, changed). --rank prints who spends most on what in the last
year that several departments have; --years chooses another.

--html writes one page that needs no network, in Chinese: charts, rankings,
tables, findings, and for every number the document, page, table, row and
printed text. --csv, --json and --parquet count as the dataset does: pages and
tables from 1, blocks, rows and columns from 0. What people read (table, page)
counts rows and columns from 1. --parquet and --html replace a file as a whole,
and write nothing into the dataset's folder.

Exit codes: 2 for a form, measure, department or region that there is none of;
3 when nothing of the dataset is what was asked for: what is there instead is
said, and files are written without rows.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	f := cmd.Flags()
	f.StringArrayVar(&q.Departments, "department", nil, "a department or a part of its name; may be repeated")
	f.StringVar(&q.Region, "region", "", "a region's code, or its first digits")
	f.StringVar(&o.years, "years", "", "years, 2017-2019, 2017- or 2018")
	f.StringSliceVar(&q.Forms, "form", nil, "forms, by id or Chinese name")
	f.StringSliceVar(&q.Measures, "measure", nil, "measures, by id or Chinese name")
	f.StringSliceVar(&q.Targets, "target", nil, "only indicators whose target was lowered, raised, changed or stayed the same")
	for i, p := range parts {
		f.BoolVar(&o.parts[i], p.flag, false, p.usage)
	}
	f.BoolVar(&o.rank, "rank", false, "print who spends most on what in the last year")
	f.BoolVar(&o.asCSV, "csv", false, "print CSV")
	f.BoolVar(&o.asJSON, "json", false, "print one JSON object")
	f.StringVar(&o.parquet, "parquet", "", "write a Parquet file, a row for each figure")
	f.StringVar(&o.html, "html", "", "write a page with charts")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := o.complete(&q); err != nil {
			return usageError{err}
		}
		if err := o.outside(args[0], cmd.OutOrStdout()); err != nil {
			return usageError{err}
		}
		err := runCompare(cmd, args[0], &q, &o)
		if wrong, ok := errors.AsType[*compare.QueryError](err); ok {
			return usageError{wrong}
		}
		return err
	}
	return cmd
}

// parts are the flags that choose parts of a comparison.
var parts = [...]struct{ flag, part, usage string }{
	{"projects", compare.PartProjects, "only the amounts of projects"},
	{"indicators", compare.PartIndicators, "only performance indicators"},
	{"three-public", compare.PartThreePublic, "only 三公"},
	{"lines", compare.PartLines, "only the other statutory tables"},
	{"prose", compare.PartProse, "only amounts that sentences state"},
}

// complete puts the flags into the query.
func (o *compareFlags) complete(q *compare.Query) error {
	for i, on := range o.parts {
		if on {
			q.Parts = append(q.Parts, parts[i].part)
		}
	}
	printed := 0
	for _, on := range []bool{o.asCSV, o.asJSON, o.rank} {
		if on {
			printed++
		}
	}
	if printed > 1 {
		return errors.New("--csv, --json and --rank: give one of them")
	}
	targets := []string{compare.TargetLowered, compare.TargetRaised, compare.TargetSame, compare.TargetChanged}
	for _, t := range q.Targets {
		if !slices.Contains(targets, t) {
			return fmt.Errorf("--target %s: use %s", t, strings.Join(targets, ", "))
		}
	}
	for _, c := range q.Region {
		if c < '0' || c > '9' {
			return fmt.Errorf("--region %s: give the digits of a code, 320000 or 32", q.Region)
		}
	}
	return o.span(q)
}

// span puts --years into the query.
func (o *compareFlags) span(q *compare.Query) error {
	if o.years == "" {
		return nil
	}
	from, to, span := strings.Cut(o.years, "-")
	var err error
	if q.From, err = year(from); err != nil {
		return err
	}
	q.To = q.From
	if span {
		q.To, err = year(to)
	}
	if err == nil && q.To > 0 && q.From > q.To {
		err = fmt.Errorf("--years %s: the first year is after the last", o.years)
	}
	return err
}

// year reads one end of --years; an open one is 0.
func year(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1949 || n > 2999 {
		return 0, fmt.Errorf("--years: %q is no year; use 2017-2019, 2017- or 2018", s)
	}
	return n, nil
}

// lists tells whether nothing was asked for but what there is.
func (o *compareFlags) lists(q *compare.Query) bool {
	return len(q.Departments)+len(q.Forms)+len(q.Measures)+len(q.Parts)+len(q.Targets) == 0 && !o.asCSV && !o.asJSON && !o.rank &&
		o.parquet == "" && o.html == ""
}

func runCompare(cmd *cobra.Command, dir string, q *compare.Query, o *compareFlags) error {
	s, err := compare.Open(cmd.Context(), dir, *q)
	if err != nil {
		return err
	}
	if o.lists(q) {
		return listCompare(cmd, s)
	}
	for _, n := range s.Head.Notes {
		fmt.Fprintln(cmd.ErrOrStderr(), n.Text)
	}
	writers, err := o.writers(cmd.OutOrStdout(), &s.Head)
	if err == nil {
		err = s.Each(func(b *compare.Body) error {
			for _, w := range writers {
				if err := w.Write(b); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i, w := range writers {
		if err == nil {
			err = w.Close()
		} else {
			writers[i].Abort()
		}
	}
	if err != nil {
		return err
	}
	if o.html != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "page: %s\n", o.html)
	}
	if s.Rows() > 0 {
		return nil
	}
	why, err := s.Missing()
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), why)
	return errNoRows
}

// listCompare lists what there is.
func listCompare(cmd *cobra.Command, s *compare.Stream) error {
	entries := s.List()
	if err := compare.WriteList(cmd.OutOrStdout(), entries); err != nil {
		return err
	}
	if len(entries) > 0 {
		return nil
	}
	why, err := s.Missing()
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), why)
	return errNoRows
}

// writers are those of all outputs asked for.
func (o *compareFlags) writers(out io.Writer, head *compare.Comparison) (writers []compare.Writer, err error) {
	add := func(w compare.Writer, failed error) {
		if err = errors.Join(err, failed); failed == nil {
			writers = append(writers, w)
		}
	}
	if o.parquet != "" {
		add(compare.NewParquet(o.parquet))
	}
	if o.html != "" {
		add(report.New(o.html, head))
	}
	switch {
	case o.rank:
		add(compare.NewRank(out), nil)
	case o.asJSON:
		add(compare.NewJSON(out, head))
	case o.asCSV:
		add(compare.NewCSV(out, head))
	case o.html == "" && o.parquet == "":
		add(compare.NewTable(out, head), nil)
	}
	return writers, err
}
