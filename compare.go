package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	parquet, html string
}

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

--html writes one page that needs no network: charts, tables, findings, and
for every number the document, page, table, row and printed text.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	f := cmd.Flags()
	f.StringArrayVar(&q.Departments, "department", nil, "a department or a part of its name; may be repeated")
	f.StringVar(&q.Region, "region", "", "a region's code, or its first digits")
	f.StringVar(&o.years, "years", "", "years, 2017-2019, 2017- or 2018")
	f.StringSliceVar(&q.Forms, "form", nil, "forms, by id or Chinese name")
	f.StringSliceVar(&q.Measures, "measure", nil, "measures, by id or Chinese name")
	for i, p := range parts {
		f.BoolVar(&o.parts[i], p.flag, false, p.usage)
	}
	f.BoolVar(&o.asCSV, "csv", false, "print CSV")
	f.BoolVar(&o.asJSON, "json", false, "print one JSON object")
	f.StringVar(&o.parquet, "parquet", "", "write a Parquet file, a row for each figure")
	f.StringVar(&o.html, "html", "", "write a page with charts")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := o.complete(&q); err != nil {
			return usageError{err}
		}
		return runCompare(cmd, args[0], &q, &o)
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
	if o.asCSV && o.asJSON {
		return errors.New("--csv and --json: give one of them")
	}
	for _, c := range q.Region {
		if c < '0' || c > '9' {
			return fmt.Errorf("--region %s: give the digits of a code, 320000 or 32", q.Region)
		}
	}
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
	return len(q.Departments)+len(q.Forms)+len(q.Measures)+len(q.Parts) == 0 && !o.asCSV && !o.asJSON && o.parquet == "" && o.html == ""
}

func runCompare(cmd *cobra.Command, dir string, q *compare.Query, o *compareFlags) error {
	if o.lists(q) {
		entries, err := compare.List(cmd.Context(), dir, *q)
		if err != nil {
			return err
		}
		return compare.WriteList(cmd.OutOrStdout(), entries)
	}
	c, err := compare.Compare(cmd.Context(), dir, *q)
	if err != nil {
		return err
	}
	if !c.Linked {
		fmt.Fprintf(cmd.ErrOrStderr(), "not linked: departments and projects that were renamed are not joined; yusuan link %s joins them\n", dir)
	}
	why, err := compare.Missing(cmd.Context(), dir, *q, c)
	if err != nil {
		return err
	}
	if why != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), why)
	}
	if o.parquet != "" {
		if err := compare.WriteParquet(o.parquet, c); err != nil {
			return err
		}
	}
	if o.html != "" {
		if err := writeReport(o.html, c); err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "page: %s\n", o.html)
	}
	switch out := cmd.OutOrStdout(); {
	case o.asJSON:
		return compare.WriteJSON(out, c)
	case o.asCSV:
		return compare.WriteCSV(out, c)
	case o.html == "" && o.parquet == "":
		return compare.WriteTable(out, c)
	}
	return nil
}

// writeReport writes the page whole or not at all.
func writeReport(name string, c *compare.Comparison) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
			err = fmt.Errorf("writing %s: %w", name, err)
		}
	}()
	if err = report.Write(tmp, c); err != nil {
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
