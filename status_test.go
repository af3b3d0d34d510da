package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"yusuan/export"
	"yusuan/extract/document"
)

// TestStatusCommand tells what a dataset holds.
func TestStatusCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "status", dataset)
	if code != exitOK || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	for _, want := range []string{"       13  in all\n", "        9  ok\n", "        4  failed\n", "        2  no_text\n", "budget", "docx", "indicators", "the last commit was whole\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	code, out, _ = command(t, "status", dataset, "--json")
	var o export.Overview
	if err := json.Unmarshal([]byte(out), &o); code != exitOK || err != nil || o.Documents != 13 || !o.Whole || len(o.Tables) != 14 {
		t.Errorf("exit %d, %v, printed %s", code, err, out)
	}
	if code, _, errs = command(t, "status", goodSamples); code != exitFailed || !strings.Contains(errs, "not a dataset") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

// TestErrorsCommand lists what failed, with what to do.
func TestErrorsCommand(t *testing.T) {
	dataset := sampleDataset(t)
	code, out, errs := command(t, "errors", dataset)
	if code != exitOK || errs != "" || strings.Count(out, "\n") != 8 || strings.Count(out, "\n    ") != 4 {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	if !strings.Contains(out, "[no_text]\n    If it is a scan, ") || strings.Contains(out, "picture.docx: picture.docx") {
		t.Errorf("printed\n%s", out)
	}
	_, out, _ = command(t, "errors", dataset, "--json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, l := range lines {
		var f failure
		if err := json.Unmarshal([]byte(l), &f); err != nil || f.File == "" || f.Code == "" || f.Message == "" || f.Advice == "" {
			t.Errorf("%s: %v", l, err)
		}
	}
	if len(lines) != 4 {
		t.Errorf("%d lines", len(lines))
	}
}

// TestAdvice has a word for every error code, and for no other; the last line
// of a code is for all messages.
func TestAdvice(t *testing.T) {
	last := map[string]advice{}
	for _, a := range allAdvice() {
		if before, ok := last[a.code]; ok && before.words == "" {
			t.Errorf("%s: %q comes after the line for all messages", a.code, a.text)
		}
		if !strings.HasSuffix(a.text, ".") {
			t.Errorf("%s: %q is no sentence", a.code, a.text)
		}
		last[a.code] = a
	}
	for _, err := range []error{document.ErrUnsupported, document.ErrNotFound, document.ErrTooLarge, document.ErrEncrypted,
		document.ErrMalformed, document.ErrNoText, document.ErrTimeLimit, document.ErrMemoryLimit, document.ErrCrashed} {
		code := document.Code(err)
		if a, ok := last[code]; !ok || a.words != "" {
			t.Errorf("%s: %+v", code, a)
		}
		delete(last, code)
	}
	if len(last) > 0 {
		t.Errorf("unknown codes: %v", last)
	}
}

// TestAdviceForRights speaks of rights where rights are what the system says is
// lacking, in the words of the systems.
func TestAdviceForRights(t *testing.T) {
	for _, err := range []error{syscall.EACCES, syscall.EPERM, errors.New("Access is denied.")} {
		message := fmt.Sprintf("%v: %v", document.ErrNotFound, err)
		if got := adviceFor(allAdvice(), document.Code(document.ErrNotFound), message); !strings.Contains(got, "the right to read the file") {
			t.Errorf("%s: %q", message, got)
		}
	}
}

// TestAdviceForArchives says what to do about what is wrong with archives and
// in them, by what the program says of real ones.
func TestAdviceForArchives(t *testing.T) {
	in, dataset := t.TempDir(), filepath.Join(t.TempDir(), "dataset")
	zipped := func(entries map[string]string, flags uint16) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for name, text := range entries {
			h := &zip.FileHeader{Name: name, Flags: flags, CRC32: crc32.ChecksumIEEE([]byte(text)), CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text))}
			f, err := w.CreateRaw(h)
			if err == nil {
				_, err = f.Write([]byte(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const encrypted = 1
	inner := zipped(map[string]string{"deep.txt": "x"}, 0)
	for name, data := range map[string]string{
		"nested.zip": zipped(map[string]string{"inner.zip": inner}, 0), "locked.zip": zipped(map[string]string{"a.txt": "x"}, encrypted),
		"many.zip": zipped(map[string]string{"1.txt": "1", "2.txt": "2", "3.txt": "3"}, 0), "empty.zip": zipped(nil, 0), "folders.zip": zipped(map[string]string{"a/": ""}, 0), "hidden.zip": zipped(map[string]string{".x": "x"}, 0), "other.rar": "Rar!\x1a\x07\x00", "archive.xlsx": zipped(map[string]string{"xl/workbook.xml": "x", "[Content_Types].xml": ""}, 0),
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, errs := command(t, "run", in, filepath.Join(in, "none.txt"), filepath.Join(in, "*.x"), "-o", dataset, "--in-process", "--max-entries", "2"); code != exitSomeFailed {
		t.Fatalf("exit %d, %s", code, errs)
	}
	_, out, _ := command(t, "errors", dataset)
	for file, says := range map[string]string{
		"nested.zip/inner.zip": "Unpack it and run again with the folder", "locked.zip/a.txt": "Unpack the archive with its password",
		"many.zip": "a greater --max-entries", "empty.zip": "if it is empty where it comes from", "folders.zip": "Fetch the archive again", "hidden.zip": "Fetch the archive again",
		"other.rar": "Unpack it and run", "archive.xlsx": "Save it as .docx", "none.txt": "--drop-gone", "*.x": "Correct the pattern",
	} {
		_, rest, _ := strings.Cut("\n"+out, "\n"+file+": ")
		_, rest, _ = strings.Cut(rest, "\n    ")
		if got, _, _ := strings.Cut(rest, "\n"); !strings.Contains(got, says) {
			t.Errorf("%s: %q, want %q", file, got, says)
		}
	}
}
