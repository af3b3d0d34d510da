package link

import "yusuan/export"

// ruling is what the user's decisions say of the nodes of one matcher. It is
// made before anything is compared: a rule could otherwise join two names with
// what the user holds apart, and a decision come too late.
type ruling struct {
	// class holds the nodes that are one by decision; a node of which nothing
	// was decided is alone in its class.
	class map[*node]*cluster
	// apart are the classes that are never one.
	apart map[[2]*cluster]bool
	// why are the reasons of the nodes that were joined.
	why map[*node]joined
}

// rule applies the decisions about a type to nodes that may become one.
func (l *linker) rule(nodes []*node, typ string) *ruling {
	r := &ruling{apart: map[[2]*cluster]bool{}, why: map[*node]joined{}}
	classes := newClusters(l.differ(typ))
	before := map[*node]joined{}
	for _, n := range nodes {
		classes.add(n)
		before[n], n.how = n.how, joined{}
	}
	l.joinDecided(classes, typ)
	// A node gets its reason when it is joined, which is later.
	for _, n := range nodes {
		r.why[n], n.how = n.how, before[n]
	}
	r.class = classes.at
	for i := range l.decisions {
		d := &l.decisions[i]
		if d.Type != typ || d.Verdict != export.DecisionDifferent {
			continue
		}
		a, b := d.named(nodes)
		for _, x := range a {
			for _, y := range b {
				x, y := r.class[x], r.class[y]
				r.apart[[2]*cluster{x, y}], r.apart[[2]*cluster{y, x}] = true, true
			}
		}
	}
	return r
}

// differ tells whether the user holds two nodes apart, or any two that are one
// with them.
func (r *ruling) differ(a, b *node) bool {
	x, y := r.class[a], r.class[b]
	return x != y && r.apart[[2]*cluster{x, y}]
}

// reason is why a node is one with the others of its class.
func (r *ruling) reason(n *node) joined {
	for _, x := range append([]*node{n}, r.class[n].nodes...) {
		if r.why[x] != (joined{}) {
			return r.why[x]
		}
	}
	return joined{}
}

// meet shows the decisions about a type what stands in one document.
func (l *linker) meet(typ string, items []*item) {
	for i := range l.decisions {
		if d := &l.decisions[i]; d.Type == typ {
			d.a.meet(items)
			d.b.meet(items)
		}
	}
}

// rules tells whether the user decided anything about a type.
func (l *linker) rules(typ string) bool {
	for i := range l.decisions {
		if l.decisions[i].Type == typ {
			return true
		}
	}
	return false
}

// foresee returns the nodes that the documents will have, by what they may
// become one in, if there are decisions about them. items reads those of a
// document; what it adds to the nodes is taken off again, since the reasons
// name the years that were read before.
func (l *linker) foresee(typ string, docs []document, items func(d document) map[*cluster][]*item) map[*cluster][]*node {
	if !l.rules(typ) {
		return nil
	}
	out := map[*cluster][]*node{}
	seen := map[*node]bool{}
	for _, d := range docs {
		var all []*item
		for c, list := range items(d) {
			all = append(all, list...)
			for _, x := range list {
				if !seen[x.node] {
					seen[x.node] = true
					out[c] = append(out[c], x.node)
				}
			}
		}
		l.meet(typ, all)
	}
	for n := range seen {
		n.places, n.years = nil, nil
	}
	return out
}
