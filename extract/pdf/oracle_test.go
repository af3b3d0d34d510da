package pdf

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yusuan/extract/document"
	"yusuan/extract/pdf/content"
	"yusuan/extract/pdf/page"
	"yusuan/extract/pdf/pdfium"
)

const (
	// oraclePages bounds the pages of a file that are compared, spread evenly
	// over it with the first and the last, because PDFium takes a tenth of a
	// second and more for a page. The environment variable YUSUAN_ORACLE_PAGES
	// sets another bound.
	oraclePages = 3
	// oracleTime bounds the reading of one file by both engines.
	oracleTime = 2 * time.Minute
	// chineseFrom is how many Han characters, by either engine, make a file a
	// Chinese one.
	chineseFrom = 20
	// enoughText is the recall and the precision that a Chinese file needs.
	enoughText = 0.999
	// enoughNear is the share of the characters found by both that must stand
	// within nearBy points of each other.
	enoughNear = 0.995
	nearBy     = 1
	// overprint is how far apart, in em, the origins of one character painted
	// twice may be; it is the layout's tolerance for bold by overprinting.
	overprint = 0.15
)

// disagreements are the Chinese files on which the engines differ by more than
// the bounds, with what was found by looking at them. In all of them PDFium is
// wrong or silent, and another test says what is right.
var disagreements = map[string]string{
	"pdf/encodings/cmap_GBK-EUC-V.pdf":             "PDFium neither draws nor hands out any character of this vertical font that is not embedded; TestEncodings has the truth",
	"pdf/encodings/cmap_UniGB-UCS2-V.pdf":          "PDFium neither draws nor hands out any character of this vertical font that is not embedded; TestEncodings has the truth",
	"pdf/encodings/cmap_UniGB-UTF8-H.pdf":          "PDFium does not know UniGB-UTF8-H and takes the bytes by two; TestEncodings has the truth",
	"pdf/encodings/cmap_UniGB-UTF32-H.pdf":         "PDFium does not know UniGB-UTF32-H, takes the bytes by two and adds a NUL for each character; TestEncodings has the truth",
	"pdf/encodings/cmapstream_usecmap_GBK.pdf":     "PDFium does not follow usecmap in a CMap stream and hands out the codes; TestEncodings has the truth",
	"pdf/encodings/idh_noToUnicode_embeddedTT.pdf": "PDFium hands out glyph numbers where there is no ToUnicode; TestEncodings has the truth",
	"pdf/encodings/rb_truncated_tail.pdf":          "PDFium does not open the file; content's TestRepairs has the text of its undamaged twins",
}

// TestConformanceOracle compares the characters that can be seen on every page,
// as our own interpreter reads them, with those of PDFium: how many of either's
// the other has, and how many of those stand in the same place. With -v it
// lists the files and the characters that differ, and sums up every folder.
//
// Files without Chinese text are compared and listed, but no bound holds for
// them: many were made to break readers, and there the engines guess apart, and
// ours reads form fields and typed notes as part of the page, as PDFium's text
// does not. On pages with forms PDFium does not tell what clips their text, and
// what is clipped away counts as missing in ours.
func TestConformanceOracle(t *testing.T) {
	root := corpus(t)
	folders := map[string]comparison{}
	var total comparison
	pending := maps.Clone(disagreements)
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(strings.ToLower(file), ".pdf") {
			return err
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		c := compareFile(t, name, file)
		c.files = 1
		agree := c.recall() >= enoughText && c.precision() >= enoughText && c.nearness() >= enoughNear
		cause, known := disagreements[name]
		delete(pending, name)
		switch {
		case c.han < chineseFrom:
			if !agree {
				t.Logf("differs, without a bound, since it has no Chinese text: %s: %s", name, c)
			}
			addTo(folders, path.Dir(name)+" (no Chinese text)", c)
			return nil
		case known && agree:
			t.Errorf("%s: the engines agree now; take it off the list (%s)", name, cause)
		case known:
			t.Logf("differs as known: %s: %s: %s", name, c, cause)
			addTo(folders, path.Dir(name)+" (listed)", c)
			return nil
		case !agree:
			t.Errorf("%s: %s", name, c)
		}
		addTo(folders, path.Dir(name), c)
		total.add(c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range pending {
		if _, err := os.Stat(filepath.Join(root, filepath.Dir(filepath.FromSlash(name)))); err == nil {
			t.Errorf("%s is listed, but not in the corpus", name)
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		t.Logf("%s: %s", folder, folders[folder])
	}
	t.Logf("all Chinese files but those listed: %s", total)
}

func addTo(m map[string]comparison, key string, c comparison) {
	sum := m[key]
	sum.add(c)
	m[key] = sum
}

// comparison counts the characters of both engines.
type comparison struct {
	files, pages, ours, theirs, han int
	// both counts the characters that both have, as multisets of a page, near
	// those of them that stand in the same place.
	both, near int
}

func (c *comparison) add(o comparison) {
	c.files += o.files
	c.pages += o.pages
	c.ours += o.ours
	c.theirs += o.theirs
	c.han += o.han
	c.both += o.both
	c.near += o.near
}

func (c comparison) recall() float64    { return quotient(c.both, c.theirs) }
func (c comparison) precision() float64 { return quotient(c.both, c.ours) }
func (c comparison) nearness() float64  { return quotient(c.near, c.both) }

// quotient is 1 for nothing of nothing.
func quotient(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (c comparison) String() string {
	four := func(v float64) string { return strconv.FormatFloat(math.Floor(v*1e5)/1e5, 'f', 5, 64) }
	return strconv.Itoa(c.files) + " files, " + strconv.Itoa(c.pages) + " pages, " + strconv.Itoa(c.ours) + " characters, PDFium " + strconv.Itoa(c.theirs) +
		", recall " + four(c.recall()) + ", precision " + four(c.precision()) + ", near " + four(c.nearness())
}

// source is one of the engines.
type source interface {
	Pages() int
	Page(ctx context.Context, n int) (*page.Page, error)
}

// compareFile compares a file. A file or page that one engine cannot read
// counts as one where it finds nothing.
func compareFile(t *testing.T, name, file string) comparison {
	var c comparison
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), oracleTime)
	defer cancel()
	var ours, theirs source = nothing{}, nothing{}
	f, err := content.Open(data, document.Limits{})
	if err == nil {
		ours = f
	}
	g, err2 := pdfium.Open(data, document.Limits{})
	if err2 == nil {
		theirs = g
		defer g.Close()
	}
	if err != nil || err2 != nil || ours.Pages() != theirs.Pages() {
		t.Logf("%s: %d pages %v; PDFium %d pages %v", name, ours.Pages(), cmp.Or(err, errNone), theirs.Pages(), cmp.Or(err2, errNone))
	}
	for _, n := range spread(max(ours.Pages(), theirs.Pages()), pageBound(t)) {
		a, b := marks(ctx, t, ours, n), marks(ctx, t, theirs, n)
		p, remark := compare(a, b)
		if remark != "" {
			t.Logf("  %s, page %d: %s", name, n, remark)
		}
		c.add(p)
	}
	if ctx.Err() != nil {
		t.Errorf("%s: took longer than %v", name, oracleTime)
	}
	return c
}

// errNone stands for no error in a line of the log.
var errNone = errors.New("without an error")

// nothing is a file that cannot be opened.
type nothing struct{}

func (nothing) Pages() int                                    { return 0 }
func (nothing) Page(context.Context, int) (*page.Page, error) { return nil, fs.ErrNotExist }

func pageBound(t *testing.T) int {
	text := os.Getenv("YUSUAN_ORACLE_PAGES")
	if text == "" {
		return oraclePages
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("YUSUAN_ORACLE_PAGES is %q, not a number of pages", text)
	}
	return n
}

// spread picks at most n of the pages 1 to count, evenly, the first and the
// last among them.
func spread(count, n int) []int {
	var out []int
	for i := range min(count, n) {
		at := 1
		if n > 1 {
			at += i * (count - 1) / max(1, min(count, n)-1)
		}
		out = append(out, at)
	}
	return out
}

// mark is a character on a page.
type mark struct {
	r rune
	// x and y are the origin of its glyph, cx and cy the middle of its box.
	x, y, cx, cy, size float64
	used               bool
}

func (m mark) distance(o mark) float64 {
	return min(math.Hypot(m.x-o.x, m.y-o.y), math.Hypot(m.cx-o.cx, m.cy-o.cy))
}

// marks returns the characters in the page's box and in their clips.
func marks(ctx context.Context, t *testing.T, s source, n int) []mark {
	if n > s.Pages() {
		return nil
	}
	p, err := s.Page(ctx, n)
	if err != nil {
		t.Logf("page %d: %v", n, err)
		return nil
	}
	whole := page.Box{X1: p.Width, Y1: p.Height}
	by := map[rune][]mark{}
	var out []mark
	for _, g := range p.Glyphs {
		m := mark{x: float64(g.X), y: float64(g.Y), cx: float64(g.Box.X0+g.Box.X1) / 2, cy: float64(g.Box.Y0+g.Box.Y1) / 2, size: float64(g.Size)}
		if !m.in(whole) || !m.in(g.Clip) {
			continue
		}
		for _, m.r = range alike(g.Text) {
			twin := slices.ContainsFunc(by[m.r], func(o mark) bool { return math.Hypot(m.x-o.x, m.y-o.y) < overprint*m.size })
			if !twin {
				by[m.r] = append(by[m.r], m)
				out = append(out, m)
			}
		}
	}
	return out
}

func (m mark) in(b page.Box) bool {
	return float64(b.X0) <= m.cx && m.cx <= float64(b.X1) && float64(b.Y0) <= m.cy && m.cy <= float64(b.Y1)
}

// alike leaves of a glyph's text what both engines spell alike:
//   - compatibility forms and ligatures are taken apart (NFKC), because one
//     engine hands out "ﬁ" or a Kangxi radical where the other has "fi" or the
//     character itself, as the file's map or the font's table has it;
//   - blanks are left out: PDFium drops those at the ends of lines and joins
//     those in a row, and they paint nothing;
//   - a soft hyphen that is painted is a hyphen (WinAnsiEncoding has one glyph
//     for both codes, ISO 32000-1, annex D.2), and PDFium tells one at the end of
//     a line no more apart;
//   - other control and format characters are left out: PDFium hands out the
//     code itself where a font has no character for it.
//
// Characters painted over themselves (bold by overprinting) are counted once,
// by marks, because PDFium leaves out some of the repetitions and not others.
func alike(s string) []rune {
	s = strings.ReplaceAll(s, "\u00ad", "-")
	return slices.DeleteFunc([]rune(norm.NFKC.String(s)), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
}

// compare matches every character of PDFium with the nearest of ours that is
// the same and free. What is near goes first; what is left counts as found
// wherever it stands, but not as near. The remark says what differs.
func compare(ours, theirs []mark) (comparison, string) {
	c := comparison{pages: 1, ours: len(ours), theirs: len(theirs), han: max(countHan(ours), countHan(theirs))}
	free := map[rune][]*mark{}
	for i := range ours {
		free[ours[i].r] = append(free[ours[i].r], &ours[i])
	}
	for i := range theirs {
		m := &theirs[i]
		candidates := free[m.r]
		best := -1
		for k, o := range candidates {
			if d := m.distance(*o); d <= nearBy && (best < 0 || d < m.distance(*candidates[best])) {
				best = k
			}
		}
		if best >= 0 {
			m.used = true
			c.near++
			free[m.r] = slices.Delete(candidates, best, best+1)
		}
	}
	c.both = c.near
	var missing, far, extra []rune
	for _, m := range theirs {
		switch left := free[m.r]; {
		case m.used:
		case len(left) > 0:
			c.both++
			free[m.r] = left[1:]
			far = append(far, m.r)
		default:
			missing = append(missing, m.r)
		}
	}
	for _, r := range slices.Sorted(maps.Keys(free)) {
		extra = append(extra, slices.Repeat([]rune{r}, len(free[r]))...)
	}
	if len(missing)+len(far)+len(extra) == 0 {
		return c, ""
	}
	return c, "only PDFium has " + quote(missing) + ", only ours " + quote(extra) + ", elsewhere stand " + quote(far)
}

// quote shows a few runes.
func quote(r []rune) string {
	const few = 40
	if len(r) > few {
		return strconv.Quote(string(r[:few])) + "…"
	}
	return strconv.Quote(string(r))
}

func countHan(all []mark) int {
	n := 0
	for _, m := range all {
		if unicode.Is(unicode.Han, m.r) {
			n++
		}
	}
	return n
}

// TestCompare checks the comparison itself, without an engine.
func TestCompare(t *testing.T) {
	at := func(r rune, x float64) mark { return mark{r: r, x: x, cx: x} }
	c, remark := compare(
		[]mark{at('预', 0), at('预', 10), at('算', 20), at('表', 30)},
		[]mark{at('预', 9.5), at('预', 0.5), at('算', 25), at('页', 40), at('页', 50)},
	)
	if want := (comparison{pages: 1, ours: 4, theirs: 5, both: 3, near: 2, han: 5}); c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
	if want := `only PDFium has "页页", only ours "表", elsewhere stand "算"`; remark != want {
		t.Errorf("got %s, want %s", remark, want)
	}
	if c.recall() != 0.6 || c.precision() != 0.75 || c.nearness() != 2.0/3 || (comparison{}).recall() != 1 {
		t.Errorf("recall %v, precision %v, near %v", c.recall(), c.precision(), c.nearness())
	}
	if got := spread(35, 4); !slices.Equal(got, []int{1, 12, 23, 35}) {
		t.Errorf("pages %v of 35", got)
	}
	if got := spread(3, 10); !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("pages %v of 3", got)
	}
	if got := string(alike("\ufb01 ⼀\u00ad\x02％")); got != "fi一-%" {
		t.Errorf("got %q", got)
	}
}
