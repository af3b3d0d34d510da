package layout

import (
	"slices"
	"strings"
)

const (
	// padding is the space between a cell's side and its text that is assumed
	// where the text does not tell: Word's 0.19 cm.
	padding = 5.4
	// spare is how much room in em, beyond the next word, must be left on a
	// line for its end to be a person's doing.
	spare = 0.5
	// indent is how far in em a first line stands in, from which it begins a
	// paragraph.
	indent = 1.2
	// slim is the width of a cell in em up to which each line is one glyph and
	// no break in it means anything.
	slim = 2.6
)

// setText makes the text of a cell of its lines. A line that ends although the
// next word had fitted on it ends a paragraph, but not in a cell whose width is
// not known.
func (c *cell) setText(unknown bool) {
	lines := makeLines(c.glyphs)
	c.text, c.full = "", false
	if len(lines) == 0 {
		return
	}
	room := c.room(lines)
	room.slim = room.slim || unknown
	var done strings.Builder
	current := lines[0].text
	counted := numbered(current)
	for i := 1; i < len(lines); i++ {
		depth := numbered(lines[i].text)
		// An item of a list begins a line even where the one before is full.
		item := depth > 0 && (depth == counted || endsSentence(lines[i-1].text) || listBegins(lines, i, depth))
		if depth > 0 {
			counted = depth
		}
		if item || room.ends(lines[i-1], lines[i]) {
			done.WriteString(current + "\n")
			current = lines[i].text
		} else {
			current = glue(current, lines[i].text, lines[i-1].blankEnd)
		}
	}
	c.text = done.String() + current
	last := lines[len(lines)-1]
	c.lines, c.blankEnd = len(lines), last.blankEnd
	c.left, c.first = (room.width-room.taken(last))/last.size, lines[0].first/lines[0].size
	c.full = c.left < 1+spare
}

// listBegins tells whether a line, numbered at a depth, is the first of a list:
// a colon leads to it, and a further item begins a line, too. After a colon
// alone the number may stand in the middle of a sentence.
func listBegins(lines []line, i, depth int) bool {
	return strings.HasSuffix(lines[i-1].text, "：") &&
		slices.ContainsFunc(lines[i+1:], func(l line) bool { return numbered(l.text) == depth })
}

// room is the space that a cell's lines have.
type room struct {
	left, width float32
	// flush says that lines begin at the left, so that an indent takes room.
	flush bool
	slim  bool
}

func (c *cell) room(lines []line) room {
	level := lines[0].level
	width := c.box.X1 - c.box.X0
	if !level {
		width = c.box.Y1 - c.box.Y0
	}
	r := room{left: lines[0].u0, width: width - 2*padding, flush: len(lines) > 1}
	for i, l := range lines {
		r.left = min(r.left, l.u0)
		if i > 1 && abs(l.u0-lines[1].u0) > spare*l.size {
			r.flush = false
		}
	}
	if len(lines) == 2 && abs(lines[0].u0-lines[1].u0) > spare*lines[0].size && lines[0].u0 < lines[1].u0 {
		r.flush = false
	}
	for _, l := range lines {
		r.width = max(r.width, r.taken(l))
	}
	r.slim = width < slim*lines[0].size
	return r
}

// taken is how much of the room a line takes.
func (r room) taken(l line) float32 {
	if r.flush {
		return l.u1 - r.left
	}
	return l.width()
}

// ends tells whether a paragraph ends with the first line and the next begins
// with the second.
func (r room) ends(a, b line) bool {
	if a.level != b.level {
		return true
	}
	if r.slim || numeric(a.text) && numeric(b.text) && a.text[len(a.text)-1] == ',' {
		return false
	}
	if r.flush && b.u0-r.left > indent*b.size {
		return true
	}
	return r.taken(a)+b.first+spare*b.size <= r.width
}
