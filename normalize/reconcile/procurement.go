package reconcile

import (
	"fmt"

	"yusuan/normalize/record"
)

// procurement checks the rows of 政府采购: quantity and unit price against the
// amount, and what is bought against the budget of the project.
func (w *work) procurement() {
	cells := rowCells(w.d)
	spent := map[string]record.Decimal{}
	first := map[string]*record.Procurement{}
	for i := range w.d.Procurement {
		p := &w.d.Procurement[i]
		if p.RowType != "item" {
			continue
		}
		w.price(p, cells[rowOf{p.Table, p.Row}])
		if p.ProjectName == "" || p.Amount.IsNull() || p.ProjectTotal.IsNull() {
			continue
		}
		if first[p.ProjectName] == nil {
			first[p.ProjectName], spent[p.ProjectName] = p, record.Int(0)
		}
		spent[p.ProjectName] = spent[p.ProjectName].Add(p.Amount)
	}
	forms := map[string]*record.Project{}
	for i := range w.d.Projects {
		forms[bare(w.d.Projects[i].Name)] = &w.d.Projects[i]
	}
	for i := range w.d.Procurement {
		p := &w.d.Procurement[i]
		if first[p.ProjectName] != p {
			continue
		}
		budget := cellFigure(p.Origin, cells[rowOf{p.Table, p.Row}], "project_total", p.ProjectTotal)
		w.within(ruleBudget, p.ProjectName, budget, figure{at: p.Origin, value: spent[p.ProjectName], half: record.Int(0)})
		if form := forms[bare(p.ProjectName)]; form != nil && !form.Total.IsNull() {
			w.equal(ruleCross, "budget of "+p.ProjectName+" in its target form", budget,
				figure{at: form.Origin, value: form.Total, half: halfUnit(w.scale(form.Table), moneyDecimals)})
		}
	}
}

// rowOf is a row of a table.
type rowOf struct{ table, row int }

// rowCells finds the cells of the rows of procurement.
func rowCells(d *record.Disclosure) map[rowOf][]*record.Cell {
	out := map[rowOf][]*record.Cell{}
	for i := range d.Procurement {
		out[rowOf{d.Procurement[i].Table, d.Procurement[i].Row}] = nil
	}
	for i := range d.Cells {
		c := &d.Cells[i]
		if cells, ok := out[rowOf{c.Table, c.Row}]; ok && !c.IsHeader {
			out[rowOf{c.Table, c.Row}] = append(cells, c)
		}
	}
	return out
}

// price checks one row. The quantity is exact; rounding of the unit price
// counts once for every unit: 12 × 2.33 may be 28.00. Where most rows do not fit,
// the unit price is in another unit than the table, or is none.
func (w *work) price(p *record.Procurement, cells []*record.Cell) {
	amount := cellFigure(p.Origin, cells, "amount", p.Amount)
	price := cellFigure(p.Origin, cells, "unit_price", p.UnitPrice)
	product := price.value.Mul(p.Quantity)
	if product.IsNull() || amount.value.IsNull() || product.IsZero() && amount.value.IsZero() {
		return
	}
	part := figure{at: price.at, text: price.text, value: product, half: price.half.Mul(p.Quantity)}
	part.at.Table = 0 // the product stands in no cell
	w.equal(rulePurchase, fmt.Sprintf("%s × %s of %s", p.Quantity, price.text, p.ItemName), amount, part)
	c := &w.checks[len(w.checks)-1]
	c.group, c.loose = fmt.Sprintf("prices of table %d", p.Table), true
}

// cellFigure is an amount of a procurement row with the cell that it stands in.
func cellFigure(at record.Origin, cells []*record.Cell, field string, value record.Decimal) figure {
	f := figure{at: at, value: value, text: value.String(), half: halfUnit(scales[1], moneyDecimals)}
	for _, c := range cells {
		if n, d, ok := printedDecimals(c.Text); ok && c.Field == field {
			f.at, f.text, f.half = c.Origin, c.Text, halfUnit(scaleOf(n, value, 0), d)
		}
	}
	return f
}
