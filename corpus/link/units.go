package link

// units are the units that the projects of a department are of, in all its
// documents: two schools have 公用经费 each.
type units struct {
	// spans says from when until when a unit has projects.
	spans map[string]span
	// each are the names that several units have in one document.
	each map[string]bool
}

// span is a first and a last year.
type span struct{ first, last int32 }

func newUnits() units { return units{spans: map[string]span{}, each: map[string]bool{}} }

// read takes the projects of a document.
func (u *units) read(items []*item, year int32) {
	of := map[string]string{}
	for _, x := range items {
		if x.group == "" {
			continue
		}
		s, ok := u.spans[x.group]
		if !ok {
			s = span{year, year}
		}
		u.spans[x.group] = span{min(s.first, year), max(s.last, year)}
		if other, ok := of[x.names[2]]; ok && other != x.group {
			u.each[x.names[2]] = true
		}
		of[x.names[2]] = x.group
	}
}

// apart tells whether projects of a name are two since their units are. A name
// that never stands in one document twice is of one project, which went from unit
// to unit; and a unit that comes when another one is gone can be the same.
func (u *units) apart(name, old, now string) bool {
	return old != now && old != "" && now != "" && u.each[name] && u.spans[old].last >= u.spans[now].first
}
