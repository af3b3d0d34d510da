package layout

import (
	"cmp"
	"slices"

	"yusuan/extract/pdf/page"
)

const (
	// thick is the greatest thickness of a ruling line: Excel's thickest
	// border is 2.25 points, a double one about 3.
	thick = 3.5
	// paper is the luminance from which a shape looks like paper. Producers
	// paint cells white, some with fills as thin as rules.
	paper = 0.94
	// faint is the opacity below which a shape cannot be seen.
	faint = 0.1
	// snap is by how much the positions of fragments of one line may differ.
	snap = 1.2
	// gap is the greatest gap between fragments of one line: dots and dashes.
	gap = 3
	// shortest is the length from which a line can be the side of a cell: less
	// than the height of the smallest print.
	shortest = 4
)

// rule is a ruling line: at is its position across, from and to its ends; one
// that is not drawn but must be there is virtual.
type rule struct {
	at, from, to float32
	virtual      bool
}

func (r rule) length() float32 { return r.to - r.from }

// rules are the ruling lines of a page.
type rules struct{ level, upright []rule }

// findRules takes the thin dark shapes of a page as lines, and joins what
// belongs together.
func findRules(paths []page.Path) rules {
	var out rules
	for _, p := range paths {
		if p.Gray >= paper || p.Alpha < faint {
			continue
		}
		out.add(p)
	}
	return rules{level: join(out.level), upright: join(out.upright)}
}

// add takes a shape apart into lines. A small square is the corner where lines
// meet and belongs to both.
func (r *rules) add(p page.Path) {
	b := p.Box
	w, h := b.X1-b.X0, b.Y1-b.Y0
	if h <= thick && w >= h*0.5 {
		r.level = append(r.level, rule{at: (b.Y0 + b.Y1) / 2, from: b.X0, to: b.X1})
	}
	if w <= thick && h >= w*0.5 {
		r.upright = append(r.upright, rule{at: (b.X0 + b.X1) / 2, from: b.Y0, to: b.Y1})
	}
	if w > thick && h > thick && p.Stroke {
		// The outline of a rectangle.
		r.level = append(r.level, rule{at: b.Y0, from: b.X0, to: b.X1}, rule{at: b.Y1, from: b.X0, to: b.X1})
		r.upright = append(r.upright, rule{at: b.X0, from: b.Y0, to: b.Y1}, rule{at: b.X1, from: b.Y0, to: b.Y1})
	}
}

// join makes one line of fragments that lie in one line, and drops what
// remains too short.
func join(all []rule) []rule {
	slices.SortFunc(all, func(a, b rule) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.from, b.from)) })
	var out []rule
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j].at-all[i].at <= snap {
			j++
		}
		out = append(out, joinBand(all[i:j])...)
		i = j
	}
	return slices.DeleteFunc(out, func(r rule) bool { return r.length() < shortest })
}

// joinBand joins the fragments of one band of positions; the longest fragment
// says where the line is.
func joinBand(band []rule) []rule {
	slices.SortFunc(band, func(a, b rule) int { return cmp.Compare(a.from, b.from) })
	var out []rule
	longest := float32(0)
	for _, r := range band {
		if n := len(out); n > 0 && r.from-out[n-1].to <= gap {
			last := &out[n-1]
			if r.length() > longest {
				last.at, longest = r.at, r.length()
			}
			last.to = max(last.to, r.to)
			continue
		}
		out = append(out, r)
		longest = r.length()
	}
	return out
}

// outside returns the level lines that are in no grid.
func (r rules) outside(grids []*grid) []rule {
	var out []rule
	for _, l := range r.level {
		if !slices.ContainsFunc(grids, func(g *grid) bool {
			return l.at >= g.box.Y0-touch && l.at <= g.box.Y1+touch && overlap(l.from, l.to, g.box.X0, g.box.X1) > 0
		}) {
			out = append(out, l)
		}
	}
	return out
}

// tallest is the greatest height of a coloured row.
const tallest = 60

// colourBands returns the upper and lower edges of coloured rows: tables whose rows
// are told apart by colour have no rules.
func colourBands(paths []page.Path) []rule {
	var out []rule
	for _, p := range paths {
		h := p.Box.Y1 - p.Box.Y0
		if p.Stroke || p.Gray >= paper || p.Alpha < faint || h <= thick || h > tallest || p.Box.X1-p.Box.X0 < h {
			continue
		}
		out = append(out, rule{at: p.Box.Y0, from: p.Box.X0, to: p.Box.X1}, rule{at: p.Box.Y1, from: p.Box.X0, to: p.Box.X1})
	}
	return join(out)
}
