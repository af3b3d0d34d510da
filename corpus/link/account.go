package link

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yusuan/export"
	"yusuan/normalize/vocab"
)

// accounts are the accounts of all documents. Of each name under each code it
// holds what the entity needs, not the lines: they are read a second time.
type accounts struct {
	*clusters
	byKey  map[string]*node
	byCode map[string][]*node
	names  map[*node]map[string]int // printed name → last year
	codes  map[*node]string         // the printed code
}

// accountKey is the key of a line's account, "" if it has none: a classification,
// a code, and the name without its list number.
func accountKey(m *export.Mention) string {
	code := m.Code
	if code == "" {
		code = m.Matched
	}
	name := listed(vocab.Key(m.Name))
	if m.Total && code == "" || code == "" && name == "" || code == "" && m.Scheme == "item" && projectForm(m.Form) {
		return ""
	}
	return strings.Join([]string{m.Scheme, code, name}, separator)
}

// projectForm tells whether the lines of a form stand beside projects.
func projectForm(form string) bool { return form == "procurement" || form == "project_expenditure" }

// listed takes the list number off a name: 一、 （一） 1.
func listed(name string) string {
	rest := strings.TrimLeft(name, "(一二三四五六七八九十0123456789")
	if rest == name {
		return name
	}
	if after := strings.TrimLeft(rest, ")、.．"); after != rest && after != "" {
		return after
	}
	return name
}

// findAccounts reads all lines, joins the names of each code and writes what
// came of it.
func (l *linker) findAccounts(ctx context.Context) error {
	a := &accounts{clusters: newClusters(l.differ(export.EntityAccount)), byKey: map[string]*node{}, byCode: map[string][]*node{},
		names: map[*node]map[string]int{}, codes: map[*node]string{}}
	if err := l.src.Lines(ctx, a.read); err != nil {
		return err
	}
	slices.SortFunc(a.nodes, func(x, y *node) int { return strings.Compare(x.key, y.key) })
	l.joinDecided(a.clusters, export.EntityAccount)
	for _, k := range sortedKeys(a.byCode) {
		list := a.byCode[k]
		slices.SortFunc(list, func(x, y *node) int { return strings.Compare(x.key, y.key) })
		slices.SortStableFunc(list, func(x, y *node) int { return x.first() - y.first() })
		a.joinCode(list)
	}
	a.proposeRecoded()
	return a.write(ctx, l)
}

// proposeRecoded proposes that an account goes on under another code, if its name
// comes with one when the other is gone: the classification by economic use gave
// new codes to old names in 2018.
func (a *accounts) proposeRecoded() {
	byName := map[string][]*node{}
	for _, n := range a.nodes {
		scheme, _, _ := strings.Cut(n.key, separator)
		at := scheme + separator + n.name
		byName[at] = append(byName[at], n)
	}
	for _, at := range sortedKeys(byName) {
		list := byName[at]
		if len(list) != 2 { // 行政运行 has a code in every function
			continue
		}
		old, now := byYear(list[0], list[1])
		if old.name != "" && old.code != "" && now.code != "" && len(old.code) == len(now.code) && old.first() != 0 && old.last() < now.first() {
			a.propose(now, old, joined{export.MethodName, bareScore, fmt.Sprintf("the name has code %s in %s, and %s in %s", old.code, yearsText(old.years), now.code, yearsText(now.years))})
		}
	}
}

// read takes a line's account.
func (a *accounts) read(m *export.Mention) error {
	key := accountKey(m)
	if key == "" {
		return nil
	}
	n := a.byKey[key]
	if n == nil {
		scheme, rest, _ := strings.Cut(key, separator)
		code, name, _ := strings.Cut(rest, separator)
		n = &node{key: strings.Clone(key), name: name, code: code}
		a.byKey[n.key], a.names[n] = n, map[string]int{}
		a.add(n)
		if code != "" {
			at := scheme + separator + code
			a.byCode[at] = append(a.byCode[at], n)
		}
	}
	if m.Code != "" {
		a.codes[n] = m.Code
	}
	if y := int(m.FiscalYear); y != 0 && !slices.Contains(n.years, y) {
		n.years = append(n.years, y)
		slices.Sort(n.years)
	}
	// The name with its code is that of the account; 一、一般公共服务支出 stands for
	// it in the first table.
	name := m.Name
	if m.Code == "" && m.Matched != "" {
		name = n.name
	}
	if last, ok := a.names[n][name]; !ok || last < int(m.FiscalYear) {
		a.names[n][strings.Clone(name)] = int(m.FiscalYear)
	}
	return nil
}

// joinCode joins the names of one code: those that are alike and, of the
// classification by function, those that the vocabulary has for it. That by
// economic use gave codes to other things in 2018: 30311 was 住房公积金 and is
// 代缴社会保险费. The others are proposals.
func (a *accounts) joinCode(list []*node) {
	for i, n := range list {
		scheme, _, _ := strings.Cut(n.key, separator)
		subjects := vocab.SubjectsOf(scheme, n.code)
		var best *node
		for _, old := range list[:i] {
			both := scheme == vocab.Function && vocab.SubjectCalled(subjects, old.name) && vocab.SubjectCalled(subjects, n.name)
			if both || old.name == "" || n.name == "" || alike(old.name, n.name) {
				best = old
				break
			}
		}
		if best != nil {
			a.join(best, n, joined{export.MethodCode, export.ScoreOne,
				fmt.Sprintf("code %s in %s and %s", n.code, yearsText(best.years), yearsText(n.years))})
		} else if i > 0 {
			a.propose(n, list[0], joined{export.MethodCode, similarity(list[0].name, n.name),
				fmt.Sprintf("code %s in %s and %s, but another name", n.code, yearsText(list[0].years), yearsText(n.years))})
		}
	}
}

// write writes the accounts, and in a second pass their places.
func (a *accounts) write(ctx context.Context, l *linker) error {
	of := map[*node]*export.Entity{}
	for _, c := range a.all() {
		e := c.entity(export.EntityAccount, "", l.src.Known)
		a.describe(c, e)
		if err := l.out.Entity(e); err != nil {
			return err
		}
		for _, n := range c.nodes {
			of[n] = e
		}
	}
	maybe := map[*node][]proposal{}
	for _, p := range a.proposals {
		if of[p.of] != of[p.to] {
			maybe[p.of] = append(maybe[p.of], p)
		}
	}
	return l.src.Lines(ctx, func(m *export.Mention) error {
		n := a.byKey[accountKey(m)]
		if n == nil {
			return nil
		}
		p := place{Mention: m}
		if err := l.out.Link(linkOf(of[n], &p, a.reason(n, m), export.StatusLink)); err != nil {
			return err
		}
		for _, q := range maybe[n] {
			if err := l.out.Link(linkOf(of[q.to], &p, q.how, export.StatusProposal)); err != nil {
				return err
			}
		}
		return nil
	})
}

// reason says why a line is of its account.
func (a *accounts) reason(n *node, m *export.Mention) joined {
	switch {
	case m.Code == "" && m.Matched != "":
		return joined{export.MethodName, export.ScoreOne, "the name is that of code " + m.Matched}
	case n.how != joined{}:
		return n.how
	case m.Code != "":
		return joined{export.MethodCode, export.ScoreOne, fmt.Sprintf("code %s in %s", m.Code, yearsText(a.at[n].years()))}
	}
	return joined{export.MethodName, export.ScoreOne, "name in " + yearsText(n.years)}
}

// describe adds the names and the code to an account.
func (a *accounts) describe(c *cluster, e *export.Entity) {
	latest := map[string]int{}
	for _, n := range c.nodes {
		for name, year := range a.names[n] {
			if last, ok := latest[name]; !ok || last < year {
				latest[name] = year
			}
		}
		if n.code != "" {
			e.Code = n.code
		}
	}
	e.Name, e.Aliases = namesByYear(latest)
}
