package build

import (
	"fmt"
	"slices"
	"strconv"
)

// A blockReader turns blocks into the characters of one part of the document.
type blockReader struct {
	chars []char
	next  *piece // begins with the next character
	// afterRow is true behind a table, where Word always has a paragraph.
	afterRow bool
}

// add appends characters; the first one begins the piece that waits for it.
func (b *blockReader) add(chars ...char) {
	if len(chars) > 0 && b.next != nil {
		chars[0].piece, b.next = b.next, nil
	}
	b.chars = append(b.chars, chars...)
}

// A paragraph is what the words of a paragraph say.
type paragraph struct {
	para
	chars []char
	mark  char
	// end is false where no mark is wanted.
	end bool
	// cell is what the words of a cell say beside: bits of TCGRF.
	cell int
	// written is true where the words say anything about text or properties.
	written bool
}

// block reads a line that holds text: a paragraph, a row or the border of a piece.
func (b *blockReader) block(n *node, depth int) error {
	switch n.name() {
	case "p":
		b.afterRow = false
		p, err := b.paragraph(n.words[1:], paraMark)
		if err != nil {
			return n.errorf("%w", err)
		}
		b.finish(p)
		return nil
	case "row":
		b.afterRow = true
		return b.row(n, depth+1)
	case "piece":
		if err := b.startPiece(n.words[1:]); err != nil {
			return n.errorf("%w", err)
		}
		return nil
	}
	return n.errorf("no block is named %q", n.name())
}

// The marks that end a paragraph, [MS-DOC] 2.4.2.
const (
	paraMark    = 0x0D
	cellMark    = 0x07
	sectionMark = 0x0C
)

// paragraph reads the words behind "p", or those of a cell.
func (b *blockReader) paragraph(words []word, mark uint16) (*paragraph, error) {
	p := &paragraph{mark: char{code: mark}, end: true}
	var common []prl // character properties of the whole paragraph
	for _, w := range words {
		prl, found, err := parsePrl(w)
		if err != nil {
			return nil, err
		}
		if found && prl.kind() == kindCharacter {
			common = append(common, prl)
		} else if found {
			p.prls = append(p.prls, prl)
		} else if err := p.setting(w); err != nil {
			return nil, err
		}
		p.written = p.written || !isCellFlag(w)
	}
	for _, w := range words {
		if err := b.run(p, w, common); err != nil {
			return nil, err
		}
	}
	p.mark.prls = append(slices.Clone(common), p.mark.prls...)
	return p, nil
}

func isCellFlag(w word) bool {
	return w.kind == valueWord && (w.key == "horz" || w.key == "vert" || w.key == "tc")
}

// setting reads a word that is neither text nor property.
func (p *paragraph) setting(w word) error {
	if w.kind == plainWord && w.key == "huge" {
		p.huge = true
		return nil
	}
	if w.kind != valueWord {
		return p.checkBracket(w)
	}
	if w.key == "end" {
		return p.endWith(w.value)
	}
	v, err := number(w.value)
	if err != nil {
		return err
	}
	switch w.key {
	case "istd":
		p.istd = v
	case "horz":
		p.cell |= v & 3
	case "vert":
		p.cell |= v & 3 << 5
	case "tc":
		p.cell |= v
	default:
		return fmt.Errorf("no property is named %q", w.key)
	}
	return nil
}

func (p *paragraph) checkBracket(w word) error {
	if w.kind == plainWord || w.kind == bracketWord && w.key != "" && w.key != "mark" && w.key != "piece" {
		return fmt.Errorf("%q means nothing here", w.key)
	}
	return nil
}

func (p *paragraph) endWith(name string) error {
	if name == "none" {
		p.end = false
		return nil
	}
	if name == "section" {
		p.mark = char{code: sectionMark, ref: ref{kind: sectionRef}}
		return nil
	}
	if n, ok := namedChars[name]; ok {
		p.mark = char{code: n.code}
		return nil
	}
	code, err := strconv.ParseUint(name, 16, 16)
	if err != nil {
		return fmt.Errorf("no character is named %q", name)
	}
	p.mark = char{code: uint16(code)}
	return nil
}

// run reads the words that hold text. The texts are kept in the paragraph until
// its end is known; pieces that begin in between are remembered at the character.
func (b *blockReader) run(p *paragraph, w word, common []prl) error {
	switch {
	case w.kind == textWord:
		return b.text(p, w.value, common)
	case w.kind == bracketWord && w.key == "piece":
		return b.startPiece(w.inner)
	case w.kind == bracketWord:
		var own []prl
		for _, in := range w.inner {
			prl, found, err := parsePrl(in)
			switch {
			case err != nil:
				return err
			case found:
				own = append(own, prl)
			case in.kind != textWord:
				return fmt.Errorf("no character property is named %q", in.key)
			}
		}
		if w.key == "mark" {
			p.mark.prls = own
			return nil
		}
		for _, in := range w.inner {
			if in.kind != textWord {
				continue
			}
			if err := b.text(p, in.value, slices.Concat(common, own)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *blockReader) text(p *paragraph, text string, prls []prl) error {
	chars, err := parseText(text, prls)
	if err != nil {
		return err
	}
	if len(chars) > 0 && b.next != nil {
		chars[0].piece, b.next = b.next, nil
	}
	p.chars = append(p.chars, chars...)
	return nil
}

// close ends a text: one that ends with a table gets an empty paragraph.
func (b *blockReader) close() error {
	if b.afterRow {
		b.add(guard())
	}
	if b.next != nil {
		return fmt.Errorf("the last piece has no text")
	}
	return nil
}

// finish appends a paragraph to the text.
func (b *blockReader) finish(p *paragraph) {
	b.chars = append(b.chars, p.chars...)
	if !p.end {
		return
	}
	mark := p.mark
	own := p.para
	mark.para = &own
	b.add(mark)
}
