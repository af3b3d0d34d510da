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
const runRows = 1 << 14

// runsAtOnce is how many runs are merged at the same time, mergeRows how many
// rows of each are in memory then.
const runsAtOnce, mergeRows = 16, 64

// sorter brings rows into order: those that do not fit into memory are written
// aside in sorted runs, which are merged when they are read back. Rows that
// compare equal stay in the order in which they came.
type sorter[T any] struct {
	dir     string
	name    string
	compare func(a, b *T) int
	most    int
	rows    []T
	files   []aside
	made    int // how many runs were written
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

// sort brings the rows in memory into order: their numbers first, then each to
// its place. Rows are large, and are not copied to be compared.
func (s *sorter[T]) sort() {
	order := make([]int32, len(s.rows))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(s.compare(&s.rows[a], &s.rows[b]), int(a-b))
	})
	for i := range order {
		if order[i] < 0 {
			continue // in its place
		}
		first := s.rows[i]
		to := int32(i)
		for order[to] != int32(i) {
			from := order[to]
			s.rows[to], order[to] = s.rows[from], -1
			to = from
		}
		s.rows[to], order[to] = first, -1
	}
}

// spill writes the rows in memory aside.
func (s *sorter[T]) spill() error {
	s.sort()
	err := s.write(0, func(w *parquet.Writer[T]) error { return w.Write(s.rows) })
	clear(s.rows)
	s.rows = s.rows[:0]
	if err != nil {
		return err
	}
	return s.compact()
}

// compact makes one run of the last ones as soon as there are so many of one
// level: each that is read back costs memory. They stand next to one another, so
// that equal rows keep their order.
func (s *sorter[T]) compact() error {
	for {
		first := len(s.files) - runsAtOnce
		if first < 0 || s.files[first].level != s.files[len(s.files)-1].level {
			return nil
		}
		old := s.files[first:]
		m, err := s.merge(old, nil)
		if err != nil {
			return err
		}
		s.files = slices.Clone(s.files[:first])
		err = s.write(old[0].level+1, func(w *parquet.Writer[T]) error {
			_, err := copyRows(w, m.next)
			return err
		})
		for _, f := range old {
			err = errors.Join(err, f.remove())
		}
		if err != nil {
			return err
		}
	}
}

// aside is a sorted run on disk: one of level 0 was in memory, one of the next
// level is made of several of those.
type aside struct {
	*os.File
	level int
}

func (a aside) remove() error { return errors.Join(a.Close(), os.Remove(a.Name())) }

// write writes a run.
func (s *sorter[T]) write(level int, rows func(w *parquet.Writer[T]) error) error {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(s.dir, fmt.Sprintf("%s-%05d.run", s.name, s.made)))
	if err != nil {
		return err
	}
	s.made++
	s.files = append(s.files, aside{f, level})
	w := parquet.NewWriter[T](f, parquet.Options{Name: s.name})
	if err := rows(w); err != nil {
		return err
	}
	return w.Close()
}

// close removes what was written aside.
func (s *sorter[T]) close() error {
	var errs []error
	for _, f := range s.files {
		errs = append(errs, f.remove())
	}
	s.files, s.rows = nil, nil
	return errors.Join(errs...)
}

// merged begins to hand the rows out in order: next returns nil at the end,
// and a row is good until the next one is asked for.
func (s *sorter[T]) merged() (next func() (*T, error), err error) {
	s.sort()
	m, err := s.merge(s.files, s.rows)
	if err != nil {
		return nil, err
	}
	return m.next, nil
}

// merge begins to merge runs on disk, and behind them the rows in memory.
func (s *sorter[T]) merge(files []aside, rows []T) (*merge[T], error) {
	m := &merge[T]{compare: s.compare}
	for i, f := range files {
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		in, err := parquet.NewReader[T](f, info.Size())
		if err != nil {
			return nil, err
		}
		m.runs = append(m.runs, &run[T]{in: in, buf: make([]T, mergeRows), number: i})
	}
	m.runs = append(m.runs, &run[T]{rest: rows, end: true, number: len(files)})
	return m, m.begin()
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
