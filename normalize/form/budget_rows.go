package form

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// budgetName is what the rows of a block are about.
type budgetName struct{ code, name string }

// nameOf reads code and name of a row of a block.
func (b *budget) nameOf(row int, k *budgetBlock) *budgetName {
	who := &budgetName{code: b.codeOf(row, k)}
	var parts []string
	names := b.namesOfLines(k)
	for n, col := range names {
		i := b.cellAt(row, col)
		if i < 0 || b.blank(i) || b.Table.Cells[i].Row < row && n < len(names)-1 {
			continue
		}
		if t := layoutName(b.Table.Cells[i].Text); len(parts) == 0 || parts[len(parts)-1] != t || b.Table.Cells[i].Col == col {
			parts = append(parts, t)
		}
	}
	switch {
	case len(parts) == 0:
		who.name = cmp.Or(b.nameInCode(row, k), b.sumOf(row, k), b.itemAbove(row, k))
	case b.out.Form == ProcurementForm:
		who.name = strings.Join(parts, "/")
	default:
		who.name = parts[len(parts)-1]
	}
	if who.code == "" {
		who.code, who.name = splitCode(who.name)
	}
	return who
}

// namesOfLines are the columns that name the lines of a block: those of names
// of subjects and projects where there are any, the unlabelled beside them,
// otherwise all.
func (b *budget) namesOfLines(k *budgetBlock) []int {
	if b.out.Form == ProcurementForm {
		return k.names
	}
	subject := func(col int) bool {
		return slices.Contains([]string{"name", "project_name", "item", "item_name", "function_subject", "economic_subject"}, b.columns[col].low())
	}
	if !slices.ContainsFunc(k.names, subject) {
		return k.names
	}
	var out []int
	for _, col := range k.names {
		if subject(col) || b.columns[col].low() == "" {
			out = append(out, col)
		}
	}
	return out
}

// nameInCode returns the word that stands in place of a code (合计).
func (b *budget) nameInCode(row int, k *budgetBlock) string {
	for _, col := range k.codes {
		if i := b.cellAt(row, col); i >= 0 && !b.isNumber(i) && !blankNumber(Line(b.Table.Cells[i].Text)) {
			return layoutName(b.Table.Cells[i].Text)
		}
	}
	return ""
}

// sumOf returns the name of a sum that stands in another column of names than
// those of the lines: 合计 below 类型.
func (b *budget) sumOf(row int, k *budgetBlock) string {
	for _, col := range k.names {
		if i := b.cellAt(row, col); i >= 0 && isSum(Name(b.Table.Cells[i].Text)) {
			return layoutName(b.Table.Cells[i].Text)
		}
	}
	return ""
}

// itemAbove returns the item of the row above for a row of 政府采购 that names
// none but says how it is bought (采购组织形式): one item that is bought in two
// ways has its name printed once. Seen in budgets of 2019.
func (b *budget) itemAbove(row int, k *budgetBlock) string {
	if b.out.Form != ProcurementForm || len(k.names) == 0 || row == b.header.end || !b.saysHow(row) {
		return ""
	}
	last := k.names[len(k.names)-1]
	if i := b.cellAt(row-1, last); i >= 0 && !b.blank(i) {
		name := layoutName(b.Table.Cells[i].Text)
		b.note(b.origin(row, last), "form.name_from_above", "the row names no item; that of the row above was taken: "+clip(name))
		return name
	}
	return ""
}

// saysHow tells whether a row has a text in a column that names no line.
func (b *budget) saysHow(row int) bool {
	for col := range b.columns {
		if i := b.cellAt(row, col); i >= 0 && !b.blank(i) && slices.Contains(asides, b.columns[col].low()) && !b.isNumber(i) {
			return true
		}
	}
	return false
}

// codeOf joins the code of a row from the columns of its levels. A level that
// holds the whole code replaces what stands before it; a level that is blank
// above a lower one is that of the rows before.
func (b *budget) codeOf(row int, k *budgetBlock) string {
	code := ""
	for n, col := range k.codes {
		piece := b.codeAt(row, col)
		if piece == "" && code == "" && n < len(k.codes)-1 && b.lowerCode(row, k.codes[n+1:]) {
			piece = b.codeAbove(row, k.codes[:n+1])
		}
		if strings.HasPrefix(piece, code) && codeLevel(piece) > 0 && len(piece) > 2 {
			code = piece
		} else {
			code += piece
		}
	}
	if len(k.codes) == 1 && len(code) == 2 {
		return b.economicCode(row, k.codes[0], code)
	}
	return code
}

// economicCode puts the 类 before a 款 of the economic classification that is
// printed alone: 01 below 301. Functions have three levels, and 01 below 201
// may be of either lower one: they stay as printed.
func (b *budget) economicCode(row, col int, piece string) string {
	for row--; row >= b.header.end; row-- {
		above := b.codeAt(row, col)
		if len(above) != 3 {
			continue
		}
		if above[0] == '3' || above[0] == '5' {
			b.noteOnce("form.code_joined", "codes of two digits were joined to the code of three digits above them")
			return above + piece
		}
		break
	}
	return piece
}

// lowerCode tells whether one of the columns holds a part of a code that
// cannot stand alone.
func (b *budget) lowerCode(row int, cols []int) bool {
	for _, col := range cols {
		if piece := b.codeAt(row, col); piece != "" {
			return len(piece) <= 2
		}
	}
	return false
}

// codeAbove is the code in the last of the columns of the nearest row above
// that has one.
func (b *budget) codeAbove(row int, cols []int) string {
	col := cols[len(cols)-1]
	for row--; row >= b.header.end; row-- {
		if piece := b.codeAt(row, col); piece != "" {
			return piece
		}
	}
	return ""
}

// codeAt returns the digits of a cell of codes, "" if it holds none.
func (b *budget) codeAt(row, col int) string {
	i := b.cellAt(row, col)
	if i < 0 || b.Table.Cells[i].Col != col {
		return ""
	}
	code := strings.Trim(vocab.Key(b.Table.Cells[i].Text), "[]【】()")
	if strings.Trim(code, "0123456789") != "" {
		return ""
	}
	return code
}

// codeLevel is the level of a code by its length: 201 is 类, 20105 款, 2010506
// 项. Codes of other lengths have none.
func codeLevel(code string) int {
	if strings.Trim(code, "0123456789") != "" {
		return 0
	}
	switch len(code) {
	case 3:
		return 1
	case 5:
		return 2
	case 7:
		return 3
	}
	return 0
}

// splitCode cuts the code from a name that begins with it: 201一般公共服务支出,
// [2010506]统计管理, 30101-基本工资.
func splitCode(name string) (code, rest string) {
	t := strings.TrimLeft(name, "[【(（")
	n := strings.IndexFunc(t, func(r rune) bool { return r < '0' || r > '9' })
	if n <= 0 || codeLevel(t[:n]) == 0 {
		return "", name
	}
	rest = strings.TrimLeft(t[n:], "]】)）-—_ ")
	// A year or an amount at the front is no code.
	first, _ := utf8.DecodeRuneInString(rest)
	if !unicode.Is(unicode.Han, first) || strings.ContainsRune("年月日号个万元项", first) {
		return "", name
	}
	return t[:n], rest
}

// layoutName returns a name as printed, without the blanks between Chinese
// characters that only spread it (合　计); those around a list number stay.
func layoutName(text string) string {
	runes := []rune(Line(text))
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if r == ' ' && wide(out[len(out)-1]) && wide(runes[i+1]) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// firstOf returns the first field that is none of some, and no 小计.
func firstOf(ids, none []string) string {
	for _, id := range ids {
		if id != "subtotal" && !slices.Contains(none, id) {
			return id
		}
	}
	return ""
}

// side tells whether an amount is revenue or expenditure, from the labels
// above it, or above its block, or from the form.
func (b *budget) side(k *budgetBlock, c *budgetColumn) string {
	switch b.out.Form {
	case revenueForm:
		return "revenue"
	case revenueExpenditure, appropriationForm:
		return sideOf(c.path + "/" + b.paths(slices.Concat(k.names, k.codes)))
	case fundForm, capitalForm:
		if side := sideOf(c.path); side != "" || strings.Contains(c.path, "结转") || strings.Contains(c.path, "结余") {
			return side
		}
	}
	return "expenditure"
}

// sideOf returns the side that a path names, "" if it names both or none.
func sideOf(path string) string {
	in, out := strings.Contains(path, "收入"), strings.Contains(path, "支出")
	switch {
	case in && !out:
		return "revenue"
	case out && !in:
		return "expenditure"
	}
	return ""
}

// scheme tells by what the rows are classified.
func (b *budget) scheme(k *budgetBlock, c *budgetColumn, who *budgetName) string {
	// The labels of codes and names say it; those of the amounts may stand
	// over the block beside.
	labels := b.paths(slices.Concat(k.codes, k.names))
	if !hasAny(labels, "支出用途", "经济", "功能") {
		labels = b.paths(k.money)
	}
	switch {
	case b.out.Form == threePublicForm:
		return "three_public"
	case b.out.Form == ProcurementForm || b.out.Form == projectForm:
		return "item"
	case strings.Contains(labels, "支出用途"):
		return "use"
	case strings.Contains(labels, "经济") || strings.HasPrefix(b.blockCode(k), "3") || strings.HasPrefix(b.blockCode(k), "5"):
		return "economic"
	case strings.Contains(labels, "功能") || strings.HasPrefix(b.blockCode(k), "2"):
		return "function"
	case len(k.names)+len(k.codes) == 0:
		return "use"
	case b.side(k, c) == "revenue":
		return "source"
	case isUse(who.name):
		return "use"
	case b.side(k, c) == "expenditure":
		return "function"
	}
	return ""
}

// paths joins the paths of columns.
func (b *budget) paths(cols []int) string {
	var out []string
	for _, col := range cols {
		out = append(out, b.columns[col].path)
	}
	return strings.Join(out, "/")
}

func hasAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// isUse tells whether a name is one of how money is used, not what for.
func isUse(name string) bool {
	return hasAny(name, "基本支出", "项目支出", "机动经费", "人员经费", "公用经费")
}

// blockCode is the first code of a block.
func (b *budget) blockCode(k *budgetBlock) string {
	if len(k.codes) == 0 {
		return ""
	}
	for row := b.header.end; row < b.Table.Rows; row++ {
		if code := b.codeAt(row, k.codes[0]); code != "" {
			return code
		}
	}
	return ""
}
