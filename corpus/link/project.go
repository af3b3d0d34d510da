package link

import (
	"fmt"
	"strings"

	"yusuan/export"
	"yusuan/normalize/vocab"
)

// projectRef is a project as the indicators of a document name it.
type projectRef struct {
	document string
	number   int32
}

// projectsOf reads the projects of a document: those of its target forms, and
// those that its lines of procurement and of 项目支出 stand beside.
func (l *linker) projectsOf(mentions []*export.Mention) []*item {
	dept := l.whose[mentions[0].DocumentID].key
	bought := map[[2]int32]*export.Mention{}
	var out []*item
	seen, own := map[*node]*item{}, ownProjects{}
	for _, m := range mentions {
		if m.Table == "procurement" {
			bought[[2]int32{m.TableNo, m.RowNo}] = m
			continue
		}
		p := projectMention(m, bought)
		if p == nil {
			continue
		}
		if m.Table != "projects" {
			if n := own.named(p); n != nil {
				n.add(place{Mention: p})
				continue
			}
		}
		x := l.project(dept, p)
		x.node.add(place{Mention: p})
		if m.Table == "projects" {
			l.numbered[projectRef{m.DocumentID, m.ProjectNo}] = x.node
			own.add(x)
		}
		if seen[x.node] == nil {
			seen[x.node] = x
			out = append(out, x)
		}
	}
	return out
}

// ownProjects are the projects of a document's target forms, by code and by
// name: what several have is nil. Its other tables name them, too.
type ownProjects map[string]*node

func (o ownProjects) add(x *item) {
	for _, key := range []string{"code " + x.node.code, "name " + x.names[0]} {
		if was, ok := o[key]; ok && was != x.node {
			o[key] = nil
			continue
		}
		o[key] = x.node
	}
}

// named is the project of a target form that another table names.
func (o ownProjects) named(m *export.Mention) *node {
	if n := o["code "+m.Code]; n != nil && m.Code != "" {
		return n
	}
	return o["name "+projectNameOf(m.Name).exact]
}

// projectMention is a mention as that of a project, nil if it is none.
func projectMention(m *export.Mention, bought map[[2]int32]*export.Mention) *export.Mention {
	switch {
	case m.Table == "projects" && m.Name != "":
		return m
	case m.Table != "budget_lines" || m.Total || m.Scheme != "item":
		return nil
	case m.Form == "procurement":
		beside := bought[[2]int32{m.TableNo, m.RowNo}]
		if beside == nil {
			return nil
		}
		named := *m
		named.Name, named.Code = beside.Name, beside.Code
		return &named
	case m.Name != "":
		return m
	}
	return nil
}

// project is the item of a mention. Its key has what is printed alone.
func (l *linker) project(dept string, m *export.Mention) *item {
	unit := bodyOf(m.Unit, m.RegionCode).plain
	if m.Unit == "" {
		unit = ""
	}
	name := projectNameOf(m.Name)
	for _, p := range []*string{&name.whole, &name.bare, &name.long} {
		*p = withoutOwnRegion(*p, m.RegionCode)
	}
	key := strings.Join([]string{dept, m.Code, unit, vocab.Key(m.Name)}, separator)
	n := l.nodes[key]
	if n == nil {
		n = &node{key: key, name: m.Name, code: m.Code}
		l.nodes[key] = n
	}
	x := &item{node: n, names: [3]string{name.exact, name.whole, name.bare}, long: name.long, inside: name.inside, group: unit}
	if m.HasAmount {
		x.amount = m.Amount
	}
	return x
}

// findProjects joins the projects of a department.
func (l *linker) findProjects(docs []document) *matcher {
	nodes := l.foresee(export.EntityProject, docs, func(d document) map[*cluster][]*item {
		return map[*cluster][]*item{nil: l.projectsOf(d.mentions)}
	})
	out := l.newMatcher(export.EntityProject, nodes[nil])
	out.units = newUnits()
	all := make([][]*item, len(docs))
	for i, d := range docs {
		all[i] = l.projectsOf(d.mentions)
		out.units.read(all[i], d.year)
	}
	for i := range all {
		out.document(all[i])
	}
	return out
}

// findIndicators joins the indicators of each project.
func (l *linker) findIndicators(projects *matcher, docs []document) map[*cluster]*matcher {
	at := projects.at
	items := func(d document) map[*cluster][]*item { return l.indicatorsOf(d, at) }
	nodes := l.foresee(export.EntityIndicator, docs, items)
	out := map[*cluster]*matcher{}
	for _, d := range docs {
		// In any order: what is of one project says nothing of another's.
		for c, list := range items(d) {
			if out[c] == nil {
				out[c] = l.newMatcher(export.EntityIndicator, nodes[c])
			}
			out[c].document(list)
		}
	}
	return out
}

// indicatorsOf reads the indicators of a document, by their project.
func (l *linker) indicatorsOf(d document, at map[*node]*cluster) map[*cluster][]*item {
	out := map[*cluster][]*item{}
	seen := map[*node]bool{}
	for _, m := range d.mentions {
		if m.Table != "indicators" {
			continue
		}
		project := l.numbered[projectRef{m.DocumentID, m.ProjectNo}]
		if project == nil {
			continue
		}
		x := l.indicator(project, m)
		x.node.add(place{Mention: m})
		if !seen[x.node] {
			seen[x.node] = true
			out[at[project]] = append(out[at[project]], x)
		}
	}
	return out
}

// levelWord is what levels end with, or lack.
const levelWord = "指标"

// levelKey is a level as it is compared: the forms of 2015 to 2021 call the
// effects 效果 or 效益.
func levelKey(level string) string {
	key := strings.TrimSuffix(bracket.ReplaceAllString(vocab.Key(level), ""), levelWord)
	if key == "效果" {
		return "效益"
	}
	return key
}

// sameCount are ways to say what is counted.
var sameCount = strings.NewReplacer("人员数量", "人数", "人员数", "人数", "人次数", "人次", "户数量", "户数")

// indicator is the item of an indicator. Without a name it is known by its
// description, and without that by its place in the project.
func (l *linker) indicator(project *node, m *export.Mention) *item {
	name, how := vocab.Key(m.Name), joined{}
	if name == "" {
		name = vocab.Key(m.Basis)
	}
	level1, level2 := levelKey(m.Level1), levelKey(m.Level2)
	if name == "" {
		name = fmt.Sprintf("#%d", m.RowNo)
		how = joined{export.MethodPosition, proposalSimilarity, "without a name; by its row"}
	}
	key := strings.Join([]string{project.key, level1, level2, name}, separator)
	n := l.nodes[key]
	if n == nil {
		n = &node{key: key, name: m.Name, how: how}
		l.nodes[key] = n
	}
	bare := sameCount.Replace(projectNameOf(name).whole) // 资金 and 费 are part of what is measured
	return &item{node: n, names: [3]string{level1 + separator + level2 + separator + name, level2 + separator + name, bare}, long: bare, group: level2}
}

// document is the mentions of one document.
type document struct {
	id       string
	year     int32
	mentions []*export.Mention
}

// documents takes the mentions of a department apart; they are in the order of
// the years.
func documents(block []export.Mention) []document {
	var out []document
	for i := range block {
		m := &block[i]
		if len(out) == 0 || out[len(out)-1].id != m.DocumentID {
			out = append(out, document{id: m.DocumentID, year: m.FiscalYear})
		}
		d := &out[len(out)-1]
		d.mentions = append(d.mentions, m)
	}
	return out
}
