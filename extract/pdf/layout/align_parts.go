package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numberGap is the gap in em, without a blank in it, that parts a number from
// what stands beside it.
const numberGap = 0.5

// amountParts parts a run of glyphs without a wide gap where two cells touch
// each other: between two numbers, beside a number that keeps its distance, and
// behind an amount that is followed by a name instead of a unit
// (33,172.15一、基本支出).
func amountParts(run []mark) [][]mark {
	var out [][]mark
	start, end := 0, float32(0)
	var text strings.Builder // since start, without blanks
	blanks := false
	for i, m := range run {
		if blank(m.g.Text) {
			blanks = true
			continue
		}
		if before := text.String(); before != "" && cellEnds(before, run[i:], (m.u0-end)/m.g.Size, blanks) {
			out = append(out, run[start:i])
			start = i
			text.Reset()
		}
		text.WriteString(m.g.Text)
		blanks, end = false, m.u1
	}
	return append(out, run[start:])
}

// cellEnds tells whether a cell ends between a text and glyphs after a gap, in
// em, with blanks in it or not.
func cellEnds(before string, after []mark, gap float32, blanks bool) bool {
	switch next := word(after); {
	case isAmount(before) && beginsName(next):
		return true
	case numeric(before) && numeric(next):
		return blanks || gap > wordGap
	default:
		return !blanks && gap > numberGap && (numeric(before) || numeric(next))
	}
}

// word is the text up to the next blank or gap.
func word(run []mark) string {
	var b strings.Builder
	for i, m := range run {
		if blank(m.g.Text) || i > 0 && m.u0-run[i-1].u1 > wordGap*m.g.Size {
			break
		}
		b.WriteString(m.g.Text)
	}
	return b.String()
}

// isAmount tells whether text is a number as only amounts are printed: with
// groups of three figures or with decimals.
func isAmount(s string) bool {
	return numeric(s) && strings.ContainsAny(s, ",.，．") && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "．")
}

// beginsName tells whether a glyph begins a word that is no unit.
func beginsName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("元万亿千百个人次年月日公平辆台套家项户名度", r)
}

const (
	// wrap is the greatest distance of two lines of one cell, in em.
	wrap = 1.7
	// tight is the greatest distance of two lines of one cell, as a share of
	// the distance of rows.
	tight = 0.85
)

// pitch is the usual distance of rows with figures, 0 if there are not two.
func pitch(rows []strip) float32 {
	var all []float32
	last := -1
	for i, s := range rows {
		if s.figures() == 0 {
			continue
		}
		if last >= 0 {
			all = append(all, s.v-rows[last].v)
		}
		last = i
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// oneCell tells whether two lines are as near to each other as only lines of
// one cell are.
func oneCell(above, below, size, pitch float32) bool {
	return below-above <= wrap*size && (pitch == 0 || below-above <= tight*pitch)
}

// joinClose joins to a row of figures the lines closer to it than lines of text
// ever are: a name of two lines, in the middle of which its figures stand.
func joinClose(rows []strip) []strip {
	close := func(figures, name strip) bool {
		return figures.figures() > 1 && len(name.parts) == 1 && !name.parts[0].number && abs(figures.v-name.v) <= figures.size &&
			!slices.ContainsFunc(figures.parts, func(p part) bool { return !p.beside(name.parts[0]) })
	}
	var out []strip
	for i := 0; i < len(rows); i++ {
		s := rows[i]
		if i+1 < len(rows) && close(rows[i+1], s) {
			s = both(s, rows[i+1])
			i++
			if i+1 < len(rows) && len(s.parts) > 0 && close(rows[i], rows[i+1]) {
				s = both(s, rows[i+1])
				i++
			}
		}
		out = append(out, s)
	}
	return out
}

// beside tells whether a part lies beside another, and not above or below it.
func (p part) beside(o part) bool { return overlap(p.u0, p.u1, o.u0, o.u1) <= 0 }

// unwrap joins the lines of words that stand closer to a row of figures than
// rows do to it: names that take several lines.
func unwrap(rows []strip) []strip {
	p := pitch(rows)
	if p == 0 {
		return rows
	}
	var out []strip
	for i, s := range rows {
		if s.figures() > 0 || len(s.parts) > 2 {
			out = append(out, s)
			continue
		}
		up := i > 0 && rows[i-1].figures() > 0 && oneCell(rows[i-1].v, s.v, s.size, p)
		down := i+1 < len(rows) && rows[i+1].figures() > 0 && oneCell(s.v, rows[i+1].v, s.size, p)
		if up && down {
			up = s.v-rows[i-1].v <= rows[i+1].v-s.v
			down = !up
		}
		switch {
		case up && len(out) > 0:
			out[len(out)-1] = both(out[len(out)-1], s)
		case down:
			rows[i+1] = both(s, rows[i+1])
		default:
			out = append(out, s)
		}
	}
	return out
}

// both joins two lines of a row; it stays on the line with figures.
func both(a, b strip) strip {
	out := a
	if b.figures() > 0 {
		out.v = b.v
	}
	out.size, out.top, out.bottom = max(a.size, b.size), min(a.top, b.top), max(a.bottom, b.bottom)
	out.parts = slices.Concat(a.parts, b.parts)
	slices.SortStableFunc(out.parts, func(x, y part) int {
		switch {
		case x.u1 <= y.u0:
			return -1
		case y.u1 <= x.u0:
			return 1
		}
		return 0
	})
	return out
}
