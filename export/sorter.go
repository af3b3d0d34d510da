package export

import (
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"yusuan/export/parquet"
)

// runRows is how many rows a sorter keeps in memory before it writes them
// aside.
const runRows = 1 << 15

// sorter brings rows into order: those that do not fit into memory are written
// aside in sorted runs, which are merged when they are read back. Rows that
// compare equal stay in the order in which they came.
type sorter[T any] struct {
	dir     string
	name    string
	compare func(a, b *T) int
	most    int
	rows    []T
	files   []*os.File
}

// newSorter writes aside into a folder, which is made when it is needed.
func newSorter[T any](dir, name string, compare func(a, b *T) int) *sorter[T] {
	return &sorter[T]{dir: dir, name: name, compare: compare, most: runRows}
}

// add takes a row.
func (s *sorter[T]) add(row *T) error {
	s.rows = append(s.rows, *row)
	if len(s.rows) < s.most {
		return nil
	}
	return s.spill()
}

func (s *sorter[T]) sort() {
	slices.SortStableFunc(s.rows, func(a, b T) int { return s.compare(&a, &b) })
}

// spill writes the rows in memory aside.
func (s *sorter[T]) spill() error {
	s.sort()
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(s.dir, fmt.Sprintf("%s-%05d.run", s.name, len(s.files))))
	if err != nil {
		return err
	}
	s.files = append(s.files, f)
	w := parquet.NewWriter[T](f, parquet.Options{Name: s.name})
	if err := w.Write(s.rows); err != nil {
		return err
	}
	clear(s.rows)
	s.rows = s.rows[:0]
	return w.Close()
}

// close removes what was written aside.
func (s *sorter[T]) close() error {
	var errs []error
	for _, f := range s.files {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	s.files, s.rows = nil, nil
	return errors.Join(errs...)
}

// merged begins to hand the rows out in order: next returns nil at the end,
// and a row is good until the next one is asked for.
func (s *sorter[T]) merged() (next func() (*T, error), err error) {
	s.sort()
	m := &merge[T]{compare: s.compare}
	for i, f := range s.files {
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		in, err := parquet.NewReader[T](f, info.Size())
		if err != nil {
			return nil, err
		}
		m.runs = append(m.runs, &run[T]{in: in, buf: make([]T, cursorRows), number: i})
	}
	m.runs = append(m.runs, &run[T]{rest: s.rows, end: true, number: len(s.files)})
	if err := m.begin(); err != nil {
		return nil, err
	}
	return m.next, nil
}

// run is one sorted run while it is merged.
type run[T any] struct {
	in        *parquet.Reader[T]
	buf, rest []T
	end       bool
	number    int
}

// fill makes sure that a row is there, and tells whether one is.
func (r *run[T]) fill() (bool, error) {
	if len(r.rest) > 0 || r.end {
		return len(r.rest) > 0, nil
	}
	n, err := r.in.Read(r.buf)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	r.rest, r.end = r.buf[:n], n < len(r.buf)
	if r.end {
		err = r.in.Close()
	}
	return n > 0, err
}

// merge is a heap of runs by their first rows.
type merge[T any] struct {
	compare func(a, b *T) int
	runs    []*run[T]
	taken   bool // the first row of the first run has been handed out
}

func (m *merge[T]) Len() int { return len(m.runs) }
func (m *merge[T]) Less(i, j int) bool {
	a, b := m.runs[i], m.runs[j]
	return cmp.Or(m.compare(&a.rest[0], &b.rest[0]), a.number-b.number) < 0
}
func (m *merge[T]) Swap(i, j int) { m.runs[i], m.runs[j] = m.runs[j], m.runs[i] }
func (m *merge[T]) Push(any)      {} // heap.Pop is all that is used
func (m *merge[T]) Pop() any {
	last := m.runs[len(m.runs)-1]
	m.runs = m.runs[:len(m.runs)-1]
	return last
}

func (m *merge[T]) begin() error {
	var live []*run[T]
	for _, r := range m.runs {
		more, err := r.fill()
		if err != nil {
			return err
		}
		if more {
			live = append(live, r)
		}
	}
	m.runs = live
	heap.Init(m)
	return nil
}

func (m *merge[T]) next() (*T, error) {
	if m.taken {
		r := m.runs[0]
		r.rest = r.rest[1:]
		more, err := r.fill()
		if err != nil {
			return nil, err
		}
		if more {
			heap.Fix(m, 0)
		} else {
			heap.Pop(m)
		}
		m.taken = false
	}
	if len(m.runs) == 0 {
		return nil, nil
	}
	m.taken = true
	return &m.runs[0].rest[0], nil
}
