package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// sketch builds invented pages: text at places, and lines.
type sketch struct{ page.Page }

func newSketch(number int) *sketch {
	return &sketch{page.Page{Number: number, Width: 595, Height: 842}}
}

// size is the font size of all sketches.
const size = 10

// text sets a text from x on a baseline; Chinese is one em wide, the rest half.
func (s *sketch) text(x, y float32, text string) *sketch {
	for _, r := range text {
		w := float32(size)
		if r < 0x80 {
			w /= 2
		}
		s.Glyphs = append(s.Glyphs, page.Glyph{
			Text: string(r), X: x, Y: y, Size: size, Box: page.Box{X0: x, Y0: y - 8, X1: x + w, Y1: y + 2},
			Clip: page.Box{X1: s.Width, Y1: s.Height},
		})
		x += w
	}
	return s
}

// line draws a rule from one point to another as a thin fill.
func (s *sketch) line(x0, y0, x1, y1 float32) *sketch {
	return s.fill(x0-0.25, y0-0.25, x1+0.25, y1+0.25, 0)
}

func (s *sketch) fill(x0, y0, x1, y1, gray float32) *sketch {
	s.Paths = append(s.Paths, page.Path{Box: page.Box{X0: x0, Y0: y0, X1: x1, Y1: y1}, Gray: gray, Alpha: 1})
	return s
}

// grid draws all lines of a grid.
func (s *sketch) grid(xs, ys []float32) *sketch {
	for _, y := range ys {
		s.line(xs[0], y, xs[len(xs)-1], y)
	}
	for _, x := range xs {
		s.line(x, ys[0], x, ys[len(ys)-1])
	}
	return s
}

// row sets texts in cells whose left edges are at xs.
func (s *sketch) row(y float32, xs []float32, texts ...string) *sketch {
	for i, t := range texts {
		s.text(xs[i]+3, y, t)
	}
	return s
}

// dump lays sketches out and prints the result.
func dump(t *testing.T, sketches ...*sketch) string {
	t.Helper()
	var pages []*page.Page
	for _, s := range sketches {
		pages = append(pages, &s.Page)
	}
	blocks, notes := Blocks(pages, Settings{})
	d := &document.Document{Blocks: blocks, Notes: notes}
	if err := document.Check(d); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, block := range blocks {
		switch x := block.(type) {
		case *document.Paragraph:
			fmt.Fprintf(&b, "p%d %q\n", x.Place.Page, x.Text)
		case *document.Table:
			fmt.Fprintf(&b, "t%d-%d %dx%d:", x.Place.Page, x.LastPage, x.Rows, x.Cols)
			for _, c := range x.Cells {
				fmt.Fprintf(&b, " %d,%d", c.Row, c.Col)
				if c.RowSpan > 1 || c.ColSpan > 1 {
					fmt.Fprintf(&b, "(%dx%d)", c.RowSpan, c.ColSpan)
				}
				fmt.Fprintf(&b, "=%q", c.Text)
			}
			b.WriteByte('\n')
		}
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "n %s\n", n.Code)
	}
	return b.String()
}

func want(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimLeft(want, "\n"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

var threeColumns = []float32{50, 150, 250, 350}

func TestTable(t *testing.T) {
	s := newSketch(1).text(150, 80, "收入预算总表").text(50, 95, "编制部门：某局").text(310, 95, "单位：元").
		grid(threeColumns, []float32{100, 120, 140}).
		row(114, threeColumns, "项目", "预算数", "备注").row(134, threeColumns, "一、收入", "1,234.00", "")
	want(t, dump(t, s), `
p1 "收入预算总表"
p1 "编制部门：某局"
p1 "单位：元"
t1-1 2x3: 0,0="项目" 0,1="预算数" 0,2="备注" 1,0="一、收入" 1,1="1,234.00" 1,2=""
`)
}

// TestSpans leaves a side out, and draws a line into the middle of a cell.
func TestSpans(t *testing.T) {
	s := newSketch(1).line(50, 100, 350, 100).line(50, 160, 350, 160).line(150, 120, 350, 120).line(50, 140, 350, 140).
		line(50, 100, 50, 160).line(150, 100, 150, 160).line(250, 120, 250, 160).line(350, 100, 350, 160).
		row(124, threeColumns, "项目").row(114, []float32{200}, "收入").row(134, []float32{150, 250}, "合计", "其中").row(154, threeColumns, "甲", "1", "2")
	want(t, dump(t, s), `
t1-1 3x3: 0,0(2x1)="项目" 0,1(1x2)="收入" 1,1="合计" 1,2="其中" 2,0="甲" 2,1="1" 2,2="2"
`)
}

// TestFragments draws lines as fragments and dashes, thick and doubled, under
// white fills and a grey background.
func TestFragments(t *testing.T) {
	s := newSketch(1).fill(40, 90, 400, 300, 1).fill(50, 100, 150, 120, 0.9).fill(52, 102, 148, 103, 1)
	for _, y := range []float32{100, 120, 140} {
		for x := float32(50); x < 350; x += 5 {
			s.fill(x, y, x+3, y+1, 0.2)
		}
	}
	for _, x := range threeColumns {
		s.line(x, 100, x, 140).line(x+2, 100, x+2, 140)
	}
	s.row(114, threeColumns, "甲", "乙", "丙").row(134, threeColumns, "1", "2", "3")
	want(t, dump(t, s), `
t1-1 2x3: 0,0="甲" 0,1="乙" 0,2="丙" 1,0="1" 1,1="2" 1,2="3"
`)
}

// TestPhantom moves a line by some points between header and body.
func TestPhantom(t *testing.T) {
	s := newSketch(1)
	for _, y := range []float32{100, 120, 140, 160} {
		s.line(50, y, 350, y)
	}
	s.line(50, 100, 50, 160).line(350, 100, 350, 160).line(150, 100, 150, 120).line(156, 120, 156, 160)
	s.row(114, []float32{50, 160}, "名称", "金额").row(134, []float32{50, 160}, "甲", "1").row(154, []float32{50, 160}, "乙", "2")
	want(t, dump(t, s), `
t1-1 3x2: 0,0="名称" 0,1="金额" 1,0="甲" 1,1="1" 2,0="乙" 2,1="2"
`)
}

// TestStacked puts a narrower table under another without a gap.
func TestStacked(t *testing.T) {
	s := newSketch(1).grid(threeColumns, []float32{100, 120, 140}).grid([]float32{50, 210, 300}, []float32{140, 160, 180}).
		row(114, threeColumns, "甲", "乙", "丙").row(134, threeColumns, "1", "2", "3").row(154, []float32{50, 210}, "丁", "戊").row(174, []float32{50, 210}, "4", "5")
	want(t, dump(t, s), `
t1-1 2x3: 0,0="甲" 0,1="乙" 0,2="丙" 1,0="1" 1,1="2" 1,2="3"
t1-1 2x2: 0,0="丁" 0,1="戊" 1,0="4" 1,1="5"
`)
}

// TestTitledForms parts forms whose titles stand in one grid.
func TestTitledForms(t *testing.T) {
	s := newSketch(1)
	for i := range 2 {
		y := float32(100 + 40*i)
		s.line(50, y, 350, y).line(50, y+20, 350, y+20).line(150, y+20, 150, y+40).text(150, y+14, "绩效目标申报表").row(y+34, threeColumns, "名称", fmt.Sprint("甲", i))
	}
	s.line(50, 180, 350, 180).line(50, 100, 50, 180).line(350, 100, 350, 180)
	want(t, dump(t, s), `
t1-1 2x2: 0,0(1x2)="绩效目标申报表" 1,0="名称" 1,1="甲0"
t1-1 2x2: 0,0(1x2)="绩效目标申报表" 1,0="名称" 1,1="甲1"
`)
}

// TestOverPage goes on over a page: without a top rule, with a repeated header,
// or with one column edge that only the other page shows.
func TestOverPage(t *testing.T) {
	first := func() *sketch {
		return newSketch(1).text(100, 80, "收入表").grid(threeColumns, []float32{100, 120, 800}).
			row(114, threeColumns, "编码", "名称", "金额").row(134, threeColumns, "201", "服务", "1")
	}
	open := newSketch(2).line(50, 90, 350, 90).line(50, 110, 350, 110).row(84, threeColumns, "202", "外交", "2").row(104, threeColumns, "合计", "", "3")
	for _, x := range []float32{50, 250, 350} {
		open.line(x, 70, x, 110)
	}
	open.line(150, 70, 150, 90)
	want(t, dump(t, first(), open), `
p1 "收入表"
t1-2 4x3: 0,0="编码" 0,1="名称" 0,2="金额" 1,0="201" 1,1="服务" 1,2="1" 2,0="202" 2,1="外交" 2,2="2" 3,0(1x2)="合计" 3,2="3"
`)
	repeated := newSketch(2).text(100, 65, "收入表").grid(threeColumns, []float32{70, 90, 110}).
		row(84, threeColumns, "编码", "名称", "金额").row(104, threeColumns, "202", "外交", "2")
	want(t, dump(t, first(), repeated), `
p1 "收入表"
t1-2 3x3: 0,0="编码" 0,1="名称" 0,2="金额" 1,0="201" 1,1="服务" 1,2="1" 2,0="202" 2,1="外交" 2,2="2"
n pdf.repeated_header
`)
	other := newSketch(2).text(100, 65, "支出表").grid(threeColumns, []float32{70, 90, 110}).
		row(84, threeColumns, "编码", "名称", "金额").row(104, threeColumns, "202", "外交", "2")
	want(t, dump(t, first(), other), `
p1 "收入表"
t1-1 2x3: 0,0="编码" 0,1="名称" 0,2="金额" 1,0="201" 1,1="服务" 1,2="1"
p2 "支出表"
t2-2 2x3: 0,0="编码" 0,1="名称" 0,2="金额" 1,0="202" 1,1="外交" 1,2="2"
`)
}

// TestBrokenRow breaks a row, a word and a merged cell at the end of a page.
func TestBrokenRow(t *testing.T) {
	xs := []float32{50, 100, 160, 250}
	a := newSketch(1).line(50, 100, 250, 100).line(50, 800, 250, 800).line(100, 780, 250, 780).line(50, 760, 250, 760)
	for _, x := range xs {
		a.line(x, 100, x, 800)
	}
	a.row(114, xs, "指标", "名称", "值").row(774, xs, "产出", "甲", "1").row(794, xs, "", "社会效果", "90")
	b := newSketch(2).line(50, 70, 250, 70).line(100, 90, 250, 90).line(100, 110, 250, 110).line(50, 130, 250, 130)
	for _, x := range xs {
		b.line(x, 70, x, 130)
	}
	b.row(84, xs, "", "好", "").row(104, xs, "", "丙", "3").row(124, xs, "", "丁", "4")
	want(t, dump(t, a, b), `
t1-2 5x3: 0,0="指标" 0,1="名称" 0,2="值" 1,0(4x1)="产出" 1,1="甲" 1,2="1" 2,1="社会效果好" 2,2="90" 3,1="丙" 3,2="3" 4,1="丁" 4,2="4"
n pdf.broken_row
`)
}

// TestWholeRows keeps apart rows on both sides of a page break that a cell shows
// to be whole, and joins the parts of a row whose next word had no room.
func TestWholeRows(t *testing.T) {
	pages := func(xs []float32, above, more, below []string) string {
		a := newSketch(1).grid(xs, []float32{100, 120, 160}).row(114, xs, "指标", "名称", "值").row(134, xs, above...).row(148, xs, more...)
		b := newSketch(2).grid(xs, []float32{70, 90, 110}).row(84, xs, below...).row(104, xs, "产出", "丁", "4")
		return dump(t, a, b)
	}
	// 产出指标 fills its line, but has one where its row has two.
	want(t, pages([]float32{50, 94, 160, 250}, []string{"产出指标", "工作完成度", "90"}, []string{"", "质量等级率"}, []string{"效益指标", "社会影响", ""}), `
t1-2 4x3: 0,0="指标" 0,1="名称" 0,2="值" 1,0="产出指标" 1,1="工作完成度质量等级率" 1,2="90" 2,0="效益指标" 2,1="社会影响" 2,2="" 3,0="产出" 3,1="丁" 3,2="4"
`)
	want(t, pages([]float32{50, 100, 178, 250}, []string{"产出", "下达文件", "90"}, []string{"", "（财预"}, []string{"", "〔2019〕145号", ""}), `
t1-2 3x3: 0,0="指标" 0,1="名称" 0,2="值" 1,0="产出" 1,1="下达文件\n（财预〔2019〕145号" 1,2="90" 2,0="产出" 2,1="丁" 2,2="4"
n pdf.broken_row
`)
}

// TestCutAmount breaks an amount at the end of a page: the rows are one where
// every text goes on, and are noted where that is not certain.
func TestCutAmount(t *testing.T) {
	xs := []float32{50, 100, 160, 250}
	pages := func(above, below [3]string) (a, b *sketch) {
		a = newSketch(1).grid(xs, []float32{100, 120, 780, 800}).row(114, xs, "项目", "单位", "金额").
			row(134, xs, "甲", "乙", "1").row(794, xs, above[0], above[1], above[2])
		return a, newSketch(2).grid(xs, []float32{70, 90, 110}).row(84, xs, below[0], below[1], below[2]).row(104, xs, "丙", "丁", "4")
	}
	head := `0,0="项目" 0,1="单位" 0,2="金额" 1,0="甲" 1,1="乙" 1,2="1" `
	for _, c := range []struct {
		above, below [3]string
		want         string
	}{
		{[3]string{"公共文", "楚州区文", "1,500,00"}, [3]string{"化专项", "化局", "0"},
			"4x3: " + head + `2,0="公共文化专项" 2,1="楚州区文化局" 2,2="1,500,000" 3,0="丙" 3,1="丁" 3,2="4"` + "\nn pdf.broken_row\n"},
		{[3]string{"公共文", "楚州区文", "1，500"}, [3]string{"化专项", "化局", "，000.00"},
			"4x3: " + head + `2,0="公共文化专项" 2,1="楚州区文化局" 2,2="1，500，000.00" 3,0="丙" 3,1="丁" 3,2="4"` + "\nn pdf.broken_row\n"},
		// The name above had room for the one below.
		{[3]string{"文", "楚州区文", "1,500,00"}, [3]string{"化专项", "化局", "0"},
			"5x3: " + head + `2,0="文" 2,1="楚州区文" 2,2="1,500,00" 3,0="化专项" 3,1="化局" 3,2="0" 4,0="丙" 4,1="丁" 4,2="4"` + "\nn pdf.cut_amount\nn pdf.cut_amount\n"},
		// Nothing completes the amount.
		{[3]string{"公共文", "楚州区文", "1,500,00"}, [3]string{"化专项", "化局", "25"},
			"5x3: " + head + `2,0="公共文" 2,1="楚州区文" 2,2="1,500,00" 3,0="化专项" 3,1="化局" 3,2="25" 4,0="丙" 4,1="丁" 4,2="4"` + "\nn pdf.cut_amount\nn pdf.cut_amount\n"},
		// Two amounts, each whole.
		{[3]string{"公共文", "楚州区文", "1,500,000"}, [3]string{"化专项", "化局", "300"},
			"5x3: " + head + `2,0="公共文" 2,1="楚州区文" 2,2="1,500,000" 3,0="化专项" 3,1="化局" 3,2="300" 4,0="丙" 4,1="丁" 4,2="4"` + "\n"},
	} {
		a, b := pages(c.above, c.below)
		want(t, dump(t, a, b), "t1-2 "+c.want)
	}
	for _, c := range []struct {
		above, below string
		cut, joined  bool
	}{
		{"1,500,", "000", true, true}, {"1,500.", "25", true, true}, {"500", ".25", true, true}, {"-1,5", "00.00", true, true},
		{"600", "0", false, false}, {"1,500", "300", false, false}, {"1,500,0", "", true, false}, {"文", ",000", false, false},
	} {
		if cut, joined := cutAmount(c.above, c.below); cut != c.cut || joined != c.joined {
			t.Errorf("%s|%s: %v %v", c.above, c.below, cut, joined)
		}
	}
}

// TestAligned finds a table between level rules, and one without any.
func TestAligned(t *testing.T) {
	xs := []float32{50, 200, 300}
	s := newSketch(1).line(50, 100, 400, 100).line(50, 120, 400, 120).line(50, 160, 400, 160).text(50, 90, "单位：元").
		row(114, xs, "项目", "本年", "上年").row(134, xs, "收入", "12.00", "3.00").row(154, xs, "支出", "", "4.00")
	s.row(314, xs, "项目", "本年", "上年").row(334, xs, "收入", "12.00", "3.00").row(354, xs, "支出", "1.00", "4.00").row(374, xs, "结余", "11.00", "-1.00")
	want(t, dump(t, s), `
p1 "单位：元"
t1-1 3x3: 0,0="项目" 0,1="本年" 0,2="上年" 1,0="收入" 1,1="12.00" 1,2="3.00" 2,0="支出" 2,1="" 2,2="4.00"
t1-1 4x3: 0,0="项目" 0,1="本年" 0,2="上年" 1,0="收入" 1,1="12.00" 1,2="3.00" 2,0="支出" 2,1="1.00" 2,2="4.00" 3,0="结余" 3,1="11.00" 3,2="-1.00"
n pdf.borderless_table
n pdf.borderless_table
`)
}

// TestCellText joins the lines of a cell.
func TestCellText(t *testing.T) {
	for _, c := range []struct {
		width float32
		lines []string
		want  string
	}{
		{60, []string{"机关事业单", "位养老保险"}, "机关事业单位养老保险"},
		{200, []string{"事业单位", "经营收入"}, "事业单位\n经营收入"},
		{75, []string{"1、完成培训", "2、完成考试"}, "1、完成培训\n2、完成考试"},
		{40, []string{"316-04", "JBN9"}, "316-04JBN9"},
		{16, []string{"产", "出"}, "产出"},
		{48, []string{"1,234,5", "67.00"}, "1,234,567.00"},
		{70, []string{"a word in", "english"}, "a word in english"},
		{75, []string{"包括以下内容：", "1、完成培训", "2、完成考试"}, "包括以下内容：\n1、完成培训\n2、完成考试"},
		{75, []string{"包括以下内容：", "1、培训和考试"}, "包括以下内容：1、培训和考试"},
		{75, []string{"文件（财预", "〔2019〕145号", "）"}, "文件（财预〔2019〕145号）"},
		{200, []string{"合 计 数"}, "合 计 数"},
	} {
		s := newSketch(1).grid([]float32{50, 50 + c.width, 400}, []float32{100, 200})
		for i, l := range c.lines {
			s.text(53, float32(114+14*i), l)
		}
		blocks, _ := Blocks([]*page.Page{&s.Page}, Settings{})
		if got := blocks[0].(*document.Table).Cells[0].Text; got != c.want {
			t.Errorf("%q at %v points: %q, want %q", c.lines, c.width, got, c.want)
		}
	}
}

// TestOverprinted has two texts over each other.
func TestOverprinted(t *testing.T) {
	want(t, dump(t, newSketch(1).text(100, 100, "部门预算收支总表").text(113, 100, "单位是万元")), "p1 \"部门预算收支总表\"\np1 \"单位是万元\"\n")
}

// TestFilter paints glyphs twice, hides them, and cuts them away.
func TestFilter(t *testing.T) {
	s := newSketch(1).text(100, 100, "合计").text(100.4, 100, "合计").text(100, 900, "外").text(100, 130, "隐")
	s.Glyphs[len(s.Glyphs)-1].Hidden = true
	s.text(100, 700, "本页正文结束处").text(100, 720, "下页重复的文字")
	for i := range s.Glyphs {
		if s.Glyphs[i].Y >= 700 {
			s.Glyphs[i].Clip.Y1 = 710
		}
	}
	next := newSketch(2).text(100, 100, "下页重复的文字")
	want(t, dump(t, s, next), `
p1 "合计"
p1 "本页正文结束处"
p2 "下页重复的文字"
n pdf.hidden_text
`)
	scan := newSketch(1).text(100, 100, "识别")
	for i := range scan.Glyphs {
		scan.Glyphs[i].Hidden = true
	}
	want(t, dump(t, scan), "p1 \"识别\"\nn pdf.hidden_text\n")
}

// TestClippedCell has text that is higher than its row and is clipped by it.
func TestClippedCell(t *testing.T) {
	s := newSketch(1).grid(threeColumns, []float32{100, 114, 128}).row(111, threeColumns, "甲", "1", "2")
	n := len(s.Glyphs)
	s.text(53, 118, "便携式计算").text(53, 130, "机").row(125, []float32{150, 250}, "3", "4")
	for i := n; i < n+6; i++ {
		s.Glyphs[i].Clip = page.Box{X0: 50, Y0: 114, X1: 150, Y1: 128}
	}
	s.Glyphs[n].Box.Y0 -= 10 // its centre is in the row above
	s.Glyphs[n].Box.Y1 -= 4
	want(t, dump(t, s), `
t1-1 2x3: 0,0="甲" 0,1="1" 0,2="2" 1,0="便携式计算\n机" 1,1="3" 1,2="4"
`)
}

// TestSideways turns a page that is printed sideways.
func TestSideways(t *testing.T) {
	s := newSketch(1).grid(threeColumns, []float32{100, 120, 140}).
		row(114, threeColumns, "项目", "预算数", "备注").row(134, threeColumns, "收入", "1", "2")
	plain := dump(t, s)
	turned := newSketch(1)
	turned.Width, turned.Height = s.Height, s.Width
	for _, g := range s.Glyphs {
		g.Box, g.Clip = turnBox(g.Box, 270, point{s.Width, s.Height}), page.Box{X1: turned.Width, Y1: turned.Height}
		at := turnPoint(point{g.X, g.Y}, 270, point{s.Width, s.Height})
		g.X, g.Y = at.x, at.y
		g.Angle = 90
		turned.Glyphs = append(turned.Glyphs, g)
	}
	for _, p := range s.Paths {
		p.Box = turnBox(p.Box, 270, point{s.Width, s.Height})
		turned.Paths = append(turned.Paths, p)
	}
	want(t, dump(t, turned), plain)
	blocks, _ := Blocks([]*page.Page{&turned.Page}, Settings{})
	if at := blocks[0].At().Box; at.X0 < 99 || at.X0 > 101 || at.Y0 < 244 || at.Y0 > 246 {
		t.Errorf("the table of the turned page is at %v", at)
	}
}

// TestProse joins lines to paragraphs, over pages too, and keeps items apart.
func TestProse(t *testing.T) {
	full := strings.Repeat("正文", 25)
	a := newSketch(1).text(70, 100, full[:len(full)-6]).text(50, 116, full).text(50, 132, "结束。").
		text(70, 148, "一、第一项"+full[:len(full)-21]).text(50, 164, "二、第二项目"+full[:len(full)-18]).text(50, 180, full)
	b := newSketch(2).text(50, 100, "接着。")
	tail := full[:len(full)-6]
	want(t, dump(t, a, b), fmt.Sprintf("p1 %q\np1 %q\np1 %q\n", tail+full+"结束。", "一、第一项"+full[:len(full)-21], "二、第二项目"+full[:len(full)-18]+full+"接着。"))
}

// TestRunning keeps page numbers and headers out of the text, and the titles
// of forms in it.
func TestRunning(t *testing.T) {
	var sketches []*sketch
	for n := 1; n <= 4; n++ {
		sketches = append(sketches, newSketch(n).text(50, 40, "某局预算公开").text(50, 60, fmt.Sprintf("公开%02d表", n)).
			text(50, 400, fmt.Sprintf("第%d段。", n)).text(290, 820, fmt.Sprintf("- %d -", n)))
	}
	got := dump(t, sketches...)
	for n := 1; n <= 4; n++ {
		if form := fmt.Sprintf("公开%02d表", n); !strings.Contains(got, form) {
			t.Errorf("%s is lost in\n%s", form, got)
		}
	}
	if strings.Contains(got, "某局预算公开") || strings.Contains(got, "- ") || !strings.Contains(got, "n pdf.running_text") {
		t.Errorf("running text is left in\n%s", got)
	}
}

// TestHeadings gives levels to numbered and large lines.
func TestHeadings(t *testing.T) {
	s := newSketch(1).text(50, 100, "第一部分 概况").text(50, 130, "一、主要职能").text(50, 160, "（一）机关").text(50, 190, "一、本句话不是标题，因为它有句号。").text(50, 220, "正文")
	blocks, _ := Blocks([]*page.Page{&s.Page}, Settings{})
	var levels []int
	for _, b := range blocks {
		levels = append(levels, b.(*document.Paragraph).Level)
	}
	if !slices.Equal(levels, []int{1, 2, 3, 0, 0}) {
		t.Errorf("levels %v", levels)
	}
}

// TestDrawing takes lines in great number as a drawing.
func TestDrawing(t *testing.T) {
	s := newSketch(1).text(50, 20, "图")
	var xs, ys []float32
	for i := range 60 {
		xs, ys = append(xs, 50+float32(i)*8), append(ys, 50+float32(i)*8)
	}
	s.grid(xs, ys)
	blocks, notes := Blocks([]*page.Page{&s.Page}, Settings{TableCells: 1000})
	if len(blocks) != 1 || len(notes) != 1 || notes[0].Code != "pdf.drawing" {
		t.Errorf("%d blocks, notes %v", len(blocks), notes)
	}
}
