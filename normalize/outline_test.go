package normalize

import (
	"testing"

	"yusuan/extract/document"
)

func TestSplitLabel(t *testing.T) {
	for _, c := range []struct{ text, label, rest string }{
		{"一、部门职责及机构设置情况", "一、", "部门职责及机构设置情况"},
		{"（一）坚持就业优先战略", "（一）", "坚持就业优先战略"},
		{"(2) 项目支出", "(2)", "项目支出"},
		{"12、负责机关", "12、", "负责机关"},
		{"1.收入说明", "1.", "收入说明"},
		{"第一部分 部门概况", "第一部分", "部门概况"},
		{"第三条　支出", "第三条", "支出"},
		{"二十一、其他", "二十一、", "其他"},
		{"1.5万元用于培训", "", "1.5万元用于培训"},
		{"2020年预算收入", "", "2020年预算收入"},
		{"2020、2021年", "", "2020、2021年"},
		{"三公经费", "", "三公经费"},
		{"（含所属单位）上年末", "", "（含所属单位）上年末"},
		{"第三季度", "", "第三季度"},
		{"", "", ""},
	} {
		if label, rest := splitLabel(c.text); label != c.label || rest != c.rest {
			t.Errorf("splitLabel(%q) = %q, %q; want %q, %q", c.text, label, rest, c.label, c.rest)
		}
	}
}

func TestOutline(t *testing.T) {
	doc := &document.Document{}
	for _, p := range []document.Paragraph{
		{Text: "五、绩效预算信息"},
		{Text: "（一）总体目标"},
		{Text: "（二）要全面提高工作水平，做好各项工作。"},
		{Text: "1、办公楼租金绩效目标表", Level: 1}, // a TC field calls it level 1
		{Text: "租金付至年底。"},
		{Label: "六、", Text: "政府采购", Level: 1}, // numbered automatically
		{Text: "（1）公务接待费10.04万元"},             // an item of a list, no heading
		{Text: "正文"},
	} {
		doc.Blocks = append(doc.Blocks, &p)
	}
	d := New().Document(doc)
	want := []struct {
		level                int
		label, text, section string
	}{
		{1, "五、", "绩效预算信息", ""},
		{2, "（一）", "总体目标", "五、绩效预算信息"},
		{0, "（二）", "要全面提高工作水平，做好各项工作。", "五、绩效预算信息 / （一）总体目标"},
		{1, "1、", "办公楼租金绩效目标表", "五、绩效预算信息 / （一）总体目标"},
		{0, "", "租金付至年底。", "五、绩效预算信息 / （一）总体目标 / 1、办公楼租金绩效目标表"},
		{1, "六、", "政府采购", ""},
		{0, "（1）", "公务接待费10.04万元", "六、政府采购"},
		{0, "", "正文", "六、政府采购"},
	}
	for i, w := range want {
		p := d.Paragraphs[i]
		if p.HeadingLevel != w.level || p.Label != w.label || p.Text != w.text || p.Section != w.section {
			t.Errorf("paragraph %d: %d %q %q in %q; want %+v", i, p.HeadingLevel, p.Label, p.Text, p.Section, w)
		}
	}
	if len(d.Amounts) != 1 || d.Amounts[0].Metric != "公务接待费" {
		t.Errorf("amounts %+v", d.Amounts)
	}
}
