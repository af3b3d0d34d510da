package compare

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yusuan/export"
	"yusuan/normalize/record"
)

// projects reads the amounts of projects, and finds where they are printed.
func (l *loader) projects() error {
	if !l.part(PartProjects) {
		return nil
	}
	rows := map[*source][]projectRow{}
	err := scan(l, "projects", nil, func(s *source, of []projectRow) { rows[s] = slices.Clone(of) })
	if err != nil || len(rows) == 0 {
		return err
	}
	printed, err := l.printed(rows)
	if err != nil {
		return err
	}
	for s, of := range rows {
		for i := range of {
			r := &of[i]
			for _, m := range []struct {
				id    string
				value *int64
			}{{"total", r.Total}, {"fiscal", r.Fiscal}, {"other", r.Other}, {"year_total", r.YearTotal},
				{"year_fiscal", r.YearFiscal}, {"carryover", r.Carryover}} {
				if m.value != nil {
					f := printed.find(s, r, m.id, *m.value)
					f.project = r.ProjectNo
					l.add(s, l.project(s, r, m.id), f)
				}
			}
		}
	}
	return nil
}

// project is what one amount of a project is of.
func (l *loader) project(s *source, r *projectRow, measure string) thing {
	return thing{part: PartProjects, form: cmp.Or(s.tables[r.TableNo].form, "performance_target"), code: r.Code, name: r.Name,
		measure: measure, title: MeasureTitle(measure), entity: l.links.at(s.ID, place{placeProject, 0, r.ProjectNo, 0})}
}

// printedCells are the cells of target forms that hold amounts.
type printedCells map[projectTable][]cellRow

// projectTable is a table of a document.
type projectTable struct {
	doc   *source
	table int32
}

// printed reads the cells of the tables that projects stand in: the table of
// projects does not say in which cell an amount is printed.
func (l *loader) printed(rows map[*source][]projectRow) (printedCells, error) {
	out := printedCells{}
	for s, of := range rows {
		for i := range of {
			out[projectTable{s, of[i].TableNo}] = nil
		}
	}
	all := l.keys
	defer func() { l.keys = all }()
	l.keys = slices.DeleteFunc(slices.Clone(all), func(k export.DocumentKey) bool { return rows[l.inHand[k.DocumentID]] == nil })
	amounts := []string{"total", "fiscal", "other", "year_total", "year_fiscal", "carryover"}
	err := scan(l, "cells", func(r *cellRow) bool { return r.Number != nil && slices.Contains(amounts, r.Field) }, func(s *source, of []cellRow) {
		for i := range of {
			k := projectTable{s, of[i].TableNo}
			if _, ok := out[k]; ok {
				out[k] = append(out[k], of[i])
			}
		}
	})
	return out, err
}

// find is the amount with its cell: the one of the amount's field in the
// project's table, if its number is that amount; only the table, if no cell or
// more than one is.
func (p printedCells) find(s *source, r *projectRow, measure string, value int64) fact {
	want := number(&value)
	scale := s.tables[r.TableNo].scale
	f := fact{value: value, has: true, unit: "CNY", page: r.PageNo, block: -1, table: r.TableNo, row: -1, col: -1}
	var at []*cellRow
	of := p[projectTable{s, r.TableNo}]
	for i := range of {
		x := &of[i]
		n := number(x.Number)
		if x.Field == measure && (n.Cmp(want) == 0 || n.Shift(int(scale)).Cmp(want) == 0 || n.Shift(4).Cmp(want) == 0) {
			at = append(at, x)
		}
	}
	if len(at) == 1 {
		f.printed, f.page, f.row, f.col = at[0].Text, at[0].PageNo, index(at[0].RowNo), index(at[0].ColNo)
	}
	return f
}

// indicators reads the values of performance indicators.
func (l *loader) indicators() error {
	if !l.part(PartIndicators) {
		return nil
	}
	// An indicator without a value says nothing over years.
	return scan(l, "indicators", func(r *indicatorRow) bool { return r.ValueKind != record.Empty }, func(s *source, rows []indicatorRow) {
		for i := range rows {
			r := &rows[i]
			t := l.indicator(s, r)
			l.add(s, t, targetOf(r, r.BaseValue, r.ValueRaw))
			if r.ActualRaw != "" {
				t.measure, t.title = "actual", MeasureTitle("actual")
				f := targetOf(r, r.Actual, r.ActualRaw)
				f.comparator, f.direction, f.ranged, f.col = "", "", false, -1 // the dataset does not keep the column of what was reached
				l.add(s, t, f)
			}
		}
	})
}

// indicator is what a value of an indicator is of.
func (l *loader) indicator(s *source, r *indicatorRow) thing {
	t := thing{
		part: PartIndicators, form: cmp.Or(s.tables[r.TableNo].form, "performance_target"),
		name: cmp.Or(r.Level3, r.Level2, r.Level1), group: r.ProjectName,
		measure: "target", title: MeasureTitle("target"), scheme: strings.Join([]string{r.Level1, r.Level2}, "/"),
		identity: plain(strings.Join([]string{r.Level1, r.Level2, r.Level3, r.Grade, partOf(r)}, "/")),
		entity:   l.links.at(s.ID, place{placeIndicator, r.TableNo, index(r.RowNo), r.PartNo}),
	}
	if t.entity != "" {
		t.identity = "e:" + t.entity + "/" + r.Grade + "/" + partOf(r)
	}
	if r.Grade != "" {
		t.name += "（" + r.Grade + "）"
	}
	return t
}

// targetOf is a value of an indicator.
func targetOf(r *indicatorRow, value *int64, printed string) fact {
	f := fact{printed: printed, comparator: r.Comparator, unit: r.Unit, direction: r.Direction, ranged: r.Upper != nil,
		page: r.PageNo, block: -1, table: r.TableNo, row: index(r.RowNo), col: index(r.ColNo), project: r.ProjectNo}
	if value != nil {
		f.value, f.has = *value, true
	}
	return f
}

// partOf tells the parts of a compound value apart.
func partOf(r *indicatorRow) string {
	if r.Grade != "" || r.PartNo == 0 {
		return ""
	}
	return "#" + strconv.Itoa(int(r.PartNo))
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
	of := func(r *amountRow) bool {
		return r.Unit == "CNY" && r.BaseValue != nil && r.TableNo == 0 && r.ChangeDirection == "" && r.BasePeriod == "" && r.Per == "" && r.Metric != ""
	}
	return scan(l, "amounts", of, func(s *source, rows []amountRow) {
		for i := range rows {
			r := &rows[i]
			if r.Period != "" && r.Period != strconv.Itoa(s.Year) {
				continue
			}
			t := thing{part: PartProse, form: PartProse, name: r.Metric, identity: "n:" + plain(r.Metric), measure: "amount", title: MeasureTitle("amount")}
			if m := measureNamed(r.Metric); slices.Contains(threePublicItems, m) {
				t.part, t.name, t.identity, t.measure, t.title = PartThreePublic, "", "n:", m, MeasureTitle(m)
			}
			l.add(s, t, fact{value: *r.BaseValue, has: true, printed: r.Text, unit: "CNY", page: r.PageNo, block: r.BlockNo, row: -1, col: -1})
		}
	})
}
