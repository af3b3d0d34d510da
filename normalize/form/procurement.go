package form

import (
	"strings"

	"yusuan/normalize/record"
)

// The types of row in procurement and asset tables.
const (
	RowItem     = "item"
	RowSubtotal = "subtotal"
	RowTotal    = "total"
)

// readProcurement reads a procurement table (政府采购预算表): rows of items, with
// subtotals by organisation and a total.
func (s *sheet) readProcurement() {
	for row := 0; row < min(HeadRows, s.Table.Rows); row++ {
		for _, i := range s.filled(row) {
			if ref, ok := orgRef(Name(s.Table.Cells[i].Text)); ok {
				s.out.Unit = ref
			}
		}
	}
	columns := s.readHeader("item_name")
	if columns == nil {
		s.note(s.origin(-1, -1), "form.header_missing", "the header of this procurement table was not found")
		return
	}
	for row := s.out.HeaderRows; row < s.Table.Rows; row++ {
		if len(s.filled(row)) == 0 {
			continue
		}
		s.out.Procurement = append(s.out.Procurement, s.procurementRow(row, columns))
	}
	s.fillUnits()
}

func (s *sheet) procurementRow(row int, columns map[int]string) record.Procurement {
	p := record.Procurement{Origin: s.origin(row, -1), RowType: RowItem}
	first := Name(s.Table.Cells[s.filled(row)[0]].Text)
	if isTotal(first) {
		p.RowType = RowTotal
	} else if whose, ok := isSubtotal(first); ok {
		p.RowType, p.UnitName = RowSubtotal, whose
	}
	for col, id := range columns {
		i := s.cellAt(row, col)
		if i < 0 {
			continue
		}
		s.out.FieldOf[i] = id
		c := &s.Table.Cells[i]
		if c.Row != row && moneyOf(&p, id) != nil {
			continue // a number merged down counts once, where it begins
		}
		s.procurementCell(&p, id, i)
	}
	return p
}

func (s *sheet) procurementCell(p *record.Procurement, id string, i int) {
	c := &s.Table.Cells[i]
	if to := moneyOf(p, id); to != nil {
		*to = s.money(s.cellOrigin(i), c.Text)
		return
	}
	if id == "quantity" {
		p.Quantity = s.number(s.cellOrigin(i), c.Text)
		return
	}
	if p.RowType != RowItem {
		return // the first text names the total or the unit
	}
	switch id {
	case "project_name":
		p.ProjectName = Name(c.Text)
	case "item_name":
		p.ItemName = Name(c.Text)
	case "catalogue_code":
		p.CatalogueCode = strings.ToUpper(Name(c.Text))
	case "unit_raw", "unit":
		p.UnitRaw = Name(c.Text)
	case "unit_name", "name":
		p.UnitName = Name(c.Text)
	}
}

// moneyOf returns where an amount of a column belongs, nil if the column is
// none of money.
func moneyOf(p *record.Procurement, id string) *record.Decimal {
	switch id {
	case "project_total":
		return &p.ProjectTotal
	case "unit_price":
		return &p.UnitPrice
	case "amount":
		return &p.Amount
	case "fiscal_total":
		return &p.FiscalTotal
	case "general_public":
		return &p.GeneralPublic
	case "fund":
		return &p.Fund
	case "special_account":
		return &p.SpecialAccount
	case "other_income":
		return &p.OtherIncome
	case "other_sources":
		return &p.OtherSource
	}
	return nil
}

// fillUnits gives items the organisation of the subtotal they stand under.
// Where items come before the first subtotal, subtotals close their group.
func (s *sheet) fillUnits() {
	rows := s.out.Procurement
	above := true
	for _, p := range rows {
		if p.RowType == RowItem {
			above = false
			break
		}
		if p.RowType == RowSubtotal {
			break
		}
	}
	unit := ""
	fill := func(p *record.Procurement) {
		switch {
		case p.RowType == RowSubtotal:
			unit = p.UnitName
		case p.RowType == RowItem && p.UnitName == "":
			p.UnitName = unit
		}
	}
	if above {
		for k := range rows {
			fill(&rows[k])
		}
		return
	}
	for k := len(rows) - 1; k >= 0; k-- {
		fill(&rows[k])
	}
}

// readOrganizations reads a table of subordinate units (机构设置).
func (s *sheet) readOrganizations() {
	columns := s.readHeader("name")
	if columns == nil {
		s.note(s.origin(-1, -1), "form.header_missing", "the header of this table of organisations was not found")
		return
	}
	for row := s.out.HeaderRows; row < s.Table.Rows; row++ {
		o := record.Organization{Origin: s.origin(row, -1)}
		for col, id := range columns {
			i := s.cellAt(row, col)
			if i < 0 {
				continue
			}
			s.out.FieldOf[i] = id
			text := Name(s.Table.Cells[i].Text)
			switch id {
			case "name":
				o.Name = text
			case "nature":
				o.Nature = text
			case "grade":
				o.Grade = text
			case "funding":
				o.Funding = text
			case "code":
				o.Code = text
			}
		}
		if o.Name == "" || isTotal(o.Name) {
			if len(s.filled(row)) > 0 {
				s.note(s.origin(row, -1), "form.row_without_name", "a row of the table of organisations names none")
			}
			continue
		}
		s.out.Organizations = append(s.out.Organizations, o)
	}
}

// readAssets reads a table of fixed assets (固定资产占用情况表).
func (s *sheet) readAssets() {
	asOf := s.assetDate()
	columns := s.readHeader("item")
	if columns == nil {
		s.note(s.origin(-1, -1), "form.header_missing", "the header of this table of assets was not found")
		return
	}
	for row := s.out.HeaderRows; row < s.Table.Rows; row++ {
		a := record.Asset{Origin: s.origin(row, -1), RowType: RowItem, AsOf: asOf}
		for col, id := range columns {
			i := s.cellAt(row, col)
			if i < 0 {
				continue
			}
			s.out.FieldOf[i] = id
			s.assetCell(&a, id, i)
		}
		if a.Item == "" {
			if len(s.filled(row)) > 0 {
				s.note(s.origin(row, -1), "form.row_without_name", "a row of the table of assets names no item")
			}
			continue
		}
		s.out.Assets = append(s.out.Assets, a)
	}
}

func (s *sheet) assetCell(a *record.Asset, id string, i int) {
	t := s.Table.Cells[i].Text
	switch id {
	case "item":
		a.Item, a.UnitRaw, a.Unit = assetItem(t)
		if isTotal(a.Item) || strings.HasSuffix(a.Item, "总额") || strings.HasSuffix(a.Item, "总计") {
			a.RowType = RowTotal
		}
	case "quantity":
		a.Quantity = s.number(s.cellOrigin(i), t)
	case "value":
		a.Worth = s.money(s.cellOrigin(i), t)
	case "unit", "unit_raw":
		a.UnitRaw, a.Unit = Name(t), unitCode(Name(t))
	}
}

// assetItem splits "1、房屋（平方米）" into the item and the unit that it is
// counted in. A bracket that holds no known unit stays part of the name.
func assetItem(raw string) (item, unitRaw, unit string) {
	item, _ = cutListNumber(Name(raw))
	open := strings.LastIndexAny(item, "（(")
	if open < 0 || !strings.HasSuffix(item, "）") && !strings.HasSuffix(item, ")") {
		return item, "", ""
	}
	inner := strings.Trim(item[open:], "（）()")
	// 台、辆 counts things with either word: they have the count in common.
	for _, word := range strings.Split(inner, "、") {
		switch u := unitCode(word); {
		case u == "":
			return item, "", ""
		case unit == "" || u == unit:
			unit = u
		case strings.HasPrefix(u, "{") && strings.HasPrefix(unit, "{"):
			unit = "{count}"
		default:
			return item, "", ""
		}
	}
	return strings.TrimSpace(item[:open]), inner, unit
}

// assetDate finds the date of record above the header: 截止时间：2019年12月31日.
func (s *sheet) assetDate() string {
	for row := 0; row < min(HeadRows, s.Table.Rows); row++ {
		for _, i := range s.filled(row) {
			if d := isoDate(s.Table.Cells[i].Text); d != "" {
				return d
			}
		}
	}
	for _, c := range s.Captions {
		if d := isoDate(c); d != "" && containsKey(c, "截止") {
			return d
		}
	}
	return ""
}
