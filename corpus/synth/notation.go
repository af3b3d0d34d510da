package synth

import (
	"strconv"
	"strings"
	"sync"

	"yusuan/normalize/record"
)

// The flags of the dataset that this package answers for.
const (
	flagTypo       = "unit_typo"
	flagMissing    = "unit_missing"
	flagMetricName = "unit_is_metric_name"
	flagImplied    = "comparator_implied"
	flagCompound   = "compound"
)

// metric is what an indicator measures.
type metric struct {
	sort, level1, level2, name, description string
}

// notation is one way to print the value of an indicator: before, a number,
// after. Its share among the notations of a sort is its weight.
type notation struct {
	weight int
	// odd notations are drawn more or less often as the settings say.
	odd           bool
	before, after string
	// unit is the part of after that is the unit, "" if none is printed.
	unit       string
	comparator string
	flag       string
	// scaled prints the number in 万 with decimals.
	scaled bool
	// commas groups the digits.
	commas bool
	// blank leaves the cell empty.
	blank bool
}

// notations are the notations of the vocabulary by sort of metric. The weights
// follow the 36 notations of the 2020 disclosure that the project began with,
// where ≥95百分比 is a quarter of 101 values; rare ones are drawn oftener than
// they come, so that a thousand documents hold each of them many times.
var notations = sync.OnceValue(func() map[string][]notation {
	all := map[string][]notation{}
	for _, row := range words()["notation"] {
		n := notation{
			weight: atoi(row[1]), odd: row[2] == "odd", before: row[3],
			comparator: row[6], flag: row[7], scaled: row[8] == "scaled", commas: row[8] == "commas", blank: row[8] == "blank",
		}
		for _, sort := range strings.Split(row[0], "|") {
			n.after = strings.Replace(row[4], "*", sort, 1)
			n.unit = strings.Replace(row[5], "*", sort, 1)
			all[sort] = append(all[sort], n)
		}
	}
	return all
})

// draw chooses a notation by weight; odd ones count oddities times as much.
func draw(r *source, list []notation, oddities float64) *notation {
	const scale = 1000
	share := func(n *notation) int {
		if n.odd {
			return int(float64(n.weight*scale) * oddities)
		}
		return n.weight * scale
	}
	total := 0
	for i := range list {
		total += share(&list[i])
	}
	at := r.below(total)
	for i := range list {
		if at -= share(&list[i]); at < 0 {
			return &list[i]
		}
	}
	return &list[len(list)-1]
}

// printed draws the number that a notation prints for a sort of metric.
func (n *notation) printed(sort string, r *source) string {
	var v int
	switch {
	case sort == "rate" && n.comparator == record.EQ:
		v = 100
	case sort == "rate", sort == "score", sort == "bare":
		v = pick(r, []int{80, 85, 90, 92, 95, 98})
		if sort == "rate" && r.chance(0.06) {
			return strconv.Itoa(v) + ".5"
		}
	case sort == "low":
		v = r.between(0, 5)
	case n.scaled:
		return trimZeros(strconv.Itoa(r.between(1, 12)) + "." + twoDigits(int64(r.between(1, 99))))
	case sort == "万元":
		return money(r.between(500, 80_000)).wan()
	case sort == "元":
		v = 100 * r.between(2, 60)
	default:
		v = countOf(sort, r)
	}
	if n.commas {
		return group(strconv.Itoa(v), ",")
	}
	return strconv.Itoa(v)
}

// value prints a value and says what it means. A rate without a unit gets a
// description that says it is one, and so the unit can be inferred.
func (n *notation) value(m *metric, r *source) (raw string, v record.Value) {
	if n.blank {
		return "", record.Value{Kind: record.Empty}
	}
	printed := n.printed(m.sort, r)
	v = quantity(n.comparator, printed, n.unit)
	raw = n.before + printed + n.after
	if n.flag != "" {
		v.Flags = append(v.Flags, n.flag)
	}
	if n.before == "" && n.after == n.unit {
		v.ComparatorImplied = true
		v.Flags = append(v.Flags, flagImplied)
	}
	switch {
	case n.flag == flagMetricName:
		v.UnitInferred = "%"
	case n.flag == flagMissing && m.sort == "rate":
		m.description += "（百分比）"
		v.UnitInferred = "%"
	}
	return raw, v
}

// grades are the rows of a graded metric: 优, 良, 差 with their bounds.
func grades(r *source) (raws []string, values []record.Value) {
	low := r.between(6, 7) * 10
	for _, g := range []struct {
		sign, comparator string
		bound            int
		grade            string
	}{{"≥", record.GE, 95, "优"}, {"≥", record.GE, 85, "良"}, {"<", record.LT, low, "差"}} {
		n := strconv.Itoa(g.bound)
		v := quantity(g.comparator, n, "")
		v.Kind, v.Grade, v.Flags = record.Graded, g.grade, []string{flagMissing}
		raws, values = append(raws, g.sign+n+g.grade), append(values, v)
	}
	return raws, values
}

// compound prints a cell that holds a rate and two texts.
func compound(r *source) (raw string, parts []record.Value) {
	v := words()
	n := strconv.Itoa(pick(r, []int{90, 95, 98}))
	texts := sample(r, v.column("part", 0), 2)
	first := quantity(record.GE, n, "%")
	first.Flags = []string{flagCompound}
	parts = append(parts, first)
	for _, t := range texts {
		parts = append(parts, record.Value{Kind: record.Qualitative, Qualitative: t, Flags: []string{flagCompound}})
	}
	return pick(r, v.column("compoundrate", 0)) + "达" + n + "%以上；" + strings.Join(texts, "；"), parts
}

// qualitative prints a text, or, among the oddities, nothing.
func qualitative(r *source, oddities float64) (string, record.Value) {
	if r.chance(0.15 * oddities) {
		return "", record.Value{Kind: record.Empty}
	}
	t := pick(r, words().column("qualitative", 0))
	return t, record.Value{Kind: record.Qualitative, Qualitative: t}
}
