package compare

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/export"
	"yusuan/normalize/record"
)

func mustCompare(t *testing.T, dir string, q Query) *Comparison {
	t.Helper()
	c, err := Compare(t.Context(), dir, q)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// row finds a row of the only body.
func row(t *testing.T, c *Comparison, part, name, measure string) *Row {
	t.Helper()
	if len(c.Bodies) != 1 {
		t.Fatalf("%d bodies", len(c.Bodies))
	}
	for i := range c.Bodies[0].Rows {
		if r := &c.Bodies[0].Rows[i]; r.Part == part && r.Name == name && r.Measure == measure {
			return r
		}
	}
	t.Fatalf("no row %s %s %s", part, name, measure)
	return nil
}

// TestGolden prints the court in every form.
func TestGolden(t *testing.T) {
	dir := commit(t, court(t)...)
	c := mustCompare(t, dir, Query{})
	for name, write := range map[string]func(*bytes.Buffer) error{
		"table.txt": func(b *bytes.Buffer) error { return All(NewTable(b, c), c) },
		"table.csv": func(b *bytes.Buffer) error {
			w, err := NewCSV(b, c)
			return errors.Join(err, All(w, c))
		},
		"comparison.json": func(b *bytes.Buffer) error {
			var line bytes.Buffer
			w, err := NewJSON(&line, c)
			if err := errors.Join(err, All(w, c)); err != nil {
				return err
			}
			return json.Indent(b, line.Bytes(), "", " ")
		},
		"list.txt": func(b *bytes.Buffer) error {
			s, err := Open(t.Context(), dir, Query{})
			if err != nil {
				return err
			}
			return WriteList(b, s.List())
		},
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

// TestNull keeps apart what is 0, what is not printed, and years without a
// document.
func TestNull(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{})
	r := row(t, c, PartLines, "社会保障和就业支出", "total")
	if r.Cells[0].Value.String() != "200000" || r.Cells[1].Why != WhyNotThere || !r.Cells[1].Value.IsNull() || !r.Change.Amount.IsNull() {
		t.Errorf("%+v", r)
	}
	zero := row(t, c, PartThreePublic, "", "overseas_travel")
	if !zero.Cells[0].Value.IsZero() || zero.Cells[0].Why != "" {
		t.Errorf("0 is %+v", zero.Cells[0])
	}
	// From 0 there is a change, but no percentage.
	if s := zero.Cells[1].Step; s.Amount.String() != "15000" || !s.Percent.IsNull() {
		t.Errorf("a change from 0 is %+v", s)
	}
	gap := commit(t, court(t)[0], &draft{uri: "b.pdf", department: "别的局", year: 2018, kind: record.KindBudget})
	c = mustCompare(t, gap, Query{})
	for _, b := range c.Bodies {
		for _, r := range b.Rows {
			if r.Cells[1].Why != WhyNoDocument {
				t.Errorf("a year without document is %+v", r.Cells[1])
			}
		}
	}
}

// TestChange computes changes exactly, from negative numbers by their size.
func TestChange(t *testing.T) {
	for _, x := range []struct{ a, b, amount, percent, shown string }{
		{"100", "150", "50", "50", "+50.0 %"},
		{"-100", "50", "150", "150", "+150.0 %"},
		{"-100", "-150", "-50", "-50", "−50.0 %"},
		{"0", "5", "5", "", ""},
		{"5", "0", "-5", "-100", "−100.0 %"},
		{"3", "4", "1", "33.3333", "+33.3 %"},
		{"100000000000", "100000000001", "1", "0", "0.0 %"},
		{"7", "7", "0", "0", "0.0 %"},
		{"1", "12346", "12345", "1234500", "+1,234,500.0 %"},
	} {
		c := changeOf(&Cell{Value: amount(t, x.a), Unit: "CNY"}, &Cell{Value: amount(t, x.b), Unit: "CNY"})
		percent := c.Percent
		if !percent.IsNull() {
			percent = percent.Shift(1).Shift(-1)
		}
		if c.Amount.String() != x.amount || percent.String() != x.percent || Percent(c.Percent) != x.shown {
			t.Errorf("%s → %s: %s, %s, %q", x.a, x.b, c.Amount, percent, Percent(c.Percent))
		}
	}
	if c := changeOf(&Cell{Value: amount(t, "1"), Unit: "%"}, &Cell{Value: amount(t, "2"), Unit: "h"}); !c.Amount.IsNull() {
		t.Error("a change over units")
	}
	if s := Grouped(amount(t, "-1234567.50")); s != "−1,234,567.5" {
		t.Errorf("printed %s", s)
	}
}

// TestSameAgain has rows that nothing but their order in the document tells
// apart in one order, always.
func TestSameAgain(t *testing.T) {
	var drafts []*draft
	for y := 2017; y <= 2018; y++ {
		d := &draft{uri: strconv.Itoa(y), department: "某省统计局", year: y, kind: record.KindBudget}
		d.target(t, 1, "", "普查", "5", "90")
		for range 9 {
			d.d.Indicators = append(d.d.Indicators, d.d.Indicators[0])
			one := &d.d.Indicators[len(d.d.Indicators)-1]
			one.ProjectNumber = len(d.d.Indicators)
		}
		drafts = append(drafts, d)
	}
	dir := commit(t, drafts...)
	want := mustCompare(t, dir, Query{})
	if len(want.Bodies[0].Rows) < 9 {
		t.Fatalf("%d rows", len(want.Bodies[0].Rows))
	}
	for range 5 {
		if got := mustCompare(t, dir, Query{}); !reflect.DeepEqual(got, want) {
			t.Fatal("another order")
		}
	}
}

// TestOneColumn takes the only column of a side for its total, whatever it is
// called; a renamed item of one code is one row.
func TestOneColumn(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{})
	r := row(t, c, PartLines, "法院经费", "total")
	if r.Cells[0].Value.String() != "1000000" || r.Cells[1].Value.String() != "-100000" || !slices.Equal(r.Names, []string{"法院"}) {
		t.Errorf("%+v", r)
	}
	if r.Change.Percent.Cmp(amount(t, "-110")) != 0 || !r.Cells[1].Unverified || r.Cells[0].Unverified {
		t.Errorf("%+v", r.Change)
	}
}

// TestSentences puts the 三公 of sentences beside that of forms, and leaves
// words out that stand for many things.
func TestSentences(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{})
	r := row(t, c, PartThreePublic, "", "three_public")
	if r.Cells[2].Value.String() != "90000" || r.Cells[2].Origin.Text != "“三公”经费9万元" || r.Cells[1].Value.String() != "75000" {
		t.Errorf("%+v", r.Cells)
	}
	for _, r := range c.Bodies[0].Rows {
		if r.Name == "其中" {
			t.Errorf("%+v", r)
		}
	}
}

// TestChoice takes one of two documents of a year and says so; two figures in
// one table are neither.
func TestChoice(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{})
	var codes []string
	for _, n := range c.Bodies[0].Notes {
		codes = append(codes, n.Code)
		if n.Code == "documents" && (!strings.Contains(n.Text, "2018.pdf is shown, 2018-copy.pdf is not") || !strings.Contains(n.Chinese, "取 2018.pdf")) {
			t.Errorf("%+v", n)
		}
	}
	if !slices.Equal(codes, []string{"documents", "ambiguous", "wordings"}) {
		t.Errorf("notes %q", codes)
	}
	r := row(t, c, PartLines, "公共安全支出", "total")
	for i := range c.Bodies[0].Rows {
		if x := &c.Bodies[0].Rows[i]; x.Form == "expenditure" {
			r = x
		}
	}
	if x := r.Cells[2]; x.Why != WhyAmbiguous || !x.Value.IsNull() || len(x.Others) != 2 || x.Others[1].Text != "2.00" {
		t.Errorf("%+v", x)
	}
}

// TestFindings marks the cells of a table in which a document contradicts
// itself.
func TestFindings(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{})
	r := row(t, c, PartThreePublic, "", "official_reception")
	if len(r.Cells[0].Findings) != 0 || len(r.Cells[1].Findings) != 1 || c.Bodies[0].Findings[r.Cells[1].Findings[0]].Rule != "sum.total" {
		t.Errorf("%+v", r.Cells)
	}
	var out bytes.Buffer
	if err := All(NewTable(&out, c), c); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "2018*") || !strings.Contains(out.String(), "75,000*") {
		t.Errorf("no mark in\n%s", &out)
	}
}

// TestProjects are one by code under two names, with the cell that the amount
// is printed in; their indicators are, too.
func TestProjects(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{Parts: []string{PartProjects, PartIndicators}})
	r := row(t, c, PartProjects, "办案业务经费", "total")
	if r.Cells[0].Value.String() != "505000" || r.Cells[1].Value.String() != "600000" || r.Cells[0].Origin.Row != 1 || r.Cells[0].Origin.Text != "50.5" {
		t.Errorf("%+v", r.Cells)
	}
	i := row(t, c, PartIndicators, "完成率", "target")
	if i.Change.Amount.String() != "5" || i.Cells[0].Comparator != "ge" || i.Cells[1].Printed != "≥95%" || i.Unit != "%" {
		t.Errorf("%+v", i)
	}
}

// TestApart keeps budgets, accounts, departments and units apart.
func TestApart(t *testing.T) {
	drafts := court(t)[:1]
	for _, x := range [][2]string{{record.KindFinalAccount, record.LevelDepartment}, {record.KindBudget, record.LevelUnit}} {
		d := *drafts[0]
		d.kind, d.level, d.uri = x[0], x[1], x[0]+x[1]
		drafts = append(drafts, &d)
	}
	c := mustCompare(t, commit(t, drafts...), Query{})
	if len(c.Bodies) != 3 {
		t.Fatalf("%d bodies", len(c.Bodies))
	}
	if got := []string{c.Bodies[0].View, c.Bodies[1].View, c.Bodies[2].Kind}; !slices.Equal(got, []string{"department", "unit", "final_account"}) {
		t.Errorf("%q", got)
	}
}

// TestLinked joins what the links of the dataset join: a renamed department
// and a renamed project without a common code.
func TestLinked(t *testing.T) {
	a, b := court(t)[0], court(t)[1]
	b.department = "某省高院"
	b.d.Projects[0].Code, b.d.Indicators[0].ProjectCode = "B-7", "B-7"
	dir := commit(t, a, b)
	if c := mustCompare(t, dir, Query{}); len(c.Bodies) != 2 || c.Linked {
		t.Fatalf("without links: %d bodies", len(c.Bodies))
	}
	l := &loader{ctx: t.Context(), dir: dir, docs: map[string]*source{}, links: links{documents: map[string]string{}, places: map[string][]linkedPlace{},
		ids: []string{"p1"}, entities: map[string]entityRow{"e1": {EntityID: "e1", Aliases: []string{"高法"}}}}}
	err := export.Scan(t.Context(), dir, "documents", nil, func(r *documentRow) error {
		l.links.documents[r.DocumentID] = "e1"
		l.links.places[r.DocumentID] = []linkedPlace{{place{placeProject, 0, 1, 0}, 0}}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	l.query.Departments = []string{"高法"}
	if err := l.documents(); err != nil {
		t.Fatal(err)
	}
	var c Comparison
	stream := &Stream{l: l, Head: Comparison{Linked: true}}
	if err := stream.Each(func(b *Body) error { c.Bodies = append(c.Bodies, *b); return nil }); err != nil {
		t.Fatal(err)
	}
	if r := row(t, &c, PartProjects, "办案业务经费", "total"); r.EntityID != "p1" || r.Cells[0].Value.IsNull() || r.Cells[1].Value.IsNull() {
		t.Errorf("%+v", r)
	}
	if got := c.Bodies[0]; got.Department != "某省高院" || !slices.Equal(got.Aliases, []string{"某省高级人民法院"}) {
		t.Errorf("%q, also %q", got.Department, got.Aliases)
	}
}

// TestQuery finds departments, forms and measures by their names, and says
// what to do when it does not.
func TestQuery(t *testing.T) {
	dir := commit(t, append(court(t), &draft{uri: "x.pdf", department: "某市人民法院", year: 2017, kind: record.KindBudget})...)
	for _, q := range []Query{
		{Departments: []string{"高级"}, Forms: []string{"三公"}, Measures: []string{"公务接待费"}},
		{Departments: []string{"某省高级人民法院"}, Forms: []string{"three_public"}, Measures: []string{"official_reception"}, From: 2018, To: 2018},
	} {
		c := mustCompare(t, dir, q)
		if rows := c.Bodies[0].Rows; len(c.Bodies) != 1 || len(rows) != 1 || rows[0].Measure != "official_reception" {
			t.Errorf("%+v: %+v", q, rows)
		}
	}
	if c := mustCompare(t, dir, Query{From: 2018, To: 2018}); !slices.Equal(c.Years, []int{2018}) {
		t.Errorf("years %v", c.Years)
	}
	for _, x := range []struct {
		q    Query
		says string
	}{
		{Query{Departments: []string{"法院"}}, "2 departments have that in their names"},
		{Query{Departments: []string{"教育局"}}, "no department has that in its name"},
		{Query{Departments: []string{"某省高级法院"}}, "near it: 某省高级人民法院"},
		{Query{Region: "11"}, "there are: 320000 江苏省"},
		{Query{Forms: []string{"收支总表格"}}, "near it: revenue_expenditure 收支总表"},
		{Query{Measures: []string{"公务接待"}, Forms: []string{"three_pubic"}}, "near it: three_public"},
		{Query{Measures: []string{"official_reception/what"}}, "there is no such measure"},
		{Query{Forms: []string{"四公"}}, "use one of: three_public 三公经费表"},
		{Query{Measures: []string{"什么"}}, "there is no such measure"},
	} {
		_, err := Compare(t.Context(), dir, x.q)
		if wrong, ok := errors.AsType[*QueryError](err); !ok || !strings.Contains(wrong.Error(), x.says) {
			t.Errorf("%+v: %v", x.q, err)
		}
	}
	if _, err := Compare(t.Context(), commit(t, &draft{uri: "y.pdf", department: "局", kind: record.KindBudget}), Query{}); !errors.Is(err, ErrNothing) {
		t.Errorf("%v", err)
	}
}

// TestParquet reads back what was written.
func TestParquet(t *testing.T) {
	c := mustCompare(t, commit(t, court(t)...), Query{Parts: []string{PartThreePublic}})
	file := filepath.Join(t.TempDir(), "c.parquet")
	w, err := NewParquet(file)
	if err := errors.Join(err, All(w, c)); err != nil {
		t.Fatal(err)
	}
	rows, err := readBack(file)
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	for _, r := range c.Bodies[0].Rows {
		cells += len(r.Cells)
	}
	if len(rows) != cells {
		t.Fatalf("%d rows of %d cells", len(rows), cells)
	}
	for _, r := range rows {
		if r.Measure == "three_public" && r.FiscalYear == 2018 && (number(r.Value).String() != "75000" || number(r.Change).String() != "15000" ||
			number(r.Percent).String() != "25" || r.Base != 2017 || !r.Finding || *r.RowNo != 1 || r.URI != "2018.pdf") {
			t.Errorf("%+v", r)
		}
		if r.Why != "" && r.Value != nil {
			t.Errorf("%+v", r)
		}
	}
}

// TestNames keeps names.tsv in order: no id and no name twice in a class.
func TestNames(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	for _, n := range allNames() {
		if k := n.class + " " + n.id; ids[k] {
			t.Errorf("%s stands twice", k)
		} else {
			ids[k] = true
		}
		for i, name := range n.names {
			k := n.class + " " + plain(name)
			if names[k] && i > 0 && n.class != identityNames && n.class != unitNames {
				t.Errorf("%s stands twice", k)
			}
			names[k] = true
		}
	}
	if len(ids) < 60 {
		t.Errorf("%d names", len(ids))
	}
}

// TestUnnumbered takes the numbers of lines off names, and nothing else.
func TestUnnumbered(t *testing.T) {
	for in, want := range map[string]string{
		"八、社会保障和就业支出": "社会保障和就业支出", "1.一般公共预算": "一般公共预算", "（一）工资": "工资", "其中：财政拨款": "财政拨款",
		"2019年结转": "2019年结转", "十八、": "十八、", "（境外）费用": "（境外）费用", "二十三、（二）其他": "其他",
	} {
		if got := unnumbered(in); got != want {
			t.Errorf("%s is %s", in, got)
		}
	}
}

// TestColumns knows how wide a text is on a terminal.
func TestColumns(t *testing.T) {
	for in, want := range map[string]int{"合计": 4, "abc": 3, "（境）": 6, "−1,234": 6, "é": 1} {
		if got := columns(in); got != want {
			t.Errorf("%s takes %d", in, got)
		}
	}
	if got := cut("公务用车购置费", 9); got != "公务用车…" {
		t.Errorf("cut to %s", got)
	}
}

// TestMissing says why there is no row: what was asked for is not there, or
// nothing is.
func TestMissing(t *testing.T) {
	bare := &draft{uri: "bare.pdf", department: "某省统计局", year: 2017, kind: record.KindBudget, level: record.LevelDepartment}
	dir := commit(t, append(court(t), bare)...)
	for _, x := range []struct {
		q    Query
		want string
	}{
		{Query{Departments: []string{"统计"}}, "no rows: nothing that can be compared was read of the documents of 某省统计局"},
		{Query{Departments: []string{"统计"}, Parts: []string{PartProjects}},
			"no rows: no document of 某省统计局 has 项目; they have nothing that can be compared"},
		{Query{Departments: []string{"法院"}, Forms: []string{"收入总表"}, Measures: []string{"公务接待费"}}, "has form 收入总表 with measure 公务接待费; they have 三公经费 ("},
		{Query{Departments: []string{"法院"}, Targets: []string{TargetLowered}}, "has target lowered; they have"},
		{Query{From: 2030}, "no document of these years; there are 2017-2019"},
	} {
		s, err := Open(t.Context(), dir, x.q)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Each(func(b *Body) error { return nil }); err != nil || s.Rows() > 0 {
			t.Fatalf("%d rows, %v", s.Rows(), err)
		}
		if got, err := s.Missing(); err != nil || !strings.Contains(got, x.want) {
			t.Errorf("%+v: %q, %v", x.q, got, err)
		}
	}
	if got := spans([]int{2015, 2017, 2018, 2019}); got != "2015, 2017-2019" {
		t.Error(got)
	}
}

// TestManyAtATime makes of bodies that are read in several goes what it makes
// of them at once.
func TestManyAtATime(t *testing.T) {
	var drafts []*draft
	for i := range 60 {
		for _, d := range court(t) {
			one := *d
			one.department += strconv.Itoa(i)
			one.uri = strconv.Itoa(i) + "/" + d.uri
			drafts = append(drafts, &one)
		}
	}
	dir := commit(t, drafts...)
	s, err := Open(t.Context(), dir, Query{})
	if err != nil {
		t.Fatal(err)
	}
	s.atOnce = 500
	var names []string
	most := 0
	if err := s.Each(func(b *Body) error {
		names = append(names, b.Department)
		inHand := 0
		for _, d := range s.l.docs {
			if d.facts != nil {
				inHand++
			}
		}
		most = max(most, inHand)
		if len(names)%20 != 1 {
			return nil
		}
		one, err := Compare(t.Context(), dir, Query{Departments: []string{b.Department}})
		if err == nil && (len(one.Bodies) != 1 || !reflect.DeepEqual(one.Bodies[0], *b)) {
			t.Errorf("%s differs", b.Department)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(names) != len(drafts)/4 || most > len(drafts)/2 {
		t.Errorf("%d bodies, %d documents in hand", len(names), most)
	}
}
