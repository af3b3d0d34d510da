package build

import (
	"fmt"
	"strings"
)

// A list is a list definition: an LSTF with its levels, [MS-DOC] 2.9.147.
type list struct {
	lsid   int
	simple bool
	styles []int // rgistdPara
	levels []level
}

// A level is an LVL, [MS-DOC] 2.9.149.
type level struct {
	nfc, start, follow int
	legal              bool
	restart            int // ilvlRestartLim, -1 where not given
	prls               []prl
	text               string
}

// An override is an LFOLVL, [MS-DOC] 2.9.133.
type override struct {
	level     int
	start     int
	hasStart  bool
	formatted *level
}

// An lfo is an instance of a list, [MS-DOC] 2.9.131.
type lfo struct {
	lsid      int
	overrides []override
}

// numberFormats are the names of some values of MSONFC, [MS-OSHARED] 2.2.1.3.
var numberFormats = map[string]int{
	"decimal": 0, "upperRoman": 1, "lowerRoman": 2, "upperLetter": 3, "lowerLetter": 4,
	"circle": 0x12, "bullet": 0x17, "chineseCounting": 0x25, "chineseLegal": 0x26,
	"chineseCountingThousand": 0x27, "none": 0xFF,
}

// follows are the values of LVLF.ixchFollow, [MS-DOC] 2.9.150.
var follows = map[string]int{"tab": 0, "space": 1, "nothing": 2}

func (f *file) list(n *node) error {
	if len(n.words) < 2 || n.words[1].kind != plainWord {
		return n.errorf("a list has a number")
	}
	l := list{}
	var err error
	if l.lsid, err = number(n.words[1].key); err != nil {
		return n.errorf("%w", err)
	}
	for _, w := range n.words[2:] {
		switch {
		case w.kind == plainWord && w.key == "simple":
			l.simple = true
		case w.kind == valueWord && w.key == "styles":
			if l.styles, err = numbers(w.value); err != nil {
				return n.errorf("%w", err)
			}
		default:
			return n.errorf("%q means nothing to a list", w.key)
		}
	}
	for _, child := range n.children {
		if child.name() != "level" {
			return child.errorf("a line below a list begins with level")
		}
		v, err := parseLevel(child.words[1:])
		if err != nil {
			return child.errorf("%w", err)
		}
		l.levels = append(l.levels, v)
	}
	f.lists = append(f.lists, l)
	return nil
}

func parseLevel(words []word) (level, error) {
	l := level{start: 1, restart: -1}
	for _, w := range words {
		if err := l.setting(w); err != nil {
			return level{}, err
		}
	}
	return l, nil
}

func (l *level) setting(w word) error {
	p, found, err := parsePrl(w)
	switch {
	case err != nil:
		return err
	case found:
		l.prls = append(l.prls, p)
		return nil
	case w.kind == textWord:
		l.text = w.value
		return nil
	case w.kind == plainWord && w.key == "legal":
		l.legal = true
		return nil
	case w.kind != valueWord:
		return fmt.Errorf("%q means nothing to a level", w.key)
	}
	return l.value(w)
}

func (l *level) value(w word) error {
	v, isName := numberFormats[w.value]
	if w.key == "follow" {
		v, isName = follows[w.value]
	}
	if !isName {
		var err error
		if v, err = number(w.value); err != nil {
			return err
		}
	}
	switch w.key {
	case "nfc":
		l.nfc = v
	case "start":
		l.start = v
	case "follow":
		l.follow = v
	case "restart":
		l.restart = v
	default:
		return fmt.Errorf("%q means nothing to a level", w.key)
	}
	return nil
}

func (f *file) lfo(n *node) error {
	l := lfo{}
	for _, w := range n.words[1:] {
		v, err := number(w.value)
		if err != nil || w.key != "list" {
			return n.errorf("%q means nothing to an lfo", w.key)
		}
		l.lsid = v
	}
	for _, child := range n.children {
		o, err := parseOverride(child)
		if err != nil {
			return child.errorf("%w", err)
		}
		l.overrides = append(l.overrides, o)
	}
	f.lfos = append(f.lfos, l)
	return nil
}

func parseOverride(n *node) (override, error) {
	if n.name() != "override" || len(n.words) < 2 {
		return override{}, fmt.Errorf("a line below an lfo says which level it overrides")
	}
	v, err := number(n.words[1].key)
	if err != nil {
		return override{}, err
	}
	o := override{level: v}
	rest := n.words[2:]
	if len(rest) > 0 && rest[0].kind == plainWord && rest[0].key == "format" {
		l, err := parseLevel(rest[1:])
		o.formatted = &l
		return o, err
	}
	for _, w := range rest {
		if w.kind != valueWord || w.key != "start" {
			return override{}, fmt.Errorf("%q means nothing to an override", w.key)
		}
		if o.start, err = number(w.value); err != nil {
			return override{}, err
		}
		o.hasStart = true
	}
	return o, nil
}

// listTables writes the PlfLst of [MS-DOC], whose levels follow it without being part
// of its length, and the PlfLfo.
func (w *writer) listTables() error {
	if len(w.file.lists) > 0 {
		lists, levels := words16(len(w.file.lists)), []byte(nil)
		for _, l := range w.file.lists {
			lists = append(lists, l.lstf()...)
			for i := range l.count() {
				lvl := level{start: 1, restart: -1}
				if i < len(l.levels) {
					lvl = l.levels[i]
				}
				b, err := w.lvl(lvl)
				if err != nil {
					return err
				}
				levels = append(levels, b...)
			}
		}
		w.put("PlfLst", lists)
		w.table = append(w.table, levels...)
	}
	if len(w.file.lfos) == 0 {
		return nil
	}
	out, data := words32(len(w.file.lfos)), []byte(nil)
	for _, l := range w.file.lfos {
		out = append(out, words32(l.lsid, 0, 0, len(l.overrides))...)
		data = append(data, words32(-1)...)
		for _, o := range l.overrides {
			b, err := w.lfolvl(o)
			if err != nil {
				return err
			}
			data = append(data, b...)
		}
	}
	w.put("PlfLfo", append(out, data...))
	return nil
}

// count is how many levels the file stores.
func (l list) count() int {
	if l.simple {
		return 1
	}
	return 9
}

func (l list) lstf() []byte {
	out := words32(l.lsid, l.lsid)
	for i := range 9 {
		istd := noStyle
		if i < len(l.styles) {
			istd = l.styles[i]
		}
		out = append(out, words16(istd)...)
	}
	flags := byte(0)
	if l.simple {
		flags = 1
	}
	return append(out, flags, 0)
}

func (w *writer) lvl(l level) ([]byte, error) {
	text, places, err := levelText(l.text)
	if err != nil {
		return nil, err
	}
	var papx, chpx []prl
	for _, p := range l.prls {
		if p.kind() == kindParagraph {
			papx = append(papx, p)
		} else {
			chpx = append(chpx, p)
		}
	}
	p, err := w.grpprl(papx)
	if err != nil {
		return nil, err
	}
	c, err := w.grpprl(chpx)
	if err != nil {
		return nil, err
	}
	info, limit := byte(0), byte(0)
	if l.legal {
		info |= 1 << 2
	}
	if l.restart >= 0 {
		info |= 1 << 3
		limit = byte(l.restart)
	}
	out := append(words32(l.start), byte(l.nfc), info)
	out = append(out, places...)
	out = append(out, byte(l.follow))
	out = append(out, words32(0, 0)...)
	out = append(out, byte(len(c)), byte(len(p)), limit, 0)
	out = append(append(out, p...), c...)
	out = append(out, words16(len(text)/2)...)
	return append(out, text...), nil
}

// levelText replaces %1 to %9 by the characters that stand for the numbers, and
// says where they are (LVLF.rgbxchNums: counted from 1, 0 for none).
func levelText(text string) (out, places []byte, err error) {
	places = make([]byte, 9)
	found := 0
	var prepared strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+1 < len(text) && text[i+1] >= '1' && text[i+1] <= '9' {
			fmt.Fprintf(&prepared, "{000%c}", text[i+1]-1)
			i++
			continue
		}
		prepared.WriteByte(text[i])
	}
	chars, err := parseText(prepared.String(), nil)
	for i, c := range chars {
		if c.code < 9 && found < len(places) {
			places[found] = byte(i + 1)
			found++
		}
		out = append(out, words16(int(c.code))...)
	}
	return out, places, err
}

func (w *writer) lfolvl(o override) ([]byte, error) {
	flags := o.level & 15
	if o.hasStart {
		flags |= 1 << 4
	}
	if o.formatted == nil {
		return words32(o.start, flags), nil
	}
	lvl, err := w.lvl(*o.formatted)
	return append(words32(o.start, flags|1<<5), lvl...), err
}
