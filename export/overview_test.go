package export

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// TestSummarize counts the documents of a small dataset.
func TestSummarize(t *testing.T) {
	dir := t.TempDir()
	all := inventAll(t, 3)
	mustCommit(t, dir, all, Settings{Pipeline: "yusuan/1"})
	failed := invent(t, 7, 0, 0)
	failed.Status, failed.ErrorCode, failed.Error = "failed", "no_text", "a scan"
	failed.Disclosure.Source.Format = ""
	m := mustCommit(t, dir, []Entry{entry(failed)}, Settings{Pipeline: "yusuan/2"})
	o, err := Summarize(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ got, want map[string]int }{
		"status":    {o.Status, map[string]int{"ok": 9, "failed": 1}},
		"errors":    {o.Errors, map[string]int{"no_text": 1}},
		"years":     {o.Years, map[string]int{"2020": 3, "2021": 3, "unknown": 4}},
		"kinds":     {o.Kinds, map[string]int{"budget": 10}},
		"formats":   {o.Formats, map[string]int{"docx": 9, "unknown": 1}},
		"pipelines": {o.Pipelines, map[string]int{"yusuan/1": 9, "yusuan/2": 1}},
	} {
		if !maps.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	var size TableSize
	for _, s := range o.Tables {
		size.Files += s.Files
		size.Rows += s.Rows
		size.Bytes += s.Bytes
	}
	var want TableSize
	for _, f := range m.Files {
		want.Files++
		want.Rows += f.Rows
		want.Bytes += f.Bytes
	}
	if size != want || o.Documents != 10 || !o.Whole || o.Interrupted || o.Pipeline != "yusuan/2" || o.Schema != SchemaVersion || o.Buckets != 1 {
		t.Errorf("%+v", o)
	}
	if err := os.Remove(filepath.Join(dir, successName)); err != nil {
		t.Fatal(err)
	}
	if o, err := Summarize(context.Background(), dir); err != nil || o.Whole {
		t.Errorf("without _SUCCESS: %+v, %v", o, err)
	}
	if _, err := Summarize(context.Background(), t.TempDir()); !errors.Is(err, ErrForeign) {
		t.Errorf("no dataset: %v", err)
	}
}

// TestDocumentsStops passes documents on until it is told to stop.
func TestDocumentsStops(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, dir, inventAll(t, 2), Settings{})
	n, enough := 0, errors.New("enough")
	err := Documents(context.Background(), dir, func(Document) error {
		if n++; n == 3 {
			return enough
		}
		return nil
	})
	if n != 3 || !errors.Is(err, enough) {
		t.Errorf("%d documents, %v", n, err)
	}
	if err := os.Remove(filepath.Join(dir, damagedDocuments)); err != nil {
		t.Fatal(err)
	}
	if err := Documents(context.Background(), dir, func(Document) error { return nil }); !errors.Is(err, ErrDamaged) {
		t.Errorf("a part is gone: %v", err)
	}
}
