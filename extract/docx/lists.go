package docx

import (
	"strings"

	"yusuan/extract/numbering"
	"yusuan/extract/symbol"
)

// lists are the numbering definitions of a document.
type lists struct {
	counters *numbering.Lists
	// list is the definition (abstractNum) that an instance (num) uses.
	list map[int]int
	// levels finds the level that a definition links to a style (lvl/pStyle).
	levels map[levelLink]int
}

type levelLink struct {
	list  int
	style string
}

func newLists() *lists {
	return &lists{counters: numbering.New(), list: map[int]int{}, levels: map[levelLink]int{}}
}

// instance is a w:num as it stands in the file.
type instance struct {
	id, list  int
	overrides []numbering.Override
}

// listReader reads a numbering part.
type listReader struct {
	x     *scanner
	lists *lists
	// styleLinks are the definitions that only point to a numbering style.
	styleLinks map[int]string
	instances  []instance
}

// readLists reads a numbering part. It returns what it could read also with an
// error.
func readLists(x *scanner, styles *styleSheet) (*lists, error) {
	r := &listReader{x: x, lists: newLists(), styleLinks: map[int]string{}}
	if x.next() == tokenStart {
		for x.child(1) {
			switch x.elem {
			case elemAbstractNum:
				r.abstractNum()
			case elemNum:
				r.num()
			}
		}
	}
	err := x.end()
	r.link(styles)
	return r.lists, err
}

func (r *listReader) abstractNum() {
	id := r.x.number("abstractNumId", notSet)
	levels := [numbering.Depth]numbering.Level{}
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemNumStyleLink:
			r.styleLinks[id] = r.x.attrString("val")
		case elemLvl:
			ilvl := r.x.number("ilvl", notSet)
			level, style := r.level()
			if ilvl < 0 || ilvl >= numbering.Depth {
				continue
			}
			levels[ilvl] = level
			if style != "" {
				r.lists.levels[levelLink{id, style}] = ilvl
			}
		}
	}
	r.lists.counters.Define(id, levels)
}

// level reads a w:lvl and returns it with the style it is linked to.
func (r *listReader) level() (numbering.Level, string) {
	x := r.x
	level, style, font := numbering.Level{}, "", ""
	for depth := x.depth; x.child(depth); {
		switch x.elem {
		case elemStart:
			level.Start = x.number("val", 0)
		case elemNumFmt:
			level.Format = numberFormat(x)
		case elemAlternateContent:
			r.alternateFormat(&level)
		case elemLvlText:
			level.Text = x.attrString("val")
		case elemSuff:
			level.Suffix = suffix(x.attr("val"))
		case elemLvlRestart:
			if level.Restart = x.number("val", 0); level.Restart == 0 {
				level.Restart = numbering.RestartNever
			}
		case elemIsLgl:
			level.Legal = x.toggle() == on
		case elemPStyle:
			style = x.attrString("val")
		case elemRPr:
			font = string(x.runFont())
		}
	}
	level.Text = symbol.Replace(level.Text, font)
	return level, style
}

// alternateFormat reads a w:numFmt that only newer versions of Word know, and
// that stands beside a substitute.
func (r *listReader) alternateFormat(level *numbering.Level) {
	for depth := r.x.depth; r.x.child(depth); {
		choice := r.x.elem == elemChoice
		for depth := r.x.depth; r.x.child(depth); {
			if r.x.elem == elemNumFmt && (choice || level.Format == "") {
				level.Format = numberFormat(r.x)
			}
		}
	}
}

// numberFormat reads a w:numFmt. A custom format is known if it pads with
// zeros: "001, 002, 003, ...".
func numberFormat(x *scanner) string {
	name := x.attrString("val")
	if name != "custom" {
		return name
	}
	first, _, _ := strings.Cut(x.attrString("format"), ",")
	if first != "" && strings.Trim(first, "0") == "1" && strings.HasSuffix(first, "1") {
		return numbering.Zeros(len(first))
	}
	return name
}

func suffix(val []byte) numbering.Suffix {
	switch string(val) {
	case "space":
		return numbering.Space
	case "nothing":
		return numbering.Nothing
	}
	return numbering.Tab
}

func (r *listReader) num() {
	in := instance{id: r.x.number("numId", notSet), list: notSet}
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemAbstractNumID:
			in.list = r.x.number("val", notSet)
		case elemLvlOverride:
			in.overrides = append(in.overrides, r.override())
		}
	}
	r.instances = append(r.instances, in)
}

func (r *listReader) override() numbering.Override {
	o := numbering.Override{Level: r.x.number("ilvl", notSet)}
	for depth := r.x.depth; r.x.child(depth); {
		switch r.x.elem {
		case elemStartOverride:
			o.Restart, o.Start = true, r.x.number("val", 0)
		case elemLvl:
			level, _ := r.level()
			o.Definition = &level
		}
	}
	return o
}

// link connects the instances with their definitions. A definition that only
// points to a numbering style stands for the one that the style's own instance
// uses.
func (r *listReader) link(styles *styleSheet) {
	direct := map[int]int{}
	for _, in := range r.instances {
		direct[in.id] = in.list
	}
	for _, in := range r.instances {
		list := in.list
		if name, ok := r.styleLinks[list]; ok {
			if st := styles.byID[name]; st != nil {
				if target, ok := direct[st.numID]; ok {
					list = target
				}
			}
		}
		r.lists.list[in.id] = list
		r.lists.counters.Use(in.id, list, in.overrides...)
	}
}

// place returns the list instance and the level that number a paragraph; the
// instance is notSet or 0 for a paragraph that is not numbered.
func (l *lists) place(numID, ilvl int, st *style) (int, int) {
	if numID == notSet {
		numID = st.numID
	}
	if ilvl != notSet || numID <= 0 {
		return numID, max(ilvl, 0)
	}
	list := l.list[numID]
	for _, id := range [...]string{st.id, st.numOwner} {
		if level, ok := l.levels[levelLink{list, id}]; ok {
			return numID, level
		}
	}
	return numID, max(st.ilvl, 0)
}
