package link

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/export"
	"yusuan/normalize/vocab"
)

// bodies are the departments and units of a region.
type bodies struct {
	region string
	*clusters
	byKey map[string]*node
	body  map[*node]body
	units map[string]*node
	// of is the department of a document.
	of map[string]*node
	// alone are the years of the disclosures of single units, by core name.
	alone map[string][]int
	// parent is the department of a unit.
	parent map[*node]*node
}

// separator stands between the parts of a key.
const separator = "|"

// findBodies finds who published the documents of a region and joins what is one
// body.
func (l *linker) findBodies(documents []export.Mention, organizations export.Organizations) (*bodies, error) {
	b := &bodies{
		region: documents[0].RegionCode, byKey: map[string]*node{}, body: map[*node]body{}, units: map[string]*node{},
		of: map[string]*node{}, parent: map[*node]*node{}, alone: map[string][]int{},
		clusters: newClusters(l.differ(export.EntityDepartment)),
	}
	var units []*export.Mention
	for i := range documents {
		m := &documents[i]
		if m.Level == "unit" {
			units = append(units, m)
			if y := int(m.FiscalYear); y != 0 {
				core := b.bodyOf(m).core
				b.alone[core] = append(b.alone[core], y)
			}
			continue
		}
		n := b.node(m)
		n.add(place{Mention: m})
		b.of[m.DocumentID] = n
	}
	b.join(l)
	o, whole := b.owners(), len(b.nodes)
	if err := organizations(func(m *export.Mention) error { o.name(b, m); return nil }); err != nil {
		return nil, err
	}
	for _, m := range units {
		b.unit(m, o)
	}
	if len(b.nodes) > whole {
		b.join(l) // units that stand for themselves
	}
	return b, nil
}

// bodyOf takes the name of an issuer apart. Where neither the document nor the
// name tells the place, 教育局 can be that of any county: the document alone is
// known to be its.
func (b *bodies) bodyOf(m *export.Mention) body {
	x := bodyOf(m.Name, b.region)
	if b.region != "" {
		return x
	}
	if _, found, _ := vocab.FindRegion(m.Name, int(m.FiscalYear)); !found {
		x.plain += separator + m.DocumentID
		x.core += separator + m.DocumentID
		x.anywhere = true
	}
	return x
}

// node is that of a department's name.
func (b *bodies) node(m *export.Mention) *node {
	x := b.bodyOf(m)
	key := b.region + separator + x.plain
	n := b.byKey[key]
	if n == nil {
		n = &node{key: key, name: m.Name, code: m.Code}
		b.byKey[key], b.body[n] = n, x
		b.add(n)
	}
	return n
}

// proposeAnywhere proposes that names whose place nobody knows are of one body,
// each for the one before.
func (b *bodies) proposeAnywhere() {
	last := map[string]*node{}
	list := slices.DeleteFunc(slices.Clone(b.nodes), func(n *node) bool { return !b.body[n].anywhere })
	slices.SortStableFunc(list, func(x, y *node) int { return x.first() - y.first() })
	for _, n := range list {
		name, _, _ := strings.Cut(b.body[n].core, separator)
		if old := last[name]; old != nil && !b.same(old, n) {
			b.propose(n, old, joined{export.MethodName, proposalSimilarity, "the same name, of a place that is not known"})
		}
		last[name] = n
	}
}

// owners are the departments that units may be of: by their core names, by those
// of the organisations that they name, by their codes. What several have is nil.
type owners struct{ byCore, named, byCode map[string]*node }

func (b *bodies) owners() *owners {
	o := &owners{byCore: map[string]*node{}, named: map[string]*node{}, byCode: map[string]*node{}}
	for _, n := range b.nodes {
		b.own(o.byCore, b.body[n].core, n)
		if n.code != "" {
			b.own(o.byCode, n.code, n)
		}
	}
	return o
}

// name takes an organisation that a department names.
func (o *owners) name(b *bodies, m *export.Mention) {
	if owner := b.of[m.DocumentID]; owner != nil {
		b.own(o.named, bodyOf(m.Name, b.region).core, owner)
	}
}

// own notes which department has a key, nil once another one has it, too.
func (b *bodies) own(of map[string]*node, key string, n *node) {
	if was, ok := of[key]; ok && (was == nil || !b.same(was, n)) {
		n = nil
	}
	of[key] = n
}

// unit adds a disclosure of a unit: for the unit itself and for its department.
func (b *bodies) unit(m *export.Mention, o *owners) {
	x := b.bodyOf(m)
	key := b.region + separator + x.plain
	u := b.units[key]
	if u == nil {
		u = &node{key: key, name: m.Name, code: m.Code}
		b.units[key] = u
	}
	u.add(place{Mention: m})
	owner, why := o.owner(m, x)
	if owner == nil {
		owner = b.node(m)
		owner.add(place{Mention: m})
	} else {
		foreign := b.body[owner].core != x.core
		p := place{Mention: m, foreign: foreign}
		if foreign {
			p.how = joined{export.MethodName, export.ScoreOne, why}
			if why == codeBegins {
				p.how.method = export.MethodCode
			}
		}
		owner.add(p)
	}
	b.of[m.DocumentID], b.parent[u] = owner, owner
}

// codeBegins is the evidence of a unit whose code begins with its department's.
const codeBegins = "its code begins with that of the department"

// owner finds the department of a unit: that with its name, that which names
// it, that whose code its own begins with.
func (o *owners) owner(m *export.Mention, x body) (*node, string) {
	if n := o.byCore[x.core]; n != nil {
		return n, ""
	}
	if n := o.named[x.core]; n != nil {
		return n, fmt.Sprintf("a unit that %s names among its organisations", n.name)
	}
	const least = 3
	for i := len(m.Code) - 1; i >= least; i-- {
		if n := o.byCode[m.Code[:i]]; n != nil {
			return n, codeBegins
		}
	}
	return nil, ""
}

// join joins the departments of the region.
func (b *bodies) join(l *linker) {
	slices.SortStableFunc(b.nodes, func(x, y *node) int { return strings.Compare(x.key, y.key) })
	l.joinDecided(b.clusters, export.EntityDepartment)
	b.joinCores()
	b.joinCodes()
	b.joinRenames()
	b.joinShort()
	b.proposeAlike()
	b.proposeAnywhere()
}

// joinCores joins the names with one core.
func (b *bodies) joinCores() {
	first := map[string]*node{}
	for _, n := range b.nodes {
		core := b.body[n].core
		if first[core] == nil {
			first[core] = n
			continue
		}
		old, new := byYear(first[core], n)
		b.clusters.join(old, new, joined{export.MethodAbbreviation, export.ScoreOne,
			fmt.Sprintf("another way to write %s", old.name)})
	}
}

// byYear orders two nodes by their first year.
func byYear(a, b *node) (older, newer *node) {
	if b.first() < a.first() {
		return b, a
	}
	return a, b
}

// joinCodes joins names that share a code and are alike; others are proposals.
func (b *bodies) joinCodes() {
	if b.region == "" {
		return // every region has its own codes
	}
	byCode := b.coded()
	for _, code := range sortedKeys(byCode) {
		list := byCode[code]
		slices.SortStableFunc(list, func(x, y *node) int { return x.first() - y.first() })
		for i := 1; i < len(list); i++ {
			old, new := list[i-1], list[i]
			if b.same(old, new) {
				continue
			}
			how := joined{export.MethodCode, export.ScoreOne, fmt.Sprintf("code %s in %s and %s", code, yearsText(old.years), yearsText(new.years))}
			x, y := b.body[old].core, b.body[new].core
			s := similarity(x, y)
			if s >= proposalSimilarity && !tells(x, y) && (s >= linkSimilarity || !together(old, new)) {
				b.clusters.join(old, new, how)
			} else if !b.succeeds(old, new) && !together(old, new) {
				how.score = s
				b.propose(new, old, how)
			}
		}
	}
}

// coded are the names by the codes that they have.
func (b *bodies) coded() map[string][]*node {
	byCode := map[string][]*node{}
	for _, n := range b.nodes {
		seen := map[string]bool{}
		for _, p := range n.places {
			if p.Code != "" && !p.foreign && !seen[p.Code] {
				seen[p.Code] = true
				byCode[p.Code] = append(byCode[p.Code], n)
			}
		}
	}
	return byCode
}

// together tells whether two names stand in one year: then they are of two
// bodies, or nobody knows.
func together(a, b *node) bool {
	return slices.ContainsFunc(a.years, func(y int) bool { return slices.Contains(b.years, y) })
}

// succeeds tells whether the vocabulary knows a name as what follows another.
func (b *bodies) succeeds(old, new *node) bool {
	return slices.ContainsFunc(successions()[b.body[old].core], func(s succession) bool { return s.to == b.body[new].core })
}

// sharesCode tells whether two nodes have a code in common; contradicted
// whether both have codes and none in common.
func sharesCode(a, b *node) (shares, contradicted bool) {
	for _, p := range a.places {
		for _, q := range b.places {
			if p.Code == "" || q.Code == "" || p.foreign || q.foreign {
				continue
			}
			if p.Code == q.Code {
				return true, false
			}
			contradicted = true
		}
	}
	return false, contradicted
}

// predecessor is a name that may have become another.
type predecessor struct {
	*node
	succession
}

// joinRenames joins names with those that followed them.
func (b *bodies) joinRenames() {
	byCore := map[string]*node{}
	for _, n := range b.nodes {
		if x := byCore[b.body[n].core]; x == nil || n.first() < x.first() {
			byCore[b.body[n].core] = n // of one core, which is one body, the first
		}
	}
	before := map[*node][]predecessor{}
	var after []*node
	for _, core := range sortedKeys(byCore) {
		n := byCore[core]
		for _, s := range successions()[core] {
			to := byCore[s.to]
			if to == nil || to == n {
				continue
			}
			if before[to] == nil {
				after = append(after, to)
			}
			before[to] = append(before[to], predecessor{n, s})
		}
	}
	for _, to := range after {
		b.succeed(to, before[to])
	}
}

// succeed joins a name with the one of its predecessors that it follows; the
// others are proposals.
func (b *bodies) succeed(to *node, list []predecessor) {
	by := b.foremost(to, list)
	for _, p := range list {
		what := "merged"
		if p.class == vocab.BodyRename {
			what = "renamed"
		}
		how := joined{export.MethodRename, export.ScoreOne, fmt.Sprintf("%s of %s was %s to %s in the reform of %d", p.name, yearsText(p.years), what, to.name, p.year)}
		if len(by) == 1 && by[0].node == p.node && b.follows(p, to) && b.clusters.join(p.node, to, how) {
			continue
		}
		if !b.same(p.node, to) {
			how.score = proposalSimilarity
			how.evidence += "; not the only one, or in other years or under another code"
			if p.class == vocab.BodyAbsorbed {
				how.evidence = fmt.Sprintf("%s of %s became part of %s, which was there before, perhaps under another name, in the reform of %d", p.name, yearsText(p.years), to.name, p.year)
			}
			b.propose(to, p.node, how)
		}
	}
}

// foremost are the predecessors that a name may go on for, one if it is clear:
// the one that was only renamed; else the one with its code, or the only one
// that no code contradicts.
func (b *bodies) foremost(to *node, list []predecessor) []predecessor {
	of := func(class string) (out []predecessor) {
		for _, p := range list {
			if p.class == class && b.follows(p, to) && !b.forks(p, to) {
				out = append(out, p)
			}
		}
		return out
	}
	renamed, merged := of(vocab.BodyRename), of(vocab.BodyMerger)
	if len(renamed) == 1 {
		return renamed
	}
	var by []predecessor
	for _, p := range append(renamed, merged...) {
		if shares, _ := sharesCode(p.node, to); shares {
			by = append(by, p)
		}
	}
	if len(by) == 0 && len(list) == 1 && len(merged) == 1 {
		if _, contradicted := sharesCode(merged[0].node, to); !contradicted {
			return merged
		}
	}
	return by
}

// forks tells whether there is another body beside a name that its predecessor may
// have become: 食品药品监督管理局 became 市场监督管理局 and 药品监督管理局.
func (b *bodies) forks(p predecessor, to *node) bool {
	for _, n := range b.nodes {
		core := b.body[n].core
		if core != b.body[to].core && !b.same(n, to) && together(n, to) &&
			slices.ContainsFunc(successions()[b.body[p.node].core], func(s succession) bool { return s.to == core && s.class != vocab.BodyAbsorbed }) {
			return true
		}
	}
	return false
}

// follows tells whether the old name ends where the new one begins: in one
// year a budget may have the one and the final account the other.
func (b *bodies) follows(p predecessor, to *node) bool {
	old, first := 0, to.first()
	for _, n := range b.at[p.node].nodes {
		if b.body[n].core == b.body[p.node].core {
			old = max(old, n.last())
		}
	}
	// What the body published by itself counts, too.
	for _, y := range b.alone[b.body[p.node].core] {
		old = max(old, y)
	}
	for _, y := range b.alone[b.body[to].core] {
		first = min(first, y)
	}
	return old == 0 || first == 0 || old <= first && first >= p.year
}

// joinShort looks for short names that the vocabulary does not know: of a name
// that is the only one in the region which it can be short for. The same code
// makes a link of it, anything else a proposal.
func (b *bodies) joinShort() {
	if b.region == "" {
		return // of whichever place
	}
	type ends struct{ first, last string }
	byEnds := map[ends][]*node{}
	at := func(n *node) ends {
		core := b.body[n].core
		_, a := utf8.DecodeRuneInString(core)
		_, z := utf8.DecodeLastRuneInString(core)
		return ends{core[:a], core[len(core)-z:]}
	}
	for _, n := range b.nodes {
		byEnds[at(n)] = append(byEnds[at(n)], n)
	}
	for _, short := range b.nodes {
		var long []*node
		for _, n := range byEnds[at(short)] {
			if shortOf(b.body[short].core, b.body[n].core) && !b.same(short, n) {
				long = append(long, n)
			}
		}
		if len(long) != 1 || together(short, long[0]) {
			continue
		}
		how := joined{export.MethodAbbreviation, supportedSimilarity, fmt.Sprintf("can be short for %s alone", long[0].name)}
		if shares, _ := sharesCode(short, long[0]); shares {
			how.evidence += ", which has its code"
			b.clusters.join(long[0], short, how)
		} else {
			b.propose(short, long[0], how)
		}
	}
}

// proposeAlike proposes names that are nearly the same; those with a half in
// common are compared.
func (b *bodies) proposeAlike() {
	const least, maxAlike = 5, 64
	halves := map[string][]*node{}
	for _, n := range b.nodes {
		r := []rune(b.body[n].core)
		if len(r) < least {
			continue
		}
		for _, half := range []string{"<" + string(r[:len(r)/2]), ">" + string(r[(len(r)+1)/2:])} {
			if len(halves[half]) > maxAlike {
				continue // 街道办事处 tells nothing
			}
			for _, other := range halves[half] {
				s := similarity(b.body[other].core, b.body[n].core)
				if s < linkSimilarity || b.same(other, n) || together(other, n) || tells(b.body[other].core, b.body[n].core) {
					continue
				}
				old, new := byYear(other, n)
				b.propose(new, old, joined{export.MethodSimilarity, s, "nearly the name " + old.name})
			}
			halves[half] = append(halves[half], n)
		}
	}
}
