package pdfium

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	gopdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"yusuan/extract/pdf/page"
)

const (
	// formDepth bounds how deep forms are followed, against cycles.
	formDepth = 12
	// boldWeight is the weight from which a font is bold (OpenType usWeightClass).
	boldWeight = 600
)

// reader reads one page.
type reader struct {
	pdf  gopdfium.Pdfium
	page requests.Page
	out  page.Page
	// seen maps the page's own coordinates to the page as seen.
	seen matrix
	// turn is the rotation of the page, clockwise, in degrees.
	turn int
	// forms says that the page has forms: the clip of text in them is in
	// coordinates that the engine does not tell.
	forms bool
}

func newReader(pdf gopdfium.Pdfium, p requests.Page, n int) (*reader, error) {
	box, err := pdf.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: p})
	if err != nil {
		return nil, err
	}
	rotation, err := pdf.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: p})
	if err != nil {
		return nil, err
	}
	b := box.Rect
	x0, x1 := min(b.Left, b.Right), max(b.Left, b.Right)
	y0, y1 := min(b.Top, b.Bottom), max(b.Top, b.Bottom)
	r := &reader{pdf: pdf, page: p, turn: 90 * int(rotation.PageRotation)}
	r.out = page.Page{Number: n, Width: x1 - x0, Height: y1 - y0}
	switch r.turn {
	case 90:
		r.seen = matrix{0, 1, 1, 0, -y0, -x0}
	case 180:
		r.seen = matrix{-1, 0, 0, 1, x1, -y0}
	case 270:
		r.seen = matrix{0, -1, -1, 0, y1, x1}
	default:
		r.seen = matrix{1, 0, 0, -1, -x0, y1}
	}
	if r.turn%180 == 90 {
		r.out.Width, r.out.Height = r.out.Height, r.out.Width
	}
	return r, nil
}

func (r *reader) whole() page.Box { return page.Box{X1: r.out.Width, Y1: r.out.Height} }

func (r *reader) read() (*page.Page, error) {
	count, err := r.pdf.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: r.page})
	if err != nil {
		return nil, err
	}
	for i := range count.Count {
		object, err := r.pdf.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: r.page, Index: i})
		if err != nil {
			r.out.Damaged = true
			continue
		}
		r.object(object.PageObject, r.seen, formDepth)
	}
	if err := r.glyphs(); err != nil {
		return nil, err
	}
	return &r.out, nil
}

// object takes the shapes and images of a page object; text is read through
// the text page.
func (r *reader) object(ref references.FPDF_PAGEOBJECT, to matrix, depth int) {
	kind, err := r.pdf.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: ref})
	if err != nil {
		r.out.Damaged = true
		return
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_PATH:
		r.path(ref, to)
	case enums.FPDF_PAGEOBJ_IMAGE:
		r.image(ref, to)
	case enums.FPDF_PAGEOBJ_FORM:
		r.forms = true
		r.form(ref, to, depth)
	}
}

func (r *reader) form(ref references.FPDF_PAGEOBJECT, to matrix, depth int) {
	m, err := r.pdf.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: ref})
	count, err2 := r.pdf.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: ref})
	if err != nil || err2 != nil || depth == 0 {
		r.out.Damaged = true
		return
	}
	to = matrix(m.Matrix).then(to)
	for i := range count.Count {
		child, err := r.pdf.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: ref, Index: uint64(i)})
		if err != nil {
			r.out.Damaged = true
			continue
		}
		r.object(child.PageObject, to, depth-1)
	}
}

func (r *reader) image(ref references.FPDF_PAGEOBJECT, to matrix) {
	r.out.Images++
	b, err := r.pdf.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: ref})
	if err != nil {
		return
	}
	box := intersect(to.box(page.Box{X0: b.Left, Y0: b.Bottom, X1: b.Right, Y1: b.Top}), r.whole())
	if whole := r.out.Width * r.out.Height; whole > 0 {
		r.out.ImageArea = max(r.out.ImageArea, (box.X1-box.X0)*(box.Y1-box.Y0)/whole)
	}
}

// glyphs reads the text page.
func (r *reader) glyphs() error {
	text, err := r.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: r.page})
	if err != nil {
		return err
	}
	defer func() { _, _ = r.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	count, err := r.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return err
	}
	for i := range count.Count {
		generated, err := r.pdf.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text.TextPage, Index: i})
		if err == nil && generated.IsGenerated {
			continue // blanks and line ends that are not on the page
		}
		g, ok := r.glyph(text.TextPage, i)
		if !ok {
			r.out.Unmapped++
			continue
		}
		if g.Text == "" {
			continue // the second half of the character before
		}
		if g.Text == unknown {
			r.out.Unmapped++
		}
		r.out.Glyphs = append(r.out.Glyphs, g)
	}
	return nil
}

// unknown is the text of a glyph that has none.
const unknown = "\uFFFD"

// hyphenMark is what the engine hands out for a hyphen at the end of a line, so
// that its own callers can join the halves of a word.
const hyphenMark = 0x02

// character is the text of an entry of the text page. An entry is a unit of
// UTF-16: a character outside the basic plane takes two, and its text stands
// with the first, "" with the second.
func (r *reader) character(text references.FPDF_TEXTPAGE, i int) (string, error) {
	unit, err := r.unit(text, i)
	switch {
	case err != nil:
		return "", err
	case unit == hyphenMark:
		is, err := r.pdf.FPDFText_IsHyphen(&requests.FPDFText_IsHyphen{TextPage: text, Index: i})
		if err == nil && is.IsHyphen {
			return "-", nil
		}
	case utf16.IsSurrogate(unit):
		if next, err := r.unit(text, i+1); err == nil {
			if whole := utf16.DecodeRune(unit, next); whole != unicode.ReplacementChar {
				return string(whole), nil
			}
		}
		if before, err := r.unit(text, i-1); err == nil && utf16.DecodeRune(before, unit) != unicode.ReplacementChar {
			return "", nil
		}
		return unknown, nil
	case unit == 0 || unit > unicode.MaxRune:
		return unknown, nil
	}
	return string(unit), nil
}

func (r *reader) unit(text references.FPDF_TEXTPAGE, i int) (rune, error) {
	if i < 0 {
		return 0, nil
	}
	code, err := r.pdf.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return 0, err
	}
	return rune(min(code.Unicode, unicode.MaxRune+1)), nil
}

func (r *reader) glyph(text references.FPDF_TEXTPAGE, i int) (page.Glyph, bool) {
	shown, err := r.character(text, i)
	box, err2 := r.pdf.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	origin, err3 := r.pdf.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	size, err4 := r.pdf.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: i})
	m, err5 := r.pdf.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: i})
	for _, err := range []error{err, err2, err3, err4, err5} {
		if err != nil {
			return page.Glyph{}, false
		}
	}
	g := page.Glyph{Text: shown, Clip: r.whole()}
	g.Box = r.seen.box(page.Box{X0: box.Rect.Left, Y0: box.Rect.Bottom, X1: box.Rect.Right, Y1: box.Rect.Top})
	g.X, g.Y = r.seen.at(float32(origin.X), float32(origin.Y))
	g.Size = float32(size.FontSize * math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D)))
	g.Angle = right(math.Atan2(float64(m.Matrix.B), float64(m.Matrix.A))*180/math.Pi - float64(r.turn))
	if info, err := r.pdf.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: i}); err == nil {
		g.Font = strings.ToValidUTF8(info.FontName, "")
		if _, name, ok := strings.Cut(g.Font, "+"); ok {
			g.Font = name
		}
	}
	weight, err := r.pdf.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: text, Index: i})
	g.Bold = strings.Contains(strings.ToLower(g.Font), "bold") || err == nil && weight.FontWeight >= boldWeight
	r.paint(text, i, &g)
	return g, true
}

// paint adds how a glyph is painted: its clip and whether it can be seen.
func (r *reader) paint(text references.FPDF_TEXTPAGE, i int, g *page.Glyph) {
	object, err := r.pdf.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: text, Index: i})
	if err != nil {
		return
	}
	mode, err := r.pdf.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object.TextObject})
	if err == nil {
		g.Hidden = mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_INVISIBLE || mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_CLIP
	}
	if !r.forms {
		g.Clip = r.clip(object.TextObject, r.seen)
	}
}

// right is the nearest right angle of 0, 90, 180, 270.
func right(degrees float64) int16 {
	quarter := int(math.Round(degrees/90)) % 4
	return int16(90 * ((quarter + 4) % 4))
}
