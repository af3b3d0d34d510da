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
	return nil
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
// the parts of its key: region|name of a department or unit,
// region|department|name or |code of a project, classification|code or
// classification|code|name of an account.
func (s *side) names(n *node) bool {
	ok := false
	switch {
	case s.id:
		ok = export.EntityID(s.typ, n.key) == s.text
	case s.typ == export.EntityDepartment || s.typ == export.EntityUnit:
		ok = len(s.parts) == 2 && n.key == s.parts[0]+separator+bodyOf(s.parts[1], s.parts[0]).plain
	case s.typ == export.EntityProject:
		ok = len(s.parts) == 3 && s.namesProject(n)
	case s.typ == export.EntityAccount:
		key := strings.Join(s.parts, separator)
		ok = n.key == key || len(s.parts) == 2 && strings.HasPrefix(n.key, key+separator)
	}
	s.found = s.found || ok
	return ok
}

// namesProject compares region, department, and name or code.
func (s *side) namesProject(n *node) bool {
	k := strings.SplitN(n.key, separator, 5) // region, department, code, unit, name
	if len(k) != 5 || k[0] != s.parts[0] || k[1] != bodyOf(s.parts[1], s.parts[0]).plain {
		return false
	}
	return k[4] == vocab.Key(s.parts[2]) || k[2] == s.parts[2] && k[2] != ""
}

// joins tells whether a decision is about two nodes.
func (d *decision) joins(x, y *node) bool {
	return d.a.names(x) && d.b.names(y) || d.a.names(y) && d.b.names(x)
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

// named returns the nodes that each side of a decision names.
func (d *decision) named(nodes []*node) (a, b []*node) {
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
		if !s.found {
			why := fmt.Sprintf("no %s is called %q in the dataset", d.Type, s.text)
			if d.Type == export.EntityIndicator && !s.id {
				why += "; indicators are named by their entity_id"
			}
			out = append(out, why)
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
