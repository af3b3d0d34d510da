package value

import (
	"strings"

	"yusuan/normalize/vocab"
)

// MoneyUnit reads the unit of money in a caption or a header: 单位：万元,
// 价值（金额单位：万元）, 年度预算数（万元）. raw is the unit without layout
// blanks, scaleExp its power of ten: 0 for 元, 3 for 千元, 4 for 万元, 8 for
// 亿元. ok is false where no unit of money is stated, in sentences that merely
// hold an amount among others.
func MoneyUnit(text string) (raw string, scaleExp int, ok bool) {
	key := vocab.Key(text)
	for _, mark := range []string{"单位:", "单位(", "单位为"} {
		for rest := key; ; {
			_, after, found := strings.Cut(rest, mark)
			if !found {
				break
			}
			if raw, scaleExp, ok = moneyAt(after, ",，、;；)及和/。 "); ok {
				return raw, scaleExp, true
			}
			rest = after
		}
	}
	for rest := key; ; {
		_, after, found := strings.Cut(rest, "(")
		if !found {
			break
		}
		if raw, scaleExp, ok = moneyAt(after, ")"); ok {
			return raw, scaleExp, true
		}
		rest = after
	}
	return moneyAt(key, "")
}

// moneyAt reads a unit of money that s begins with and that ends with s or
// with one of the runes of stop.
func moneyAt(s, stop string) (raw string, scaleExp int, ok bool) {
	f := finder{t: newText(s), v: vocabulary()}
	start := f.t.after(0, "人民币")
	exp, p := f.scaleAt(start, false)
	u, end := f.unitAt(p)
	if u == nil || len(u.id) != len("CNY") || !strings.Contains(currencies, u.id) {
		return "", 0, false
	}
	if end < len(f.t.r) && !strings.ContainsRune(stop, f.t.r[end]) {
		return "", 0, false
	}
	return f.t.slice(start, end), exp, true
}

// currencies are the ISO 4217 codes among the units.
const currencies = "CNY USD EUR HKD JPY"

// PerPhrase returns the first per-phrase of a clause (每生每学年, 人均,
// 年组织), as printed and as it stands in Value.Per, and its rune offsets. ok
// is false if there is none. Find fills Per only from phrases that touch the
// quantity; whether one that stands farther off belongs to it is for the
// caller to say.
func PerPhrase(clause string) (per string, start, end int, ok bool) {
	f := finder{t: newText(clause), v: vocabulary()}
	for i := 0; i < len(f.t.r); i++ {
		if d, isDate := f.date(i); isDate {
			i = d.End - 1
			continue
		}
		if per, end, ok = f.perPhrase(i); ok {
			return per, i, end, true
		}
	}
	return "", 0, 0, false
}
