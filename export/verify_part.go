package export

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/export/parquet"
)

// part checks one part of all tables: every file by itself, then the rows of
// the tables beside the rows of documents. Of a file that is not what was
// written no row is read.
func (v *verifier) part(ctx context.Context, p part) error {
	files := map[string]*os.File{}
	defer func() {
		for _, f := range files {
			_ = f.Close() // it was only read
		}
	}()
	for _, t := range allTables() {
		want := v.old.file(p.path(t.name()))
		if want == nil {
			continue // told with the manifest
		}
		f, err := v.open(ctx, want)
		if err != nil {
			return err
		}
		if f != nil {
			files[t.name()] = f
			if !v.footer(f, want, t) {
				delete(files, t.name())
				_ = f.Close()
			}
		}
	}
	return v.rows(ctx, p, files)
}

// footer checks what a file says about itself, and tells whether its rows can
// be read.
func (v *verifier) footer(f *os.File, want *File, t table) bool {
	info, err := parquet.Inspect(f, want.Bytes)
	if err != nil {
		v.problem(want.Path, "unreadable", "%v", err)
		return false
	}
	v.sum.Rows += info.Rows
	if info.Rows != want.Rows {
		v.problem(want.Path, "rows", "the file has %d rows, the manifest says %d", info.Rows, want.Rows)
	}
	for key, value := range map[string]string{"yusuan.schema": cmp.Or(v.sum.Older, SchemaVersion), "yusuan.table": t.name()} {
		if got := info.Metadata[key]; got != value {
			v.problem(want.Path, "metadata", "%s is %q, not %q", key, got, value)
		}
	}
	if _, ok := info.Metadata["yusuan.pipeline"]; !ok {
		v.problem(want.Path, "metadata", "there is no yusuan.pipeline")
	}
	columns := t.columns()
	if older, err := schemaAge(info.Metadata["yusuan.schema"]); older && err == nil {
		columns = slices.DeleteFunc(columns, func(c parquet.Column) bool {
			return !slices.ContainsFunc(info.Columns, func(x parquet.Column) bool { return x.Name == c.Name })
		})
	}
	return v.columns(want.Path, info.Columns, columns)
}

// columns compares the columns of a file with those that this version writes.
func (v *verifier) columns(file string, got, want []parquet.Column) bool {
	if slices.Equal(got, want) {
		return true
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			v.problem(file, "schema", "column %d, %s, is not there", i+1, want[i].Name)
		case i >= len(want):
			v.problem(file, "schema", "column %d, %s, is none of the table's", i+1, got[i].Name)
		case got[i] != want[i]:
			v.problem(file, "schema", "column %d is %s, not %s", i+1, columnText(got[i]), columnText(want[i]))
		}
	}
	return false
}

func columnText(c parquet.Column) string {
	if c.Nullable {
		return c.Name + " " + c.Type + "?"
	}
	return c.Name + " " + c.Type
}

// rows checks the rows of every table by themselves, then the tables whose
// rows are in order beside the rows of documents.
func (v *verifier) rows(ctx context.Context, p part, files map[string]*os.File) error {
	var joined []audit
	var documents *auditOf[documentRow]
	for _, t := range allTables() {
		f := files[t.name()]
		if f == nil {
			continue // told
		}
		name := p.path(t.name())
		a := t.audit(f, p, func(check, format string, args ...any) { v.problem(name, check, format, args...) })
		sorted, err := a.alone(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.problem(name, "unreadable", "%v", err)
		}
		if err != nil || !sorted {
			continue // nothing can be said about whom its rows belong to
		}
		if d, ok := a.(*auditOf[documentRow]); ok {
			documents = d
		} else {
			joined = append(joined, a)
		}
	}
	if documents == nil {
		return nil
	}
	return v.join(ctx, p, documents, joined)
}

// join goes through the documents of a part with the rows that each has in the
// other tables.
func (v *verifier) join(ctx context.Context, p part, docs *auditOf[documentRow], others []audit) error {
	got := map[string]tally{}
	for ctx.Err() == nil {
		row, err := docs.next()
		if err != nil {
			return err // it could be read a moment ago
		}
		if row == nil {
			break
		}
		v.sum.Documents++
		v.document(p, row)
		for _, a := range others {
			if got[a.table()], err = a.document(row.key); err != nil {
				return err
			}
		}
		v.counts(p, row, got)
	}
	for _, a := range others {
		if err := a.rest(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// document checks what a row of documents says by itself.
func (v *verifier) document(p part, row *documentRow) {
	file := p.path("documents")
	if !isDocumentID(row.DocumentID) || !strings.HasPrefix(row.SHA256, row.DocumentID) {
		v.problem(file, "key", "document_id %q is not the beginning of sha256 %q", row.DocumentID, row.SHA256)
		return
	}
	if at, err := partOf(row.DocumentID, p.year, v.old.Buckets); err != nil || at.bucket != p.bucket {
		v.problem(file, "partition", "document %s belongs into bucket %d", row.DocumentID, at.bucket)
	}
	var id documentHash
	if _, err := hex.Decode(id[:], []byte(row.DocumentID)); err != nil || v.seen[id] {
		v.problem(file, "key", "document %s is there twice", row.DocumentID)
	}
	v.seen[id] = true
}

// counts compares the counts of a document with its rows. A table that could
// not be read has no tally.
func (v *verifier) counts(p part, d *documentRow, got map[string]tally) {
	for _, c := range []struct {
		table, column string
		said          int32
	}{
		{"paragraphs", "paragraph_count", d.ParagraphCount}, {"tables", "table_count", d.TableCount},
		{"cells", "cell_count", d.CellCount}, {"amounts", "amount_count", d.AmountCount},
		{"budget_lines", "budget_line_count", d.BudgetLineCount}, {"projects", "project_count", d.ProjectCount},
		{"indicators", "indicator_count", d.IndicatorCount}, {"procurement", "procurement_count", d.ProcurementCount},
		{"findings", "finding_count", d.FindingCount}, {"notes", "note_count", d.NoteCount},
	} {
		if n, ok := got[c.table]; ok && n.rows != int64(c.said) {
			v.problem(p.path("documents"), "count", "document %s: %s is %d, there are %d rows", d.DocumentID, c.column, c.said, n.rows)
		}
	}
	paragraphs, ok1 := got["paragraphs"]
	cells, ok2 := got["cells"]
	if n := paragraphs.characters + cells.characters; ok1 && ok2 && n != d.CharacterCount {
		v.problem(p.path("documents"), "count", "document %s: character_count is %d, there are %d", d.DocumentID, d.CharacterCount, n)
	}
}

// tally is what a document has in a table.
type tally struct{ rows, characters int64 }

// audit goes through one table of one part: once alone, then beside the
// documents of the part.
type audit interface {
	table() string
	// alone checks all rows by themselves, and tells whether they are in the
	// order of documents.
	alone(ctx context.Context) (sorted bool, err error)
	// document counts the rows of a document, and complains about those in
	// front of it. Documents come in their order.
	document(k key) (tally, error)
	// rest complains about the rows behind the last document.
	rest(ctx context.Context) error
}

// auditOf is the audit of a table with rows of type T.
type auditOf[T fullRow] struct {
	id      string
	file    *os.File
	in      *cursor[T]
	part    part
	problem func(check, format string, args ...any)
	shape   rowShape

	last   key
	place  []int64 // of the last row in its document
	sorted bool
}

func (t tableOf[T]) audit(f *os.File, p part, problem func(check, format string, args ...any)) audit {
	return &auditOf[T]{id: t.id, file: f, part: p, problem: problem, shape: shapeOf[T](t.id), sorted: true}
}

func (a *auditOf[T]) table() string { return a.id }

// peek returns the row that comes next, nil at the end.
func (a *auditOf[T]) peek() (*T, error) {
	if a.in == nil {
		in, err := newCursor[T](a.file)
		if err != nil {
			return nil, err
		}
		a.in = in
	}
	more, err := a.in.fill()
	if err != nil || !more {
		return nil, err
	}
	return &a.in.rest[0], nil
}

// next returns the next row, which is good until the one after it, nil at the
// end.
func (a *auditOf[T]) next() (*T, error) {
	row, err := a.peek()
	if row != nil {
		a.in.rest = a.in.rest[1:]
	}
	return row, err
}

func (a *auditOf[T]) alone(ctx context.Context) (sorted bool, err error) {
	for ctx.Err() == nil {
		row, err := a.next()
		if err != nil {
			return false, err
		}
		if row == nil {
			err = a.in.in.Close()
			a.in = nil // to begin again
			return a.sorted, err
		}
		a.check(row)
	}
	return false, ctx.Err()
}

func (a *auditOf[T]) document(k key) (tally, error) {
	var out tally
	for {
		row, err := a.peek()
		if err != nil || row == nil {
			return out, err
		}
		at := (*row).keys()
		order := compare(at.RegionCode, at.DocumentID, k.RegionCode, k.DocumentID)
		if order > 0 {
			return out, nil
		}
		a.in.rest = a.in.rest[1:]
		if order < 0 {
			a.orphan(at)
			continue
		}
		out.rows++
		out.characters += a.shape.characters(row)
		if at != k {
			a.problem("key", "a row of document %s has the key %+v, documents has %+v", k.DocumentID, at, k)
		}
	}
}

func (a *auditOf[T]) orphan(k key) {
	a.problem("key", "document %s (region %q) is not in documents of this part", k.DocumentID, k.RegionCode)
}

func (a *auditOf[T]) rest(ctx context.Context) error {
	for ctx.Err() == nil {
		row, err := a.next()
		if err != nil {
			return err
		}
		if row == nil {
			return a.in.in.Close()
		}
		a.orphan((*row).keys())
	}
	return ctx.Err()
}

// check checks a row by itself and against the one before it.
func (a *auditOf[T]) check(row *T) {
	k := (*row).keys()
	if int(k.FiscalYear) != a.part.year {
		a.problem("partition", "a row of document %s has the year %d", k.DocumentID, k.FiscalYear)
	}
	if message := a.shape.outOfRange(row); message != "" {
		a.problem("decimal", "document %s: %s", k.DocumentID, message)
	}
	place := a.shape.place(row)
	order := compare(a.last.RegionCode, a.last.DocumentID, k.RegionCode, k.DocumentID)
	switch {
	case order > 0:
		a.problem("order", "rows of document %s come behind those of %s", k.DocumentID, a.last.DocumentID)
		a.sorted = false
	case order == 0 && slices.Compare(a.place, place) > 0:
		a.problem("order", "document %s: the row at %s comes behind the one at %s", k.DocumentID, fmt.Sprint(place), fmt.Sprint(a.place))
	}
	a.last, a.place = k, place
}

// runes counts the characters of a text.
func runes(s string) int64 { return int64(utf8.RuneCountInString(s)) }
