package corpus

import (
	"fmt"
	"os"
	"sync"

	"yusuan/export"
)

// store keeps the results of a run on disk until they are committed: one
// file, a result behind the other, since opening a file for each costs more
// than writing it. It lives for one run and may be used by several goroutines.
type store struct {
	f *os.File

	mu  sync.Mutex
	end int64
	at  map[string]span
}

// span is where a result stands in the file.
type span struct {
	offset int64
	length int
}

// newStore makes a store in a folder, "" meaning the system's folder for
// temporary files.
func newStore(dir string) (*store, error) {
	f, err := os.CreateTemp(dir, "yusuan-run-")
	if err != nil {
		return nil, fmt.Errorf("make a file for results: %w", err)
	}
	return &store{f: f, at: map[string]span{}}, nil
}

// remove gives the disk space back.
func (s *store) remove() error {
	name := s.f.Name()
	if err := s.f.Close(); err != nil {
		return err
	}
	return os.Remove(name)
}

// put stores the result of a document.
func (s *store) put(id string, r *export.Result) error {
	data, err := encode(r)
	if err != nil {
		return fmt.Errorf("store the result of %s: %w", r.URI, err)
	}
	s.mu.Lock()
	at := span{s.end, len(data)}
	s.end += int64(len(data))
	s.at[id] = at
	s.mu.Unlock()
	if _, err := s.f.WriteAt(data, at.offset); err != nil {
		return fmt.Errorf("store the result of %s: %w", r.URI, err)
	}
	return nil
}

// get reads a result back.
func (s *store) get(id string) (*export.Result, error) {
	s.mu.Lock()
	at, ok := s.at[id]
	s.mu.Unlock()
	if !ok {
		return nil, fmt.Errorf("the result of %s was not stored", id)
	}
	data := make([]byte, at.length)
	if _, err := s.f.ReadAt(data, at.offset); err != nil {
		return nil, fmt.Errorf("read a stored result: %w", err)
	}
	r := new(export.Result)
	if err := decode(data, r); err != nil {
		return nil, fmt.Errorf("read a stored result: %w", err)
	}
	return r, nil
}
