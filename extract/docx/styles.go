package docx

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/extract/heading"
)

// toggle is a property that a style can switch on, switch off or leave alone.
type toggle uint8

const (
	unset toggle = iota
	on
	off
)

// notSet stands for a number that a file does not give.
const notSet = heading.NotSet

// style is a style of the document, with what its ancestors say filled in.
type style struct {
	id      string
	basedOn string
	// level is the heading's level, 0 for body text, notSet if nothing says so.
	level int
	// vanish hides the text.
	vanish toggle
	// numID and ilvl are the list that the style numbers its paragraphs in;
	// numOwner is the style of the chain that names it, by whose id the list
	// finds the level.
	numID, ilvl int
	numOwner    string
	resolved    bool
}

// styleSheet are the styles of a document.
type styleSheet struct {
	byID map[string]*style
	// plain is the default paragraph style, which a paragraph without a style
	// has; never nil.
	plain *style
}

func newStyleSheet() *styleSheet {
	return &styleSheet{byID: map[string]*style{}, plain: &style{level: notSet, numID: notSet, ilvl: notSet}}
}

// readStyles reads a styles part. It returns what it could read also with an
// error.
func readStyles(x *scanner) (*styleSheet, error) {
	sheet := newStyleSheet()
	if x.next() == tokenStart {
		for x.child(1) {
			kind := string(x.attr("type"))
			if x.elem != elemStyle || kind == "table" {
				x.leap() // the bulk of many parts, and nothing of it is read
				continue
			}
			st := &style{id: x.attrString("styleId"), level: notSet, numID: notSet, ilvl: notSet}
			if kind == "paragraph" && isOn(x.attr("default")) {
				sheet.plain = st
			}
			x.style(st)
			sheet.byID[st.id] = st
		}
	}
	err := x.end()
	// In a fixed order, because in a circle of styles the first gets less.
	for _, id := range slices.Sorted(maps.Keys(sheet.byID)) {
		sheet.resolve(sheet.byID[id])
	}
	sheet.resolve(sheet.plain)
	return sheet, err
}

func (s *scanner) style(st *style) {
	named := notSet
	for depth := s.depth; s.child(depth); {
		switch s.elem {
		case elemNamed:
			named = heading.Named(s.attrString("val"))
		case elemBasedOn:
			st.basedOn = s.attrString("val")
		case elemPPr:
			s.styleParagraph(st)
		case elemRPr:
			for depth := s.depth; s.child(depth); {
				if s.elem == elemVanish {
					st.vanish = s.toggle()
				}
			}
		}
	}
	if st.level == notSet {
		st.level = named
	}
}

func (s *scanner) styleParagraph(st *style) {
	for depth := s.depth; s.child(depth); {
		switch s.elem {
		case elemOutlineLvl:
			st.level = heading.Outline(s.number("val", notSet))
		case elemNumPr:
			for depth := s.depth; s.child(depth); {
				switch s.elem {
				case elemNumID:
					st.numID, st.numOwner = s.number("val", notSet), st.id
				case elemIlvl:
					st.ilvl = s.number("val", notSet)
				}
			}
		}
	}
}

// resolve fills in what the style inherits. Marking it first ends chains that
// run in a circle.
func (t *styleSheet) resolve(st *style) {
	if st.resolved {
		return
	}
	st.resolved = true
	base := t.byID[st.basedOn]
	if base == nil {
		return
	}
	t.resolve(base)
	if st.level == notSet {
		st.level = base.level
	}
	if st.vanish == unset {
		st.vanish = base.vanish
	}
	if st.numID == notSet {
		st.numID, st.numOwner = base.numID, base.numOwner
		if st.ilvl == notSet {
			st.ilvl = base.ilvl
		}
	}
}

// get returns a style by its id and nil for one that the sheet does not have.
func (t *styleSheet) get(id []byte) *style { return t.byID[string(id)] }

// paragraphStyle returns the style that a paragraph names. One that the sheet
// lacks counts as the default style, but its id may still say "Heading1".
func (t *styleSheet) paragraphStyle(id []byte) *style {
	if st := t.byID[string(id)]; st != nil {
		return st
	}
	st := *t.plain
	st.id = string(id)
	if level := heading.Named(st.id); level != notSet {
		st.level = level
	}
	t.byID[st.id] = &st
	return &st
}

// toggle returns what the current element, such as w:vanish, says.
func (s *scanner) toggle() toggle {
	if v := s.attr("val"); v == nil || isOn(v) {
		return on
	}
	return off
}

func isOn(v []byte) bool {
	switch string(v) {
	case "1", "true", "on":
		return true
	}
	return false
}

// number returns an attribute as a number within int32, or otherwise.
func (s *scanner) number(attr string, otherwise int) int {
	v := s.attr(attr)
	if len(v) == 1 && v[0] >= '0' && v[0] <= '9' {
		return int(v[0] - '0') // nearly all of them
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(v)), 10, 32)
	if err != nil {
		return otherwise
	}
	return int(n)
}
