package layout

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/extract/pdf/page"
)

const (
	// baseline is by how much, in em, the baselines of one line may differ:
	// less than a superscript is raised, more than fonts mixed in a line do.
	baseline = 0.3
	// wordGap is the gap in em from which letters and figures without a blank
	// between them are two words; a blank is 0.25 em or more in common fonts.
	wordGap = 0.2
	// columnGap is the gap in em that parts a line into segments that have
	// nothing to do with each other.
	columnGap = 3
)

// mark is a glyph in the direction of its line: along from u0 to u1, across at v.
type mark struct {
	g         *page.Glyph
	u0, u1, v float32
	// order is the place in the order of painting.
	order int
}

// along makes a mark of a glyph, so that lines run along u and follow each
// other along v whatever the direction of writing.
func along(g *page.Glyph, order int) mark {
	b := g.Box
	switch {
	case g.Vertical && g.Angle == 0, g.Angle == 270:
		x, _ := middle(b)
		return mark{g, b.Y0, b.Y1, -x, order}
	case g.Angle == 90:
		x, _ := middle(b)
		return mark{g, -b.Y1, -b.Y0, x, order}
	case g.Angle == 180:
		return mark{g, -b.X1, -b.X0, -g.Y, order}
	}
	return mark{g, b.X0, b.X1, g.Y, order}
}

// way tells directions of writing apart.
func way(g *page.Glyph) int {
	if g.Vertical {
		return 1 + int(g.Angle)
	}
	return int(g.Angle)
}

// line is a line of text, or a segment of one.
type line struct {
	box       page.Box
	u0, u1, v float32
	text      string
	size      float32
	bold      bool
	page      int
	// level says that the line runs from left to right.
	level bool
	// first is the width of its first word, what it would have taken on the
	// line before.
	first float32
	// runes counts glyphs that are not blank.
	runes int
	// blankEnd says that a blank glyph ends the line.
	blankEnd bool
}

func (l line) width() float32 { return l.u1 - l.u0 }

// makeLines sets glyphs in lines, from the first to the last. Directions of
// writing follow each other, the most frequent first.
func makeLines(glyphs []*page.Glyph) []line {
	ways := byWay(glyphs)
	slices.SortStableFunc(ways, func(a, b []mark) int { return cmp.Compare(len(b), len(a)) })
	var out []line
	for _, marks := range ways {
		for _, row := range bands(marks) {
			if l, ok := makeLine(row); ok {
				out = append(out, l)
			}
		}
	}
	return out
}

// byWay makes marks of glyphs, parted by the direction of writing, in the order
// in which the directions are met.
func byWay(glyphs []*page.Glyph) [][]mark {
	var order []int
	var ways [][]mark
	for i, g := range glyphs {
		w := way(g)
		k := slices.Index(order, w)
		if k < 0 {
			k = len(order)
			order = append(order, w)
			// Nearly always there is one direction.
			ways = append(ways, make([]mark, 0, len(glyphs)-i))
		}
		ways[k] = append(ways[k], along(g, i))
	}
	return ways
}

// bands parts marks into lines by their baselines, and orders each along it.
func bands(marks []mark) [][]mark {
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Compare(a.v, b.v) })
	var out [][]mark
	for i := 0; i < len(marks); {
		j := i + 1
		for j < len(marks) && marks[j].v-marks[j-1].v <= baseline*min(marks[j].g.Size, marks[j-1].g.Size) &&
			marks[j].v-marks[i].v <= 2*baseline*max(marks[j].g.Size, marks[i].g.Size) {
			j++
		}
		out = append(out, layers(marks[i:j])...)
		i = j
	}
	return out
}

const (
	// covering is the share of its width by which a glyph lies over the one
	// before it to count as painted over it; kerning is far less.
	covering = 0.5
	// coveredShare is the share of a line's glyphs that must lie over others
	// for the line to be several, painted over each other.
	coveredShare = 0.2
	// penGap is the gap in em that ends a run of glyphs painted in one go.
	penGap = 1
)

// layers orders the marks of a line along it. Where texts are painted over each
// other, because a cell or a page was too small for them, each is a line: the
// order of painting tells them apart.
func layers(row []mark) [][]mark {
	slices.SortStableFunc(row, func(a, b mark) int { return cmp.Compare(a.u0, b.u0) })
	over := 0
	for i := 1; i < len(row); i++ {
		a, b := row[i-1], row[i]
		if overlap(a.u0, a.u1, b.u0, b.u1) > covering*min(a.u1-a.u0, b.u1-b.u0) && !blank(a.g.Text) && !blank(b.g.Text) {
			over++
		}
	}
	if over < 2 || float32(over) < coveredShare*float32(len(row)) {
		return [][]mark{row}
	}
	slices.SortStableFunc(row, func(a, b mark) int { return cmp.Compare(a.order, b.order) })
	var out [][]mark
	for i := 0; i < len(row); {
		j := i + 1
		for j < len(row) && abs(row[j].u0-row[j-1].u1) <= penGap*row[j].g.Size {
			j++
		}
		out = addRun(out, row[i:j])
		i = j
	}
	for _, layer := range out {
		slices.SortStableFunc(layer, func(a, b mark) int { return cmp.Compare(a.u0, b.u0) })
	}
	return out
}

// addRun puts a run of glyphs into the first layer that has room for it.
func addRun(layers [][]mark, run []mark) [][]mark {
	from, to := run[0].u0, run[len(run)-1].u1
	for i, layer := range layers {
		if !slices.ContainsFunc(layer, func(m mark) bool { return overlap(m.u0, m.u1, from, to) > covering*(m.u1-m.u0) }) {
			layers[i] = append(layer, run...)
			return layers
		}
	}
	return append(layers, slices.Clone(run))
}

// makeLine joins the marks of a line to its text; it is false for blank ones.
func makeLine(row []mark) (line, bool) {
	for len(row) > 0 && blank(row[0].g.Text) {
		row = row[1:]
	}
	end := len(row)
	for end > 0 && blank(row[end-1].g.Text) {
		end--
	}
	if end == 0 {
		return line{}, false
	}
	l := line{u0: row[0].u0, v: row[0].v, blankEnd: end < len(row), level: way(row[0].g) == 0}
	row = row[:end]
	var text strings.Builder
	bold, pending := 0, false
	before := ""
	for i, m := range row {
		if blank(m.g.Text) {
			pending = true
			continue
		}
		if i > 0 && (pending || apart(before, m.g.Text) && m.u0-l.u1 > wordGap*m.g.Size) {
			text.WriteByte(' ')
		}
		text.WriteString(m.g.Text)
		before, pending = m.g.Text, false
		l.u1 = max(l.u1, m.u1)
		if i == 0 {
			l.u1 = m.u1
		}
		l.box = union(l.box, m.g.Box)
		l.size = max(l.size, m.g.Size)
		l.runes++
		if m.g.Bold {
			bold++
		}
	}
	l.text, l.bold, l.first = text.String(), 2*bold > l.runes, firstWord(row)
	return l, true
}

// firstWord is the width of what cannot be parted from the first glyph: the
// word of letters or figures, and the punctuation that stays with it.
func firstWord(row []mark) float32 {
	end := row[0].u1
	for i := 1; i < len(row); i++ {
		m := row[i]
		if blank(m.g.Text) || !(apart(row[i-1].g.Text, m.g.Text) || opening(row[i-1].g.Text) || closing(m.g.Text)) {
			break
		}
		end = max(end, m.u1)
	}
	return end - row[0].u0
}

// segments parts the marks of lines where a wide gap is. They are those of
// running text; order is from the top and from the left.
func segments(glyphs []*page.Glyph) []line {
	ways := byWay(glyphs)
	slices.SortFunc(ways, func(a, b []mark) int { return cmp.Compare(way(a[0].g), way(b[0].g)) })
	var out []line
	for _, marks := range ways {
		for _, row := range bands(marks) {
			v := row[0].v
			for _, part := range partAtGaps(row, columnGap) {
				if l, ok := makeLine(part); ok {
					l.v = v
					out = append(out, l)
				}
			}
		}
	}
	return takeOrphans(out)
}

const (
	// orphan is the greatest number of glyphs that a spreadsheet's wrapped
	// caption leaves on a line of its own.
	orphan = 2
	// below is the greatest distance in em of that line.
	below = 1.7
)

// takeOrphans joins the one or two glyphs that a caption in a narrow place has
// left on the next line to the segment above them.
func takeOrphans(lines []line) []line {
	var out []line
	row := 0 // where in out the row before the current one begins
	for i := range lines {
		l := lines[i]
		if len(out) > 0 && out[len(out)-1].v != l.v {
			row = len(out) - 1
			for row > 0 && out[row-1].v == out[row].v {
				row--
			}
		}
		if l.level && l.runes <= orphan && !numeric(l.text) {
			if k := over(out[row:], l); k >= 0 {
				a := &out[row+k]
				a.text = glue(a.text, l.text, a.blankEnd)
				a.box = union(a.box, l.box)
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// over finds the wider segment that a short one stands under.
func over(row []line, l line) int {
	for k, a := range row {
		if a.level && l.v > a.v && l.v-a.v <= below*l.size && a.width() > l.width() && !endsSentence(a.text) && a.runes > orphan &&
			abs(a.size-l.size) < 1 && overlap(a.u0, a.u1, l.u0, l.u1) >= spare*l.width() {
			return k
		}
	}
	return -1
}

// partAtGaps parts a row of marks where a gap is wider, in em.
func partAtGaps(row []mark, gap float32) [][]mark {
	var out [][]mark
	start, end := 0, float32(0)
	for i, m := range row {
		if blank(m.g.Text) {
			continue
		}
		if i > start && end != 0 && m.u0-end > gap*m.g.Size {
			out = append(out, row[start:i])
			start = i
		}
		end = m.u1
	}
	return append(out, row[start:])
}
