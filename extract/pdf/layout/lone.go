package layout

// adoptLone brings upright lines that meet no level line to the table that they
// belong to: a column whose only cell goes on from the page before to the page
// after has neither a top nor a bottom. Such a line begins and ends where at
// least two lines of its table do.
func adoptLone(r rules, set sets) {
	n := len(r.level)
	crossed := make([]bool, len(set))
	for i := range n {
		crossed[set.find(i)] = true
	}
	var kin map[ends][]int
	for i, v := range r.upright {
		if crossed[set.find(n+i)] {
			continue
		}
		if kin == nil {
			kin = byEnds(r.upright, func(k int) bool { return crossed[set.find(n+k)] })
		}
		if k := nearestKin(r.upright, kin, v); k >= 0 {
			set.join(n+i, n+k)
		}
	}
}

// ends are where a line begins and ends, in units of stub.
type ends struct{ from, to int }

func (l rule) ends() ends { return ends{int(l.from / stub), int(l.to / stub)} }

// byEnds sorts the lines that are wanted by their ends.
func byEnds(lines []rule, wanted func(int) bool) map[ends][]int {
	out := map[ends][]int{}
	for k, l := range lines {
		if wanted(k) {
			out[l.ends()] = append(out[l.ends()], k)
		}
	}
	return out
}

// nearestKin finds the line beside another that begins and ends where it does,
// if there are at least two; -1 if not.
func nearestKin(lines []rule, kin map[ends][]int, l rule) int {
	nearest, found := -1, 0
	e := l.ends()
	for from := e.from - 1; from <= e.from+1; from++ {
		for to := e.to - 1; to <= e.to+1; to++ {
			for _, k := range kin[ends{from, to}] {
				o := lines[k]
				if abs(o.from-l.from) > stub || abs(o.to-l.to) > stub {
					continue
				}
				found++
				if nearest < 0 || abs(o.at-l.at) < abs(lines[nearest].at-l.at) {
					nearest = k
				}
			}
		}
	}
	if found < 2 {
		return -1
	}
	return nearest
}
