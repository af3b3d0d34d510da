package report

import (
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/corpus/compare"
)

// many is a comparison of so many departments.
func many(t *testing.T, n int) *compare.Comparison {
	c := sample(t)
	one := c.Bodies[0]
	c.Bodies = nil
	for i := range n {
		b := one
		b.Department = fmt.Sprintf("第%d局", i)
		c.Bodies = append(c.Bodies, b)
	}
	return c
}

// unpacked is what the packs of a page hold, by id.
func unpacked(t *testing.T, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`<script type="text/plain" class="packed" data-for="([^"]+)" data-class="(?:body|rank)">([^<]*)</script>`).FindAllStringSubmatch(text, -1) {
		z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(m[2])))
		if err != nil {
			t.Fatalf("%s: %v", m[1], err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			t.Fatalf("%s: %v", m[1], err)
		}
		out[m[1]] = string(data)
	}
	return out
}

// TestPacked packs all of a large page but what is shown at first, loses
// nothing of it, and says so to who has no JavaScript.
func TestPacked(t *testing.T) {
	small := page(t, many(t, 3))
	if strings.Contains(small, `class="packed"`) || strings.Contains(small, "<noscript>") {
		t.Error("a small page is packed")
	}
	const n = 120
	text := page(t, many(t, n))
	packs := unpacked(t, text)
	bodies, size := 0, 0
	for id, html := range packs {
		if size += len(html); strings.HasPrefix(id, "b") {
			bodies++
			i, _ := strconv.Atoi(id[1:])
			if !strings.Contains(html, fmt.Sprintf("<h1>第%d局</h1>", i)) || strings.Count(html, `class="n`) < 40 || !strings.Contains(html, "2017.pdf · 第 3 页") {
				t.Errorf("%s holds something else", id)
			}
		}
	}
	if bodies != n-1 || strings.Count(text, `<section class="body" id="b`) != 1 {
		t.Errorf("%d of %d departments are packed", bodies, n)
	}
	if len(text) > (size+len(small))/5 {
		t.Errorf("%d bytes for %d", len(text), size)
	}
	if at := strings.Index(text, "<noscript>"); at < 0 || !strings.Contains(text[at:], "第119局") {
		t.Error("who has no JavaScript is not told what is missing")
	}
}

// TestRanks ranks the departments of a page, by year, each with its source; the
// rankings come first where there are many.
func TestRanks(t *testing.T) {
	c := many(t, 6)
	big := row(t, c.Bodies[0].Rows[0], "", "", "9990000")
	c.Bodies[4].Rows = append(slices.Clone(c.Bodies[4].Rows[1:]), compare.Row{Part: big.Part, Form: big.Form, Measure: big.Measure, MeasureTitle: big.MeasureTitle,
		Unit: "CNY", Cells: row(t, compare.Row{}, "", "", "9990000").Cells})
	text := page(t, c)
	at := regexp.MustCompile(`(?s)<div class="rank" id="r0-2019">.*?</table>`).FindString(text)
	first := strings.Index(at, "第4局")
	if first < 0 || first > strings.Index(at, "第0局") || !strings.Contains(at, `href="#b4"`) || !strings.Contains(at, ">999.00<") || !strings.Contains(at, "2019.pdf · 第 3 页") {
		t.Errorf("%s", at)
	}
	if strings.Count(at, `<td class="r">2</td>`) != 5 {
		t.Errorf("equal amounts do not share a place: %s", at)
	}
	if !strings.Contains(text, `<option value="ranks" selected>`) || strings.Contains(page(t, sample(t)), `id="ranks"`) {
		t.Error("rankings come first where there are many, and only there")
	}
}

// TestFile replaces a page as a whole, and leaves the old one when it is given
// up.
func TestFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "r.html")
	if err := os.WriteFile(name, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := sample(t)
	w, err := New(name, c)
	if err != nil {
		t.Fatal(err)
	}
	w.Abort()
	if text, err := os.ReadFile(name); err != nil || string(text) != "old" {
		t.Errorf("%s, %v", text, err)
	}
	if w, err = New(name, c); err != nil {
		t.Fatal(err)
	}
	if err := compare.All(w, c); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if left, _ := os.ReadDir(filepath.Dir(name)); err != nil || len(left) != 1 || string(text) != page(t, c) {
		t.Errorf("%v, %v", left, err)
	}
	if _, err := New(filepath.Join(name, "x.html"), c); err == nil || !strings.Contains(err.Error(), "writing "+name) {
		t.Errorf("%v", err)
	}
}

// TestTooMany refuses a page that no browser would like.
func TestTooMany(t *testing.T) {
	b := &builder{head: &compare.Comparison{}, bodies: make([]chunk, mostBodies)}
	if err := b.Write(&compare.Body{}); err == nil || !strings.Contains(err.Error(), "--department") {
		t.Errorf("%v", err)
	}
}
