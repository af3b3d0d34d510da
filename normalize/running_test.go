package normalize

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/extract/document"
)

// TestRunningForms reads forms that have come as paragraphs, before and behind
// one that is a table: projects are counted in the order of the document, and
// numbers of cells that stand one behind the other are no amounts.
func TestRunningForms(t *testing.T) {
	form := func(name string) *document.Paragraph {
		return &document.Paragraph{Text: "项目支出绩效自评表 项目名称 " + name + " 实施单位 青山县实验小学 年度总体目标 预期目标 实际完成情况 安排资金13万元。 完成资金12万元。 " +
			"一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 产出指标 数量指标 面积 ≥1200平方米 1250 20 20"}
	}
	table := &document.Table{Rows: 3, Cols: 4, Outer: -1}
	for row, line := range []string{"项目名称|乙|主管部门|青山县教育局", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|人数|≥3人"} {
		for col, text := range strings.Split(line, "|") {
			table.Cells = append(table.Cells, document.Cell{Row: row, Col: col, RowSpan: 1, ColSpan: 1, Text: text})
		}
	}
	d := New().Document(&document.Document{Blocks: []document.Block{
		form("甲"), &document.Paragraph{Text: "绩效目标表"}, table, form("丙"),
		&document.Paragraph{Text: "指标名称计量单位指标性质年初指标值全年完成值指标权重（分）预算完成率%定量指标70%76%100%22是"},
		&document.Paragraph{Text: "预算调整率%3%0100%22是"},
		&document.Paragraph{Text: "全年安排资金20万元。"},
	}})
	var got []string
	for _, p := range d.Projects {
		got = append(got, fmt.Sprint(p.Number, p.Name, p.Block))
	}
	for _, i := range d.Indicators {
		got = append(got, fmt.Sprint(i.ProjectNumber, i.ProjectName, i.Level3))
	}
	for _, a := range d.Amounts {
		p := d.Paragraphs
		for _, x := range p {
			if x.Block == a.Block && string([]rune(x.Text)[a.Start:a.End]) != a.Text {
				t.Errorf("amount %q does not stand at %d to %d of its paragraph", a.Text, a.Start, a.End)
			}
		}
		got = append(got, fmt.Sprint(a.Block, a.Text))
	}
	for _, n := range d.Notes {
		if n.Code == "form.cells_glued" {
			got = append(got, fmt.Sprint(n.Block, n.Code))
		}
	}
	want := "[1甲0 2乙2 3丙3 1甲面积 2乙人数 3丙面积 0安排资金13万元 0完成资金12万元 3安排资金13万元 3完成资金12万元 6全年安排资金20万元 4form.cells_glued 5form.cells_glued]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v\nwant %s", got, want)
	}
}
