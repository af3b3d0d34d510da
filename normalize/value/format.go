package value

import (
	"strings"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// Format prints a value in one notation of the many that mean the same: ≥95%,
// 90-95%, >6次, 每生每学年500元, ≥85良, and words as they are. Parse reads it
// back to the same number, comparator, unit, grade and per-phrase. Qualifier
// and flags are not printed; the unit is printed as UnitRaw.
func Format(v record.Value) string {
	if v.Number.IsNull() {
		return v.Qualitative
	}
	var b strings.Builder
	low, high := sign(v), ""
	unit := v.UnitRaw
	f := finder{t: newText("(" + unit + ")"), v: vocabulary()}
	inner, known := f.inBrackets(0)
	if unit != "" && v.Unit == "" && !known {
		unit = "(" + unit + ")" // a name, which may begin like a unit
	}
	b.WriteString(prefixPer(v.Per, inner.per))
	number := v.Number.String()
	if unit == percentPrefix {
		number, unit = percentPrefix+number, ""
	}
	if !v.Upper.IsNull() {
		high = "-" + v.Upper.String()
		switch {
		case v.Comparator == record.GE && v.UpperInclusive:
			low = ""
		case v.Comparator == record.GE || v.Comparator == record.GT:
			high = "且" + upperSign(v.UpperInclusive) + v.Upper.String()
			if known {
				high = unit + high
			}
		}
	}
	b.WriteString(low + number + high + unit)
	if v.Grade != "" {
		if v.Unit == "" && v.ScaleExp > 0 {
			b.WriteByte(' ') // 千 in front of a character would be part of a word
		}
		b.WriteString(v.Grade)
	}
	return b.String()
}

// sign returns the sign of a comparator, nothing for one that was implied.
func sign(v record.Value) string {
	switch v.Comparator {
	case record.GE:
		return "≥"
	case record.GT:
		return ">"
	case record.LE:
		return "≤"
	case record.LT:
		return "<"
	case record.Approx:
		return "≈"
	}
	if v.ComparatorImplied {
		return ""
	}
	return "="
}

// upperSign returns the sign of the upper end of a range.
func upperSign(inclusive bool) string {
	if inclusive {
		return "≤"
	}
	return "<"
}

// prefixPer prints the part of a per-phrase that the unit does not print.
func prefixPer(per, inUnit string) string {
	if inUnit != "" {
		per = strings.TrimSuffix(strings.TrimSuffix(per, inUnit), ",")
	}
	if per == "" {
		return ""
	}
	out := ""
	for id := range strings.SplitSeq(per, ",") {
		out += "每" + perWord(id)
	}
	return out
}

// perWord returns the shortest word of a per-phrase's part.
func perWord(id string) string {
	best := ""
	for _, w := range vocab.Words() {
		if w.Class == "per" && w.ID == id && (best == "" || len(w.Form) < len(best)) {
			best = w.Form
		}
	}
	return best
}
