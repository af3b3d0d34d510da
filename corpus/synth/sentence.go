package synth

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// sentence is a text in the making, with the amounts that it states.
type sentence struct {
	text    strings.Builder
	runes   int
	amounts []record.Amount
}

// say appends text that states no amount.
func (s *sentence) say(text string) {
	s.text.WriteString(text)
	s.runes += utf8.RuneCountInString(text)
}

// state appends a clause and remembers the amount that it states.
func (s *sentence) state(clause string, a record.Amount) {
	a.Text, a.Start = clause, s.runes
	s.say(clause)
	a.End = s.runes
	s.amounts = append(s.amounts, a)
}

// quantity is the value of a number with its unit, both as printed.
func quantity(comparator, printed, unitRaw string) record.Value {
	v := record.Value{Kind: record.Quantity, Comparator: comparator, Number: number(printed), UnitRaw: unitRaw}
	rest, wan := strings.CutPrefix(unitRaw, "万")
	if wan {
		v.ScaleExp = 4
	} else if r, yi := strings.CutPrefix(unitRaw, "亿"); yi {
		rest, v.ScaleExp = r, 8
	}
	v.Unit = unitCodes()[rest]
	v.Base = v.Number.Shift(v.ScaleExp)
	return v
}

// unitCodes are the UCUM or ISO 4217 codes of units, scale aside.
var unitCodes = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, row := range words()["unit"] {
		m[row[0]] = row[1]
	}
	return m
})

// expand appends a text in which @sort:metric stands for an amount, drawn
// here. The metric ends at the next punctuation; "prefix|metric" prints both
// and counts the metric alone, 〔metric〕 stands after its number.
func (s *sentence) expand(text string, r *source) {
	for {
		before, rest, found := strings.Cut(text, "@")
		s.say(before)
		if !found {
			return
		}
		sort, rest, _ := strings.Cut(rest, ":")
		end := strings.IndexAny(rest, "，。；、")
		if end < 0 {
			end = len(rest)
		}
		if sort == "生" {
			end = 0 // what follows is no metric
		}
		s.stateDrawn(sort, rest[:end], r)
		text = rest[end:]
	}
}

// stateDrawn states an amount of a sort about a metric.
func (s *sentence) stateDrawn(sort, metric string, r *source) {
	if prefix, m, ok := strings.Cut(metric, "|"); ok {
		s.say(prefix)
		metric = m
	}
	if about, ok := strings.CutPrefix(metric, "〔"); ok {
		s.stateBefore(sort, strings.TrimSuffix(about, "〕"), r)
		return
	}
	switch sort {
	case "率":
		s.stateRate(metric, r)
	case "元":
		m := money(r.between(100, 90_000))
		s.state(metric+"为"+m.wan()+"万元", record.Amount{Metric: metric, Value: quantity(record.EQ, m.wan(), "万元")})
	case "生":
		n := strconv.Itoa(100 * r.between(2, 40))
		v := quantity(record.EQ, n, "元")
		v.Per = "student,school_year"
		s.state("每生每学年"+n+"元", record.Amount{Value: v})
	default:
		s.stateCount(sort, metric, r)
	}
}

func (s *sentence) stateRate(metric string, r *source) {
	n := strconv.Itoa(pick(r, []int{80, 85, 90, 95, 96, 98}))
	v := quantity(record.GE, n, "%")
	switch r.below(4) {
	case 0:
		s.state(metric+"达到"+n+"%以上", record.Amount{Metric: metric, Value: v})
	case 1:
		s.state(metric+"不低于"+n+"%", record.Amount{Metric: metric, Value: v})
	case 2:
		s.state(metric+n+"%以上", record.Amount{Metric: metric, Value: v})
	default:
		s.state(metric+"100%", record.Amount{Metric: metric, Value: quantity(record.EQ, "100", "%")})
	}
}

func (s *sentence) stateCount(unit, metric string, r *source) {
	n := strconv.Itoa(countOf(unit, r))
	clause, comparator := metric+n+unit, record.EQ
	switch r.below(6) {
	case 0:
		clause, comparator = metric+"不少于"+n+unit, record.GE
	case 1:
		clause, comparator = metric+n+unit+"以上", record.GE
	case 2:
		if unit == "人" {
			clause, comparator = metric+"约"+n+unit, record.Approx
		}
	case 3:
		if unit == "人" || unit == "人次" {
			n = trimZeros("0." + twoDigits(int64(r.between(11, 89))))
			unit = "万" + unit
			clause = metric + n + unit
		}
	}
	s.state(clause, record.Amount{Metric: metric, Value: quantity(comparator, n, unit)})
}

// stateBefore states a number that stands before what it counts. What a
// reader calls the metric of such a clause is open: it is left blank.
func (s *sentence) stateBefore(unit, about string, r *source) {
	if unit == "期" {
		i := r.between(1, 3)
		s.say("举办")
		s.state([]string{"一", "两", "三", "四"}[i]+"期"+about, record.Amount{Value: quantity(record.EQ, strconv.Itoa(i+1), "期")})
		return
	}
	verb := map[string]string{"家": "走访检查", "份": "整理", "册": "印制"}[unit]
	n := strconv.Itoa(countOf(unit, r))
	if r.chance(0.4) {
		s.state(verb+"不少于"+n+unit+about, record.Amount{Value: quantity(record.GE, n, unit)})
		return
	}
	s.state(verb+n+unit+about, record.Amount{Value: quantity(record.EQ, n, unit)})
}

// countOf draws a number that is usual for a unit.
func countOf(unit string, r *source) int {
	switch unit {
	case "场", "期":
		return r.between(2, 20)
	case "个", "家":
		return r.between(5, 500)
	case "小时", "天":
		return r.between(2, 48)
	case "份", "册", "人", "人次", "户":
		return 10 * r.between(10, 900)
	case "平方米":
		return r.between(200, 9000)
	}
	return r.between(1, 100)
}
