package export

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/normalize/record"
)

func TestSqueeze(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"甲乙":                                "甲乙",
		"a b":                               "a b",
		"甲\n乙":                              "甲乙",
		"甲\r\n乙\u2028丙\v丁":                  "甲乙丙丁",
		"a \n b":                            "a b",
		"  甲\u3000\u00a0乙\t丙 ":              " 甲 乙 丙 ",
		"\n":                                "",
		"\u3000":                            " ",
		"单位：\u3000\u3000万元":                 "单位： 万元",
		"zero\u200bwidth stays \ufeff here": "zero\u200bwidth stays \ufeff here",
	} {
		if got := squeeze(in); got != want {
			t.Errorf("squeeze(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestAmountOffsets finds an amount in the text of its cell as it is written,
// although blanks and line breaks before and in it have gone.
func TestAmountOffsets(t *testing.T) {
	r := invent(t, 1, 2020, 0)
	d := r.Disclosure
	raw := "一、\n  补贴 \n 30\n万元，\u3000剩余5万元"
	d.Cells = []record.Cell{
		{Origin: record.Origin{Table: 1, Row: 3, Col: 1}, Text: raw},
		{Origin: record.Origin{Table: 2, Row: 3, Col: 1}, Text: "other"},
	}
	find := func(s string) (int, int) {
		start := utf8.RuneCountInString(raw[:strings.Index(raw, s)])
		return start, start + utf8.RuneCountInString(s)
	}
	in := record.Origin{Table: 1, Row: 3, Col: 1}
	for _, s := range []string{"30\n万元", "剩余5万元"} {
		start, end := find(s)
		d.Amounts = append(d.Amounts, record.Amount{Origin: in, Text: s, Start: start, End: end})
	}
	d.Amounts = append(d.Amounts,
		record.Amount{Origin: record.Origin{Row: -1, Col: -1}, Start: 7, End: 9},
		record.Amount{Origin: record.Origin{Table: 9, Row: 3, Col: 1}, Start: 7, End: 9})
	out := convert("id", "p", r)
	text := []rune(out.cells[0].Text)
	for i, want := range map[int]string{1: "30万元", 2: "剩余5万元"} {
		if a := out.amounts[i]; string(text[a.CharStart:a.CharEnd]) != want {
			t.Errorf("amount %d: %q in %q", i, string(text[a.CharStart:a.CharEnd]), string(text))
		}
	}
	for _, a := range out.amounts[3:] {
		if a.CharStart != 7 || a.CharEnd != 9 {
			t.Errorf("offsets outside of cells moved: %d %d", a.CharStart, a.CharEnd)
		}
	}
}

// TestWhatDoesNotFit becomes null, or 0 where there is no null, and a note
// that says what was printed and where.
func TestWhatDoesNotFit(t *testing.T) {
	r := invent(t, 1, 2020, 0)
	d := r.Disclosure
	at := record.Origin{Page: 3, Block: 5, Table: 2, Row: 7, Col: 1}
	d.Cells = []record.Cell{
		{Origin: at, Number: number(t, "99999999999999.9999")},
		{Origin: at, Number: number(t, "-99999999999999.99990")},
		{Origin: at, Number: number(t, "0.00001")},
		{Origin: at, Number: number(t, "100000000000000")},
	}
	d.BudgetLines = []record.BudgetLine{{Origin: at, Amount: number(t, "0.12345")}, {Origin: at}}
	d.Projects[0].SpendingPlan = []record.PlanStep{{ThroughMonth: 3, Percent: number(t, "100000")},
		{ThroughMonth: 6}, {ThroughMonth: 12, Percent: number(t, "99999.9999")}}
	d.Projects[0].EndDate = "2020-02-30"
	d.Indicators[0].Weight = number(t, "-100000")
	out := convert("id", "p", r)

	if a, b := *out.cells[0].Number, *out.cells[1].Number; a != 999999999999999999 || b != -a {
		t.Errorf("the largest numbers are %d and %d", a, b)
	}
	if out.cells[2].Number != nil || out.cells[3].Number != nil || len(out.budgetLines) != 0 ||
		out.indicators[0].Weight != nil || out.projects[0].EndDate != nil {
		t.Error("something that does not fit was written")
	}
	if want := []planStep{{12, 999999999}}; !reflect.DeepEqual(out.projects[0].SpendingPlan, want) {
		t.Errorf("plan %v, want %v", out.projects[0].SpendingPlan, want)
	}
	var got []string
	for _, n := range out.notes[1:] {
		got = append(got, n.Code+" "+n.Message)
	}
	want := []string{
		"export.decimal cells.number: 0.00001 does not fit DECIMAL(18,4); written as null",
		"export.decimal cells.number: 100000000000000 does not fit DECIMAL(18,4); written as null",
		`export.decimal budget_lines.amount: "0.12345" does not fit DECIMAL(18,4); the row is left out`,
		`export.decimal budget_lines.amount: "" does not fit DECIMAL(18,4); the row is left out`,
		"export.decimal projects.spending_plan.percent: 100000 does not fit DECIMAL(9,4); step left out",
		`export.date projects.end_date: "2020-02-30" is no date; written as null`,
		"export.decimal indicators.weight: -100000 does not fit DECIMAL(9,4); written as null",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("notes:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := out.notes[1]; n.PageNo != 3 || n.BlockNo != 5 || n.TableNo != 2 || *n.RowNo != 7 || *n.ColNo != 1 || n.Department != "第1局" {
		t.Errorf("the note's place is %+v", n)
	}
	if n := int(out.documents[0].NoteCount); n != len(out.notes) {
		t.Errorf("note_count is %d of %d", n, len(out.notes))
	}
}

// TestInvalidUTF8 fills every text of a disclosure with bad bytes; none may
// reach a row, and every record that had some gets a note.
func TestInvalidUTF8(t *testing.T) {
	r := &Result{Disclosure: &record.Disclosure{}, URI: "\xff", Status: "\xff", ErrorCode: "\xff", Error: "\xff"}
	n := 0
	fill(t, reflect.ValueOf(r.Disclosure).Elem(), "", &n)
	spoil(reflect.ValueOf(r.Disclosure).Elem())
	out := convert("id", "\xff", r)
	all := reflect.ValueOf(out).Elem()
	for i := range all.NumField() {
		for k := range all.Field(i).Len() {
			checkText(t, all.Type().Field(i).Name, all.Field(i).Index(k))
		}
	}
	noted := map[string]bool{}
	for _, n := range out.notes {
		table, _, _ := strings.Cut(n.Message, ":")
		noted[table] = true
		if n.Code == noteText && n.Department == "" {
			t.Errorf("the note %q has no key", n.Message)
		}
	}
	for _, x := range Schema() {
		if !noted[x.Name] {
			t.Errorf("no note says that a text of %s was changed", x.Name)
		}
	}
}

// spoil appends a bad byte to every text.
func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				spoil(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
		}
	case reflect.String:
		v.SetString(v.String() + "\xff")
	}
}

func checkText(t *testing.T, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			checkText(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkText(t, path, v.Index(i))
		}
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			t.Errorf("%s is %q", path, v.String())
		}
	}
}

// FuzzSqueeze holds what the text of a cell must be, and that offsets lead to
// the same runes before and after.
func FuzzSqueeze(f *testing.F) {
	f.Add("甲 \n 乙", 2)
	f.Add("  ", 1)
	f.Fuzz(func(t *testing.T, s string, at int) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		got := squeeze(s)
		if strings.ContainsFunc(got, isBreak) || strings.Contains(got, "  ") || strings.ContainsAny(got, "\t\u3000\u00a0") {
			t.Errorf("squeeze(%q) = %q", s, got)
		}
		if again := squeeze(got); again != got {
			t.Errorf("squeezed twice: %q, %q", got, again)
		}
		in, out := []rune(s), []rune(got)
		if at < 0 || at >= len(in) || strings.TrimSpace(string(in[at])) == "" {
			return
		}
		if k := squeezedOffset(s, at); k >= len(out) || out[k] != in[at] {
			t.Errorf("rune %d of %q is %q, not at %d of %q", at, s, in[at], k, got)
		}
	})
}
