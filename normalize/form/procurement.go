package form

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/value"
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
		filled := s.filled(row)
		if len(filled) == 0 {
			continue
		}
		p, figures := s.procurementRow(row, columns)
		if figures == 0 && len(filled) == 1 {
			s.note(p.Origin, "form.row_unread", "a row of the procurement table holds a remark and no item: "+clip(Line(s.Table.Cells[filled[0]].Text)))
			continue
		}
		s.out.Procurement = append(s.out.Procurement, p)
	}
	s.fillUnits()
}

// rowType tells an item from a subtotal and a total by the first text of its
// row; a serial number before it does not count.
func (s *sheet) rowType(row int) (kind, unit string) {
	for _, i := range s.filled(row) {
		text := Line(s.Table.Cells[i].Text)
		if _, number := value.Number(text); number {
			continue
		}
		if isTotal(text) {
			return RowTotal, ""
		}
		if whose, ok := isSubtotal(text); ok {
			return RowSubtotal, whose
		}
		break
	}
	return RowItem, ""
}

// procurementRow reads a row; figures counts its numbers.
func (s *sheet) procurementRow(row int, c *columns) (p record.Procurement, figures int) {
	p = record.Procurement{Origin: s.origin(row, -1)}
	p.RowType, p.UnitName = s.rowType(row)
	for col := range s.Table.Cols {
		id, i := c.fields[col], s.cellAt(row, col)
		if id == "" || i < 0 {
			continue
		}
		s.out.FieldOf[i] = id
		to := moneyOf(&p, id)
		if to == nil {
			s.procurementCell(&p, id, i)
		} else if s.Table.Cells[i].Row == row { // a number merged down counts once, where it begins
			*to = s.money(s.cellOrigin(i), s.Table.Cells[i].Text, c.labels[col]...)
		}
		if to != nil && !to.IsNull() {
			figures++
		}
	}
	if !p.Quantity.IsNull() {
		figures++
	}
	splitItem(&p)
	s.groupRow(row, &p)
	return p, figures
}

// groupRow marks the sum of a group of items (一、货物, or an organisation's own
// line above its items) as a subtotal: it has an amount, and nothing that an
// item has.
func (s *sheet) groupRow(row int, p *record.Procurement) {
	if p.RowType != RowItem || p.ItemName != "" || p.CatalogueCode != "" || !p.Quantity.IsNull() || !p.UnitPrice.IsNull() || p.Amount.IsNull() {
		return
	}
	first := Name(s.Table.Cells[s.filled(row)[0]].Text)
	if group := p.UnitName == first; group || startsWithNumeral(first) {
		p.RowType = RowSubtotal
	}
}

// startsWithNumeral tells whether a text has a list label in Chinese numerals.
func startsWithNumeral(s string) bool {
	n := strings.TrimLeft(s, "（(一二三四五六七八九十")
	return n != s && (strings.HasPrefix(n, "、") || strings.HasPrefix(n, "）") || strings.HasPrefix(n, ")"))
}

func (s *sheet) procurementCell(p *record.Procurement, id string, i int) {
	c := &s.Table.Cells[i]
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
		if kind, _ := s.rowType(row); kind == RowTotal {
			continue
		}
		for col := range s.Table.Cols {
			id, i := columns.fields[col], s.cellAt(row, col)
			if id == "" || i < 0 {
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
		if o.Name == "" {
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
		for col := range s.Table.Cols {
			id, i := columns.fields[col], s.cellAt(row, col)
			if id == "" || i < 0 {
				continue
			}
			s.out.FieldOf[i] = id
			s.assetCell(&a, id, i, columns.labels[col])
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

func (s *sheet) assetCell(a *record.Asset, id string, i int, labels []int) {
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
		a.Worth = s.money(s.cellOrigin(i), t, labels...)
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
