package link

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/export"
)

// item is a project or an indicator in one document: all its rows there.
type item struct {
	node *node // shared by all documents with the same key
	// names are the forms of its name that are compared, the most exact first.
	names [3]string
	// long is the last form with 经费, 项目 and the like.
	long string
	// inside is what brackets held that the last form lacks.
	inside string
	// group is the unit of a project, the second level of an indicator.
	group  string
	amount int64 // 0 if there is none
}

// matcher joins the items of one parent, document by document.
type matcher struct {
	*clusters
	ruling *ruling
	typ    string
	items  map[*node]*item
	// known are the items by each form of the name and by code; pairs by the
	// pairs of characters of the least exact form.
	known  [3]map[string][]*node
	byCode map[string][]*node
	pairs  map[string][]*node
	// units are those of the projects of all documents.
	units units
}

// newMatcher begins without items; nodes are those that will come, as far as
// there are decisions about them.
func (l *linker) newMatcher(typ string, nodes []*node) *matcher {
	r := l.rule(nodes, typ)
	m := &matcher{clusters: newClusters(r.differ), ruling: r, typ: typ, items: map[*node]*item{},
		byCode: map[string][]*node{}, pairs: map[string][]*node{}}
	for i := range m.known {
		m.known[i] = map[string][]*node{}
	}
	return m
}

// document takes the items of one document: each is an entity that is there, of
// which no two become one, or a new one. Items whose key is known already are
// the same without looking.
func (m *matcher) document(items []*item) {
	taken := map[*cluster]bool{}
	var rest []*item
	for _, x := range items {
		if c := m.at[x.node]; c != nil {
			taken[c] = true
			if x.amount != 0 {
				m.items[x.node].amount = x.amount
			}
		} else {
			rest = append(rest, x)
		}
	}
	rest, followers := m.decided(rest, taken)
	rest = m.byCodes(rest, taken)
	for form := range m.known {
		rest = m.byName(rest, taken, form)
	}
	rest = m.bySimilarity(rest, taken)
	for _, x := range rest {
		m.add(x.node)
		m.remember(x)
	}
	for _, x := range followers {
		m.follow(x, taken)
	}
}

// remember makes an item one that later documents may have.
func (m *matcher) remember(x *item) {
	m.items[x.node] = x
	for i, name := range x.names {
		m.known[i][name] = append(m.known[i][name], x.node)
	}
	if x.node.code != "" {
		m.byCode[x.node.code] = append(m.byCode[x.node.code], x.node)
	}
	for _, p := range pairs(x.names[2]) {
		if list := m.pairs[p]; len(list) == 0 || list[len(list)-1] != x.node {
			m.pairs[p] = append(list, x.node)
		}
	}
}

// link makes an item one with another, unless that is taken or the user says
// otherwise.
func (m *matcher) link(x *item, old *node, taken map[*cluster]bool, how joined) bool {
	if taken[m.at[old]] {
		return false
	}
	m.add(x.node)
	if !m.join(old, x.node, how) {
		m.nodes = m.nodes[:len(m.nodes)-1]
		delete(m.at, x.node)
		return false
	}
	taken[m.at[old]] = true
	m.remember(x)
	return true
}

// free returns one node for each cluster that is not taken.
func (m *matcher) free(list []*node, taken map[*cluster]bool) []*node {
	var out []*node
	for i := len(list) - 1; i >= 0; i-- { // the latest first
		n := list[i]
		if !taken[m.at[n]] && !slices.ContainsFunc(out, func(o *node) bool { return m.same(o, n) }) {
			out = append(out, n)
		}
	}
	return out
}

// decided follows the user: an item goes to what is known of its class, whatever
// that already has in this document. Of the items of a class that is new, the
// first is looked for on behalf of all; the others follow it.
func (m *matcher) decided(items []*item, taken map[*cluster]bool) (rest, followers []*item) {
	first := map[*cluster]bool{}
	for _, x := range items {
		class := m.ruling.class[x.node]
		switch {
		case class == nil: // nothing is decided about this type
			rest = append(rest, x)
		case m.present(class) != nil:
			m.follow(x, taken)
		case first[class]:
			followers = append(followers, x)
		default:
			first[class] = true
			rest = append(rest, x)
		}
	}
	return rest, followers
}

// present is one node of a class that is there by now, nil if there is none.
func (m *matcher) present(class *cluster) *node {
	for _, n := range class.nodes {
		if m.at[n] != nil {
			return n
		}
	}
	return nil
}

// follow makes an item one with what is known of its class. Nothing can speak
// against it: what differs from one node of a class was kept from all.
func (m *matcher) follow(x *item, taken map[*cluster]bool) {
	old := m.present(m.ruling.class[x.node])
	m.add(x.node)
	m.merge(m.at[old], m.at[x.node])
	x.node.how = m.ruling.reason(x.node)
	taken[m.at[old]] = true
	m.remember(x)
}

// byCodes joins items with those of the same code, if the names are alike.
func (m *matcher) byCodes(items []*item, taken map[*cluster]bool) []*item {
	return slices.DeleteFunc(items, func(x *item) bool {
		if x.node.code == "" {
			return false
		}
		for _, old := range m.free(m.byCode[x.node.code], taken) {
			how := joined{export.MethodCode, export.ScoreOne, fmt.Sprintf("code %s in %s and %s", x.node.code, yearsText(old.years), yearsText(x.node.years))}
			if a, b := m.items[old].names[1], x.names[1]; alike(a, b) && !tells(a, b) {
				return m.link(x, old, taken, how)
			}
			how.score = similarity(m.items[old].names[1], x.names[1])
			how.evidence += ", but another name"
			m.propose(x.node, old, how)
		}
		return false
	})
}

// byName joins items with those of the same name, in one of its forms, if that
// is clear on both sides; if not, those with the same group or the same amount
// go together, and any other is a proposal.
func (m *matcher) byName(items []*item, taken map[*cluster]bool, form int) []*item {
	here := map[string]int{}
	for _, x := range items {
		here[x.names[form]]++
	}
	score := [...]int32{export.ScoreOne, batchScore, bareScore}[form]
	return slices.DeleteFunc(items, func(x *item) bool {
		list := m.free(m.known[form][x.names[form]], taken)
		if len(list) == 0 {
			return false
		}
		clear := len(list) == 1 && here[x.names[form]] == 1
		for _, old := range list {
			o := m.items[old]
			how := joined{export.MethodName, score, m.evidence("name", o, x)}
			fits := clear || o.group == x.group && x.group != "" || o.amount == x.amount && x.amount != 0
			if fits && !m.toldApart(o, x, form) && m.link(x, old, taken, how) {
				return true
			}
			m.propose(x.node, old, how)
		}
		return false
	})
}

// toldApart tells whether items of one name are two: by their units, or by what
// the brackets hold that the last form lacks.
func (m *matcher) toldApart(old, x *item, form int) bool {
	bare := form == len(x.names)-1
	return bare && old.inside != "" && x.inside != "" && old.inside != x.inside || m.ofOthers(old, x)
}

// ofOthers tells whether two projects of one name are of two units that have one
// each.
func (m *matcher) ofOthers(old, x *item) bool {
	return m.typ == export.EntityProject && (m.units.apart(x.names[2], old.group, x.group) || m.units.apart(old.names[2], old.group, x.group))
}

// evidence says what two items have in common.
func (m *matcher) evidence(what string, old, x *item) string {
	text := fmt.Sprintf("%s as in %s", what, yearsText(old.node.years))
	if old.amount == x.amount && x.amount != 0 {
		text += ", the same amount"
	}
	return text
}

// nearest is the known item whose name is the most similar to another's.
type nearest struct {
	node  *node
	score int32
	tied  bool // another one is as similar
}

// bySimilarity joins items with the one whose name is the most similar, if the
// item is the most similar to that one, too.
func (m *matcher) bySimilarity(items []*item, taken map[*cluster]bool) []*item {
	found := map[*item]nearest{}
	back := map[*cluster]int32{}
	for _, x := range items {
		for _, old := range m.similar(x, taken) {
			s := likeness(m.items[old], x)
			switch f := found[x]; {
			case s >= proposalSimilarity && s > f.score:
				found[x] = nearest{old, s, false}
			case s == f.score:
				found[x] = nearest{f.node, s, true}
			}
			back[m.at[old]] = max(back[m.at[old]], s)
		}
	}
	slices.SortStableFunc(items, func(a, b *item) int { return int(found[b].score - found[a].score) })
	return slices.DeleteFunc(items, func(x *item) bool {
		f := found[x]
		if f.node == nil {
			return false
		}
		o := m.items[f.node]
		how := joined{export.MethodSimilarity, f.score, m.evidence(fmt.Sprintf("name %.2f", float64(f.score)/export.ScoreOne), o, x)}
		if !f.tied && f.score >= back[m.at[f.node]] && m.nearEnough(o, x, f.score) && m.link(x, f.node, taken, how) {
			return true
		}
		m.propose(x.node, f.node, how)
		return false
	})
}

// likeness is how similar two items are by their least exact names, which lack
// 经费 and the like: with them 食品抽检 and 药品抽检 would be the more alike the longer
// these are. They are looked at when only they seem to differ, mistyped.
func likeness(a, b *item) int32 {
	short, long := a.names[2], b.names[2]
	if len(short) > len(long) {
		short, long = long, short
	}
	s := similarity(short, long)
	if strings.HasPrefix(long, short) {
		s = max(s, similarity(a.long, b.long))
	}
	return s
}

// nearEnough tells whether two items of similar names are one: the less the
// names are alike the more must speak for it, and nothing may tell them apart.
func (m *matcher) nearEnough(old, x *item, score int32) bool {
	a, b := old.names[2], x.names[2]
	if tells(a, b) || old.inside != x.inside || m.ofOthers(old, x) || m.typ == export.EntityIndicator && lastOf(a) != lastOf(b) {
		return false
	}
	return score >= linkSimilarity || score >= supportedSimilarity && old.amount == x.amount && x.amount != 0
}

// lastOf is the last character of a name: of an indicator it says what is
// counted, 人数 or 人次, 满意度 or 满意率.
func lastOf(name string) rune {
	r, _ := utf8.DecodeLastRuneInString(name)
	return r
}

// similar returns the items that share enough pairs of characters with one to
// be worth a closer look: one for each cluster.
func (m *matcher) similar(x *item, taken map[*cluster]bool) []*node {
	own := pairs(x.names[2])
	shared := map[*node]int{}
	var order []*node
	for _, p := range own {
		for _, n := range m.pairs[p] {
			if shared[n] == 0 {
				order = append(order, n)
			}
			shared[n]++
		}
	}
	const enough = 3 // a third of the pairs: a change costs two of them
	order = slices.DeleteFunc(order, func(n *node) bool { return shared[n]*enough < len(own) })
	slices.SortStableFunc(order, func(a, b *node) int { return strings.Compare(a.key, b.key) })
	return m.free(order, taken)
}
