package build

import (
	"bytes"
	"strings"
)

// A file is a description that has been read.
type file struct {
	main    blockReader
	notes   map[refKind][][]char
	headers map[headerPlace][]char
	boxes   []box

	styles []style
	fonts  []font
	lists  []list
	lfos   []lfo
	data   []datum
	order  []int
	word6  bool

	title   *title
	streams []stream
	fib     []setting
	damages []damage
}

// A headerPlace is a story of the header document: the section, counted from 1,
// and the kind of header or footer; section 0 holds the separators of notes.
type headerPlace struct{ section, kind int }

// A box is the text of a text box.
type box struct {
	id   int
	text []char
}

// A setting is a field of the FIB that a description sets.
type setting struct {
	line  *node
	name  string
	value int
}

// directives are the lines that are not text.
var directives = map[string]func(*file, *node) error{
	"style": (*file).style, "font": (*file).font, "list": (*file).list, "lfo": (*file).lfo,
	"footnote": (*file).note, "endnote": (*file).note, "comment": (*file).note,
	"header": (*file).header, "textbox": (*file).textbox, "order": (*file).setOrder,
	"title": (*file).setTitle, "form": (*file).form, "data": (*file).datum, "stream": (*file).stream,
	"word6": (*file).setWord6, "fib": (*file).setFib, "patch": (*file).patch, "cut": (*file).cut, "drop": (*file).drop,
}

// Parse writes the file that the text describes, in the notation of the package
// comment. An error says in which line of the description it lies.
func Parse(text []byte) ([]byte, error) {
	lines, err := scan(string(bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))))
	if err != nil {
		return nil, err
	}
	f := &file{notes: map[refKind][][]char{}, headers: map[headerPlace][]char{}}
	for _, n := range lines {
		read, ok := directives[n.name()]
		if !ok {
			err = f.main.block(n, 0)
		} else {
			err = read(f, n)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := f.main.close(); err != nil {
		return nil, err
	}
	return f.write()
}

// Quote writes a text as the notation wants it, for programs that write
// descriptions.
func Quote(text string) string {
	return `"` + quoter.Replace(text) + `"`
}

var quoter = strings.NewReplacer(`"`, "{22}", "{", "{7B}", "\t", "{tab}", "\n", "{br}", "\r", "")

// text reads what stands behind a directive, or below its line, as blocks.
func (f *file) text(n *node, words []word) ([]char, error) {
	var b blockReader
	if len(words) > 0 || len(n.children) == 0 {
		p, err := b.paragraph(words, paraMark)
		if err != nil {
			return nil, n.errorf("%w", err)
		}
		b.finish(p)
	}
	for _, child := range n.children {
		if err := b.block(child, 0); err != nil {
			return nil, err
		}
	}
	if err := b.close(); err != nil {
		return nil, n.errorf("%w", err)
	}
	return b.chars, nil
}

func (f *file) note(n *node) error {
	text, err := f.text(n, n.words[1:])
	kind := map[string]refKind{"footnote": footnoteRef, "endnote": endnoteRef, "comment": commentRef}[n.name()]
	f.notes[kind] = append(f.notes[kind], text)
	return err
}

// headerKinds are the stories of [MS-DOC] 2.3.3, those of a section and those in front.
var (
	headerKinds = map[string]int{"even-header": 0, "odd-header": 1, "even-footer": 2, "odd-footer": 3,
		"first-header": 4, "first-footer": 5}
	separatorKinds = map[string]int{"footnote-separator": 0, "footnote-continuation": 1, "footnote-notice": 2,
		"endnote-separator": 3, "endnote-continuation": 4, "endnote-notice": 5}
)

func (f *file) header(n *node) error {
	if len(n.words) < 3 {
		return n.errorf("a header has a section and a kind")
	}
	section, err := number(n.words[1].key)
	if err != nil {
		return n.errorf("%w", err)
	}
	kinds := headerKinds
	if section == 0 {
		kinds = separatorKinds
	}
	kind, ok := kinds[n.words[2].key]
	if !ok {
		return n.errorf("section %d has no kind of header named %q", section, n.words[2].key)
	}
	f.headers[headerPlace{section, kind}], err = f.text(n, n.words[3:])
	return err
}

func (f *file) textbox(n *node) error {
	if len(n.words) < 2 {
		return n.errorf("a text box has a number")
	}
	id, err := number(n.words[1].key)
	if err != nil {
		return n.errorf("%w", err)
	}
	text, err := f.text(n, n.words[2:])
	f.boxes = append(f.boxes, box{id, text})
	return err
}

func (f *file) setOrder(n *node) error {
	if len(n.words) != 2 {
		return n.errorf("order has the numbers of the pieces, joined by commas")
	}
	order, err := numbers(n.words[1].key)
	if err != nil {
		return n.errorf("%w", err)
	}
	f.order = order
	return nil
}

func (f *file) setWord6(*node) error {
	f.word6 = true
	return nil
}

func (f *file) setFib(n *node) error {
	for _, w := range n.words[1:] {
		v, err := number(w.value)
		if err != nil {
			return n.errorf("%w", err)
		}
		f.fib = append(f.fib, setting{n, w.key, v})
	}
	return nil
}
