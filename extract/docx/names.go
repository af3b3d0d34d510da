package docx

import (
	"bytes"
	"sync"
)

// space is a namespace that the reader knows.
type space uint8

const (
	spaceOther space = iota
	spaceWord
	spaceMath
	spaceCompat
)

// namespace knows the transitional and the strict names of OOXML.
func namespace(uri string) space {
	switch uri {
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
		"http://purl.oclc.org/ooxml/wordprocessingml/main":
		return spaceWord
	case "http://schemas.openxmlformats.org/officeDocument/2006/math",
		"http://purl.oclc.org/ooxml/officeDocument/math":
		return spaceMath
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return spaceCompat
	}
	return spaceOther
}

// declare puts the namespaces that the current tag declares in scope.
func (s *scanner) declare() {
	a := s.attrs
	for len(a) > 0 {
		var name, value []byte
		if name, value, a = cutAttr(a); name == nil {
			break
		}
		prefix, ok := bytes.CutPrefix(name, []byte("xmlns"))
		if !ok || len(prefix) > 0 && prefix[0] != ':' {
			continue
		}
		if len(prefix) > 0 {
			prefix = prefix[1:]
		}
		s.binds = append(s.binds, binding{prefix: prefix, space: namespace(string(value))})
	}
	s.cached = false
}

// resolve looks a prefix up; a prefix that is not declared is in no namespace.
func (s *scanner) resolve(prefix []byte) {
	s.prefix, s.space, s.cached = prefix, spaceOther, true
	for i := len(s.binds) - 1; i >= 0; i-- {
		if bytes.Equal(s.binds[i].prefix, prefix) {
			s.space = s.binds[i].space
			return
		}
	}
}

// elem is an element that the reader knows, elemOther one that it does not.
type elem uint8

const (
	elemOther elem = iota
	// The block level.
	elemDocument
	elemBody
	elemP
	elemTbl
	elemAltChunk
	elemSubDoc
	elemSdt
	elemSdtContent
	elemCustomXML
	elemSmartTag
	elemIns
	elemDel
	elemMoveFrom
	elemMoveTo
	// Tables.
	elemTr
	elemTc
	elemTrPr
	elemTcPr
	elemGridBefore
	elemGridSpan
	elemVMerge
	elemHMerge
	elemCellDel
	elemHidden
	// Paragraphs.
	elemPPr
	elemPStyle
	elemNumPr
	elemIlvl
	elemNumID
	elemOutlineLvl
	elemR
	elemHyperlink
	elemFldSimple
	elemBdo
	elemDir
	// Runs.
	elemRPr
	elemRStyle
	elemRFonts
	elemVanish
	elemT
	elemTab
	elemPTab
	elemBr
	elemCr
	elemNoBreakHyphen
	elemSym
	elemFldChar
	elemInstrText
	elemDelInstrText
	elemRuby
	elemRubyBase
	elemFootnoteReference
	elemEndnoteReference
	elemDrawing
	elemPict
	elemObject
	elemTxbxContent
	// Form fields.
	elemFFData
	elemCheckBox
	elemChecked
	elemDefault
	elemDDList
	elemResult
	elemListEntry
	// Styles, lists, notes.
	elemStyle
	elemNamed
	elemBasedOn
	elemAbstractNum
	elemNum
	elemAbstractNumID
	elemNumStyleLink
	elemLvl
	elemStart
	elemNumFmt
	elemLvlText
	elemSuff
	elemLvlRestart
	elemIsLgl
	elemLvlOverride
	elemStartOverride
	elemFootnote
	elemEndnote
	// Markup compatibility.
	elemAlternateContent
	elemChoice
	elemFallback
	// Formulas.
	elemOMath
	elemOMathPara
	elemMathRun
	elemMathText
	elemMathDen
	elemMathSub
	elemMathSup
	elemMathOther
)

type elemName struct {
	name string
	elem elem
}

func wordNames() []elemName {
	return []elemName{
		{"document", elemDocument}, {"body", elemBody}, {"p", elemP}, {"tbl", elemTbl},
		{"altChunk", elemAltChunk}, {"subDoc", elemSubDoc}, {"sdt", elemSdt}, {"sdtContent", elemSdtContent},
		{"customXml", elemCustomXML}, {"smartTag", elemSmartTag}, {"ins", elemIns}, {"del", elemDel},
		{"moveFrom", elemMoveFrom}, {"moveTo", elemMoveTo},
		{"tr", elemTr}, {"tc", elemTc}, {"trPr", elemTrPr}, {"tcPr", elemTcPr}, {"gridBefore", elemGridBefore},
		{"gridSpan", elemGridSpan}, {"vMerge", elemVMerge}, {"hMerge", elemHMerge}, {"cellDel", elemCellDel},
		{"hidden", elemHidden},
		{"pPr", elemPPr}, {"pStyle", elemPStyle}, {"numPr", elemNumPr}, {"ilvl", elemIlvl}, {"numId", elemNumID},
		{"outlineLvl", elemOutlineLvl}, {"r", elemR}, {"hyperlink", elemHyperlink}, {"fldSimple", elemFldSimple},
		{"bdo", elemBdo}, {"dir", elemDir},
		{"rPr", elemRPr}, {"rStyle", elemRStyle}, {"rFonts", elemRFonts}, {"vanish", elemVanish}, {"t", elemT},
		{"tab", elemTab}, {"ptab", elemPTab}, {"br", elemBr}, {"cr", elemCr}, {"noBreakHyphen", elemNoBreakHyphen},
		{"sym", elemSym}, {"fldChar", elemFldChar}, {"instrText", elemInstrText}, {"delInstrText", elemDelInstrText},
		{"ruby", elemRuby}, {"rubyBase", elemRubyBase}, {"footnoteReference", elemFootnoteReference},
		{"endnoteReference", elemEndnoteReference}, {"drawing", elemDrawing}, {"pict", elemPict},
		{"object", elemObject}, {"txbxContent", elemTxbxContent},
		{"ffData", elemFFData}, {"checkBox", elemCheckBox}, {"checked", elemChecked}, {"default", elemDefault},
		{"ddList", elemDDList}, {"result", elemResult}, {"listEntry", elemListEntry},
		{"style", elemStyle}, {"name", elemNamed}, {"basedOn", elemBasedOn}, {"abstractNum", elemAbstractNum},
		{"num", elemNum}, {"abstractNumId", elemAbstractNumID}, {"numStyleLink", elemNumStyleLink}, {"lvl", elemLvl},
		{"start", elemStart}, {"numFmt", elemNumFmt}, {"lvlText", elemLvlText}, {"suff", elemSuff},
		{"lvlRestart", elemLvlRestart}, {"isLgl", elemIsLgl}, {"lvlOverride", elemLvlOverride},
		{"startOverride", elemStartOverride}, {"footnote", elemFootnote}, {"endnote", elemEndnote},
	}
}

func compatNames() []elemName {
	return []elemName{{"AlternateContent", elemAlternateContent}, {"Choice", elemChoice}, {"Fallback", elemFallback}}
}

func mathNames() []elemName {
	return []elemName{
		{"oMath", elemOMath}, {"oMathPara", elemOMathPara}, {"r", elemMathRun}, {"t", elemMathText},
		{"den", elemMathDen}, {"sub", elemMathSub}, {"sup", elemMathSup},
	}
}

// elemTable finds elements by namespace and local name: an open hash, because
// a look-up stands behind every start tag and a map costs four times as much.
type elemTable [512]struct {
	name  string
	space space
	elem  elem
}

// elements is the table, made once.
var elements = sync.OnceValue(func() *elemTable {
	t := &elemTable{}
	for sp, names := range map[space][]elemName{spaceWord: wordNames(), spaceCompat: compatNames(), spaceMath: mathNames()} {
		for _, n := range names {
			at := hashName(sp, []byte(n.name))
			for t[at].name != "" {
				at = (at + 1) % len(t)
			}
			t[at].name, t[at].space, t[at].elem = n.name, sp, n.elem
		}
	}
	return t
})

func hashName(sp space, name []byte) int {
	n := len(name)
	return (int(name[0])*7 + int(name[n-1])*31 + int(name[n/2])*3 + n*61 + int(sp)*101) & 511
}

func (t *elemTable) find(sp space, name []byte) elem {
	if sp == spaceOther {
		return elemOther
	}
	for at := hashName(sp, name); t[at].name != ""; at = (at + 1) & 511 {
		if t[at].space == sp && t[at].name == string(name) {
			return t[at].elem
		}
	}
	if sp == spaceMath {
		return elemMathOther
	}
	return elemOther
}
