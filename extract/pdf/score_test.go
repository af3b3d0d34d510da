package pdf

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"yusuan/extract/document"
)

// truth is what a person transcribed of a document (corpus/INDEX.md).
type truth struct {
	Tables []truthTable
}

type truthTable struct {
	Title      string
	FirstPage  int `json:"first_page"`
	LastPage   int `json:"last_page"`
	Rows, Cols int
	Cells      []truthCell
}

// truthCell is [row, col, rowspan, colspan, text].
type truthCell struct {
	row, col, rowSpan, colSpan int
	text                       string
}

func (c *truthCell) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&c.row, &c.col, &c.rowSpan, &c.colSpan, &c.text})
}

func (c truthCell) String() string {
	return fmt.Sprintf("r%dc%d %dx%d %q", c.row, c.col, c.rowSpan, c.colSpan, c.text)
}

// corpus is the folder of the real documents, which are not part of the
// repository.
func corpus(t testing.TB, elements ...string) string {
	root := os.Getenv("YUSUAN_CORPUS")
	if root == "" {
		root = "../../../shared/corpus"
	}
	path := filepath.Join(append([]string{root}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not here: the real documents are kept outside the repository", path)
	}
	return path
}

func readTruth(t testing.TB, elements ...string) truth {
	data, err := os.ReadFile(corpus(t, elements...))
	if err != nil {
		t.Fatal(err)
	}
	var v truth
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// noBlanks drops blanks, which the score ignores.
func noBlanks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// score counts filled cells, and tables that match whole: the same grid, the
// same cells, empty ones included.
type score struct {
	found, want, got int
	whole, tables    int
	differences      []string
}

func (s score) f1() float64 {
	if s.want+s.got == 0 {
		return 0
	}
	return 2 * float64(s.found) / float64(s.want+s.got)
}

func (s score) wholeShare() float64 { return float64(s.whole) / float64(max(s.tables, 1)) }

func predicted(t *document.Table) []truthCell {
	var out []truthCell
	for _, c := range t.Cells {
		out = append(out, truthCell{c.Row, c.Col, c.RowSpan, c.ColSpan, noBlanks(c.Text)})
	}
	return out
}

// common counts the texts that two lists of cells share, by their length.
func common(a, b []truthCell) int {
	texts := map[string]int{}
	for _, c := range a {
		texts[noBlanks(c.text)]++
	}
	n := 0
	for _, c := range b {
		if texts[c.text] > 0 {
			texts[c.text]--
			n += len(c.text)
		}
	}
	return n
}

// scoreTables scores a document's tables. Predicted tables that match no true
// one count their cells only if they are on a page with a true table.
func scoreTables(want truth, blocks []document.Block) score {
	s := score{tables: len(want.Tables)}
	used := map[*document.Table]bool{}
	for i, w := range want.Tables {
		var best *document.Table
		most := 0
		for _, b := range blocks {
			t, ok := b.(*document.Table)
			if !ok || used[t] || t.Place.Page > w.LastPage || t.LastPage < w.FirstPage {
				continue
			}
			if n := common(w.Cells, predicted(t)); n > most {
				best, most = t, n
			}
		}
		used[best] = true
		s.add(i, w, best)
	}
	for _, b := range blocks {
		if t, ok := b.(*document.Table); ok && !used[t] {
			for _, c := range predicted(t) {
				if c.text != "" {
					s.got++
				}
			}
			s.differences = append(s.differences, fmt.Sprintf("a table that is none: p%d %dx%d", t.Place.Page, t.Rows, t.Cols))
		}
	}
	return s
}

func (s *score) add(i int, w truthTable, t *document.Table) {
	name := fmt.Sprintf("table %d p%d %s", i+1, w.FirstPage, w.Title)
	if t == nil {
		for _, c := range w.Cells {
			if c.text != "" {
				s.want++
			}
		}
		s.differences = append(s.differences, name+": not found")
		return
	}
	have := map[truthCell]bool{}
	for _, c := range predicted(t) {
		have[c] = true
		if c.text != "" {
			s.got++
		}
	}
	same := t.Rows == w.Rows && t.Cols == w.Cols && len(t.Cells) == len(w.Cells)
	if t.Rows != w.Rows || t.Cols != w.Cols || t.Place.Page != w.FirstPage || t.LastPage != w.LastPage {
		s.differences = append(s.differences, fmt.Sprintf("%s: %dx%d p%d-%d, want %dx%d p%d-%d", name, t.Rows, t.Cols, t.Place.Page, t.LastPage, w.Rows, w.Cols, w.FirstPage, w.LastPage))
	}
	for _, c := range w.Cells {
		c.text = noBlanks(c.text)
		found := have[c]
		delete(have, c)
		same = same && found
		if c.text != "" {
			s.want++
			if found {
				s.found++
			}
		}
		if !found {
			s.differences = append(s.differences, name+": want "+c.String())
		}
	}
	for c := range have {
		s.differences = append(s.differences, name+": got  "+c.String())
	}
	if same {
		s.whole++
	}
}
