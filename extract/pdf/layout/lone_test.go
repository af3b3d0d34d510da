package layout

import "testing"

// A merged label cell may begin on one page and end on the page after the
// next: in between its column has an upright line and nothing else.
func TestLoneColumn(t *testing.T) {
	xs := []float32{50, 120, 250, 350}
	level := func(s *sketch, from int, ys ...float32) *sketch {
		for _, y := range ys {
			s.line(xs[from], y, xs[3], y)
		}
		return s
	}
	uprights := func(s *sketch, y0, y1 float32) *sketch {
		for _, x := range xs {
			s.line(x, y0, x, y1)
		}
		return s
	}
	first := uprights(level(level(newSketch(1), 0, 700, 720), 1, 740, 760), 700, 760).
		row(714, xs, "一级", "指标", "值").row(734, xs, "产出", "甲", "1.00").row(754, xs[1:], "乙", "2.00")
	second := uprights(level(newSketch(2), 1, 90, 110), 70, 110).row(84, xs[1:], "丙", "3.00").row(104, xs[1:], "丁", "4.00")
	third := uprights(level(level(newSketch(3), 1, 80), 0, 100), 60, 100).row(74, xs[1:], "戊", "5.00").row(94, xs[1:], "己", "6.00")
	want(t, dump(t, first, second, third), `
t1-3 7x3: 0,0="一级" 0,1="指标" 0,2="值" 1,0(6x1)="产出" 1,1="甲" 1,2="1.00" 2,1="乙" 2,2="2.00" 3,1="丙" 3,2="3.00" 4,1="丁" 4,2="4.00" 5,1="戊" 5,2="5.00" 6,1="己" 6,2="6.00"
`)
}

// Two lines beside a table that do not end where its lines do stay away.
func TestLoneLines(t *testing.T) {
	s := newSketch(1).grid(threeColumns, []float32{100, 120, 140}).row(114, threeColumns, "项目", "甲", "乙").row(134, threeColumns, "收入", "1.00", "2.00").
		line(400, 60, 400, 180).line(30, 100, 30, 110)
	want(t, dump(t, s), `
t1-1 2x3: 0,0="项目" 0,1="甲" 0,2="乙" 1,0="收入" 1,1="1.00" 1,2="2.00"
`)
}

// The text of a cell that goes on over the page may reach below the last line
// of its table; below a cell that is closed it is a text of its own.
func TestOverflow(t *testing.T) {
	build := func(closed bool) *sketch {
		s := newSketch(1)
		for _, x := range threeColumns {
			s.line(x, 700, x, 741)
		}
		s.line(50, 700, 350, 700).line(50, 720, 350, 720).line(150, 740, 350, 740)
		if closed {
			s.line(50, 740, 150, 740)
		}
		return s.row(714, threeColumns, "项目", "甲", "乙").text(53, 733, "本项目的绩效目标和").text(53, 747, "指标").text(153, 734, "1.00")
	}
	want(t, dump(t, build(false)), `
t1-1 2x3: 0,0="项目" 0,1="甲" 0,2="乙" 1,0="本项目的绩效目标和指标" 1,1="1.00" 1,2=""
`)
	want(t, dump(t, build(true)), `
t1-1 2x3: 0,0="项目" 0,1="甲" 0,2="乙" 1,0="本项目的绩效目标和" 1,1="1.00" 1,2=""
p1 "指标"
`)
}

// The frame of a table may reach to where the page breaks, beyond its cells: no
// row is there.
func TestFrameOverPage(t *testing.T) {
	s := newSketch(1).grid(threeColumns, []float32{700, 720, 740}).row(714, threeColumns, "项目", "甲", "乙").row(734, threeColumns, "收入", "1.00", "2.00").
		line(50, 740, 50, 760).line(350, 740, 350, 760).line(50, 680, 50, 700).line(350, 680, 350, 700)
	want(t, dump(t, s), `
t1-1 2x3: 0,0="项目" 0,1="甲" 0,2="乙" 1,0="收入" 1,1="1.00" 1,2="2.00"
`)
}
