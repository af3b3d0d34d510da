package layout

import "testing"

// TestAlignedHeader lays a header of three rows: a label above several columns
// stands in their middle, one beside it that takes all rows in the middle of the
// rows, and one of two lines is one.
func TestAlignedHeader(t *testing.T) {
	s := newSketch(1).line(40, 95, 440, 95).line(40, 160, 440, 160).line(40, 245, 440, 245).
		text(85, 110, "项目").text(315, 110, "收入预算").
		text(50, 132, "科目编码").text(130, 139, "科目名称").text(225, 139, "合计").text(290, 132, "事业单位").text(290, 146, "经营收入").text(380, 139, "其他收入").
		text(45, 153, "类").text(85, 153, "款")
	rows := [][]string{{"201", "", "一般公共服务支出", "1,200.00", "1,000.00", "200.00"}, {"201", "05", "统计信息事务", "1,200.00", "1,000.00", "200.00"},
		{"208", "", "社会保障支出", "34.50", "0.50", "34.00"}, {"合计", "", "", "1,234.50", "1,000.50", "234.00"}}
	right := func(x, y float32, text string) { s.text(x-float32(len(text))*size/2, y, text) }
	for i, r := range rows {
		y := float32(175 + 20*i)
		s.text(42, y, r[0]).text(83, y, r[1]).text(110, y, r[2])
		right(260, y, r[3])
		right(350, y, r[4])
		right(438, y, r[5])
	}
	want(t, dump(t, s), `
t1-1 7x6: 0,0(1x3)="项目" 0,3(1x3)="收入预算" 1,0(1x2)="科目编码" 1,2(2x1)="科目名称" 1,3(2x1)="合计" 1,4(2x1)="事业单位经营收入" 1,5(2x1)="其他收入" 2,0="类" 2,1="款"`+
		` 3,0="201" 3,1="" 3,2="一般公共服务支出" 3,3="1,200.00" 3,4="1,000.00" 3,5="200.00" 4,0="201" 4,1="05" 4,2="统计信息事务" 4,3="1,200.00" 4,4="1,000.00" 4,5="200.00"`+
		` 5,0="208" 5,1="" 5,2="社会保障支出" 5,3="34.50" 5,4="0.50" 5,5="34.00" 6,0="合计" 6,1="" 6,2="" 6,3="1,234.50" 6,4="1,000.50" 6,5="234.00"
n pdf.borderless_table
`)
}

// TestTouchingCells parts cells that stand against each other, and leaves prose
// alone.
func TestTouchingCells(t *testing.T) {
	for text, want := range map[string]int{
		"33,172.15一、基本支出": 2, "2,976,800 0": 2, "增加1,234.00万元": 1, "1,234.00万元": 1, "2019 年度": 1, "201 05": 2, "1.一般公共预算": 1,
	} {
		s := newSketch(1).text(50, 100, text)
		var run []mark
		for i := range s.Glyphs {
			run = append(run, along(&s.Glyphs[i], i))
		}
		if got := len(amountParts(run)); got != want {
			t.Errorf("%q: %d parts, want %d", text, got, want)
		}
	}
}

// TestAlignedOverPage joins the pages of a table without rules by the columns
// of its texts; names of two lines and rows without figures are of it.
func TestAlignedOverPage(t *testing.T) {
	xs := []float32{50, 200, 300}
	head := func(s *sketch, y float32) *sketch { return s.row(y, xs, "项目", "本年", "上年") }
	first := head(newSketch(1), 700).row(720, xs, "收入", "1,200.00", "300.00").row(740, xs, "转移", "", "").row(760, xs, "支出", "1.00", "4.00").row(780, xs, "补助", "1.00", "4.00")
	second := head(newSketch(2), 60).row(80, xs, "其中：对个人和").text(203, 86, "9.00").text(303, 86, "8.00").text(53, 92, "家庭的补助").row(112, xs, "结余", "11.00", "1.00").
		row(132, xs, "结转", "2.00", "3.00")
	want(t, dump(t, first, second), `
t1-2 8x3: 0,0="项目" 0,1="本年" 0,2="上年" 1,0="收入" 1,1="1,200.00" 1,2="300.00" 2,0="转移" 2,1="" 2,2="" 3,0="支出" 3,1="1.00" 3,2="4.00" 4,0="补助" 4,1="1.00" 4,2="4.00"`+
		` 5,0="其中：对个人和家庭的补助" 5,1="9.00" 5,2="8.00" 6,0="结余" 6,1="11.00" 6,2="1.00" 7,0="结转" 7,1="2.00" 7,2="3.00"
n pdf.borderless_table
n pdf.repeated_header
`)
}

// TestEmptyColumns gives labels behind the last figures columns of their own.
func TestEmptyColumns(t *testing.T) {
	xs := []float32{50, 150, 250, 320}
	s := newSketch(1).row(100, xs, "项目", "合计", "基金", "其他")
	for i, r := range [][3]string{{"收入", "12.00", "2.00"}, {"支出", "8.00", "1.00"}, {"结转", "3.00", "0.00"}, {"结余", "1.00", "1.00"}} {
		s.row(float32(120+20*i), xs, r[0], r[1], r[2])
	}
	want(t, dump(t, s), `
t1-1 5x4: 0,0="项目" 0,1="合计" 0,2="基金" 0,3="其他" 1,0="收入" 1,1="12.00" 1,2="2.00" 1,3="" 2,0="支出" 2,1="8.00" 2,2="1.00" 2,3=""`+
		` 3,0="结转" 3,1="3.00" 3,2="0.00" 3,3="" 4,0="结余" 4,1="1.00" 4,2="1.00" 4,3=""
n pdf.borderless_table
`)
}

// TestColouredRows takes rows that are told apart by colour for a table of two
// columns; without the colour nothing says so.
func TestColouredRows(t *testing.T) {
	build := func(colour bool) *sketch {
		s := newSketch(1)
		xs := []float32{50, 200}
		for i, r := range [][2]string{{"项目", "金额"}, {"收入", "12.00"}, {"支出", "8.00"}, {"结转", "3.00"}, {"结余", "1.00"}} {
			y := float32(100 + 20*i)
			if colour && i%2 == 0 {
				s.fill(48, y-13, 260, y+7, 0.9)
			}
			s.row(y, xs, r[0], r[1])
		}
		return s
	}
	want(t, dump(t, build(true)), `
t1-1 5x2: 0,0="项目" 0,1="金额" 1,0="收入" 1,1="12.00" 2,0="支出" 2,1="8.00" 3,0="结转" 3,1="3.00" 4,0="结余" 4,1="1.00"
n pdf.borderless_table
`)
	want(t, dump(t, build(false)), `
p1 "项目"
p1 "金额"
p1 "收入"
p1 "12.00"
p1 "支出"
p1 "8.00"
p1 "结转"
p1 "3.00"
p1 "结余"
p1 "1.00"
n pdf.loose_figures
`)
}
