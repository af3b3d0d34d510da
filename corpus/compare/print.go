package compare

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// Grouped prints a number with its thousands apart, zeros behind the point
// left out, and a proper minus sign: −1,234.5.
func Grouped(d record.Decimal) string {
	s := d.Shift(1).Shift(-1).String() // trims zeros; a shift by 0 would not
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "−", rest
	}
	whole, frac, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + frac
	}
	return sign + whole
}

// Percent prints a percentage with one decimal place and its sign: +11.4 %.
func Percent(d record.Decimal) string {
	if d.IsNull() {
		return ""
	}
	r := d.Div(record.Int(1), 1)
	switch s := fixed(r, 1); {
	case r.IsZero():
		return "0.0 %"
	case strings.HasPrefix(s, "−"):
		return s + " %"
	default:
		return "+" + s + " %"
	}
}

// fixed prints a number that has at most places decimal places with all of
// them, its thousands apart.
func fixed(d record.Decimal, places int) string {
	whole, frac, _ := strings.Cut(Grouped(d), ".")
	return whole + "." + (frac + strings.Repeat("0", places))[:places]
}

// Signed prints a change with its sign.
func Signed(d record.Decimal) string {
	s := Grouped(d)
	if s == "" || d.IsZero() || strings.HasPrefix(s, "−") {
		return s
	}
	return "+" + s
}

// The marks behind a number.
const (
	markFinding    = "*"
	markUnverified = "°"
)

// nameWidth and textWidth are how many places a name and the text of a value
// that is no number may take in a terminal.
const (
	nameWidth = 44
	textWidth = 18
)

// shown is a cell for a terminal: the number and its mark, or why there is
// none.
func shown(c *Cell) string {
	mark := " "
	switch {
	case len(c.Findings) > 0:
		mark = markFinding
	case c.Unverified:
		mark = markUnverified
	}
	switch c.Why {
	case "":
		s := Grouped(c.Value)
		if c.Unit != "CNY" {
			s = cut(c.Printed, textWidth)
		}
		return s + mark
	case WhyNoDocument:
		return ""
	case WhyAmbiguous:
		return "?" + mark
	case WhyNoNumber:
		return cut(c.Printed, textWidth) + mark
	}
	return "–" + mark
}

// tableWriter prints for a terminal.
type tableWriter struct {
	w      io.Writer
	head   *Comparison
	bodies int
	// empty counts bodies without rows.
	empty int
}

// NewTable prints a comparison for a terminal: years are columns, amounts are
// in yuan.
func NewTable(w io.Writer, head *Comparison) Writer { return &tableWriter{w: w, head: head} }

func (t *tableWriter) Write(b *Body) error {
	if len(b.Rows) == 0 {
		t.empty++
		return nil
	}
	if t.bodies++; t.bodies > 1 {
		if _, err := io.WriteString(t.w, "\n"); err != nil {
			return err
		}
	}
	return writeBody(t.w, t.head, b)
}

func (t *tableWriter) Close() error {
	if t.empty == 0 || t.bodies == 0 {
		return nil
	}
	_, err := fmt.Fprintf(t.w, "\n%d more departments and units have nothing of this\n", t.empty)
	return err
}

func (t *tableWriter) Abort() {}

func writeBody(w io.Writer, c *Comparison, b *Body) error {
	fmt.Fprintf(w, "%s\n", strings.Join(slices.DeleteFunc([]string{b.Department, strings.TrimSpace(b.RegionCode + " " + b.RegionName),
		KindTitle(b.Kind), ViewTitle(b.View)}, func(s string) bool { return s == "" }), " · "))
	for _, a := range b.Aliases {
		fmt.Fprintf(w, "  also: %s\n", a)
	}
	for _, d := range b.Documents {
		fmt.Fprintf(w, "  %d%s %s\n", d.Year, mark(b, d.Year), d.URI)
	}
	for start := 0; start < len(b.Rows); {
		end := start + 1
		for end < len(b.Rows) && section(&b.Rows[end]) == section(&b.Rows[start]) {
			end++
		}
		fmt.Fprintf(w, "\n%s\n", section(&b.Rows[start]))
		if err := writeRows(w, c, b, b.Rows[start:end]); err != nil {
			return err
		}
		start = end
	}
	return writeRemarks(w, b)
}

// section is the heading that a row stands below.
func section(r *Row) string {
	if r.Part != PartLines {
		return PartTitle(r.Part)
	}
	return FormTitle(r.Form)
}

// mark is * behind a year whose documents contradict themselves.
func mark(b *Body, year int) string {
	if slices.ContainsFunc(b.Documents, func(d Document) bool { return d.Year == year && d.Errors > 0 }) {
		return markFinding
	}
	return " "
}

func writeRows(w io.Writer, c *Comparison, b *Body, rows []Row) error {
	g := grid{header: []string{"code", "name", "measure"}, right: 3}
	first, last := c.Span(b)
	for _, y := range c.Years[first : last+1] {
		g.header = append(g.header, strconv.Itoa(y)+mark(b, y))
	}
	g.header = append(g.header, "change", "%", "years")
	targets := slices.ContainsFunc(rows, func(r Row) bool { return r.Change.Target != "" })
	if targets {
		g.header = append(g.header, "target")
	}
	for i := range rows {
		r := &rows[i]
		name := strings.Repeat(" ", max(r.CodeLevel-1, 0)) + cmp.Or(r.Name, "–")
		if r.Group != "" {
			name = cut(r.Group, nameWidth/2) + " / " + r.Name
		}
		line := []string{r.Code, cut(name, nameWidth), r.MeasureTitle}
		for j := first; j <= last; j++ {
			line = append(line, shown(&r.Cells[j]))
		}
		years := ""
		if r.Change.To > 0 {
			years = fmt.Sprintf("%d→%d", r.Change.From, r.Change.To)
		}
		line = append(line, Signed(r.Change.Amount), Percent(r.Change.Percent), years)
		if targets {
			line = append(line, r.Change.Target)
		}
		g.rows = append(g.rows, line)
	}
	return g.write(w)
}

// writeRemarks prints what the marks mean, what the documents get wrong, and
// what was chosen.
func writeRemarks(w io.Writer, b *Body) error {
	var out strings.Builder
	marks := map[string]bool{}
	for i := range b.Rows {
		for j := range b.Rows[i].Cells {
			c := &b.Rows[i].Cells[j]
			marks[markFinding] = marks[markFinding] || len(c.Findings) > 0
			marks[markUnverified] = marks[markUnverified] || c.Unverified && c.Why == ""
		}
	}
	errs := slices.DeleteFunc(slices.Clone(b.Findings), func(f Finding) bool { return f.Severity != record.SeverityError })
	if len(errs) > 0 || marks[markFinding] {
		out.WriteString("* the document contradicts itself; behind a number: in its table\n")
	}
	if marks[markUnverified] {
		out.WriteString("° the figures of this table do not prove that it was read as what it is\n")
	}
	for i := range errs {
		f := &errs[i]
		fmt.Fprintf(&out, "* %d %s (%s) [%s]%s\n", f.Year, f.Chinese, f.Message, f.Rule, at(&f.Origin))
	}
	for _, n := range b.Notes {
		fmt.Fprintf(&out, "note: %s\n", n.Text)
	}
	if out.Len() == 0 {
		return nil
	}
	_, err := io.WriteString(w, "\n"+out.String())
	return err
}

// at says where a place is, for a person: " page 22, table 3, row 5,
// column 6". Rows and columns are counted from 1; columns named row_no and
// col_no, of files that programs read, from 0.
func at(o *Origin) string {
	var parts []string
	for _, p := range []struct {
		name string
		n    int
	}{{"page", o.Page}, {"table", o.Table}, {"row", o.Row + 1}, {"column", o.Col + 1}} {
		if p.n > 0 {
			parts = append(parts, p.name+" "+strconv.Itoa(p.n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, ", ")
}
