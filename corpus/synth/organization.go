package synth

import "strconv"

// organizations writes the table 机构设置, sometimes with a column of ordinals.
func (d *draft) organizations() {
	header := []string{"单位名称", "单位性质", "单位规格", "经费保障形式"}
	if d.oddly(0.1) {
		header = []string{"机构名称", "机构性质", "机构规格", "经费来源"}
	}
	ordinals := d.oddly(0.15)
	t := &table{header: 1}
	row := func(ordinal string, texts ...string) {
		if ordinals {
			texts = append([]string{ordinal}, texts...)
		}
		t.cols = len(texts)
		t.row(ones(t.cols), texts...)
	}
	row("序号", header...)
	for i, o := range d.dept.organizations {
		row(strconv.Itoa(i+1), o.Name, o.Nature, o.Grade, o.Funding)
		for _, p := range d.projects {
			if p.UnitCode == d.dept.organizationCodes[i] {
				o.Code = p.UnitCode
			}
		}
		d.truth.Organizations = append(d.truth.Organizations, o)
	}
	d.addTable(t)
}
