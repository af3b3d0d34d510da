package prose

import (
	"strings"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// maxObject is the length in runes of what can stand between a change and its
// number (增加江苏法院云平台租赁费400万元); beyond it the change belongs to
// something else.
const maxObject = 24

// change is a change that a clause states.
type change struct {
	// direction is increase or decrease.
	direction string
	// subject is what stands before the change, object what stands between it
	// and the number.
	subject, object string
	// unclear says that the form's words for both directions stand there.
	unclear bool
}

// changeBefore reads the change that ends where a number begins: p is the
// clause up to the number, without dates and comparisons. against says that
// the clause compares with something.
func changeBefore(p string, q *quantity, against bool) (change, bool) {
	x := words()
	if subject, ok := bothWays(p); ok {
		return change{subject: trimAdverbs(subject), unclear: true}, true
	}
	p = strings.TrimSuffix(dropAlternative(p), "了")
	if _, ok := x.suffix("level", p, false); ok {
		return change{}, false
	}
	weak := !against && !q.Unread && (q.Unit == money || q.UnitRaw == "" || q.Unit == "") // 促消费提质提升800万元 names a project
	if w, ok := x.suffix("change", p, false); ok && !(weak && x.is("change_weak", w.Form)) {
		return change{direction: w.Value, subject: trimAdverbs(strings.TrimSuffix(p, w.Form))}, true
	}
	if w, ok := x.suffix("change_noun", x.trimSuffixes("trail", p, true), false); ok {
		rest := strings.TrimSuffix(x.trimSuffixes("trail", p, true), w.Form)
		if utf8.RuneCountInString(w.Form) > 1 || against && rest == "" {
			return change{direction: w.Value, subject: trimAdverbs(rest)}, true
		}
	}
	return changeWithObject(p, q)
}

// changeWithObject reads a change whose object stands before the number:
// 增加人员经费10万元. A number that is a level or a limit is none.
func changeWithObject(p string, q *quantity) (change, bool) {
	if q.Comparator != record.EQ && q.Comparator != record.Approx || strings.HasPrefix(q.Text, "达") || q.Unit == "%" {
		return change{}, false
	}
	w, at := words().find("change_object", p)
	if at < 0 {
		return change{}, false
	}
	object := strings.TrimSuffix(strings.TrimPrefix(p[at+len(w.Form):], "了"), "等")
	subject, unclear := bothWays(p[:at+len(w.Form)])
	if rest := strings.TrimLeft(object, "）)"); rest != object {
		if subject, unclear = bothWays(p[:at+len(w.Form)] + "）"); unclear {
			object = rest
		}
	}
	next, _ := utf8.DecodeRuneInString(object)
	if n := utf8.RuneCountInString(object); n < 2 || n > maxObject || strings.ContainsRune("率值点额型极数量幅到至为速的", next) {
		return change{}, false
	}
	if _, ok := words().suffix("trail", object, true); ok {
		return change{}, false
	}
	if unclear {
		return change{subject: trimAdverbs(subject), object: object, unclear: true}, true
	}
	return change{direction: w.Value, subject: trimAdverbs(p[:at]), object: object}, true
}

// bothWays tells whether a text ends in words for both directions, of which
// the form's writer has crossed out none (增加（减少）, 增加或减少, 增/减), and
// returns what stands before them.
func bothWays(p string) (string, bool) {
	p = strings.TrimSuffix(p, "了")
	if strings.ContainsAny(p, "()") {
		p = strings.NewReplacer("(", "（", ")", "）").Replace(p)
	}
	rest, bracketed := strings.CutSuffix(p, "）")
	second, rest := direction(rest)
	if second == "" {
		return "", false
	}
	joined := false
	for _, w := range []string{"或者", "或", "/", "／", "、", "（"} {
		if before, ok := strings.CutSuffix(rest, w); ok && (w == "（") == bracketed {
			rest, joined = strings.TrimRight(before, " "), true
			break
		}
	}
	first, subject := direction(rest)
	short := strings.HasSuffix(p, "增减") || strings.HasSuffix(p, "升降")
	return subject, first != "" && first != second && (joined || short)
}

// direction returns the direction of the change that s ends in, "" for none,
// and what stands before it.
func direction(s string) (direction, rest string) {
	if w, ok := words().suffix("change", s, false); ok {
		return w.Value, s[:len(s)-len(w.Form)]
	}
	for _, w := range []struct{ form, value string }{{"增", "increase"}, {"升", "increase"}, {"减", "decrease"}, {"降", "decrease"}} {
		if rest, ok := strings.CutSuffix(s, w.form); ok {
			return w.value, rest
		}
	}
	return "", s
}

// dropAlternative drops the other word of a form that was not crossed out:
// 下降（增长）27.78%.
func dropAlternative(p string) string {
	rest, ok := strings.CutSuffix(p, "）")
	if !ok {
		return p
	}
	if at := strings.LastIndex(rest, "（"); at >= 0 && words().is("change", rest[at+len("（"):]) {
		return p[:at]
	}
	return p
}

func trimAdverbs(s string) string {
	x := words()
	s = x.trimSuffixes("adverb", s, false)
	return x.trimSuffixes("degree", s, false)
}

// stated is a change without a number: 较2019年预算略有减少, 与上年持平.
type stated struct {
	// direction is increase, decrease, or "" for no change.
	direction string
	// phrase is what is printed: 略有减少.
	phrase string
	// subject is what stands before it.
	subject string
}

// changeStated reads what stands behind a comparison, or in the clause after
// it, as a change without a number. against says that the comparison stands in
// the same clause, compared that it stands in the one before; there only a
// word of degree makes it a statement, for bare 支出增加 mostly gives a reason.
func changeStated(p string, against, compared bool) (stated, bool) {
	x := words()
	p = strings.TrimSuffix(p, "了")
	if w, ok := x.suffix("flat", p, false); ok {
		rest := strings.TrimSuffix(p, w.Form)
		subject := x.trimSuffixes("flat_adverb", rest, false)
		return stated{phrase: p[len(subject):], subject: subject}, (against || compared) && !strings.HasSuffix(rest, "不")
	}
	w, ok := x.suffix("change", p, false)
	if !ok {
		return stated{}, false
	}
	rest := strings.TrimSuffix(p, w.Form)
	subject := trimAdverbs(rest)
	_, degree := x.suffix("degree", rest, false)
	return stated{direction: w.Value, phrase: p[len(subject):], subject: subject}, against || compared && degree
}
