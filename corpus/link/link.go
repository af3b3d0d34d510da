package link

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"yusuan/export"
)

// Settings say how a dataset is linked.
type Settings struct {
	// Pipeline is the version of the program.
	Pipeline string
	// Decisions are the user's; nil means those that the dataset has.
	Decisions []export.Decision
}

// Summary tells what was found.
type Summary struct {
	// Entities counts them by type, Links and Proposals the rows of links by the
	// type of their entity, Methods the links by method.
	Entities  map[string]int `json:"entities"`
	Links     map[string]int `json:"links"`
	Proposals map[string]int `json:"proposals"`
	Methods   map[string]int `json:"methods"`
	// Unfollowed are decisions of the user that name what is not there.
	Unfollowed []string `json:"unfollowed,omitempty"`
	// Repaired is what was wrong with the tables that were there; ids that only
	// they knew are others now.
	Repaired []export.Problem `json:"repaired,omitempty"`
}

// Run links a dataset and commits the tables entities and links.
func Run(ctx context.Context, dir string, s Settings) (*Summary, error) {
	return run(ctx, dir, export.RelinkSettings{Pipeline: s.Pipeline, Decisions: s.Decisions})
}

// Refresh links a dataset that has links already anew, following the decisions
// that it has. One without links is left alone: the summary is nil.
func Refresh(ctx context.Context, dir, pipeline string) (*Summary, error) {
	if linked, err := export.HasLinks(dir); err != nil || !linked {
		return nil, err
	}
	sum, err := run(ctx, dir, export.RelinkSettings{Pipeline: pipeline, OnlyIfThere: true})
	if errors.Is(err, export.ErrNoLinks) {
		return nil, nil
	}
	return sum, err
}

func run(ctx context.Context, dir string, s export.RelinkSettings) (*Summary, error) {
	sum := &Summary{Entities: map[string]int{}, Links: map[string]int{}, Proposals: map[string]int{}, Methods: map[string]int{}}
	s.Damaged = func(p export.Problem) { sum.Repaired = append(sum.Repaired, p) }
	_, err := export.Relink(ctx, dir, s, func(ctx context.Context, src *export.LinkSource, out *export.LinkSink) error {
		l := &linker{src: src, out: counted{out, sum}, decisions: newDecisions(src.Decisions), whose: map[string]whose{}}
		if err := src.Regions(ctx, l.region); err != nil {
			return err
		}
		if err := src.Groups(ctx, l.groupOf, l.group); err != nil {
			return err
		}
		if err := l.findAccounts(ctx); err != nil {
			return err
		}
		sum.Unfollowed = l.unfollowed()
		return nil
	})
	return sum, err
}

// source is what a linker reads, sink what takes what it found: those of a
// dataset, or of a test.
type source interface {
	Known(typ, seed string) bool
	Lines(ctx context.Context, f func(*export.Mention) error) error
}

type sink interface {
	Entity(*export.Entity) error
	Link(*export.Link) error
}

// counted counts what goes out.
type counted struct {
	out sink
	sum *Summary
}

func (c counted) Entity(e *export.Entity) error {
	c.sum.Entities[e.Type]++
	return c.out.Entity(e)
}

func (c counted) Link(l *export.Link) error {
	if l.Status == export.StatusProposal {
		c.sum.Proposals[l.EntityType]++
	} else {
		c.sum.Links[l.EntityType]++
		c.sum.Methods[l.Method]++
	}
	return c.out.Link(l)
}

// linker links one dataset.
type linker struct {
	src       source
	out       counted
	decisions []decision

	// whose are the departments of the documents, departments the ids of the
	// entities that they are.
	whose       map[string]whose
	departments []string

	// nodes and numbered are of the department in hand: the nodes by key, and the
	// projects by their numbers in the documents.
	nodes    map[string]*node
	numbered map[projectRef]*node
}

// whose says of which department a document is: its number, and the key of the
// name that the document has for it.
type whose struct {
	department int32
	key        string
}

// groupOf is the number of a document's department.
func (l *linker) groupOf(document string) (int32, bool) {
	w, ok := l.whose[document]
	return w.department, ok
}

// region finds the departments and units of a region, and remembers which
// documents are of which.
func (l *linker) region(documents []export.Mention, organizations export.Organizations) error {
	if len(documents) == 0 {
		return nil
	}
	b, err := l.findBodies(documents, organizations)
	if err != nil {
		return err
	}
	ids, err := l.writeBodies(b)
	if err != nil {
		return err
	}
	numbers := map[*cluster]int32{}
	for _, c := range b.all() {
		numbers[c] = int32(len(l.departments))
		l.departments = append(l.departments, ids[c])
	}
	for document, n := range b.of {
		l.whose[document] = whose{numbers[b.at[n]], n.key}
	}
	return nil
}

// group links the projects and indicators of one department.
func (l *linker) group(department int32, block []export.Mention) error {
	l.nodes, l.numbered = map[string]*node{}, map[projectRef]*node{}
	docs := documents(block)
	projects := l.findProjects(docs)
	indicators := l.findIndicators(projects, docs)
	ids, err := l.writeAll(projects.clusters, export.EntityProject, func(*cluster) string { return l.departments[department] })
	if err != nil {
		return err
	}
	for _, p := range projects.all() {
		if m := indicators[p]; m != nil {
			if _, err := l.writeAll(m.clusters, export.EntityIndicator, func(*cluster) string { return ids[p] }); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeBodies hands out the departments of a region and their units, and
// returns the ids of the departments.
func (l *linker) writeBodies(b *bodies) (map[*cluster]string, error) {
	departments, err := l.writeAll(b.clusters, export.EntityDepartment, func(*cluster) string { return "" })
	if err != nil {
		return nil, err
	}
	units := newClusters(l.differ(export.EntityUnit))
	for _, key := range sortedKeys(b.units) {
		units.add(b.units[key])
	}
	l.joinDecided(units, export.EntityUnit)
	_, err = l.writeAll(units, export.EntityUnit, func(c *cluster) string {
		return departments[b.at[b.parent[c.nodes[0]]]]
	})
	return departments, err
}

// writeAll hands out the entities and links of some clusters, and returns the
// ids.
func (l *linker) writeAll(c *clusters, typ string, parent func(*cluster) string) (map[*cluster]string, error) {
	ids := map[*cluster]string{}
	entities := map[*cluster]*export.Entity{}
	for _, x := range c.all() {
		e := x.entity(typ, parent(x), l.src.Known)
		e.RegionCode = x.nodes[0].places[0].RegionCode
		ids[x], entities[x] = e.ID, e
		if err := l.out.Entity(e); err != nil {
			return nil, err
		}
		for _, n := range x.nodes {
			for i := range n.places {
				if err := l.out.Link(linkOf(e, &n.places[i], x.reason(n, &n.places[i]), export.StatusLink)); err != nil {
					return nil, err
				}
			}
		}
	}
	return ids, l.propose(c, entities)
}

// propose hands out the proposals: of several for one node and entity the best.
func (l *linker) propose(c *clusters, entities map[*cluster]*export.Entity) error {
	slices.SortStableFunc(c.proposals, func(a, b proposal) int { return cmp.Compare(b.how.score, a.how.score) })
	done := map[*node]map[*cluster]bool{}
	for _, p := range c.proposals {
		to := c.at[p.to]
		if to == c.at[p.of] || done[p.of][to] || c.differ(p.of, p.to) {
			continue
		}
		if done[p.of] == nil {
			done[p.of] = map[*cluster]bool{}
		}
		done[p.of][to] = true
		for i := range p.of.places {
			if err := l.out.Link(linkOf(entities[to], &p.of.places[i], p.how, export.StatusProposal)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
