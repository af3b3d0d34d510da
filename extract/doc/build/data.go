package build

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// A datum is an entry of the Data stream with the name that refers to it.
type datum struct {
	name  string
	bytes []byte
	prls  []prl // instead of bytes: a PrcData
}

func errNoData(name string) error { return fmt.Errorf("no data is named %q", name) }

// writeData begins the Data stream with what the description puts there. Its
// first bytes belong to nobody, so that no place in it is 0.
func (w *writer) writeData() error {
	if len(w.file.data) > 0 {
		w.data = make([]byte, 4)
	}
	for _, d := range w.file.data {
		w.labels[d.name] = uint32(len(w.data))
		if d.prls != nil {
			grpprl, err := w.grpprl(d.prls)
			if err != nil {
				return err
			}
			d.bytes = prcData(grpprl)
		}
		w.data = append(w.data, d.bytes...)
	}
	return nil
}

func (f *file) datum(n *node) error {
	if len(n.words) < 3 || n.words[1].kind != plainWord {
		return n.errorf("data has a name and bytes or properties")
	}
	d := datum{name: n.words[1].key}
	for _, w := range n.words[2:] {
		if w.kind == valueWord && w.key == "hex" {
			b, err := unhex(w.value)
			if err != nil {
				return n.errorf("%w", err)
			}
			d.bytes = append(d.bytes, b...)
			continue
		}
		p, found, err := parsePrl(w)
		if err != nil || !found {
			return n.errorf("%q is neither bytes nor a property (%v)", w.key, err)
		}
		d.prls = append(d.prls, p)
	}
	f.data = append(f.data, d)
	return nil
}

// formKinds are the values of FFDataBits.iType, [MS-DOC] 2.9.79.
var formKinds = map[string]int{"text": 0, "check": 1, "choice": 2}

// form reads a form field: its FFData, [MS-DOC] 2.9.78, behind a picture
// header without a picture (NilPICFAndBinData, 2.9.158).
func (f *file) form(n *node) error {
	if len(n.words) < 3 || n.words[1].kind != plainWord || n.words[2].kind != plainWord {
		return n.errorf("a form has a name and a kind")
	}
	kind, ok := formKinds[n.words[2].key]
	if !ok {
		return n.errorf("no kind of form is named %q", n.words[2].key)
	}
	values := map[string]int{"result": 0, "default": 0}
	var texts []string
	for _, w := range n.words[3:] {
		if w.kind == textWord {
			texts = append(texts, w.value)
			continue
		}
		v, err := number(w.value)
		if _, known := values[w.key]; !known || err != nil {
			return n.errorf("%q means nothing to a form", w.key)
		}
		values[w.key] = v
	}
	name := n.words[1].key
	body := ffData(name, kind, values, texts)
	const header = 0x44
	out := words32(header + len(body))
	out = append(out, words16(header)...)
	out = append(out, make([]byte, header-6)...)
	f.data = append(f.data, datum{name: name, bytes: append(out, body...)})
	return nil
}

func ffData(name string, kind int, values map[string]int, texts []string) []byte {
	bits := kind | (values["result"]&31)<<2
	if kind == formKinds["choice"] {
		bits |= 1 << 15 // fHasListBox
	}
	out := words32(-1)
	out = append(out, words16(bits, 0, 20)...) // length limit, size in half points
	out = append(out, xstz(name)...)
	if kind == formKinds["text"] {
		out = append(out, xstz(slices.Concat(texts, []string{""})[0])...)
	} else {
		out = append(out, words16(values["default"])...)
	}
	for range 5 { // format, help, status, macro at entry, macro at exit
		out = append(out, xstz("")...)
	}
	if kind != formKinds["choice"] {
		return out
	}
	out = append(out, words16(0xFFFF, len(texts), 0)...) // an STTB of 16-bit strings, 2.2.4
	for _, t := range texts {
		u := units(t)
		out = append(append(out, words16(len(u)/2)...), u...)
	}
	return out
}

// A title is the title in the summary information.
type title struct {
	codepage int
	bytes    []byte
}

// setTitle reads the title; a code page that this package cannot write wants
// its bytes.
func (f *file) setTitle(n *node) error {
	t := &title{codepage: 1252}
	for _, w := range n.words[1:] {
		switch {
		case w.kind == valueWord && w.key == "codepage":
			v, err := number(w.value)
			if err != nil {
				return n.errorf("%w", err)
			}
			t.codepage = v
		case w.kind == valueWord && w.key == "hex":
			b, err := unhex(w.value)
			if err != nil {
				return n.errorf("%w", err)
			}
			t.bytes = b
		case w.kind == textWord:
			b, err := encode(w.value, t.codepage)
			if err != nil {
				return n.errorf("%w", err)
			}
			t.bytes = b
		default:
			return n.errorf("%q means nothing to a title", w.key)
		}
	}
	f.title = t
	return nil
}

func encode(text string, codepage int) ([]byte, error) {
	switch codepage {
	case 1200:
		return append(units(text), 0, 0), nil
	case 65001:
		return append([]byte(text), 0), nil
	case 1252:
		var out []byte
		for _, r := range text {
			b, err := narrow(uint16(r))
			if err != nil || r > 0xFFFF {
				return nil, fmt.Errorf("code page 1252 has no %q", r)
			}
			out = append(out, b)
		}
		return append(out, 0), nil
	}
	return nil, fmt.Errorf("text of code page %d is given with hex=", codepage)
}

// summary is the property set stream of [MS-OLEPS] 2.21 with a code page and a title.
func (t *title) summary() []byte {
	format := []byte{0xE0, 0x85, 0x9F, 0xF2, 0xF9, 0x4F, 0x68, 0x10, 0xAB, 0x91, 0x08, 0x00, 0x2B, 0x27, 0xB3, 0xD9}
	const codepageProperty, titleProperty, vtI2, vtLPSTR = 1, 2, 2, 30
	text := append(words32(vtLPSTR, len(t.bytes)), t.bytes...)
	for len(text)%4 != 0 {
		text = append(text, 0)
	}
	const first = 8 + 2*8 // behind the size, the count, and two entries
	section := words32(first+8+len(text), 2, codepageProperty, first, titleProperty, first+8)
	section = append(section, words32(vtI2, t.codepage&0xFFFF)...)
	section = append(section, text...)
	out := words16(0xFFFE, 0)
	out = binary.LittleEndian.AppendUint32(out, 0x00020006) // Windows
	out = append(out, make([]byte, 16)...)
	out = append(out, words32(1)...)
	out = append(out, format...)
	out = append(out, words32(48)...)
	return append(out, section...)
}
