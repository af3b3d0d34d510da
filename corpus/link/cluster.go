package link

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/export"
)

// node is one name in its place: all mentions with the same key.
type node struct {
	// key tells it from all others; it depends on what is printed alone.
	key string
	// name and code are as printed first.
	name, code string
	years      []int
	places     []place
	how        joined
}

// place is a mention of a node.
type place struct {
	*export.Mention
	// foreign says that the name is that of another body, which belongs to it:
	// it is no name of the entity.
	foreign bool
	// how is set where this place has a reason of its own.
	how joined
}

// joined says why a node belongs to its entity; the zero value is the first.
type joined struct {
	method   string
	score    int32
	evidence string
}

// add adds a place to a node.
func (n *node) add(p place) {
	n.places = append(n.places, p)
	if y := int(p.FiscalYear); y != 0 && !slices.Contains(n.years, y) {
		n.years = append(n.years, y)
		slices.Sort(n.years)
	}
}

func (n *node) first() int {
	if len(n.years) == 0 {
		return 0
	}
	return n.years[0]
}

func (n *node) last() int {
	if len(n.years) == 0 {
		return 0
	}
	return n.years[len(n.years)-1]
}

// cluster is an entity in the making: nodes that are one.
type cluster struct {
	nodes []*node
}

func (c *cluster) years() []int {
	var out []int
	for _, n := range c.nodes {
		out = append(out, n.years...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// proposal is a node that may be of another entity.
type proposal struct {
	of  *node
	to  *node // of the other entity
	how joined
}

// clusters joins nodes.
type clusters struct {
	nodes     []*node
	at        map[*node]*cluster
	differ    func(a, b *node) bool // the user says so
	proposals []proposal
}

func newClusters(differ func(a, b *node) bool) *clusters {
	return &clusters{at: map[*node]*cluster{}, differ: differ}
}

// add begins a cluster of one.
func (c *clusters) add(n *node) {
	c.nodes = append(c.nodes, n)
	c.at[n] = &cluster{nodes: []*node{n}}
}

// same tells whether two nodes are one entity by now.
func (c *clusters) same(a, b *node) bool { return c.at[a] == c.at[b] }

// join makes one entity of those of two nodes, unless the user says otherwise.
func (c *clusters) join(old, new *node, how joined) bool {
	a, b := c.at[old], c.at[new]
	if a == b {
		return true
	}
	for _, x := range a.nodes {
		for _, y := range b.nodes {
			if c.differ(x, y) {
				return false
			}
		}
	}
	switch {
	case new.how == joined{}:
		new.how = how
	case old.how == joined{}:
		old.how = how
	}
	c.merge(a, b)
	return true
}

// merge makes one cluster of two.
func (c *clusters) merge(a, b *cluster) {
	if a == b {
		return
	}
	a.nodes = append(a.nodes, b.nodes...)
	for _, n := range b.nodes {
		c.at[n] = a
	}
}

// propose notes that a node may be of the entity of another.
func (c *clusters) propose(of, to *node, how joined) {
	c.proposals = append(c.proposals, proposal{of: of, to: to, how: how})
}

// all returns the clusters in the order of their first nodes.
func (c *clusters) all() []*cluster {
	seen := map[*cluster]bool{}
	var out []*cluster
	for _, n := range c.nodes {
		if x := c.at[n]; !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

// yearsText prints years: 2017, 2018 and 2019.
func yearsText(years []int) string {
	var out []string
	for _, y := range years {
		out = append(out, strconv.Itoa(y))
	}
	switch n := len(out); n {
	case 0:
		return "a year not known"
	case 1:
		return out[0]
	default:
		return strings.Join(out[:n-1], ", ") + " and " + out[n-1]
	}
}

// entity describes a cluster; known tells which keys are seeds already.
func (c *cluster) entity(typ, parent string, known func(typ, seed string) bool) *export.Entity {
	e := &export.Entity{Type: typ, ParentID: parent, Seed: c.seed(typ, known)}
	e.ID = export.EntityID(typ, e.Seed)
	years := c.years()
	if len(years) > 0 {
		e.FirstYear, e.LastYear = int32(years[0]), int32(years[len(years)-1])
	}
	codes := map[string]bool{}
	latest := map[string]int{} // the last year of a name
	for _, n := range c.nodes {
		for _, p := range n.places {
			if p.foreign {
				continue
			}
			if p.Code != "" {
				codes[p.Code] = true
			}
			if last, ok := latest[p.Name]; !ok || int(p.FiscalYear) > last {
				latest[p.Name] = int(p.FiscalYear)
			}
		}
	}
	if len(codes) == 1 {
		for code := range codes {
			e.Code = code
		}
	}
	e.Name, e.Aliases = namesByYear(latest)
	return e
}

// namesByYear returns the name of the latest year and the others.
func namesByYear(latest map[string]int) (name string, others []string) {
	var names []string
	for n := range latest {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(latest[b], latest[a]), cmp.Compare(a, b))
	})
	if len(names) > 0 {
		name, others = names[0], names[1:]
	}
	return name, others
}

// seed is the least key that is a seed already, or the least of all.
func (c *cluster) seed(typ string, known func(typ, seed string) bool) string {
	var keys, seeds []string
	for _, n := range c.nodes {
		keys = append(keys, n.key)
		if known(typ, n.key) {
			seeds = append(seeds, n.key)
		}
	}
	if len(seeds) > 0 {
		return slices.Min(seeds)
	}
	return slices.Min(keys)
}

// reason says why a place of a node is of its entity.
func (c *cluster) reason(n *node, p *place) joined {
	if p.how != (joined{}) {
		return p.how
	}
	if n.how != (joined{}) {
		return n.how
	}
	if p.Code != "" {
		return joined{export.MethodCode, export.ScoreOne, fmt.Sprintf("code %s in %s", p.Code, yearsText(n.years))}
	}
	return joined{export.MethodName, export.ScoreOne, "name in " + yearsText(n.years)}
}

// linkOf is the row of links of a place.
func linkOf(e *export.Entity, p *place, how joined, status string) *export.Link {
	return &export.Link{
		EntityID: e.ID, EntityType: e.Type, DocumentID: p.DocumentID, RegionCode: p.RegionCode, FiscalYear: p.FiscalYear,
		Table: p.Table, BlockNo: p.BlockNo, TableNo: p.TableNo, RowNo: p.RowNo, ColNo: p.ColNo, PageNo: p.PageNo,
		ProjectNo: p.ProjectNo, PartNo: p.PartNo, Name: p.Name, Code: p.Code,
		Method: how.method, Status: status, Score: how.score, Evidence: how.evidence,
	}
}
