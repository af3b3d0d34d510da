package export

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// The codes of the notes that this stage adds to a document's own.
const (
	noteDecimal = "export.decimal" // a number does not fit its column
	noteDate    = "export.date"    // a date is none
	noteText    = "export.text"    // a text was not valid UTF-8
)

const (
	// decimalPlaces is the scale of every DECIMAL column.
	decimalPlaces = 4
	// maxSmall is the largest number of nine digits, for DECIMAL(9,4).
	maxSmall = 999_999_999
)

// rows are the rows of one document, table by table.
type rows struct {
	documents     []documentRow
	paragraphs    []paragraphRow
	tables        []tableRow
	cells         []cellRow
	amounts       []amountRow
	budgetLines   []budgetLineRow
	projects      []projectRow
	indicators    []indicatorRow
	procurement   []procurementRow
	organizations []organizationRow
	assets        []assetRow
	fields        []fieldRow
	findings      []findingRow
	notes         []noteRow
}

// convert turns a document into rows. What does not fit a column becomes a
// row of notes, for the note_count of documents too.
func convert(documentID, pipeline string, r *Result) *rows {
	d := r.Disclosure
	c := &converter{pipeline: pipeline}
	c.begin("documents", record.Whole)
	c.key = key{
		DocumentID: documentID, RegionCode: c.text(d.Identity.RegionCode), Department: c.text(d.Identity.Department),
		FiscalYear: int32(d.Identity.FiscalYear), Kind: c.text(cmp.Or(d.Identity.Kind, record.KindOther)),
	}
	for i := range c.notes {
		c.notes[i].key = c.key // the key was not whole when they were written
	}
	out := &rows{
		paragraphs: c.paragraphs(d.Paragraphs), tables: c.tables(d.Tables), cells: c.cells(d.Cells),
		amounts: c.amounts(d.Amounts, textsOf(d)), budgetLines: c.budgetLines(d.BudgetLines),
		projects: c.projects(d.Projects), indicators: c.indicators(d.Indicators),
		procurement: c.procurement(d.Procurement), organizations: c.organizations(d.Organizations),
		assets: c.assets(d.Assets), fields: c.fields(d.Fields), findings: c.findings(d.Findings),
		notes: c.noteRows(d.Notes),
	}
	out.documents = c.document(r, out)
	out.notes = append(out.notes, c.notes...)
	return out
}

// converter turns records into rows and remembers what did not fit.
type converter struct {
	key      key
	pipeline string
	notes    []noteRow

	table string        // the table that is being filled
	at    record.Origin // the record that is being converted

	ints     slab[int32]
	decimals slab[int64]
}

// begin says which record is converted next.
func (c *converter) begin(table string, at record.Origin) { c.table, c.at = table, at }

func (c *converter) note(code, format string, args ...any) {
	c.notes = append(c.notes, c.noteRow(record.Note{Origin: c.at, Code: code, Message: fmt.Sprintf(format, args...)}))
}

// text makes sure that a text is UTF-8: other engines refuse a whole file for
// one bad byte.
func (c *converter) text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	c.note(noteText, "%s: a text was not valid UTF-8; bad bytes are written as U+FFFD: %.100s", c.table, s)
	return s
}

func (c *converter) texts(in []string) []string {
	var out []string
	for _, s := range in {
		out = append(out, c.text(s))
	}
	return out
}

// decimal converts to DECIMAL(18,4); a number that does not fit becomes null
// and a note.
func (c *converter) decimal(column string, d record.Decimal) *int64 {
	if d.IsNull() {
		return nil
	}
	n, ok := d.Scaled(decimalPlaces)
	if !ok {
		c.note(noteDecimal, "%s.%s: %s does not fit DECIMAL(18,4); written as null", c.table, column, d)
		return nil
	}
	return c.decimals.keep(n)
}

// small converts to DECIMAL(9,4); instead says what happens to a number that
// does not fit.
func (c *converter) small(column string, d record.Decimal, instead string) *int32 {
	if d.IsNull() {
		return nil
	}
	n, ok := d.Scaled(decimalPlaces)
	if !ok || n > maxSmall || n < -maxSmall {
		c.note(noteDecimal, "%s.%s: %s does not fit DECIMAL(9,4); %s", c.table, column, d, instead)
		return nil
	}
	return c.ints.keep(int32(n))
}

// required converts to a DECIMAL(18,4) that has no null. What does not fit is
// noted, and the caller leaves the row out: 0 would be a statement.
func (c *converter) required(column string, d record.Decimal) (n int64, ok bool) {
	n, ok = d.Scaled(decimalPlaces)
	if !ok {
		c.note(noteDecimal, "%s.%s: %q does not fit DECIMAL(18,4); the row is left out", c.table, column, d)
	}
	return n, ok
}

// date converts 2019-12-31 to days since 1970-01-01, "" to null.
func (c *converter) date(column, s string) *int32 {
	if s == "" {
		return nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		c.note(noteDate, "%s.%s: %q is no date; written as null", c.table, column, c.text(s))
		return nil
	}
	return c.ints.keep(int32(t.Unix() / (24 * 60 * 60)))
}

// index converts a 0-based coordinate, negative for null.
func (c *converter) index(n int) *int32 {
	if n < 0 {
		return nil
	}
	return c.ints.keep(int32(n))
}

// slab hands out pointers to values that are allocated many at a time: a cell
// has three of them.
type slab[T any] struct{ free []T }

// slabSize is how many values are allocated at a time.
const slabSize = 256

func (s *slab[T]) keep(v T) *T {
	if len(s.free) == 0 {
		s.free = make([]T, slabSize)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	*p = v
	return p
}

// squeeze writes the text of a cell in one line: line breaks are removed, as
// Chinese needs no blank there, and a run of blanks becomes one space.
func squeeze(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) &&
		!strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false // the last rune written is the space of a run
	for _, r := range s {
		switch {
		case isBreak(r):
			continue
		case !unicode.IsSpace(r):
			b.WriteRune(r)
			blank = false
		case !blank:
			b.WriteByte(' ')
			blank = true
		}
	}
	return b.String()
}

// isBreak tells whether r ends a line.
func isBreak(r rune) bool {
	return r >= '\n' && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// squeezedOffset returns where the rune at an offset of s stands in
// squeeze(s).
func squeezedOffset(s string, offset int) int {
	for i := range s {
		if offset == 0 {
			s = s[:i]
			break
		}
		offset--
	}
	return utf8.RuneCountInString(squeeze(s))
}

// corner is the top left corner of a cell in a table of the document.
type corner struct{ table, row, col int }

// cellTexts are the texts of cells as extracted.
type cellTexts map[corner]string

// textsOf returns the texts of the cells in which amounts are stated.
func textsOf(d *record.Disclosure) cellTexts {
	wanted := map[corner]bool{}
	for i := range d.Amounts {
		if a := &d.Amounts[i]; a.Table > 0 {
			wanted[corner{a.Table, a.Row, a.Col}] = true
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	out := cellTexts{}
	for i := range d.Cells {
		x := &d.Cells[i]
		if at := (corner{x.Table, x.Row, x.Col}); wanted[at] {
			out[at] = x.Text
		}
	}
	return out
}
