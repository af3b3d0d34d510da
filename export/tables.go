package export

import (
	"errors"
	"fmt"
	"io"
	"os"

	"yusuan/export/parquet"
)

// table is one of the fourteen that every dataset has, its row type hidden.
type table interface {
	name() string
	columns() []parquet.Column
	// create begins a part: out takes the new file, old is the file that it
	// replaces, nil if there is none.
	create(out io.Writer, old *os.File, pipeline string) (shard, error)
	// audit checks the table in a part; problem takes what is wrong.
	audit(f *os.File, p part, problem func(check, format string, args ...any)) audit
}

// shard is one table of one part while it is being written. Documents come in
// their order; of the old file's documents none is passed over.
type shard interface {
	// add writes the rows of a new document.
	add(*rows) error
	// keep copies a document's rows from the old file.
	keep(documentID string) error
	// drop passes a document's rows in the old file over.
	drop(documentID string) error
	// close writes what is left and returns the number of rows.
	close() (int64, error)
}

// keyed is a row type that names its document.
type keyed interface{ document() string }

// fullRow is the row type of a table: it embeds key.
type fullRow interface {
	keyed
	keys() key
}

// tableOf is the table with rows of type T.
type tableOf[T fullRow] struct {
	id   string
	rows func(*rows) []T
}

// allTables returns the tables in the order of the documentation.
func allTables() []table {
	return []table{
		tableOf[documentRow]{"documents", func(r *rows) []documentRow { return r.documents }},
		tableOf[paragraphRow]{"paragraphs", func(r *rows) []paragraphRow { return r.paragraphs }},
		tableOf[tableRow]{"tables", func(r *rows) []tableRow { return r.tables }},
		tableOf[cellRow]{"cells", func(r *rows) []cellRow { return r.cells }},
		tableOf[amountRow]{"amounts", func(r *rows) []amountRow { return r.amounts }},
		tableOf[budgetLineRow]{"budget_lines", func(r *rows) []budgetLineRow { return r.budgetLines }},
		tableOf[projectRow]{"projects", func(r *rows) []projectRow { return r.projects }},
		tableOf[indicatorRow]{"indicators", func(r *rows) []indicatorRow { return r.indicators }},
		tableOf[procurementRow]{"procurement", func(r *rows) []procurementRow { return r.procurement }},
		tableOf[organizationRow]{"organizations", func(r *rows) []organizationRow { return r.organizations }},
		tableOf[assetRow]{"assets", func(r *rows) []assetRow { return r.assets }},
		tableOf[fieldRow]{"fields", func(r *rows) []fieldRow { return r.fields }},
		tableOf[findingRow]{"findings", func(r *rows) []findingRow { return r.findings }},
		tableOf[noteRow]{"notes", func(r *rows) []noteRow { return r.notes }},
	}
}

func (t tableOf[T]) name() string              { return t.id }
func (t tableOf[T]) columns() []parquet.Column { return parquet.Columns[T]() }

func (t tableOf[T]) create(out io.Writer, old *os.File, pipeline string) (shard, error) {
	s := &shardOf[T]{rows: t.rows}
	if old != nil {
		var err error
		if s.old, err = newCursor[T](old); err != nil {
			return nil, err
		}
	}
	o := parquet.Options{
		Name: t.id, Creator: "yusuan", Version: SchemaVersion, SortedBy: []string{"region_code", "document_id"},
		Metadata: map[string]string{
			"yusuan.schema": SchemaVersion, "yusuan.table": t.id, "yusuan.pipeline": pipeline,
		},
		Bloom: []string{"document_id"},
	}
	if parquet.Has[T]("code") {
		o.Bloom = append(o.Bloom, "code")
	}
	s.out = parquet.NewWriter[T](out, o)
	return s, nil
}

// shardOf is the shard of a table with rows of type T.
type shardOf[T keyed] struct {
	rows func(*rows) []T
	out  *parquet.Writer[T]
	old  *cursor[T] // nil if the part is new
}

func (s *shardOf[T]) add(r *rows) error { return s.out.Write(s.rows(r)) }

func (s *shardOf[T]) keep(id string) error {
	if s.old == nil {
		return nil // an earlier schema did not have the table
	}
	return s.old.take(id, s.out.Write)
}

func (s *shardOf[T]) drop(id string) error {
	if s.old == nil {
		return nil
	}
	return s.old.take(id, func([]T) error { return nil })
}

func (s *shardOf[T]) close() (int64, error) {
	if s.old != nil {
		if err := s.old.close(); err != nil {
			return 0, err
		}
	}
	return s.out.Rows(), s.out.Close()
}

// cursor goes through a file document by document.
type cursor[T keyed] struct {
	in   *parquet.Reader[T]
	buf  []T
	rest []T // the part of buf that is not taken yet
	end  bool
}

// cursorRows is how many rows a cursor reads at a time.
const cursorRows = 256

func newCursor[T keyed](f *os.File) (*cursor[T], error) {
	in, err := openRows[T](f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return &cursor[T]{in: in, buf: make([]T, cursorRows)}, nil
}

// openRows opens a file of the dataset for its rows. Columns that an earlier
// schema did not have are null, or "" or 0.
func openRows[T any](f *os.File) (*parquet.Reader[T], error) { return openSomeRows[T](f, nil) }

// openSomeRows opens the row groups that keep wants, all if it is nil.
func openSomeRows[T any](f *os.File, keep func(parquet.Bounds) bool) (*parquet.Reader[T], error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return parquet.NewChoiceReader[T](f, info.Size(), parquet.Choice{Keep: keep, Older: func(m map[string]string) bool {
		older, err := schemaAge(m["yusuan.schema"])
		return older && err == nil
	}})
}

// fill reads on when everything is taken, and returns false at the end.
func (c *cursor[T]) fill() (bool, error) {
	if len(c.rest) > 0 || c.end {
		return !c.end, nil
	}
	n, err := c.in.Read(c.buf)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	c.rest, c.end = c.buf[:n], n == 0
	return !c.end, nil
}

// take passes the rows of a document to f, many at a time. The document may
// have none; if it has any they come next.
func (c *cursor[T]) take(id string, f func([]T) error) error {
	for {
		more, err := c.fill()
		if err != nil || !more {
			return err
		}
		n := 0
		for n < len(c.rest) && c.rest[n].document() == id {
			n++
		}
		if n == 0 {
			return nil
		}
		if err := f(c.rest[:n]); err != nil {
			return err
		}
		c.rest = c.rest[n:]
	}
}

// close complains about rows that nobody asked for: the file was not sorted
// as its documents table says, and closing would lose them.
func (c *cursor[T]) close() error {
	more, err := c.fill()
	if err != nil {
		return err
	}
	if more {
		return fmt.Errorf("%w: rows of document %s are out of order", ErrDamaged, c.rest[0].document())
	}
	return c.in.Close()
}
