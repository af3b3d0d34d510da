package compare

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/export"
)

// Stream is a comparison that is read a body at a time.
type Stream struct {
	// Head is the comparison without its bodies.
	Head Comparison
	l    *loader
	rows int
	// atOnce is figuresInHand, fewer in tests.
	atOnce int
}

// figuresInHand is how many figures are read at a time: they are what a
// comparison holds in memory, some hundreds of bytes each. Each time the row
// groups that their documents stand in are read; as bodies come by region, as the
// dataset is sorted, few row groups are read more than twice.
const figuresInHand = 200_000

// Open finds the documents that a query is about. A word of it that is not
// known is a [QueryError]; no document in the years asked for is no error.
func Open(ctx context.Context, dir string, q Query) (*Stream, error) {
	l, err := prepare(ctx, dir, q)
	if err != nil {
		return nil, err
	}
	s := &Stream{l: l, atOnce: figuresInHand, Head: Comparison{Years: l.years, Linked: l.links.linked(), Notes: []Note{}, Bodies: []Body{}}}
	if s.Head.Years == nil {
		s.Head.Years = []int{}
	}
	m, err := export.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	s.Head.remark(m)
	return s, nil
}

// remark notes what makes the comparison of a dataset weaker.
func (c *Comparison) remark(m *export.Manifest) {
	add := func(code, text, chinese string) { c.Notes = append(c.Notes, Note{code, text, chinese}) }
	switch {
	case !c.Linked:
		add("unlinked", "not linked: departments and projects that were renamed are not joined; yusuan link DATASET joins them",
			"此数据集尚未跨年关联：更名的部门和项目未合并，只按相同的名称或编码对应。")
	case m.Stale():
		add("stale_links", "links are out of date: documents that came since are joined by name and code alone; yusuan link DATASET brings them up to date",
			"跨年关联早于现有文件：其后加入的文件只按相同的名称或编码对应。")
	}
	if m.Older() {
		add("older_schema", "the dataset was written by an earlier version, which knew fewer columns; the next yusuan run or commit brings it up to date",
			"此数据集由较早版本写成，部分栏目缺失。")
	}
}

// Each compares one body after another, in the order of a comparison, and hands
// each to f, which may keep it.
func (s *Stream) Each(f func(*Body) error) error {
	if err := s.l.readPlaces(); err != nil {
		return err
	}
	bodies := s.l.bodies()
	for len(bodies) > 0 {
		var docs []*source
		n, figures := 0, 0
		for n < len(bodies) && (n == 0 || figures < s.atOnce) {
			docs = append(docs, bodies[n]...)
			for _, d := range bodies[n] {
				figures += d.counts.figures()
			}
			n++
		}
		if err := s.l.read(docs); err != nil {
			return err
		}
		for _, of := range bodies[:n] {
			b := s.l.body(of)
			s.rows += len(b.Rows)
			if err := f(&b); err != nil {
				return err
			}
			for _, d := range of {
				d.forget()
			}
		}
		bodies = bodies[n:]
	}
	return nil
}

// Rows is how many rows the bodies had so far.
func (s *Stream) Rows() int { return s.rows }

// Compare reads a dataset and puts the figures of the query's years beside one
// another, all at once.
func Compare(ctx context.Context, dir string, q Query) (*Comparison, error) {
	s, err := Open(ctx, dir, q)
	if err != nil {
		return nil, err
	}
	c := s.Head
	err = s.Each(func(b *Body) error {
		c.Bodies = append(c.Bodies, *b)
		return nil
	})
	return &c, err
}

// Missing says in one line why a comparison has no row, and what its documents
// have instead of what was asked for.
func (s *Stream) Missing() (string, error) {
	l := s.l
	if len(l.docs) == 0 {
		return "no rows: no document of these years; there are " + spans(l.known), nil
	}
	var who []string
	for _, of := range l.bodies() {
		if name := of[len(of)-1].Department; !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	if named := 3; len(who) > named {
		who = append(who[:named:named], fmt.Sprintf("%d others", len(who)-named))
	}
	q := l.query
	asked := q.asked()
	if asked == "" {
		return fmt.Sprintf("no rows: nothing that can be compared was read of the documents of %s", strings.Join(who, ", ")), nil
	}
	q.Forms, q.Measures, q.Parts, q.Targets = nil, nil, nil, nil
	all, err := Open(l.ctx, l.dir, q)
	if err != nil {
		return "", err
	}
	var count sectionCount
	if err := all.Each(count.add); err != nil {
		return "", err
	}
	return fmt.Sprintf("no rows: no document of %s has %s; they have %s", strings.Join(who, ", "), asked, count.String()), nil
}

// spans prints years, those in a row as 2017-2019.
func spans(years []int) string {
	var out []string
	for i := 0; i < len(years); {
		j := i
		for j+1 < len(years) && years[j+1] == years[j]+1 {
			j++
		}
		text := strconv.Itoa(years[i])
		if j > i {
			text += "-" + strconv.Itoa(years[j])
		}
		out = append(out, text)
		i = j + 1
	}
	return strings.Join(out, ", ")
}
