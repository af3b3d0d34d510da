package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/export"
)

// counts are what a document has, by part.
type counts struct{ lines, projects, indicators, amounts, findings int }

// figures is about how many figures a document has.
func (c counts) figures() int {
	return c.lines + c.projects + c.indicators + c.amounts + c.findings + 1
}

// documents reads the documents that the query is about. Those without a year
// or that could not be read have nothing to compare.
func (l *loader) documents() error {
	var all []*source
	err := export.Scan(l.ctx, l.dir, "documents", nil, func(r *documentRow) error {
		if r.FiscalYear == 0 || r.Status == "failed" {
			return nil
		}
		s := &source{entity: l.links.documents[r.DocumentID]}
		s.Document = Document{ID: r.DocumentID, URI: r.URI, Title: r.Title, Year: int(r.FiscalYear), Department: r.Department,
			Status: r.Status, failed: int(r.ChecksFailed), kind: r.Kind, view: r.IssuerLevel,
			counts: counts{int(r.Lines), int(r.Projects), int(r.Indicators), int(r.Amounts), int(r.Findings)}}
		s.region.code, s.region.name = r.RegionCode, r.RegionName
		all = append(all, s)
		return nil
	})
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return l.unreadable()
	}
	if err := l.knownRegion(all); err != nil {
		return err
	}
	kept, err := l.ofDepartments(all)
	if err != nil {
		return err
	}
	for _, s := range kept {
		q := &l.query
		if !strings.HasPrefix(s.region.code, q.Region) {
			continue
		}
		if !slices.Contains(l.known, s.Year) {
			l.known = append(l.known, s.Year)
		}
		if q.From > 0 && s.Year < q.From || q.To > 0 && s.Year > q.To {
			continue
		}
		l.docs[s.ID] = s
		if !slices.Contains(l.years, s.Year) {
			l.years = append(l.years, s.Year)
		}
	}
	slices.Sort(l.years)
	slices.Sort(l.known)
	return nil
}

// knownRegion refuses a region that no document is of.
func (l *loader) knownRegion(all []*source) error {
	var there []string
	for _, s := range all {
		if strings.HasPrefix(s.region.code, l.query.Region) {
			return nil
		}
		if name := strings.TrimSpace(s.region.code + " " + s.region.name); name != "" && !slices.Contains(there, name) {
			there = append(there, name)
		}
	}
	slices.Sort(there)
	return &QueryError{"region", l.query.Region, "no document is of a region whose code begins so; there are: " + shorten(there, mostNamed)}
}

// ofDepartments keeps the documents of the departments named, all if none is.
func (l *loader) ofDepartments(all []*source) ([]*source, error) {
	if len(l.query.Departments) == 0 {
		return all, nil
	}
	var out []*source
	have := map[*source]bool{}
	for _, name := range l.query.Departments {
		hit, err := l.ofDepartment(all, name)
		if err != nil {
			return nil, err
		}
		for _, s := range hit {
			if !have[s] {
				have[s], out = true, append(out, s)
			}
		}
	}
	return out, nil
}

// ofDepartment keeps the documents of one department: those of the body that
// has the name, or the only one that has it as a part of its name.
func (l *loader) ofDepartment(all []*source, name string) ([]*source, error) {
	exact, part := map[string]bool{}, map[string]bool{}
	var names []string
	for _, s := range all {
		for _, n := range append([]string{s.Department}, l.links.entities[s.entity].Aliases...) {
			if plain(n) == plain(name) {
				exact[l.bodyName(s)] = true
			}
			if strings.Contains(plain(n), plain(name)) {
				part[l.bodyName(s)] = true
			}
		}
	}
	hit := exact
	if len(exact) == 0 {
		hit = part
	}
	var out []*source
	for _, s := range all {
		if hit[l.bodyName(s)] {
			out = append(out, s)
			if !slices.Contains(names, s.Department) {
				names = append(names, s.Department)
			}
		}
	}
	slices.Sort(names)
	switch {
	case len(out) == 0:
		return nil, &QueryError{"department", name, "no department has that in its name; " + l.similar(all, name)}
	case len(exact) == 0 && len(part) > 1:
		return nil, &QueryError{"department", name, fmt.Sprintf("%d departments have that in their names: %s; name one, or give --department more than once",
			len(part), shorten(names, mostNamed))}
	}
	return out, nil
}

// similar names the departments whose names are most like one.
func (l *loader) similar(all []*source, name string) string {
	var names []string
	seen := map[string]bool{}
	for _, s := range all {
		for _, n := range append([]string{s.Department}, l.links.entities[s.entity].Aliases...) {
			if n != "" && !seen[n] {
				seen[n], names = true, append(names, n)
			}
		}
	}
	if near := nearest(name, names); len(near) > 0 {
		return "near it: " + strings.Join(near, ", ")
	}
	slices.Sort(names)
	return "there are: " + shorten(names, mostNamed) + " (yusuan compare " + l.dir + " lists all)"
}

// mostNamed is how many names a message has at most.
const mostNamed = 12

// shorten joins the first names of a long list.
func shorten(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// bodyName is what makes two documents those of one body, whatever their kind
// and view.
func (l *loader) bodyName(s *source) string {
	if s.entity != "" {
		return "e:" + s.entity
	}
	return "n:" + s.region.code + "\n" + plain(s.Department)
}

// bodies groups the documents: one body each for kind and view.
func (l *loader) bodies() [][]*source {
	type bodyKey struct{ name, kind, view string }
	groups := map[bodyKey][]*source{}
	for _, s := range l.docs {
		k := bodyKey{l.bodyName(s), s.kind, s.view}
		groups[k] = append(groups[k], s)
	}
	var out [][]*source
	for _, g := range groups {
		slices.SortFunc(g, func(a, b *source) int {
			return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.URI, b.URI), cmp.Compare(a.ID, b.ID))
		})
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b []*source) int {
		x, y := a[len(a)-1], b[len(b)-1]
		return cmp.Or(cmp.Compare(x.region.code, y.region.code), cmp.Compare(x.Department, y.Department),
			order(kindNames, x.kind)-order(kindNames, y.kind), order(viewNames, x.view)-order(viewNames, y.view),
			cmp.Compare(x.ID, y.ID))
	})
	return out
}
