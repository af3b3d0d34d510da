package layout

import (
	"cmp"
	"slices"

	"yusuan/extract/pdf/page"
)

const (
	// ragged is how far in em from the right margin a full line may end: a word
	// or punctuation that did not fit.
	ragged = 1.6
	// leading is the greatest distance of baselines in em in one paragraph.
	leading = 2.7
	// alike is by which factor the sizes of lines in one paragraph may differ.
	alike = 1.15
	// blockIndent is how far in em a whole paragraph stands in, from which it is
	// not the indent of a first line, which is two.
	blockIndent = 2.5
	// longLine is the share of the page's width from which a line tells where
	// the margins are.
	longLine = 0.5
)

// paragraph is lines that belong together.
type paragraph struct {
	text  string
	page  int
	box   page.Box
	size  float32
	bold  bool
	lines int
	// blankEnd says that a blank ends the last line.
	blankEnd bool
}

// margins are where the full lines of a page begin and end.
type margins struct{ left, right float32 }

func findMargins(s *sheet) margins {
	var m margins
	for _, l := range s.lines {
		if l.level && l.width() >= longLine*s.width {
			if m.right == 0 {
				m.left = l.u0
			}
			m.left, m.right = min(m.left, l.u0), max(m.right, l.u1)
		}
	}
	return m
}

// begin starts a paragraph with a line.
func begin(l line) *paragraph {
	return &paragraph{text: l.text, page: l.page, box: l.box, size: l.size, bold: l.bold, lines: 1, blankEnd: l.blankEnd}
}

// take adds a line to the paragraph.
func (p *paragraph) take(l line) {
	p.text = glue(p.text, l.text, p.blankEnd)
	p.blankEnd = l.blankEnd
	p.lines++
	p.bold = p.bold && l.bold
	if l.page == p.page {
		p.box = union(p.box, l.box)
	}
}

// goesOn tells whether a line goes on with the paragraph of the line before it,
// which is numbered at a depth.
func goesOn(a, b line, counted int, of map[int]margins) bool {
	am, bm := of[a.page], of[b.page]
	if !follows(a, b) || am.right == 0 || leaders(a.text) {
		return false
	}
	if bm.right == 0 {
		bm = am
	}
	if twoLineTitle(a, b, am) {
		return a.width() > longLine*(am.right-am.left) && numbered(b.text) == 0
	}
	if a.u1+max(ragged*a.size, b.first) < am.right {
		return false // there was room for more
	}
	if restOfTitle(a, b, counted, am) {
		return true
	}
	flush := b.u0 <= bm.left+b.size
	if begins(a, b, counted) || numbered(b.text) > 0 && !flush {
		return false
	}
	return flush && a.u0 < (am.left+am.right)/2 || inBlock(a, b, am)
}

// titleDepth is the depth of numbering up to which a line is a title: 第一部分,
// 一、.
const titleDepth = 2

// restOfTitle tells whether a line is the rest of a title, numbered at a depth,
// that fills the line before it: it stands in the middle, as no paragraph ends.
func restOfTitle(a, b line, counted int, m margins) bool {
	return counted > 0 && counted <= titleDepth && a.page == b.page && a.bold == b.bold && centred(b, m) && !endsSentence(a.text) && numbered(b.text) == 0
}

// titleLeading is the largest distance of the lines of one title, in their size:
// 1.7 and less in disclosures, and 2.7 from a title to 目录, a title of its own.
const titleLeading = 2.2

// titleGoesOn tells whether a line is the rest of a title that is told by its
// size alone, and that fills the line before it.
func titleGoesOn(a, b line, body float32, of map[int]margins) bool {
	m := of[a.page]
	return follows(a, b) && b.v-a.v <= titleLeading*b.size && a.size >= large*body && a.u1+max(ragged*a.size, b.first) >= m.right &&
		a.page == b.page && a.bold == b.bold && centred(b, m) && !endsSentence(a.text) && numbered(b.text) == 0
}

// begins tells whether a line begins a paragraph by its number, after one that
// is numbered at a depth: a sentence has ended, or the number is of the same
// depth, or follows the title of a part.
func begins(a, b line, counted int) bool {
	depth := numbered(b.text)
	return depth > 0 && (endsSentence(a.text) || depth == counted || counted == 1)
}

// inBlock tells whether two lines are of a paragraph that stands in as a whole.
// A sentence ends it: two paragraphs of a line each look the same.
func inBlock(a, b line, m margins) bool {
	return a.page == b.page && abs(a.u0-b.u0) <= spare*b.size && a.u0 > m.left+blockIndent*a.size && !endsSentence(a.text)
}

// twoLineTitle tells whether two lines can be those of one title: centred, and
// the first, which is for the caller to look at, long.
func twoLineTitle(a, b line, m margins) bool {
	return a.page == b.page && a.bold == b.bold && centred(a, m) && centred(b, m) && !endsSentence(a.text)
}

// follows tells whether two lines can be of one paragraph by where they stand
// and how large they are.
func follows(a, b line) bool {
	if !a.level || !b.level || max(a.size, b.size) > alike*min(a.size, b.size) {
		return false
	}
	if a.page == b.page {
		down := b.v - a.v
		return down >= spare*b.size && down <= leading*b.size
	}
	return b.page == a.page+1
}

// centred tells whether a line stands in the middle between the margins.
func centred(l line, m margins) bool {
	left, right := l.u0-m.left, m.right-l.u1
	return left > l.size && right > l.size && abs(left-right) < 2*l.size
}

// bodySize is the size in which most of the text is set.
func bodySize(sheets []*sheet) float32 {
	runes := map[int]int{}
	for _, s := range sheets {
		for _, l := range s.lines {
			runes[int(l.size*2+0.5)] += l.runes
		}
	}
	var sizes []int
	for size := range runes {
		sizes = append(sizes, size)
	}
	if len(sizes) == 0 {
		return 0
	}
	return float32(slices.MaxFunc(sizes, func(a, b int) int {
		return cmp.Or(cmp.Compare(runes[a], runes[b]), cmp.Compare(b, a))
	})) / 2
}
