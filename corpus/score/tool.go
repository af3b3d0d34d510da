package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yusuan/extract"
	"yusuan/extract/document"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// own is the name of this program among the tools.
const own = "yusuan"

// output is what a tool gives for a document: a file of JSON at
// TOOL/DOCUMENT.json. Other tools are scored on it as they are.
type output struct {
	// Version is the tool's own.
	Version string
	// Text is all of the text, that of tables included; where it is "", the
	// text of the cells is taken.
	Text   string
	Tables []struct {
		// Page is 0 where it is not known: then the table is matched by its
		// text alone. LastPage is 0 for a table on one page.
		Page     int
		LastPage int `json:"last_page"`
		// Rows and Cols may be left out, and so may empty cells.
		Rows, Cols int
		// Cells are [row, col, rowspan, colspan, text].
		Cells []cell
	}
}

// readOutput reads what a tool gave for a document; ok is false if it gave
// nothing.
func readOutput(file string) (o output, ok bool, err error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return o, false, nil
	}
	if err != nil {
		return o, false, err
	}
	if err := json.Unmarshal(data, &o); err != nil {
		return o, false, fmt.Errorf("%s: %w (what a tool gives is {\"tool\", \"version\", \"document\", \"text\", \"tables\": [{\"page\", \"last_page\", \"cells\": [[row, col, rowspan, colspan, text], …]}]})", file, err)
	}
	return o, true, nil
}

// scoreOutput scores what another tool gave.
func scoreOutput(tool string, s *subject, o output) *result {
	r := &result{tool: tool, version: o.Version, document: s.document}
	var got []table
	var cells strings.Builder
	for _, t := range o.Tables {
		got = append(got, table{t.Page, t.LastPage, t.Rows, t.Cols, t.Cells})
		for _, c := range t.Cells {
			cells.WriteString(c.text + "\n")
		}
	}
	text := o.Text
	if text == "" {
		text = cells.String()
	}
	r.scorePage(&s.truth, got, text)
	return r
}

// scorePage scores what stands on the page: tables and text. It returns the
// pairs of true tables and others.
func (r *result) scorePage(t *truth, got []table, text string) (pairs []int) {
	if t.Tables != nil {
		want := make([]table, len(t.Tables))
		for i := range want {
			want[i] = t.Tables[i].grid
		}
		pairs = r.scoreCells(want, got)
	}
	if t.blocks != nil {
		r.scoreRowCells(t.blocks, got)
	}
	r.scoreText(t.texts, text)
	return pairs
}

// reader reads documents with this program's own stages.
type reader struct {
	root       string
	normalizer *normalize.Normalizer
	// records are those of the first format of each disclosure.
	records map[string]*firstFormat
}

// firstFormat are the records that other formats of a disclosure are held
// against.
type firstFormat struct {
	document string
	records  map[string][]string
}

// score reads a document and scores what was read. A document that cannot be
// read has the one metric "read", of 0.
func (p *reader) score(ctx context.Context, s *subject) (*result, error) {
	r := &result{tool: own, version: normalize.Version, document: s.document}
	data, err := os.ReadFile(filepath.Join(p.root, filepath.FromSlash(s.document)))
	if err != nil {
		return nil, err
	}
	doc, err := extract.Read(ctx, s.document, data)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		r.differ("read", "%v", err)
		r.add("read", 0, 1)
		return r, nil
	}
	r.add("read", 1, 1)
	d, err := p.normalizer.Within(ctx, doc)
	if err != nil {
		return nil, err
	}
	tables, text := fromDocument(doc)
	pairs := r.scorePage(&s.truth, tables, text)
	if pairs != nil {
		r.scoreHeads(s.truth.Tables, d, pairs)
	}
	return r, p.scoreRecords(r, s, d)
}

// scoreRecords scores what was understood.
func (p *reader) scoreRecords(r *result, s *subject, d *record.Disclosure) error {
	t := &s.truth
	if err := r.scoreLines(t, d); err != nil {
		return err
	}
	named := func(column string) func(facts) string { return func(f facts) string { return f[column] } }
	r.scoreRows("projects", trueProjects(t.Projects), projectFacts(d), named("name"))
	r.scoreRows("indicators", trueIndicators(t.Indicators), indicatorFacts(d), named("value_raw"))
	r.scoreRows("organizations", trueOrganizations(t.Organizations), organizationFacts(d), named("name"))
	r.scoreRows("assets", trueAssets(t.Assets), assetFacts(d), named("item"))
	if t.Narrative != nil {
		r.scoreNarrative(t, d)
	}
	r.scoreIdentity(t.Document, &d.Identity)
	records, err := printRecords(d)
	if err != nil {
		return err
	}
	if first := p.records[s.disclosure]; first != nil {
		r.scoreSame(first.document, first.records, records)
	} else {
		p.records[s.disclosure] = &firstFormat{s.document, records}
	}
	return nil
}

// fromDocument returns the tables of a document, and all of its text.
func fromDocument(doc *document.Document) ([]table, string) {
	var out []table
	var text []byte
	for _, b := range doc.Blocks {
		switch b := b.(type) {
		case *document.Paragraph:
			text = append(append(text, b.Label...), b.Text...)
		case *document.Table:
			t := table{Page: b.Place.Page, LastPage: b.LastPage, Rows: b.Rows, Cols: b.Cols}
			for _, c := range b.Cells {
				t.Cells = append(t.Cells, cell{c.Row, c.Col, c.RowSpan, c.ColSpan, noBlanks(c.Text)})
			}
			out = append(out, t)
			text = b.AppendText(text)
		}
		text = append(text, '\n')
	}
	return out, string(text)
}
