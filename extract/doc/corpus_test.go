package doc

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yusuan/extract/document"
	"yusuan/extract/docx"
)

// TestCorpusEdge holds an adversarial document against the .docx that it was
// made from. What differs was changed by the program that converted it, and is
// listed with the reason.
func TestCorpusEdge(t *testing.T) {
	got := dump(t, sharedFile(t, "word/edge/edge.doc"))
	d, err := docx.Reader{}.Read(context.Background(), sharedFile(t, "word/edge/edge.docx"), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var original strings.Builder
	if err := document.Dump(&original, d); err != nil {
		t.Fatal(err)
	}
	// Every line of the original, numbers of blocks and rows aside, must be
	// there, but for these.
	changed := map[string]string{
		`h1 "前文后文 第7页"`: "the level of the TC field was made 2, and the page number was computed",
		`"换\n行\t制表‑连超链智能标记简单域行内控件拼"`: "the date field was computed",
		`1x2`:    "three tables that follow each other became one, since only a paragraph between them keeps them apart",
		`9x4`:    "the same",
		`"控件表A"`: "in the joined table the cell spans two columns",
		`"控件表B"`: "the same",
		`"紧邻表1"`: "the same",
		`"紧邻表2"`: "the same",
		`"sdt格"`: "the text of a content control was written several times",
		`docx.nested_table "the table in this cell is text of the cell and a table of its own"`: "the note has another reader's name",
	}
	added := map[string]string{
		`h2 "前文后文 第1页"`: "see above",
		`"换\n行\t制表‑连超链智能标记26年11月23日行内控件拼"`: "see above",
		`"块控件段落块控件段落"`:                     "the paragraph of a content control was written several times",
		`12x4`:                             "the three tables in one",
		`1x2 "控件表A"`:                       "see above",
		`1x2 "控件表B"`:                       "see above",
		`1x2 "紧邻表1"`:                       "see above",
		`1x2 "紧邻表2"`:                       "see above",
		`"sdt格\n格sdt格\n\nsdt格"`:            "see above",
		`"删行1"`:                            "the deletion of a row was not written",
		`"删行2"`:                            "the same",
		`"删行3"`:                            "the same",
		`"删行4"`:                            "the same",
		`doc.nested_table "the table in this cell is text of the cell and a table of its own"`: "see above",
	}
	first, second := lineSet(original.String()), lineSet(got)
	for line := range first {
		if _, explained := changed[line]; explained == second[line] {
			t.Errorf("of the original: %q (found %v, expected to be changed %v)", line, second[line], explained)
		}
	}
	for line := range second {
		if _, explained := added[line]; explained == first[line] {
			t.Errorf("beyond the original: %q (in it %v, expected to be new %v)", line, first[line], explained)
		}
	}
	for _, want := range []string{
		`p 0 h1 label="一、" "部门职责"`,
		`p 3 label="（二）" "人员情况"`,
		`p 26 label="贰、" "法定1"`,
		`  r1c0 1x2 "表头跨二"`,
		`  r2c0 3x1 "竖并"`,
		`  r3c2 1x2 "跨二c2"`,
		`  r4c1 "第一段\n\n第三段"`,
		`  r5c0 "外层格\n内1\t内2\n内3\t内4"`,
		`  r5c2 2x2 "块并"`,
		`  r7c1 "g2"`,
		`  r7c2 "g3"`,
		`  r10c0 1x2 "旧横并"`,
		`  r10c3 "f"`,
		`t 35 2x2 in=34`,
		`p 36 "结尾"`,
		`p 37 textbox "文本框正文"`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no line %s", want)
		}
	}
	if n := strings.Count(got, "文本框正文"); n != 1 {
		t.Errorf("the text box stands %d times", n)
	}
	for _, gone := range []string{"删除文字", "移出文字", "隐藏文字", "注音", "目录项", "PAGE"} {
		if strings.Contains(got, gone) {
			t.Errorf("%s leaked", gone)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}

// lineSet returns the lines of a dump without numbers.
func lineSet(dump string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(dump) {
		set[withoutNumbers(line)] = true
	}
	return set
}

// withoutNumbers cuts the block's number or the cell's row and column from a
// line of a dump.
func withoutNumbers(line string) string {
	line = strings.TrimSpace(line)
	kind, rest, _ := strings.Cut(line, " ")
	switch kind {
	case "p", "t":
		_, rest, _ = strings.Cut(rest, " ")
	case "n":
		_, rest, _ = strings.Cut(rest, " ")
		_, rest, _ = strings.Cut(rest, " ")
	}
	return rest
}

// TestCorpusWord reads everything there is: no panic, no hang, a contract kept,
// and a failure only where the file is encrypted or no binary Word document.
func TestCorpusWord(t *testing.T) {
	var files []string
	for _, pattern := range []string{"word/tika/*.doc", "word/*.doc", "word/edge/*.doc", "handan-2020/*.doc"} {
		found, err := filepath.Glob(shared(pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("no files under %s: the shared documents are not part of the repository", shared("word"))
	}
	encrypted := map[string]bool{"testWORD_protected_drm.doc": true, "testWORD_protected_passtika.doc": true}
	opened := 0
	for _, path := range files {
		name := filepath.Base(path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !(Reader{}).Detect(data) {
			if strings.HasPrefix(string(data), magic) {
				t.Errorf("%s is not detected", name)
			}
			continue
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		d, err := Reader{}.Read(ctx, data, document.Limits{})
		cancel()
		switch {
		case encrypted[name] && errors.Is(err, document.ErrEncrypted):
		case err != nil:
			t.Errorf("%s: %v", name, err)
		default:
			opened++
			if err := document.Check(d); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if opened == 0 {
		t.Error("no file opened")
	}
	t.Logf("%d files opened", opened)
}

// TestCorpusChinese looks at a real Chinese document: its one table and its
// characters, which LibreOffice counts alike.
func TestCorpusChinese(t *testing.T) {
	d, err := Reader{}.Read(context.Background(), sharedFile(t, "word/flyfish-shanxi.doc"), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	han, tables := 0, 0
	for _, c := range allText(d) {
		if c >= 0x4E00 && c < 0xA000 {
			han++
		}
	}
	for _, b := range d.Blocks {
		if table, ok := b.(*document.Table); ok {
			tables++
			if table.Rows != 3 || table.Cols != 5 {
				t.Errorf("the table is %d x %d, want 3 x 5", table.Rows, table.Cols)
			}
		}
	}
	if han != 9005 || tables != 1 || len(d.Notes) > 0 {
		t.Errorf("%d Han characters, %d tables, notes %v; want 9005 and 1 and none", han, tables, d.Notes)
	}
}
