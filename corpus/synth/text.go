package synth

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// Text prints the disclosure in the form that Apache Tika renders from a Word
// .doc. A paragraph is a line. A cell is TAB, text and a line feed; a row and a
// table end in one more line feed each. Inside a cell a line break is one line
// feed and a new paragraph two. Spans are not visible: a cell that is merged
// with the one above it is a blank cell. Labels are typed out, and a heading
// with a TC field is followed by the field's code.
func (d *Document) Text() []byte {
	var b strings.Builder
	breaks := strings.NewReplacer(lineBreak, "\n", "\n", "\n\n")
	for _, block := range d.blocks {
		if block.par != nil {
			b.WriteString(block.par.label)
			b.WriteString(block.par.text)
			b.WriteString(block.par.residue())
			b.WriteByte('\n')
			continue
		}
		for _, row := range block.tab.rows {
			for _, c := range row {
				b.WriteByte('\t')
				b.WriteString(breaks.Replace(c.text))
				b.WriteByte('\n')
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// residue is what the rendering leaves of a TC field: its code, quotes escaped.
func (p *paragraph) residue() string {
	if p.field == "" {
		return ""
	}
	entry := strings.NewReplacer("“", "\\“", "”", "\\”").Replace(p.label + p.text)
	return " TC " + entry + " \\f " + p.field + " \\l 1 "
}

// The 94 × 94 characters of GB 2312-80, the part of GB18030 that has two bytes
// above A0 each; a blank where there is none.
//
//go:embed gb2312.txt
var gb2312TXT string

var gb2312 = sync.OnceValue(func() map[rune][2]byte {
	m := make(map[rune][2]byte, 7445)
	row := byte(0xA1)
	for line := range strings.Lines(gb2312TXT) {
		col := byte(0xA1)
		for _, r := range strings.TrimSuffix(line, "\n") {
			if r != ' ' {
				m[r] = [2]byte{row, col}
			}
			col++
		}
		row++
	}
	return m
})

// GB18030 prints the text of Text in GB18030. The words of this package are
// all in GB 2312; a character outside it would be printed as a question mark,
// and a test sees to it that there is none.
func (d *Document) GB18030() []byte {
	text := d.Text()
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
		} else if two, ok := gb2312()[r]; ok {
			out = append(out, two[:]...)
		} else {
			out = append(out, '?')
		}
	}
	return out
}
