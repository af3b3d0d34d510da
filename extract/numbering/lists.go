package numbering

import "strings"

// Depth is the number of levels of a list; levels are 0 to Depth-1.
const Depth = 9

// Suffix is what stands between a label and the text behind it.
type Suffix uint8

// The suffixes. Tab is Word's default.
const (
	Tab Suffix = iota
	Space
	Nothing
)

// RestartNever as a Level's Restart lets a level count on through the whole
// list.
const RestartNever = -1

// Level says how one level of a list counts and looks.
type Level struct {
	// Start is the first number.
	Start int
	// Format is the number format by its name in WordprocessingML, such as
	// "chineseCounting"; see [Format].
	Format string
	// Text is the label with %1 to %9 where the numbers of the levels go:
	// "第%1条", "%1.%2".
	Text string
	// Suffix is what follows the label.
	Suffix Suffix
	// Restart says after which level this one starts anew: 0 after any level
	// above it, k after level k-1 or one above that, RestartNever never.
	Restart int
	// Legal prints the numbers of all levels in decimal (isLgl).
	Legal bool
}

// Override changes one level of a list for one of its instances.
type Override struct {
	// Level is the level changed, 0 to Depth-1.
	Level int
	// Restart tells whether the instance begins that level anew, at Start.
	Restart bool
	// Start is the number that a restarted level begins with.
	Start int
	// Definition replaces the level's definition, nil to keep it.
	Definition *Level
}

// Label is the computed label of one paragraph.
type Label struct {
	// Text is the label as printed, "" for a level that shows none.
	Text string
	// Suffix is what stands between the label and the paragraph's text.
	Suffix Suffix
	// Guessed tells that a number format is not known here and that its
	// numbers were printed in decimal.
	Guessed bool
}

// Lists are the list definitions of one document and how far each has
// counted. It is not safe for concurrent use.
type Lists struct {
	lists     map[int]*list
	instances map[int]*instance
}

// list is a definition (abstractNum). Its instances share its counters: that
// is how Word continues a list that is interrupted by another instance.
type list struct {
	levels [Depth]Level
	count  [Depth]int
	set    [Depth]bool
}

// instance is a use of a list (num).
type instance struct {
	of       *list
	levels   [Depth]Level
	restarts [Depth]bool
	used     bool
}

// New returns Lists without definitions.
func New() *Lists {
	return &Lists{lists: map[int]*list{}, instances: map[int]*instance{}}
}

// Define tells the levels of a list.
func (l *Lists) Define(listID int, levels [Depth]Level) {
	l.lists[listID] = &list{levels: levels}
}

// Use tells that paragraphs which name instanceID count in the list listID.
// It does nothing for a list that was not defined.
func (l *Lists) Use(instanceID, listID int, overrides ...Override) {
	of, ok := l.lists[listID]
	if !ok {
		return
	}
	in := &instance{of: of, levels: of.levels}
	for _, o := range overrides {
		if o.Level < 0 || o.Level >= Depth {
			continue
		}
		if o.Definition != nil {
			in.levels[o.Level] = *o.Definition
		}
		if o.Restart {
			in.levels[o.Level].Start = o.Start
			in.restarts[o.Level] = true
		}
	}
	l.instances[instanceID] = in
}

// Next counts one paragraph of an instance and a level and returns its label.
// The second result is false for an instance that was not defined and for a
// level that no list has; such a paragraph has no label.
func (l *Lists) Next(instanceID, level int) (Label, bool) {
	in, ok := l.instances[instanceID]
	if !ok || level < 0 || level >= Depth {
		return Label{}, false
	}
	in.advance(level)
	return in.label(level), true
}

func (in *instance) advance(level int) {
	c := in.of
	if !in.used {
		in.used = true
		for i, restarts := range in.restarts {
			if restarts {
				c.set[i] = false
			}
		}
	}
	if c.set[level] {
		c.count[level]++
	}
	// A level that was skipped counts as begun: after 2.a.I without an a, the
	// next of that level is 2.b.
	for i := range level + 1 {
		if !c.set[i] {
			c.count[i], c.set[i] = in.levels[i].Start, true
		}
	}
	for deeper := level + 1; deeper < Depth; deeper++ {
		if r := in.levels[deeper].Restart; r == 0 || r > level {
			c.set[deeper] = false
		}
	}
}

// label fills the numbers into the level's text.
func (in *instance) label(level int) Label {
	def := &in.levels[level]
	out := Label{Suffix: def.Suffix}
	if !strings.Contains(def.Text, "%") {
		out.Text = def.Text
		return out
	}
	var b strings.Builder
	for i := 0; i < len(def.Text); i++ {
		c := def.Text[i]
		if c != '%' || i+1 == len(def.Text) || def.Text[i+1] < '1' || def.Text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		if at := int(def.Text[i] - '1'); at <= level {
			text, known := in.number(at, def.Legal)
			b.WriteString(text)
			out.Guessed = out.Guessed || !known
		}
	}
	out.Text = b.String()
	return out
}

func (in *instance) number(level int, legal bool) (string, bool) {
	format := in.levels[level].Format
	if legal && format != "none" && format != "bullet" {
		format = "decimal"
	}
	return Format(format, in.of.count[level])
}
