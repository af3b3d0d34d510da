package corpus

import (
	"fmt"
	"os"
	"path/filepath"

	"yusuan/export"
)

// store keeps the results of a run on disk until they are committed, one file
// each, named by the document's id.
type store struct{ dir string }

// newStore makes a folder of its own for a run under dir, "" meaning the
// system's folder for temporary files.
func newStore(dir string) (*store, error) {
	d, err := os.MkdirTemp(dir, "yusuan-run-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for results: %w", err)
	}
	return &store{d}, nil
}

func (s *store) remove() error { return os.RemoveAll(s.dir) }

func (s *store) name(id string) string { return filepath.Join(s.dir, id) }

func (s *store) put(id string, r *export.Result) error {
	data, err := encode(r)
	if err != nil {
		return fmt.Errorf("store the result of %s: %w", r.URI, err)
	}
	if err := os.WriteFile(s.name(id), data, 0o600); err != nil {
		return fmt.Errorf("store the result of %s: %w", r.URI, err)
	}
	return nil
}

func (s *store) get(id string) (*export.Result, error) {
	data, err := os.ReadFile(s.name(id))
	if err != nil {
		return nil, fmt.Errorf("read a stored result: %w", err)
	}
	r := new(export.Result)
	if err := decode(data, r); err != nil {
		return nil, fmt.Errorf("read a stored result: %w", err)
	}
	return r, nil
}
