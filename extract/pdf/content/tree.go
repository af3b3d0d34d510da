package content

import (
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// leaf is a page with what it inherits.
type leaf struct {
	dict      types.Dict
	resources types.Object
	media     []float64
	crop      []float64
	rotate    int
	unit      float64
}

// maxTree is the depth of a page tree that is followed.
const maxTree = 64

// findPages walks over the page tree. A tree without any page, which damaged
// files have, is replaced by all page objects in the order of their numbers.
func (f *File) findPages() error {
	if f.table.Root == nil {
		return fmt.Errorf("the file has no catalog: %w", document.ErrMalformed)
	}
	seen := map[int]bool{}
	f.walk(f.dict(*f.table.Root)["Pages"], leaf{}, seen, 0)
	if len(f.pages) == 0 {
		f.loosePages()
		if len(f.pages) > 0 {
			f.note(0, "pdf.pages", "the page tree is broken; pages stand in the order of their objects")
		}
	}
	switch {
	case len(f.pages) == 0:
		return fmt.Errorf("the file has no pages: %w", document.ErrMalformed)
	case len(f.pages) > f.lim.Pages:
		return fmt.Errorf("the file has more than %d pages: %w", f.lim.Pages, document.ErrTooLarge)
	}
	return nil
}

// walk adds the pages below a node, every node once.
func (f *File) walk(o types.Object, inherited leaf, seen map[int]bool, depth int) {
	if n := objectNumber(o); n != 0 {
		if seen[n] {
			return
		}
		seen[n] = true
	}
	d := f.dict(o)
	if d == nil || depth > maxTree || len(f.pages) > f.lim.Pages {
		return
	}
	l := f.inherit(inherited, d)
	kids, node := f.resolve(d["Kids"]).(types.Array)
	if !node {
		if f.name(d["Type"]) != "Pages" {
			f.pages = append(f.pages, l)
		}
		return
	}
	for _, kid := range kids {
		f.walk(kid, l, seen, depth+1)
	}
}

// inherit returns what a node hands down.
func (f *File) inherit(l leaf, d types.Dict) leaf {
	l.dict = d
	if o, ok := d["Resources"]; ok {
		l.resources = o
	}
	if box, ok := f.nums(d["MediaBox"], 4); ok {
		l.media = box
	}
	if box, ok := f.nums(d["CropBox"], 4); ok {
		l.crop = box
	}
	l.rotate = f.int(d["Rotate"], l.rotate)
	l.unit = f.numOr(d["UserUnit"], 1)
	return l
}

// loosePages collects page objects without a tree.
func (f *File) loosePages() {
	var numbers []int
	for n := range f.table.Table {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if e := f.table.Table[n]; e == nil || e.Free || len(f.pages) > f.lim.Pages {
			continue
		}
		if d := f.dict(*types.NewIndirectRef(n, 0)); d != nil && f.name(d["Type"]) == "Page" {
			f.pages = append(f.pages, f.inherit(leaf{}, d))
		}
	}
}

// letter is the page that readers show where a file gives no size, in points.
const letterWidth, letterHeight = 612, 792

// maxUnit is the largest UserUnit that is believed (Acrobat's own limit).
const maxUnit = 75000

// geometry sets the size of the page and returns the matrix from the file's
// coordinates to the page as seen.
func (l leaf) geometry(p *page.Page) matrix {
	box := normal(l.media)
	if box.empty() {
		box = rect{0, 0, letterWidth, letterHeight}
	}
	if crop := normal(l.crop); !crop.empty() {
		if both := crop.and(box); !both.empty() {
			box = both
		}
	}
	unit := l.unit
	if !(unit > 0) || unit > maxUnit {
		unit = 1
	}
	w, h := box.x1-box.x0, box.y1-box.y0
	var m matrix
	switch turn := (l.rotate/90%4 + 4) % 4; turn {
	case 1:
		m, w, h = matrix{0, 1, 1, 0, -box.y0, -box.x0}, h, w
	case 2:
		m = matrix{-1, 0, 0, 1, box.x1, -box.y0}
	case 3:
		m, w, h = matrix{0, -1, -1, 0, box.y1, box.x1}, h, w
	default:
		m = matrix{1, 0, 0, -1, -box.x0, box.y1}
	}
	p.Width, p.Height = float32(w*unit), float32(h*unit)
	return m.then(matrix{unit, 0, 0, unit, 0, 0})
}

// normal puts the corners of a box in order.
func normal(b []float64) rect {
	if len(b) < 4 {
		return rect{}
	}
	return rect{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
}
