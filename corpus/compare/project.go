package compare

import "strconv"

// cluster is one project over years.
type cluster struct {
	id          string
	codes, name map[string]bool
	docs        map[*source]bool
}

// occurrence is a project as one document has it.
type occurrence struct {
	doc *source
	no  int32
}

// identifyProjects gives the facts of projects and of their indicators their
// identity: that of the entity, or of the cluster that the project falls into,
// by its code, else by its exact name. Two projects of one document are never
// one.
func (p *pivot) identifyProjects() {
	var clusters []*cluster
	for _, s := range p.docs {
		of := map[occurrence]*cluster{}
		clusters = assign(clusters, s, of, true) // first by what is more certain
		clusters = assign(clusters, s, of, false)
		for i := range s.facts {
			f := &s.facts[i]
			c := of[occurrence{s, f.project}]
			if c == nil {
				continue
			}
			t := *f.thing // others share it
			switch {
			case t.part == PartProjects && t.entity != "":
				t.identity = "e:" + t.entity
			case t.part == PartProjects:
				t.identity = c.id
			case t.part == PartIndicators && t.entity == "":
				t.identity = c.id + "/" + t.identity
			}
			f.thing = p.l.pool.thing(t)
		}
	}
}

// assign finds the clusters of the projects of one document that have none:
// by code, those with a known one; else by name, and a new one for the rest.
func assign(clusters []*cluster, s *source, of map[occurrence]*cluster, byCode bool) []*cluster {
	for i := range s.facts {
		f := &s.facts[i]
		o := occurrence{s, f.project}
		if f.part != PartProjects && f.part != PartIndicators || of[o] != nil {
			continue
		}
		name := f.name
		if f.part == PartIndicators {
			name = f.group
		}
		c := find(clusters, s, f.code, name, byCode)
		if c == nil && byCode {
			continue
		}
		if c == nil {
			c = &cluster{id: "p" + strconv.Itoa(len(clusters)), codes: map[string]bool{}, name: map[string]bool{}, docs: map[*source]bool{}}
			clusters = append(clusters, c)
		}
		of[o] = c
		c.docs[s], c.name[plain(name)] = true, true
		if f.code != "" {
			c.codes[f.code] = true
		}
	}
	return clusters
}

// find is the cluster of a project that the document has no other project of.
func find(clusters []*cluster, s *source, code, name string, byCode bool) *cluster {
	for _, c := range clusters {
		if !c.docs[s] && (byCode && code != "" && c.codes[code] || !byCode && name != "" && c.name[plain(name)]) {
			return c
		}
	}
	return nil
}
