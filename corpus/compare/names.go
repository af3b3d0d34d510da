package compare

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed names.tsv
var namesTSV string

// What names.tsv names.
const (
	partNames    = "part"
	formNames    = "form"
	measureNames = "measure"
	kindNames    = "kind"
	viewNames    = "view"
	ruleNames    = "rule"
	// identityNames say what a rule demands, and how the figure that it wants
	// is called where 应为 is not right.
	identityNames = "identity"
	targetNames   = "target"
	unitNames     = "unit"
)

// named is one line of names.tsv.
type named struct {
	class, id string
	names     []string
}

var allNames = sync.OnceValue(func() []named {
	var out []named
	for line := range strings.Lines(namesTSV) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) == 3 && !strings.HasPrefix(f[0], "#") {
			out = append(out, named{f[0], f[1], strings.Split(f[2], "|")})
		}
	}
	return out
})

// title is the Chinese name of an id, or the id.
func title(class, id string) string {
	for _, n := range allNames() {
		if n.class == class && n.id == id {
			return n.names[0]
		}
	}
	return id
}

// FormTitle is the Chinese name of a form, 三公经费表 of three_public.
func FormTitle(id string) string { return title(formNames, id) }

// KindTitle is 预算 or 决算.
func KindTitle(id string) string { return title(kindNames, id) }

// ViewTitle is 部门 or 单位, "" where a document says neither.
func ViewTitle(id string) string { return title(viewNames, id) }

// RuleTitle says in Chinese what does not hold, 增减额与前后数额不符 of
// prose.change.
func RuleTitle(id string) string { return title(ruleNames, id) }

// UnitTitle is the Chinese name of a unit, 元 of CNY, or the sign that everybody
// reads, %.
func UnitTitle(id string) string { return strings.Trim(title(unitNames, id), "{}") }

// PartTitle is the Chinese name of a part of a comparison.
func PartTitle(id string) string { return title(partNames, id) }

// MeasureTitle is the Chinese name of a measure, 公务接待费·预算数 of
// official_reception/budget_amount, 上年预算数 of prior_budget_amount.
func MeasureTitle(id string) string {
	var out []string
	for part := range strings.SplitSeq(id, "/") {
		if of, ok := strings.CutPrefix(part, "prior_"); ok {
			out = append(out, "上年"+title(measureNames, of))
		} else {
			out = append(out, title(measureNames, part))
		}
	}
	return strings.Join(out, "·")
}

// order is the place of an id among those of its class.
func order(class, id string) int {
	return slices.IndexFunc(allNames(), func(n named) bool { return n.class == class && n.id == id }) + 1
}

// lookUp returns the ids that a word of the user stands for: an id itself, or
// a Chinese name.
func lookUp(class, word string) []string {
	var out []string
	for _, n := range allNames() {
		if n.class != class {
			continue
		}
		if n.id == word || slices.ContainsFunc(n.names, func(s string) bool { return plain(s) == plain(word) }) {
			out = append(out, n.id)
		}
	}
	return out
}

// measureNamed is the measure that a printed name stands for, "" if none.
func measureNamed(name string) string {
	if ids := lookUp(measureNames, name); len(ids) == 1 {
		return ids[0]
	}
	return ""
}

// plain is a name without what only lays it out: blanks, quotation marks,
// brackets.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\u3000\u00a0“”\"'‘’《》（）()【】[]", r) {
			return -1
		}
		return r
	}, s)
}

// unnumbered is a name without the number of its line, 社会保障和就业支出 of
// 八、社会保障和就业支出.
func unnumbered(s string) string {
	s = strings.TrimSpace(s)
	for {
		rest := strings.TrimLeft(s, "一二三四五六七八九十0123456789")
		after := strings.TrimLeft(rest, "、.．")
		if rest != s && after != rest && after != "" {
			s = strings.TrimSpace(after)
			continue
		}
		if open, inside, ok := strings.Cut(s, "）"); ok && strings.HasPrefix(open, "（") && inside != "" &&
			strings.Trim(strings.TrimPrefix(open, "（"), "一二三四五六七八九十0123456789") == "" {
			s = strings.TrimSpace(inside)
			continue
		}
		if of, ok := strings.CutPrefix(s, "其中"); ok && strings.TrimLeft(of, "：:") != "" {
			s = strings.TrimSpace(strings.TrimLeft(of, "：:"))
			continue
		}
		return s
	}
}
