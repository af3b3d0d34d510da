package layout

import (
	"cmp"
	"fmt"
	"slices"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// Settings are the settings of the layout. The zero value is recommended.
type Settings struct {
	// TableCells bounds the places of one grid; 0 means the default of
	// document.Limits. Lines that would make a larger one are a drawing.
	TableCells int
}

// item is what stands on a page: a line or a table.
type item struct {
	line  line
	table *table
}

// Blocks turns pages into paragraphs and tables in reading order. The notes say
// what was guessed and what was left out. Pages must be in order.
func Blocks(pages []*page.Page, s Settings) ([]document.Block, []document.Note) {
	if s.TableCells == 0 {
		s.TableCells = document.DefaultTableCells
	}
	glyphs, notes := visible(pages)
	var sheets []*sheet
	byNumber := map[int]*sheet{}
	for i, p := range pages {
		sh := upright(p, glyphs[i])
		notes = append(notes, sh.analyse(s)...)
		sheets = append(sheets, sh)
		byNumber[sh.number] = sh
	}
	notes = append(notes, dropRunning(sheets)...)
	b := builder{sheets: byNumber, body: bodySize(sheets), margins: map[int]margins{}}
	for _, sh := range sheets {
		b.margins[sh.number] = findMargins(sh)
	}
	blocks := b.build(stitch(sheets, s.TableCells))
	relevel(blocks)
	return blocks, append(notes, b.notes...)
}

// analyse finds the grids and lines of a sheet.
func (s *sheet) analyse(set Settings) []document.Note {
	found, grids, notes := s.rulesOf(set)
	s.grids = s.tables(grids)
	rest := s.fill()
	var kept []*grid
	for _, g := range s.grids {
		g.texts()
		g.trim()
		switch {
		case g.filled() == 0:
		case len(g.cells) == 1 && g.cols() == 1 && g.rows() == 1:
			rest = append(rest, g.cells[0].glyphs...)
		default:
			kept = append(kept, splitTitled(g)...)
		}
	}
	aligned, rest := alignedGrids(rest, rules{level: slices.Concat(found.level, colourBands(s.paths))}.outside(kept))
	for _, g := range aligned {
		g.texts()
	}
	s.grids = append(kept, aligned...)
	s.lines = segments(rest)
	for i := range s.lines {
		s.lines[i].page = s.number
	}
	if n := loose(s.lines); n >= looseFigures {
		notes = append(notes, document.Note{At: document.Position{Page: s.number, Block: -1, Row: -1, Col: -1}, Code: "pdf.loose_figures",
			Message: fmt.Sprintf("%d amounts of the page stand alone, in no table that could be found; they are paragraphs", n)})
	}
	return notes
}

// maxRules is the number of lines on a page from which they are a drawing: a
// page of the smallest print has room for some hundred rows and columns.
const maxRules = 20_000

// rulesOf finds the lines of a sheet and the grids that they make. Lines that
// would make more than a table are a drawing, which is noted.
func (s *sheet) rulesOf(set Settings) (rules, []*grid, []document.Note) {
	var notes []document.Note
	note := func(message string) {
		notes = append(notes, document.Note{At: document.Position{Page: s.number, Block: -1, Row: -1, Col: -1}, Code: "pdf.drawing", Message: message})
	}
	found := findRules(s.paths)
	if n := len(found.level) + len(found.upright); n > maxRules {
		note(fmt.Sprintf("the %d lines of the page were taken as a drawing, no tables were looked for in them", n))
		return rules{}, nil, notes
	}
	grids, drawings := findGrids(found, set.TableCells)
	for _, d := range drawings {
		note(fmt.Sprintf("lines that would make a table of %d x %d cells were taken as a drawing", d.rows, d.cols))
	}
	return found, grids, notes
}

// frameShare is the share of the page from which a single box is its border.
const frameShare = 0.4

// tables leaves out the grids that are no tables: borders around the page or
// around other grids.
func (s *sheet) tables(grids []*grid) []*grid {
	var out []*grid
	for i, g := range grids {
		if len(g.cells) == 1 {
			area := (g.box.X1 - g.box.X0) * (g.box.Y1 - g.box.Y0)
			inner := slices.ContainsFunc(grids[min(i+1, len(grids)):], func(o *grid) bool {
				x, y := middle(o.box)
				return contains(g.box, x, y)
			})
			if inner || area > frameShare*s.width*s.height {
				continue
			}
		}
		out = append(out, g)
	}
	return out
}

// items are the lines and tables of a sheet from top to bottom.
func (s *sheet) items() []item {
	var out []item
	lines := s.lines
	tables := slices.Clone(s.grids)
	slices.SortStableFunc(tables, func(a, b *grid) int { return cmp.Compare(a.box.Y0, b.box.Y0) })
	for _, g := range tables {
		for len(lines) > 0 && (!lines[0].level || lines[0].v < g.box.Y0+stub) {
			out = append(out, item{line: lines[0]})
			lines = lines[1:]
		}
		out = append(out, item{table: newTable(s, g)})
	}
	for _, l := range lines {
		out = append(out, item{line: l})
	}
	return out
}

// stitch puts the items of all sheets in one order and joins tables that go on
// over a page, as long as they keep to a limit of places.
func stitch(sheets []*sheet, limit int) []item {
	var out []item
	var open *table // the last table, if nothing has followed it on its page
	var captions, above []string
	for _, s := range sheets {
		pending := len(out)
		above = nil
		first := true
		for _, it := range s.items() {
			if it.table == nil {
				above = append(above, squeeze(it.line.text))
				out = append(out, it)
				continue
			}
			if open != nil && first && open.places()+it.table.places() <= limit {
				if ok, dx, header := open.continues(it.table, above, captions); ok {
					if header > 0 || len(above) > 0 {
						open.repeats = append(open.repeats, s.number)
					}
					open.add(it.table, dx, header)
					out = out[:pending] // the repeated title
					above, first = nil, false
					continue
				}
			}
			open, captions, above, first = it.table, above, nil, false
			out = append(out, it)
		}
		if len(above) > 0 {
			open = nil
		}
	}
	for _, it := range out {
		if it.table != nil {
			it.table.compress()
		}
	}
	return out
}

// builder makes blocks of items.
type builder struct {
	sheets  map[int]*sheet
	margins map[int]margins
	body    float32
	blocks  []document.Block
	notes   []document.Note
}

func (b *builder) build(items []item) []document.Block {
	var open *paragraph
	var last line
	flush := func() {
		if open != nil {
			b.blocks = append(b.blocks, &document.Paragraph{
				Place: place(open.page, b.sheets[open.page].box(open.box)),
				Level: headingLevel(open, b.body), Text: open.text,
			})
			open = nil
		}
	}
	for _, it := range items {
		if it.table != nil {
			flush()
			b.notes = append(b.notes, it.table.notes(len(b.blocks))...)
			b.blocks = append(b.blocks, it.table.block(b.sheets))
			continue
		}
		if open != nil && (goesOn(last, it.line, numbered(open.text), b.margins) || titleGoesOn(last, it.line, b.body, b.margins)) {
			open.take(it.line)
		} else {
			flush()
			open = begin(it.line)
		}
		last = it.line
	}
	flush()
	return b.blocks
}
