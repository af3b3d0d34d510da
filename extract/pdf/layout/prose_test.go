package layout

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// full is a line of 50 glyphs that fills the page from 50 to 550.
var full = strings.Repeat("正文", 25)

// lineOf begins with a text and fills the line that begins there.
func lineOf(begin string, runes int) string {
	return begin + string([]rune(full)[:runes-len([]rune(begin))])
}

// TestApart keeps lines apart that look like those of one paragraph.
func TestApart(t *testing.T) {
	dots := func(begin string) string {
		return begin + strings.Repeat("…", 50-len([]rune(begin)))
	}
	for _, c := range []struct {
		name  string
		s     *sketch
		lines int
	}{
		{"a contents page with dots", newSketch(1).text(50, 100, dots("9. 三公经费表")).text(50, 116, dots("六、其他情况")).text(50, 132, dots("七、项目情况")), 3},
		{"a part and its first entry", newSketch(1).text(50, 100, lineOf("第二部分 某局部门决算表", 50)).text(50, 116, "一、收入支出决算总表"), 2},
		{"paragraphs of a line each", newSketch(1).text(50, 84, lineOf("", 50)).
			text(76, 100, lineOf("货物预算", 46)+"。").text(76, 116, "其中预留小微企业。"), 3},
		{"sentences in the middle of the page", newSketch(1).text(50, 84, lineOf("", 50)).
			text(75, 100, lineOf("货物预算", 44)+"。").text(75, 116, lineOf("其中预留", 44)+"。"), 3},
		{"what stands at the right margin", newSketch(1).text(50, 84, lineOf("", 50)).
			text(500, 100, "单位：万元").text(50, 116, "部门名称：某局"), 3},
	} {
		if got := dump(t, c.s); strings.Count(got, "\n") != c.lines {
			t.Errorf("%s: want %d paragraphs, got\n%s", c.name, c.lines, got)
		}
	}
}

// TestTitleOverTwoLines joins a numbered title whose first line is full.
func TestTitleOverTwoLines(t *testing.T) {
	title := lineOf("第三部分 某局部门决算情况", 50)
	want(t, dump(t, newSketch(1).text(50, 84, full+"。").text(50, 120, title).text(290, 136, "说明").text(70, 152, "正文。")),
		fmt.Sprintf("p1 %q\np1 %q\np1 %q\n", full+"。", title+"说明", "正文。"))
}

// twice sets a text in twice the size of others.
func (s *sketch) twice(x, y float32, text string) *sketch {
	n := len(s.Glyphs)
	s.text(x, y, text)
	for i := range s.Glyphs[n:] {
		g := &s.Glyphs[n+i]
		left, right := x+2*(g.Box.X0-x), x+2*(g.Box.X1-x)
		g.X, g.Size, g.Box = left, 2*size, page.Box{X0: left, Y0: y - 16, X1: right, Y1: y + 4}
	}
	return s
}

// TestLargeTitleOverTwoLines joins a title that only its size tells, and not a
// line in the middle to text that fills its own.
func TestLargeTitleOverTwoLines(t *testing.T) {
	title := string([]rune(full)[:25])
	want(t, dump(t, newSketch(1).twice(50, 100, title).twice(280, 140, "说明").text(70, 180, lineOf("", 48)).text(50, 196, lineOf("", 50)).text(50, 212, full)),
		fmt.Sprintf("p1 %q\np1 %q\n", title+"说明", lineOf("", 48)+full+full))
	want(t, dump(t, newSketch(1).twice(50, 100, title).twice(280, 154, "目录").text(70, 194, lineOf("", 48)).text(50, 210, lineOf("", 50)).text(50, 226, full)),
		fmt.Sprintf("p1 %q\np1 %q\np1 %q\n", title, "目录", lineOf("", 48)+full+full))
	want(t, dump(t, newSketch(1).text(50, 84, full).text(50, 100, full).text(280, 116, "部门预算表")),
		fmt.Sprintf("p1 %q\np1 %q\n", full+full, "部门预算表"))
}

// TestBrackets joins lines of which the second begins with a bracket and a word
// that the first had no room for.
func TestBrackets(t *testing.T) {
	short := string([]rune(full)[:46])
	want(t, dump(t, newSketch(1).text(50, 84, full).text(50, 100, short).text(50, 116, "〔2019〕145号文件。")),
		fmt.Sprintf("p1 %q\n", full+short+"〔2019〕145号文件。"))
}

// levels are the levels of the paragraphs.
func levels(pages ...*sketch) string {
	var all []*page.Page
	for _, s := range pages {
		all = append(all, &s.Page)
	}
	blocks, _ := Blocks(all, Settings{})
	out := ""
	for _, b := range blocks {
		if p, ok := b.(*document.Paragraph); ok {
			out += fmt.Sprintf("%s %d\n", p.Text, p.Level)
		}
	}
	return out
}

// TestTableTitle makes the title above a table a heading though it is no larger
// than the text, and not what stands beside the table's middle.
func TestTableTitle(t *testing.T) {
	xs := []float32{100, 300, 500}
	s := newSketch(1).text(100, 84, "公开01表").text(260, 100, "收入预算总表").text(100, 116, "部门：某局").text(450, 116, "单位：万元").
		grid(xs, []float32{120, 140, 160}).row(134, xs, "项目", "金额").row(154, xs, "合计", "1.00").
		text(260, 200, "3、支出预算总表").grid(xs, []float32{220, 240, 260}).row(234, xs, "项目", "金额").row(254, xs, "合计", "1.00")
	want(t, levels(s), "公开01表 0\n收入预算总表 1\n部门：某局 0\n单位：万元 0\n3、支出预算总表 0\n")
}

// TestContents takes the lines of a contents page for no headings, and those of
// the document for some.
func TestContents(t *testing.T) {
	contents := newSketch(1).text(290, 100, "目 录").text(50, 120, "第一部分 概况").text(50, 140, "一、主要职能").text(50, 160, "附件")
	more := newSketch(2).text(50, 100, "二、机构设置").text(50, 120, "三、名词解释")
	body := newSketch(3).text(50, 100, "第一部分 概况").text(50, 120, "一、主要职能").text(70, 140, full+"。")
	want(t, levels(contents, more, body), "目 录 0\n第一部分 概况 0\n一、主要职能 0\n附件 0\n二、机构设置 0\n三、名词解释 0\n第一部分 概况 1\n一、主要职能 2\n"+full+"。 0\n")
	short := newSketch(1).text(290, 100, "目 录").text(50, 120, "一、主要职能").text(50, 140, "二、机构设置").text(50, 160, "一、主要职能").text(70, 180, full+"。"+full)
	if got := levels(short); !strings.Contains(got, "一、主要职能 2") {
		t.Errorf("a page with text is no contents page:\n%s", got)
	}
}

// TestSlanted leaves a watermark out of the text and of cells, and reads paper
// that lay askew.
func TestSlanted(t *testing.T) {
	xs := []float32{100, 300, 500}
	s := newSketch(1).grid(xs, []float32{120, 140, 160}).row(134, xs, "项目", "金额").row(154, xs, "合计", "1.00")
	n := len(s.Glyphs)
	s.text(150, 130, "内部").text(150, 300, "资料")
	for i := n; i < len(s.Glyphs); i++ {
		s.Glyphs[i].Angle = 45
	}
	askew := newSketch(2).text(50, 100, "正文")
	askew.Glyphs[0].Angle, askew.Glyphs[1].Angle = 1, 359
	want(t, dump(t, s, askew), `
t1-1 2x2: 0,0="项目" 0,1="金额" 1,0="合计" 1,1="1.00"
p2 "正文"
n pdf.slanted_text
`)
}

// TestNumberedFirst holds the quick look at the first rune against the patterns.
func TestNumberedFirst(t *testing.T) {
	for _, text := range []string{"第一部分", "第3章", "一、", "十二、", "〇、", "百零一、", "（一）", "(二)", "1.甲", "12、", "（1）", "(3)", "①", "⑳"} {
		if numbered(text) == 0 {
			t.Errorf("%s has a number", text)
		}
	}
}
