package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// onePage is a PDF with a page of 200 x 100 points and a table of two cells.
func onePage() []byte {
	draw := "10 20 m 190 20 l S 10 80 m 190 80 l S 10 20 m 10 80 l S 100 20 m 100 80 l S 190 20 m 190 80 l S BT /F 12 Tf 20 40 Td (left) Tj 100 0 Td (right) Tj ET"
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}

// extracted runs the subcommand.
func extracted(t *testing.T, args ...string) ([]byte, error) {
	t.Helper()
	var out bytes.Buffer
	root := rootCommand()
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(append([]string{"extract"}, args...))
	err := root.ExecuteContext(context.Background())
	return out.Bytes(), err
}

func TestExtractPicture(t *testing.T) {
	dir := t.TempDir()
	file, notes := filepath.Join(dir, "page.pdf"), filepath.Join(dir, "notes.txt")
	if err := errors.Join(os.WriteFile(file, onePage(), 0o600), os.WriteFile(notes, []byte("正文"), 0o600)); err != nil {
		t.Fatal(err)
	}
	out, err := extracted(t, file, "--png", "--dpi", "144")
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Size() != image.Pt(400, 200) {
		t.Errorf("%v pixels", m.Bounds().Size())
	}
	if r, _, b, _ := m.At(200-30, 60).RGBA(); r <= b {
		t.Error("the cell has no colour")
	}
	named := filepath.Join(dir, "page.png")
	if _, err := extracted(t, file, "--png", "--dpi", "144", "-o", named); err != nil {
		t.Fatal(err)
	}
	if written, err := os.ReadFile(named); err != nil || !bytes.Equal(written, out) {
		t.Errorf("the file differs from the output: %v", err)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{notes, "--png"}, "only those of a PDF"},
		{[]string{file, "--png", "--page", "2"}, "page 2 of a document of 1 pages"},
		{[]string{file, "--png", "--page", "0"}, "no such page"},
		{[]string{file, "--png", "--dpi", "0"}, "--dpi 0"},
		{[]string{file, "--page", "1"}, "--png"},
	} {
		var usage usageError
		if _, err := extracted(t, c.args...); !errors.As(err, &usage) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v, want a usage error that says %q", c.args, err, c.says)
		}
	}
}
