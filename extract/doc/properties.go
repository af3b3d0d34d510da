package doc

import "yusuan/extract/heading"

// properties are those of a paragraph that change what stands on the page
// ([MS-DOC] 2.4.6.1: style, then the paragraph's own, then the piece's).
type properties struct {
	istd  int
	style *style
	// depth is the depth of the table that the paragraph is in, 0 outside.
	inTable bool
	depth   int
	// rowEnd and innerRowEnd tell that the mark ends a row, innerCell that a
	// paragraph mark ends a cell of a nested table.
	rowEnd, innerRowEnd, innerCell bool
	// outline is the heading's level, 0 for body text.
	outline    int
	ilfo, ilvl int
	// oldNumbers tells that the paragraph is numbered in Word 6's way.
	oldNumbers bool
	// tables are the lists that hold properties of the row.
	tables [][]byte
}

// of begins with what the style says.
func (p *properties) of(st *style) {
	*p = properties{style: st, outline: notSet, ilfo: st.ilfo, ilvl: st.ilvl}
}

// apply applies a grpprl.
func (p *properties) apply(grpprl []byte) {
	hasTables := false
	for rest := grpprl; ; {
		op, arg, next, ok := nextSprm(rest)
		if !ok {
			break
		}
		rest = next
		switch sprmGroup(op) {
		case sprmGroupParagraphs:
			p.set(op, arg)
		case sprmGroupTables:
			hasTables = true
		}
	}
	if hasTables {
		p.tables = append(p.tables, grpprl)
	}
}

// set applies one property of a paragraph.
func (p *properties) set(op int, arg []byte) {
	switch op {
	case sprmPFInTable:
		p.inTable = arg[0] != 0
	case sprmPFTtp:
		p.rowEnd = arg[0] != 0
	case sprmPItap:
		p.depth = i32(arg, 0)
	case sprmPDtap:
		p.depth += i32(arg, 0)
	case sprmPFInnerTbl:
		p.innerCell = arg[0] != 0
	case sprmPFInnerTtp:
		p.innerRowEnd = arg[0] != 0
	case sprmPOutLvl:
		p.outline = heading.Outline(int(arg[0]))
	case sprmPIlfo:
		p.setList(u16(arg, 0))
	case sprmPIlvl:
		p.ilvl = int(arg[0])
	case sprmPAnld, sprmPAnld80:
		p.oldNumbers = true
	}
}

// elsewhere finds in a grpprl the offset of properties that stand in the stream
// Data, and whether they stand for all others (sprmPHugePapx) or in front of
// the others (sprmPTableProps). They hold properties of their own kind no more.
func elsewhere(grpprl []byte) (at int, replacing, ok bool) {
	for rest := grpprl; ; {
		op, arg, next, ok := nextSprm(rest)
		if !ok {
			return 0, false, false
		}
		rest = next
		switch op {
		case sprmPHugePapx, sprmPHugePapx95:
			return u32(arg, 0), true, true
		case sprmPTableProps:
			return u32(arg, 0), false, true
		}
	}
}

// Values of sprmPIlfo beside an index (2.6.2): the list of Word 6's numbering,
// and the beginning of those that say there is no number.
const (
	ilfoOld     = 0x7FF
	ilfoRemoved = 0xF801
)

func (p *properties) setList(ilfo int) {
	switch {
	case ilfo == ilfoOld:
		p.oldNumbers = true
	case ilfo >= ilfoRemoved:
		p.ilfo = 0
	default:
		p.ilfo = ilfo
	}
}

// tableDepth returns the depth of the table that the paragraph is in.
func (p *properties) tableDepth() int {
	if !p.inTable && p.depth <= 0 {
		return 0
	}
	return max(p.depth, 1) // Word 97 knows no depth
}

// styleOf returns the style that a list of properties leads to from another:
// a fast save can change it (2.6.2 sprmPIstd, sprmPIstdPermute, sprmPIncLvl).
func styleOf(istd int, grpprl []byte) int {
	for rest := grpprl; ; {
		op, arg, next, ok := nextSprm(rest)
		if !ok {
			return istd
		}
		rest = next
		switch op {
		case sprmPIstd:
			istd = u16(arg, 0)
		case sprmPIncLvl:
			if istd >= 1 && istd <= lastHeading {
				istd = min(max(istd+int(int8(arg[0])), 1), lastHeading)
			}
		case sprmPIstdPermute:
			// A flag and a spare byte, first and last, then the new indexes.
			if len(arg) < 6 {
				continue
			}
			first, last := u16(arg, 2), u16(arg, 4)
			if to, ok := cut(arg, 6+2*(istd-first), 2); ok && istd >= first && istd <= last {
				istd = u16(to, 0)
			}
		}
	}
}

// fonts are the indexes of the fonts that symbols are taken from.
type fonts struct{ ascii, other int }

// look is what the properties of a run of characters say (2.4.6.2).
type look struct {
	hidden, deleted bool
	// styleHidden is what the styles say, which a toggle may refer to.
	styleHidden bool
	// special tells that control characters mean what they stand for.
	special bool
	fonts   fonts
	// symbol is the character of a symbol font that stands here, 0 if none,
	// symbolFont its font.
	symbol, symbolFont int
	// picture is where in the stream Data a picture or a form field is; data
	// tells that it is a form field.
	picture int
	data    bool
}

// apply applies a grpprl of characters. The sheet is nil inside styles.
func (c *look) apply(grpprl []byte, sheet *styleSheet) {
	for rest := grpprl; ; {
		op, arg, next, ok := nextSprm(rest)
		if !ok {
			return
		}
		rest = next
		switch op {
		case sprmCFVanish:
			c.hidden = toggled(arg[0], c.styleHidden)
		case sprmCFRMarkDel:
			c.deleted = arg[0] != 0
		case sprmCFSpec:
			c.special = arg[0] != 0
		case sprmCIstd:
			c.setStyle(u16(arg, 0), sheet)
		case sprmCPlain:
			c.hidden = c.styleHidden
		case sprmCRgFtcASCII:
			c.fonts.ascii = u16(arg, 0)
		case sprmCRgFtcOther:
			c.fonts.other = u16(arg, 0)
		case sprmCSymbol:
			c.symbolFont, c.symbol, c.special = u16(arg, 0), u16(arg, 2), true
		case sprmCPicLoc:
			c.picture, c.special = u32(arg, 0), true
		case sprmCFData:
			c.data = arg[0] != 0
		}
	}
}

// toggled reads the operand of a property that may refer to the style: 0x80
// for as the style, 0x81 for the opposite (2.9.331 ToggleOperand).
func toggled(v byte, style bool) bool {
	switch v {
	case 0x80:
		return style
	case 0x81:
		return !style
	}
	return v != 0
}

// setStyle applies a character style. Hiding is a toggle, so the style undoes
// what the paragraph's style says.
func (c *look) setStyle(istd int, sheet *styleSheet) {
	if sheet == nil || istd < 0 || istd >= len(sheet.list) || !sheet.list[istd].exists {
		return
	}
	st := &sheet.list[istd]
	c.styleHidden = c.styleHidden != st.hidden
	c.hidden = c.styleHidden
	if st.fonts.ascii != 0 {
		c.fonts.ascii = st.fonts.ascii
	}
	if st.fonts.other != 0 {
		c.fonts.other = st.fonts.other
	}
}
