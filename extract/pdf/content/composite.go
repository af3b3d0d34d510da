package content

import (
	"sort"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/pdf/cmap"
	"yusuan/extract/pdf/fontfile"
)

// compositeFont is a Type 0 font.
type compositeFont struct {
	font
	encoding   *cmap.Map
	toUnicode  *cmap.Map
	collection *cmap.Collection
	// program is the embedded font program, and gids leads from CIDs to its
	// glyphs (nil: they are the same).
	program func() *fontfile.Font
	gids    func() []byte
	widths  widths
	cache   map[uint64]*glyph
	// recent are the glyphs of two-byte codes, which nearly all are.
	recent [256]*[256]*glyph
}

func (f *File) composite(d types.Dict) *font {
	var sub types.Dict
	if list := f.array(d["DescendantFonts"]); len(list) > 0 {
		sub = f.dict(list[0])
	}
	desc := f.dict(sub["FontDescriptor"])
	c := &compositeFont{cache: map[uint64]*glyph{}, toUnicode: f.toUnicode(d)}
	base := f.name(sub["BaseFont"]) // the other may have the CMap's name behind it
	if base == "" {
		base = f.name(d["BaseFont"])
	}
	f.describe(&c.font, base, desc)
	c.encoding = f.encodingCMap(d["Encoding"])
	c.vertical = c.encoding.Vertical()
	c.widths = f.widths(sub)
	info := f.dict(sub["CIDSystemInfo"])
	if ordering := string(f.str(info["Ordering"])); string(f.str(info["Registry"])) == "Adobe" && ordering != "Identity" {
		c.collection = cmap.CollectionOf(ordering)
	} else if own := c.encoding.Ordering(); own != "" {
		c.collection = cmap.CollectionOf(own)
	}
	c.program = f.embedded(desc)
	c.gids = sync.OnceValue(func() []byte {
		sd, ok := f.stream(sub["CIDToGIDMap"])
		if !ok {
			return nil
		}
		data, _, err := f.decode(&sd)
		if err != nil || data == nil {
			return []byte{}
		}
		return data
	})
	c.next = c.nextGlyph
	return &c.font
}

// encodingCMap reads the CMap of a composite font; Identity-H is taken where
// it is missing or not known, since that is what nearly all are.
func (f *File) encodingCMap(o types.Object) *cmap.Map {
	var m *cmap.Map
	switch e := f.resolve(o).(type) {
	case types.Name:
		m = cmap.Predefined(string(e))
	case types.StreamDict:
		m = f.parseCMap(&e, 0)
	}
	if m == nil {
		m = cmap.Predefined("Identity-H")
	}
	return m
}

func (c *compositeFont) nextGlyph(s []byte) (*glyph, int) {
	code, n := c.encoding.Next(s)
	if n == 2 {
		row := c.recent[code>>8&0xff]
		if row == nil {
			row = &[256]*glyph{}
			c.recent[code>>8&0xff] = row
		}
		g := row[code&0xff]
		if g == nil {
			g = c.glyph(code, n)
			row[code&0xff] = g
		}
		return g, n
	}
	key := uint64(n)<<32 | uint64(code)
	g, ok := c.cache[key]
	if !ok {
		g = c.glyph(code, n)
		c.cache[key] = g
	}
	return g, n
}

func (c *compositeFont) glyph(code uint32, n int) *glyph {
	cid, known := c.encoding.CID(code, n)
	g := &glyph{blank: n == 1 && code == ' '}
	g.width = c.widths.of(cid)
	if c.vertical {
		g.vx, g.vy, g.down = c.widths.vertical(cid, g.width)
	}
	g.text = spell(c.textOf(code, n, cid, known))
	if g.text == "" {
		g.text, g.unmapped = unknownText, true
	}
	return g
}

// textOf asks everyone who may know, the one who was made to tell first.
func (c *compositeFont) textOf(code uint32, n, cid int, known bool) string {
	if c.toUnicode != nil {
		if s, ok := c.toUnicode.Text(code, n); ok && usable(s) {
			return s
		}
	}
	if s, ok := c.encoding.Text(code, n); ok && usable(s) {
		return s
	}
	if !known {
		return ""
	}
	if s, ok := c.collection.Text(cid); ok {
		return s
	}
	if cid < 0 || cid > 0xffff {
		return ""
	}
	program, gid := c.program(), uint16(cid)
	if gids := c.gids(); gids != nil {
		gid = 0
		if 2*cid+1 < len(gids) {
			gid = uint16(gids[2*cid])<<8 | uint16(gids[2*cid+1])
		}
	} else if g, ok := program.CIDs[gid]; ok {
		gid = g
	}
	return programText(program, gid)
}

// programText asks a font program for the text of a glyph.
func programText(p *fontfile.Font, gid uint16) string {
	if r, ok := p.Runes[gid]; ok {
		return string(r)
	}
	if s, ok := cmap.GlyphText(p.Names[gid]); ok {
		return s
	}
	return ""
}

// widths are the advances of the CIDs of a composite font, in thousandths.
type widths struct {
	dw     float64
	byCID  map[int]float64
	ranges []widthRange

	dw2   [2]float64 // vy and down
	down  map[int][3]float64
	downs []downRange
}

type widthRange struct {
	from, to int
	width    float64
}

type downRange struct {
	from, to int
	v        [3]float64 // down, vx, vy
}

func (w *widths) of(cid int) float64 {
	if v, ok := w.byCID[cid]; ok {
		return v / 1000
	}
	i := sort.Search(len(w.ranges), func(i int) bool { return w.ranges[i].to >= cid })
	if i < len(w.ranges) && w.ranges[i].from <= cid {
		return w.ranges[i].width / 1000
	}
	return w.dw / 1000
}

// vertical returns the origin and the advance for vertical writing; width is
// the horizontal one for a size of 1.
func (w *widths) vertical(cid int, width float64) (vx, vy, down float64) {
	if v, ok := w.down[cid]; ok {
		return v[1] / 1000, v[2] / 1000, v[0] / 1000
	}
	i := sort.Search(len(w.downs), func(i int) bool { return w.downs[i].to >= cid })
	if i < len(w.downs) && w.downs[i].from <= cid {
		v := w.downs[i].v
		return v[1] / 1000, v[2] / 1000, v[0] / 1000
	}
	return width / 2, w.dw2[0] / 1000, w.dw2[1] / 1000
}

// widths reads DW, W, DW2 and W2.
func (f *File) widths(sub types.Dict) widths {
	w := widths{dw: f.numOr(sub["DW"], 1000), byCID: map[int]float64{}, dw2: [2]float64{880, -1000}, down: map[int][3]float64{}}
	f.runs(f.array(sub["W"]), 1, func(from, to int, v []float64) {
		if from == to {
			w.byCID[from] = v[0]
		} else {
			w.ranges = append(w.ranges, widthRange{from, to, v[0]})
		}
	})
	sort.SliceStable(w.ranges, func(i, j int) bool { return w.ranges[i].to < w.ranges[j].to })
	if v, ok := f.nums(sub["DW2"], 2); ok {
		w.dw2 = [2]float64{v[0], v[1]}
	}
	f.runs(f.array(sub["W2"]), 3, func(from, to int, v []float64) {
		if from == to {
			w.down[from] = [3]float64(v)
		} else {
			w.downs = append(w.downs, downRange{from, to, [3]float64(v)})
		}
	})
	sort.SliceStable(w.downs, func(i, j int) bool { return w.downs[i].to < w.downs[j].to })
	return w
}

// runs reads an array of "first [v …]" and "first last v", with n numbers to
// each v.
func (f *File) runs(a types.Array, n int, yield func(from, to int, v []float64)) {
	for len(a) >= 2 {
		from := f.int(a[0], -1)
		if list, ok := f.resolve(a[1]).(types.Array); ok {
			for i := 0; i+n <= len(list); i += n {
				if v, ok := f.nums(list[i:i+n], n); ok && from >= 0 {
					yield(from+i/n, from+i/n, v)
				}
			}
			a = a[2:]
			continue
		}
		if len(a) < 2+n {
			return
		}
		if v, ok := f.nums(a[2:2+n], n); ok && from >= 0 {
			if to := f.int(a[1], -1); to >= from {
				yield(from, to, v)
			}
		}
		a = a[2+n:]
	}
}
