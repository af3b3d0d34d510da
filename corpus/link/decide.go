package link

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"yusuan/export"
	"yusuan/extract"
	"yusuan/normalize/vocab"
)

// decisionColumns are the columns of a file of decisions, in any order; only
// the note may be missing.
var decisionColumns = []string{"decision", "type", "a", "b", "note"}

// ReadDecisions reads a file of the user's decisions: CSV with a header, in
// UTF-8, UTF-16 or GB18030. All mistakes are told, with file and line.
func ReadDecisions(name string) ([]export.Decision, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the decisions cannot be read: %w", err)
	}
	text, ok := extract.DecodeText(data)
	if !ok {
		return nil, fmt.Errorf("%s: the decisions are no text in UTF-8, UTF-16 or GB18030", name)
	}
	r := csv.NewReader(strings.NewReader(text))
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: the first line must name the columns %s: %w", name, strings.Join(decisionColumns, ", "), err)
	}
	at := map[string]int{}
	for i, h := range header {
		h = strings.ToLower(strings.TrimSpace(h))
		if !slices.Contains(decisionColumns, h) {
			return nil, fmt.Errorf("%s:1: column %q is not known; the columns are %s", name, h, strings.Join(decisionColumns, ", "))
		}
		at[h] = i
	}
	for _, c := range decisionColumns[:4] {
		if _, ok := at[c]; !ok {
			return nil, fmt.Errorf("%s:1: there is no column %q", name, c)
		}
	}
	return readDecisions(name, r, at)
}

// readDecisions reads the rows behind the header.
func readDecisions(name string, r *csv.Reader, at map[string]int) ([]export.Decision, error) {
	out := []export.Decision{}
	var wrong []error
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, errors.Join(wrong...)
		}
		if err != nil {
			return nil, errors.Join(append(wrong, fmt.Errorf("%s: %w", name, err))...)
		}
		line, _ := r.FieldPos(0)
		get := func(c string) string {
			if i, ok := at[c]; ok {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		d := export.Decision{Verdict: get("decision"), Type: get("type"), A: get("a"), B: get("b"), Note: get("note"), Line: line}
		if err := checkDecision(&d); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, line, err))
			continue
		}
		out = append(out, d)
	}
}

// entityTypes are the types that decisions may be about.
var entityTypes = []string{export.EntityDepartment, export.EntityUnit, export.EntityProject, export.EntityIndicator, export.EntityAccount}

// checkDecision refuses a decision that cannot be followed.
func checkDecision(d *export.Decision) error {
	switch {
	case d.Verdict != export.DecisionSame && d.Verdict != export.DecisionDifferent:
		return fmt.Errorf("decision %q: write %s or %s", d.Verdict, export.DecisionSame, export.DecisionDifferent)
	case !slices.Contains(entityTypes, d.Type):
		return fmt.Errorf("type %q: write one of %s", d.Type, strings.Join(entityTypes, ", "))
	case d.A == "" || d.B == "":
		return errors.New("a and b must both be given: an entity_id, or names and codes with | between them")
	case d.A == d.B:
		return fmt.Errorf("a and b are both %q", d.A)
	}
	for _, text := range []string{d.A, d.B} {
		w := written[d.Type]
		if n := strings.Count(text, separator) + 1; !isEntityID(text) && !slices.Contains(w.parts, n) {
			return fmt.Errorf("%q names no %s: write an entity_id or %s", text, d.Type, w.form)
		}
	}
	return nil
}

// written says how entities of a type are named by what is printed: of how many
// parts, and which.
var written = map[string]struct {
	parts []int
	form  string
}{
	export.EntityDepartment: {[]int{2}, "region code|name"},
	export.EntityUnit:       {[]int{2}, "region code|name"},
	export.EntityProject:    {[]int{3, 4}, "region code|department|name or code, with the unit before the name where several have one"},
	export.EntityIndicator:  {[]int{4, 5, 6}, "region code|department|project|name, with level 2 or levels 1 and 2 before the name"},
	export.EntityAccount:    {[]int{2, 3}, "classification|code or classification|code|name"},
}

// decision is one of the user's while it is followed.
type decision struct {
	export.Decision
	a, b side
	// met says that both sides are where they can be joined, refused that
	// another decision holds them apart.
	met, refused bool
}

// side is an entity as a decision names it.
type side struct {
	text, typ string
	id        bool
	parts     []string
	found     bool
	// several are the keys of what it names, if they stand in one document: nobody
	// knows which is meant.
	several []string
}

func newDecisions(in []export.Decision) []decision {
	var out []decision
	for _, d := range in {
		out = append(out, decision{Decision: d, a: sideOf(d.Type, d.A), b: sideOf(d.Type, d.B)})
	}
	return out
}

func sideOf(typ, text string) side {
	s := side{text: text, typ: typ, id: isEntityID(text)}
	if !s.id {
		s.parts = strings.Split(text, separator)
	}
	return s
}

// isEntityID tells whether a text has the form of an entity's id.
func isEntityID(s string) bool {
	const digits = 32
	return len(s) == digits && strings.Trim(s, "0123456789abcdef") == ""
}

// names tells whether a side names a node: by the id that its key gives, or by
// what is printed, as written says.
func (s *side) names(n *node) bool {
	ok := false
	switch {
	case s.id:
		ok = export.EntityID(s.typ, n.key) == s.text
	case s.typ == export.EntityDepartment || s.typ == export.EntityUnit:
		ok = len(s.parts) == 2 && n.key == s.parts[0]+separator+bodyOf(s.parts[1], s.parts[0]).plain
	case s.typ == export.EntityProject || s.typ == export.EntityIndicator:
		ok = len(s.parts) > 2 && s.namesPart(strings.Split(n.key, separator))
	case s.typ == export.EntityAccount:
		key := strings.Join(s.parts, separator)
		ok = n.key == key || len(s.parts) == 2 && strings.HasPrefix(n.key, key+separator)
	}
	s.found = s.found || ok
	return ok
}

// The keys of projects are region, department, code, unit and name; those of
// indicators go on with level 1, level 2 and name.
const projectParts, indicatorParts = 5, 8

// namesPart compares the parts of a side with those of the key of a project or an
// indicator.
func (s *side) namesPart(key []string) bool {
	project := s.parts[2:]
	if s.typ == export.EntityIndicator {
		project = s.parts[2:3]
		own := s.parts[3:]
		if len(key) != indicatorParts || len(own) == 0 || key[indicatorParts-1] != vocab.Key(own[len(own)-1]) {
			return false
		}
		for i, level := range own[:len(own)-1] {
			if key[indicatorParts-len(own)+i] != levelKey(level) {
				return false
			}
		}
	}
	if len(key) < projectParts || key[0] != s.parts[0] || key[1] != bodyOf(s.parts[1], s.parts[0]).plain {
		return false
	}
	code, unit, name := key[2], key[3], strings.Join(key[4:], separator)
	if s.typ == export.EntityIndicator {
		name = key[4]
	}
	if len(project) == 2 && bodyOf(project[0], s.parts[0]).plain != unit {
		return false
	}
	last := project[len(project)-1]
	return name == vocab.Key(last) || code == last && code != ""
}

// meet looks at what stands in one document: of what a side names, that must be
// one.
func (s *side) meet(items []*item) {
	var keys []string
	for _, x := range items {
		if !s.id && s.names(x.node) {
			keys = append(keys, x.node.key)
		}
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) > 1 && s.several == nil {
		s.several = keys
	}
}

// clear tells whether it is known what is meant on both sides.
func (d *decision) clear() bool { return d.a.several == nil && d.b.several == nil }

// joins tells whether a decision is about two nodes.
func (d *decision) joins(x, y *node) bool {
	return d.clear() && (d.a.names(x) && d.b.names(y) || d.a.names(y) && d.b.names(x))
}

// evidence says that the user decided, and what the note says.
func (d *decision) evidence() string {
	if d.Note == "" {
		return "decided by the user"
	}
	return "decided by the user: " + d.Note
}

// differ returns what tells that the user holds two nodes of a type apart.
func (l *linker) differ(typ string) func(a, b *node) bool {
	return func(a, b *node) bool {
		for i := range l.decisions {
			d := &l.decisions[i]
			if d.Type == typ && d.Verdict == export.DecisionDifferent && d.joins(a, b) {
				return true
			}
		}
		return false
	}
}

// joinDecided joins the nodes that the user says are the same.
func (l *linker) joinDecided(c *clusters, typ string) {
	for i := range l.decisions {
		d := &l.decisions[i]
		if d.Type != typ {
			continue
		}
		a, b := d.named(c.nodes)
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		d.met = true
		if d.Verdict != export.DecisionSame {
			continue
		}
		for _, n := range append(a[1:], b...) {
			if !c.join(a[0], n, joined{export.MethodUser, export.ScoreOne, d.evidence()}) {
				d.refused = true
			}
		}
	}
}

// named returns the nodes that each side of a decision names, if that is clear.
func (d *decision) named(nodes []*node) (a, b []*node) {
	if !d.clear() {
		return nil, nil
	}
	for _, n := range nodes {
		if d.a.names(n) {
			a = append(a, n)
		}
		if d.b.names(n) {
			b = append(b, n)
		}
	}
	return a, b
}

// unfollowed lists the decisions that could not be followed: a side names
// nothing, or what it names can never be one with the other.
func (l *linker) unfollowed() []string {
	var out []string
	for i := range l.decisions {
		d := &l.decisions[i]
		where := fmt.Sprintf("decision %d of the dataset", i+1)
		if d.Line > 0 {
			where = fmt.Sprintf("line %d", d.Line)
		}
		for _, why := range d.obstacles() {
			out = append(out, fmt.Sprintf("%s (%s): %s", where, d.Verdict, why))
		}
	}
	return out
}

// parents are what two entities must have in common to be one.
var parents = map[string]string{
	export.EntityDepartment: "regions", export.EntityUnit: "regions",
	export.EntityProject:   "departments: join these first",
	export.EntityIndicator: "projects: join these first",
}

// obstacles say why a decision was not followed.
func (d *decision) obstacles() []string {
	var out []string
	for _, s := range []*side{&d.a, &d.b} {
		if s.several != nil {
			out = append(out, fmt.Sprintf("%q names several %ss of one document, %q and %q: write %s, or an entity_id",
				s.text, d.Type, s.several[0], s.several[1], written[d.Type].form))
		}
		if !s.found {
			out = append(out, fmt.Sprintf("no %s is called %q in the dataset", d.Type, s.text))
		}
	}
	switch {
	case len(out) > 0 || d.Verdict != export.DecisionSame:
	case !d.met:
		out = append(out, fmt.Sprintf("%q and %q are not joined, they are of different %s", d.a.text, d.b.text, parents[d.Type]))
	case d.refused:
		out = append(out, fmt.Sprintf("%q and %q are not joined, another decision holds them apart", d.a.text, d.b.text))
	}
	return out
}
