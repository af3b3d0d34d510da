package docx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yusuan/extract/document"
)

// sharedFile reads a document that is kept beside the repository, or skips.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(shared(name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not here: the shared documents are not part of the repository", shared(name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCorpusDisclosure holds a whole disclosure against its true paragraphs and
// cells.
func TestCorpusDisclosure(t *testing.T) {
	file := sharedFile(t, "handan-2020/disclosure.docx")
	var truth [][2]json.RawMessage
	if err := json.Unmarshal(sharedFile(t, "handan-2020/truth/blocks.json"), &truth); err != nil {
		t.Fatal(err)
	}
	d, err := Reader{}.Read(context.Background(), file, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	check(t, d, document.Limits{})
	var want []string
	for _, block := range truth {
		want = append(want, trueBlock(t, block)...)
	}
	var got []string
	for _, block := range d.Blocks {
		got = append(got, readBlock(block))
	}
	if len(got) != len(want) || len(got) != 26+87 {
		t.Fatalf("%d blocks, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("block %d:\n got %s\nwant %s", i, got[i], want[i])
		}
	}
	if len(d.Notes) > 0 {
		t.Errorf("notes: %v", d.Notes)
	}
}

// fieldResidue is what the program that made the truth's source leaves of a TC
// field; the .docx was made without it.
var fieldResidue = regexp.MustCompile(` TC .*$`)

// trueBlock prints a block of the truth as readBlock prints one, nothing for
// an empty paragraph.
func trueBlock(t *testing.T, block [2]json.RawMessage) []string {
	t.Helper()
	var kind, text string
	var rows [][][]string
	err := json.Unmarshal(block[0], &kind)
	if err == nil && kind == "t" {
		err = json.Unmarshal(block[1], &rows)
	} else if err == nil {
		err = json.Unmarshal(block[1], &text)
	}
	if err != nil {
		t.Fatal(err)
	}
	if kind != "t" {
		if text = squeeze(fieldResidue.ReplaceAllString(text, "")); text == "" {
			return nil
		}
		return []string{text}
	}
	var out []string
	for _, row := range rows {
		for _, cell := range row {
			if text := squeeze(strings.Join(cell, "")); text != "" {
				out = append(out, text)
			}
		}
	}
	return []string{strings.Join(out, " | ")}
}

// readBlock prints a paragraph, or the filled cells of a table.
func readBlock(block document.Block) string {
	var out []string
	switch b := block.(type) {
	case *document.Paragraph:
		return squeeze(b.Text)
	case *document.Table:
		for _, c := range b.Cells {
			if text := squeeze(c.Text); text != "" {
				out = append(out, text)
			}
		}
	}
	return strings.Join(out, " | ")
}

// squeeze leaves all blanks out.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// TestCorpusEdge states what must be read of an adversarial document.
func TestCorpusEdge(t *testing.T) {
	got := dump(t, sharedFile(t, "word/edge/edge.docx"))
	for _, want := range []string{
		`p 0 h1 label="一、" "部门职责"`,
		`p 3 label="（二）" "人员情况"`,
		`p 4 h1 label="二、" "预算安排"`,
		`p 7 label="丙、" "传统2"`,
		`p 10 label="三、" "日式2"`,
		`p 22 label="第十二条" "千位11"`,
		`p 24 label="②" "圈1"`,
		`p 26 label="贰、" "法定1"`,
		`p 27 h1 "前文后文 第7页"`,
		`p 28 "保留插入文字移入文字"`,
		`p 29 "换\n行\t制表‑连超链智能标记简单域行内控件拼"`,
		`p 30 "框前"`,
		`p 31 textbox "文本框正文"`,
		`t 33 1x2`,
		`t 34 9x4`,
		`  r0c0 1x2 "表头跨二"`,
		`  r1c0 3x1 "竖并"`,
		`  r2c2 1x2 "跨二c2"`,
		`  r3c1 "第一段\n\n第三段"`,
		`  r4c0 "外层格\n内1\t内2\n内3\t内4"`,
		`  r4c2 2x2 "块并"`,
		`  r6c1 "g2"`,
		`  r7c1 "sdt格"`,
		`  r8c0 1x2 "旧横并"`,
		`t 35 2x2 in=34`,
		`t 36 1x2`,
		`p 37 "结尾"`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no line %s", want)
		}
	}
	for _, gone := range []string{"删除文字", "移出文字", "隐藏文字", "删行", "注音", "目录项", "PAGE"} {
		if strings.Contains(got, gone) {
			t.Errorf("%s leaked", gone)
		}
	}
	if n := strings.Count(got, "文本框正文"); n != 1 {
		t.Errorf("the text box stands %d times", n)
	}
	if t.Failed() {
		t.Log(got)
	}
}

// TestCorpusWord reads everything there is: no panic, no hang, a contract kept,
// and a failure only where the file is broken or no Word document.
func TestCorpusWord(t *testing.T) {
	var files []string
	for _, pattern := range []string{"word/tika/*.docx", "word/*.docx", "word/edge/*.docx"} {
		found, err := filepath.Glob(shared(pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("no files under %s: the shared documents are not part of the repository", shared("word"))
	}
	deleted := regexp.MustCompile(`<w:delText(?: [^>]*)?>([^<]{4,})</w:delText>`)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			d, err := Reader{}.Read(ctx, data, document.Limits{})
			if detected := (Reader{}).Detect(data); err != nil {
				unreadable := strings.HasPrefix(filepath.Base(path), "protected_") || strings.Contains(path, "_protected_") || strings.Contains(path, "truncated")
				if !unreadable || !errors.Is(err, document.ErrMalformed) {
					t.Errorf("detected %v, %v", detected, err)
				}
				return
			} else if !detected {
				t.Error("not detected")
			}
			check(t, d, document.Limits{})
			all := allText(d)
			main := mainXML(data)
			for _, m := range deleted.FindAllStringSubmatch(main, -1) {
				if strings.Contains(all, m[1]) && !strings.Contains(strings.ReplaceAll(main, m[0], ""), m[1]) {
					t.Errorf("deleted text %q leaked", m[1])
				}
			}
		})
	}
}

func allText(d *document.Document) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			fmt.Fprintln(&b, x.Text)
		case *document.Table:
			for _, c := range x.Cells {
				fmt.Fprintln(&b, c.Text)
			}
		}
	}
	return b.String()
}

func mainXML(file []byte) string {
	a, err := openArchive(file, document.Limits{}.WithDefaults())
	if err != nil {
		return ""
	}
	name, _, err := a.mainPart()
	if err != nil {
		return ""
	}
	main, err := a.part(name)
	if err != nil {
		return ""
	}
	return string(main)
}
