package compare

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yusuan/normalize/record"
)

// projectKey is a project of a document.
type projectKey struct {
	doc *source
	no  int32
}

// projects reads the amounts of projects, and finds where they are printed.
func (l *loader) projects() error {
	if !l.part(PartProjects) {
		return nil
	}
	var order []projectKey
	rows := map[projectKey]projectRow{}
	err := scan(l, "projects", func(r *projectRow) string { return r.DocumentID }, func(s *source, r *projectRow) {
		k := projectKey{s, r.ProjectNo}
		order, rows[k] = append(order, k), *r
	})
	if err != nil || len(order) == 0 {
		return err
	}
	printed, err := l.printed(rows)
	if err != nil {
		return err
	}
	for _, k := range order {
		r := rows[k]
		for _, m := range []struct {
			id    string
			value *int64
		}{{"total", r.Total}, {"fiscal", r.Fiscal}, {"other", r.Other}, {"year_total", r.YearTotal},
			{"year_fiscal", r.YearFiscal}, {"carryover", r.Carryover}} {
			if m.value != nil {
				l.add(k.doc, l.project(k.doc, &r, m.id, printed.find(k.doc, &r, m.id, *m.value)))
			}
		}
	}
	return nil
}

// project is the fact of one amount of a project.
func (l *loader) project(s *source, r *projectRow, measure string, at Cell) fact {
	f := fact{
		part: PartProjects, form: cmp.Or(s.tables[int(r.TableNo)].Form, "performance_target"), code: r.Code, name: r.Name,
		measure: measure, title: MeasureTitle(measure), project: int(r.ProjectNo), cell: at,
		entity: l.links.at(place{s.ID, "projects", 0, r.ProjectNo, 0}),
	}
	return f
}

// printedCells are the cells of target forms that hold amounts.
type printedCells map[projectKeyTable][]cellRow

// projectKeyTable is a table of a document.
type projectKeyTable struct {
	doc   *source
	table int32
}

// printed reads the cells of the tables that projects stand in: the table of
// projects does not say in which cell an amount is printed.
func (l *loader) printed(rows map[projectKey]projectRow) (printedCells, error) {
	out := printedCells{}
	for k, r := range rows {
		out[projectKeyTable{k.doc, r.TableNo}] = nil
	}
	err := scan(l, "cells", func(r *cellRow) string { return r.DocumentID }, func(s *source, r *cellRow) {
		k := projectKeyTable{s, r.TableNo}
		if _, ok := out[k]; ok && r.Number != nil {
			out[k] = append(out[k], *r)
		}
	})
	return out, err
}

// find is the cell of an amount: the one of the amount's field in the
// project's table, if its number is that amount; only the table, if no cell or
// more than one is.
func (p printedCells) find(s *source, r *projectRow, measure string, value int64) Cell {
	want := number(&value)
	scale := s.tables[int(r.TableNo)].ScaleExp
	c := Cell{Value: want, Unit: "CNY", Origin: &Origin{Page: int(r.PageNo), Block: -1, Table: int(r.TableNo), Row: -1, Col: -1}}
	var at []cellRow
	for _, x := range p[projectKeyTable{s, r.TableNo}] {
		n := number(x.Number)
		if x.Field == measure && (n.Cmp(want) == 0 || n.Shift(int(scale)).Cmp(want) == 0 || n.Shift(4).Cmp(want) == 0) {
			at = append(at, x)
		}
	}
	if len(at) == 1 {
		c.Printed = at[0].Text
		c.Origin.Page, c.Origin.Row, c.Origin.Col, c.Origin.Text = int(at[0].PageNo), index(at[0].RowNo), index(at[0].ColNo), at[0].Text
	}
	return c
}

// indicators reads the values of performance indicators.
func (l *loader) indicators() error {
	if !l.part(PartIndicators) {
		return nil
	}
	return scan(l, "indicators", func(r *indicatorRow) string { return r.DocumentID }, func(s *source, r *indicatorRow) {
		f := fact{
			part: PartIndicators, form: cmp.Or(s.tables[int(r.TableNo)].Form, "performance_target"),
			name: cmp.Or(r.Level3, r.Level2, r.Level1), group: r.ProjectName, project: int(r.ProjectNo),
			measure: "target", title: MeasureTitle("target"), scheme: strings.Join([]string{r.Level1, r.Level2}, "/"),
			identity: plain(strings.Join([]string{r.Level1, r.Level2, r.Level3, r.Grade, partOf(r)}, "/")),
			entity:   l.links.at(place{s.ID, "indicators", r.TableNo, index32(r.RowNo), r.PartNo}),
			cell: Cell{Value: number(r.BaseValue), Printed: r.ValueRaw, Comparator: r.Comparator, Unit: r.Unit,
				Origin: origin(r, r.ValueRaw)},
		}
		if f.entity != "" {
			f.identity = "e:" + f.entity + "/" + r.Grade + "/" + partOf(r)
		}
		if r.Grade != "" {
			f.name += "（" + r.Grade + "）"
		}
		switch {
		case r.ValueKind == record.Empty:
			return // an indicator without a value says nothing over years
		case r.BaseValue == nil:
			f.cell.Why, f.cell.Unit = WhyNoNumber, ""
		}
		l.add(s, f)
		if r.ActualRaw != "" {
			f.measure, f.title = "actual", MeasureTitle("actual")
			f.cell = Cell{Value: number(r.Actual), Printed: r.ActualRaw, Unit: r.Unit, Origin: origin(r, r.ActualRaw)}
			f.cell.Origin.Col = -1 // the dataset does not keep the column of what was reached
			if r.Actual == nil {
				f.cell.Why, f.cell.Unit = WhyNoNumber, ""
			}
			l.add(s, f)
		}
	})
}

// partOf tells the parts of a compound value apart.
func partOf(r *indicatorRow) string {
	if r.Grade != "" || r.PartNo == 0 {
		return ""
	}
	return "#" + strconv.Itoa(int(r.PartNo))
}

func origin(r *indicatorRow, text string) *Origin {
	return &Origin{Page: int(r.PageNo), Block: -1, Table: int(r.TableNo), Row: index(r.RowNo), Col: index(r.ColNo), Text: text}
}

// threePublicItems are the items of 三公 that sentences state, too.
var threePublicItems = []string{"three_public", "overseas_travel", "vehicles", "vehicle_purchase", "vehicle_operation",
	"official_reception", "meeting", "training"}

// prose reads the amounts that sentences state of the year itself: no change
// against another year, nothing counted per person.
func (l *loader) prose() error {
	if !l.part(PartProse) && !l.part(PartThreePublic) {
		return nil
	}
	return scan(l, "amounts", func(r *amountRow) string { return r.DocumentID }, func(s *source, r *amountRow) {
		if r.Unit != "CNY" || r.BaseValue == nil || r.TableNo > 0 || r.ChangeDirection != "" || r.BasePeriod != "" ||
			r.Per != "" || r.Metric == "" || r.Period != "" && r.Period != strconv.Itoa(s.Year) {
			return
		}
		f := fact{
			part: PartProse, form: PartProse, name: r.Metric, identity: "n:" + plain(r.Metric), measure: "amount", title: MeasureTitle("amount"),
			cell: Cell{Value: number(r.BaseValue), Printed: r.Text, Unit: "CNY", Origin: &Origin{
				Page: int(r.PageNo), Block: int(r.BlockNo), Row: -1, Col: -1, Text: r.Text}},
		}
		if m := measureNamed(r.Metric); slices.Contains(threePublicItems, m) {
			f.part, f.name, f.identity, f.measure, f.title = PartThreePublic, "", "n:", m, MeasureTitle(m)
		}
		l.add(s, f)
	})
}
