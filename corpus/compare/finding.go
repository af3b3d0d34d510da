package compare

import (
	"strings"

	"yusuan/normalize/record"
)

// sentence says in Chinese what a document gets wrong, from the columns of the
// finding alone: what its rule demands, what is printed, which figure is wanted,
// and how far the printed one is from it.
func sentence(f *Finding) string {
	demands, wants := f.Rule, "应为"
	for _, n := range allNames() {
		if n.class == identityNames && n.id == f.Rule {
			demands = n.names[0]
			if len(n.names) > 1 {
				wants = n.names[1]
			}
		}
	}
	var b strings.Builder
	if f.Origin.Text != "" {
		b.WriteString("原文“" + f.Origin.Text + "”")
	}
	if f.Actual.IsNull() || f.Expected.IsNull() {
		if b.Len() > 0 {
			b.WriteString("：")
		}
		return b.String() + "不合“" + demands + "”"
	}
	unit := unitOfFinding(f)
	if b.Len() > 0 {
		b.WriteString("，")
	}
	b.WriteString("即 " + Grouped(f.Actual) + unit + "；按“" + demands + "”" + wants + " " + Grouped(f.Expected) + unit)
	by := f.Difference
	if by.IsNull() {
		by = f.Actual.Sub(f.Expected)
	}
	switch by.Cmp(record.Int(0)) {
	case 1:
		b.WriteString("，多 " + Grouped(by) + unit)
	case -1:
		b.WriteString("，少 " + Grouped(by.Abs()) + unit)
	}
	return b.String()
}

// unitOfFinding is the unit of a finding's figures: yuan, or percent where a
// rate is what is printed. The dataset does not say; a rule about rates that
// blames an amount instead quotes a text without a percent sign.
func unitOfFinding(f *Finding) string {
	switch f.Rule {
	case "project.plan":
		return " %"
	case "prose.change", "prose.share", "prose.completion":
		if strings.ContainsAny(f.Origin.Text, "%％") || strings.Contains(f.Origin.Text, "百分") {
			return " %"
		}
	}
	return " 元"
}
