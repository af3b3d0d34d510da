package layout

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

const (
	// doubled is how far apart, in em, the origins of one glyph painted twice
	// may be: bold by overprinting shifts by up to a tenth of an em, and no
	// glyph that is set twice in a row is as narrow as this.
	doubled = 0.15
	// doubledAdvance bounds the same by the glyph's own width, for narrow ones.
	doubledAdvance = 0.4
	// doubledReach bounds the same in points, for letters as large as a page.
	doubledReach = 6
	// repeatedShare is the share of the glyphs that a clip cuts away which must
	// stand on a neighbouring page for all of them to be a repetition.
	repeatedShare = 0.5
	// repeatedRunes is the shortest line that is looked for there: shorter ones
	// are found by accident.
	repeatedRunes = 4
)

// visible returns the glyphs of every page that a person sees or that a cell
// merely cuts: not the hidden, not those off the page, not those that a page
// break cuts away, and each glyph once however often it is painted.
//
// A cell that goes on over the page is drawn in full on both by one producer,
// and only the clip tells which lines belong where; but a cell that is too
// small for its text clips it as well, and then the text stands nowhere else.
// So what a clip cuts away is dropped if a neighbouring page shows it.
//
// Text that cannot be seen is left out, unless a page has no other: the text
// layer that a scanner's software has put under the picture. So is slanted text.
// The notes say what was.
func visible(pages []*page.Page) ([][]*page.Glyph, []document.Note) {
	seen := make([][]*page.Glyph, len(pages))
	clipped := make([][]*page.Glyph, len(pages))
	var notes []document.Note
	any := false
	for i, p := range pages {
		var hidden, slanted []*page.Glyph
		seen[i], clipped[i], hidden, slanted = split(p)
		any = any || len(clipped[i]) > 0
		if len(slanted) > 0 {
			notes = append(notes, document.Note{At: document.Position{Page: p.Number, Block: -1, Row: -1, Col: -1}, Code: "pdf.slanted_text",
				Message: "slanted text of the page, as a watermark is, was left out: " + strconv.Quote(start(plain(slanted)))})
		}
		if len(hidden) == 0 {
			continue
		}
		message := "invisible text of the page was left out: " + strconv.Quote(start(plain(hidden)))
		if len(seen[i]) == 0 {
			seen[i] = hidden
			message = "the page's text is invisible, perhaps made from its picture by a program; it was read as if it were printed"
		}
		notes = append(notes, document.Note{At: document.Position{Page: p.Number, Block: -1, Row: -1, Col: -1}, Code: "pdf.hidden_text", Message: message})
	}
	if any {
		for i := range pages {
			near := ""
			for _, k := range []int{i - 1, i + 1} {
				if k >= 0 && k < len(pages) && len(clipped[i]) > 0 {
					near += "\n" + plain(seen[k])
				}
			}
			clipped[i] = unrepeated(clipped[i], near)
		}
	}
	for i := range seen {
		seen[i] = once(append(seen[i], clipped[i]...))
	}
	return seen, notes
}

// hiddenRunes is how much of the text that cannot be seen a note repeats.
const hiddenRunes = 80

// start is the beginning of a text.
func start(s string) string {
	if r := []rune(s); len(r) > hiddenRunes {
		return string(r[:hiddenRunes]) + "…"
	}
	return s
}

// crooked is by how many degrees a line may miss the right direction: paper
// that lay askew.
const crooked = 5

// straight sets the direction of a glyph to the right angle that it is close
// to; it is false for slanted ones.
func straight(g *page.Glyph) bool {
	nearest := (g.Angle + 45) / 90 * 90
	if off := g.Angle - nearest; off < -crooked || off > crooked {
		return false
	}
	g.Angle = nearest % 360
	return true
}

// split returns the glyphs in the clip, those on the page outside it, those that
// cannot be seen, and those that are slanted.
func split(p *page.Page) (seen, clipped, hidden, slanted []*page.Glyph) {
	whole := page.Box{X1: p.Width, Y1: p.Height}
	seen = make([]*page.Glyph, 0, len(p.Glyphs))
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		x, y := middle(g.Box)
		switch {
		case g.Size <= 0 || !contains(whole, x, y) || !printable(g.Text):
		case g.Hidden:
			hidden = append(hidden, g)
		case g.Angle != 0 && !straight(g):
			slanted = append(slanted, g)
		case contains(g.Clip, x, y):
			seen = append(seen, g)
		default:
			clipped = append(clipped, g)
		}
	}
	return seen, clipped, hidden, slanted
}

// plain is the text of glyphs in the order of painting, without blanks.
func plain(glyphs []*page.Glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		if !blank(g.Text) {
			b.WriteString(g.Text)
		}
	}
	return b.String()
}

// unrepeated returns the clipped glyphs without those of clips whose lines
// stand in the text of the neighbours.
func unrepeated(clipped []*page.Glyph, near string) []*page.Glyph {
	byClip := map[page.Box][]*page.Glyph{}
	for _, g := range clipped {
		byClip[g.Clip] = append(byClip[g.Clip], g)
	}
	repeated := map[page.Box]bool{}
	for clip, group := range byClip {
		found := 0
		for i := 0; i < len(group); {
			j := i + 1
			for j < len(group) && group[j].Y == group[i].Y {
				j++
			}
			if line := plain(group[i:j]); utf8.RuneCountInString(line) >= repeatedRunes && strings.Contains(near, line) {
				found += j - i
			}
			i = j
		}
		repeated[clip] = float32(found) >= repeatedShare*float32(len(group))
	}
	return slices.DeleteFunc(clipped, func(g *page.Glyph) bool { return repeated[g.Clip] })
}

// printable tells whether a glyph's text is more than control characters.
func printable(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\t' || r == '\u200b' || r == '\ufeff'
	})
}

// spotSide is the side of the squares in which glyphs are looked for. It is
// larger than the reach of a search in print of up to 25 points, so that few
// squares are looked at.
const spotSide = 4

// spot is a small square of the page.
type spot struct{ x, y int32 }

func spotAt(x, y float32) spot { return spot{int32(x / spotSide), int32(y / spotSide)} }

// spots finds the glyphs kept near a place. Squares that are far from each
// other may share a slot: what is found is looked at anyway.
type spots struct {
	// last is 1 + the last glyph kept in a slot, before the one before it
	// there.
	last, before []int32
}

func newSpots(glyphs int) *spots {
	return &spots{last: make([]int32, 1<<bits.Len(uint(glyphs))), before: make([]int32, 0, glyphs)}
}

// first returns 1 + the last glyph kept in the slot of a spot, to be changed.
func (s *spots) first(at spot) *int32 {
	const odd = 0x9E3779B1 // 2³² over the golden ratio, as is common for hashes
	h := (uint32(at.x)*odd ^ uint32(at.y)) * odd
	return &s.last[(h>>16^h)&uint32(len(s.last)-1)]
}

// once drops glyphs that are painted over the same glyph. The first stays.
func once(glyphs []*page.Glyph) []*page.Glyph {
	near := newSpots(len(glyphs))
	out := glyphs[:0]
	for _, g := range glyphs {
		reach := min(doubled*g.Size, doubledAdvance*max(g.Box.X1-g.Box.X0, g.Box.Y1-g.Box.Y0), doubledReach)
		if twin := findTwin(out, near, g, reach); twin != nil {
			twin.Bold = true
			continue
		}
		last := near.first(spotAt(g.X, g.Y))
		near.before = append(near.before, *last-1)
		out = append(out, g)
		*last = int32(len(out))
	}
	return out
}

// findTwin looks for the same glyph within reach.
func findTwin(kept []*page.Glyph, near *spots, g *page.Glyph, reach float32) *page.Glyph {
	from, to := spotAt(g.X-reach, g.Y-reach), spotAt(g.X+reach, g.Y+reach)
	for x := from.x; x <= to.x; x++ {
		for y := from.y; y <= to.y; y++ {
			for i := *near.first(spot{x, y}) - 1; i >= 0; i = near.before[i] {
				o := kept[i]
				if abs(o.X-g.X) <= reach && abs(o.Y-g.Y) <= reach && o.Text == g.Text && abs(o.Size-g.Size) <= reach+doubled {
					return o
				}
			}
		}
	}
	return nil
}
