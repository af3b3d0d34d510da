package build

import (
	"fmt"
	"strings"
)

// A row is what the words before the first cell say.
type row struct {
	edges   []int
	noTable bool // no sprmTDefTable
	noItap  bool
	tcs     int // cells with a TC80, -1 for all
	depth   int
	mark    *paragraph
	common  []prl // character properties of all cells
	before  []prl // table properties in front of the sprmTDefTable
	cells   []int // the TCGRF of each
}

// maxCells is the largest number that a definition can say; Word stops at 63.
const maxCells = 255

// row reads a row with its cells, and writes them with the row mark behind.
func (b *blockReader) row(n *node, depth int) error {
	groups := split(n.words[1:], "|")
	r, err := b.rowHead(groups[0], depth)
	if err != nil {
		return n.errorf("%w", err)
	}
	for _, words := range groups[1:] {
		if err := b.cell(n, r, words, nil); err != nil {
			return err
		}
	}
	for _, child := range n.children {
		if child.name() == "piece" {
			if err := b.startPiece(child.words[1:]); err != nil {
				return child.errorf("%w", err)
			}
			continue
		}
		if child.name() != "|" {
			return child.errorf("a line below a row begins with |")
		}
		if err := b.cell(child, r, child.words[1:], child.children); err != nil {
			return err
		}
	}
	b.finishRow(r)
	return nil
}

// split cuts words at a plain word.
func split(words []word, at string) [][]word {
	out := [][]word{nil}
	for _, w := range words {
		if w.kind == plainWord && w.key == at {
			out = append(out, nil)
			continue
		}
		out[len(out)-1] = append(out[len(out)-1], w)
	}
	return out
}

func (b *blockReader) rowHead(words []word, depth int) (*row, error) {
	if len(words) == 0 || words[0].kind != plainWord {
		return nil, fmt.Errorf("a row begins with its boundaries, or -")
	}
	r := &row{depth: depth, tcs: -1, noTable: words[0].key == "-"}
	var rest []word
	for _, w := range words[1:] {
		used, err := r.setting(w)
		if err != nil {
			return nil, err
		}
		if !used {
			rest = append(rest, w)
		}
	}
	if !r.noTable {
		edges, err := numbers(words[0].key)
		if err != nil {
			return nil, err
		}
		if len(edges) > maxCells+1 {
			return nil, fmt.Errorf("a row has 1 to %d boundaries", maxCells+1)
		}
		r.edges = edges
	}
	mark, err := b.paragraph(rest, cellMark)
	if err != nil {
		return nil, err
	}
	if len(mark.chars) > 0 {
		return nil, fmt.Errorf("text stands before the first cell")
	}
	r.mark = mark
	for _, w := range rest {
		if prl, found, err := parsePrl(w); err == nil && found && prl.kind() == kindCharacter {
			r.common = append(r.common, prl)
		}
	}
	return r, nil
}

// setting reads a setting that only rows have.
func (r *row) setting(w word) (used bool, err error) {
	if w.kind == bracketWord && w.key == "before" {
		for _, in := range w.inner {
			p, found, err := parsePrl(in)
			if err != nil || !found {
				return false, fmt.Errorf("%q is no property (%v)", in.key, err)
			}
			r.before = append(r.before, p)
		}
		return true, nil
	}
	if w.kind != valueWord {
		return false, nil
	}
	switch w.key {
	case "itap":
		r.noItap = w.value == "no"
	case "tcs":
		if r.tcs, err = number(w.value); r.tcs > maxCells {
			err = fmt.Errorf("a row defines at most %d cells", maxCells)
		}
	case "depth":
		r.depth, err = number(w.value)
	default:
		return false, nil
	}
	return true, err
}

// cell writes one cell: the paragraphs of its words, then the blocks below it.
// The last paragraph ends with the mark of the cell.
func (b *blockReader) cell(n *node, r *row, words []word, blocks []*node) error {
	paragraphs := split(words, "/")
	for i, words := range paragraphs {
		p, err := b.paragraph(words, paraMark)
		if err != nil {
			return n.errorf("%w", err)
		}
		if i == 0 {
			r.cells = append(r.cells, p.cell)
		}
		if len(blocks) > 0 && !p.written && len(paragraphs) == 1 {
			break // the cell's text is all in the lines below
		}
		b.finishInCell(p, r, len(blocks) == 0 && i == len(paragraphs)-1)
	}
	for i, block := range blocks {
		last := i == len(blocks)-1
		if block.name() != "p" {
			if err := b.block(block, r.depth); err != nil {
				return err
			}
			if last && block.name() == "row" {
				b.finishInCell(&paragraph{mark: char{code: paraMark}, end: true}, r, true)
			}
			continue
		}
		p, err := b.paragraph(block.words[1:], paraMark)
		if err != nil {
			return block.errorf("%w", err)
		}
		b.finishInCell(p, r, last)
	}
	return nil
}

// finishInCell writes a paragraph of a cell; the last one ends the cell. Cells of
// nested tables end with a paragraph mark that has sprmPFInnerTableCell, [MS-DOC] 2.4.4.
func (b *blockReader) finishInCell(p *paragraph, r *row, last bool) {
	own := tableProperties(r.depth, !r.noItap)
	if last && r.depth > 1 {
		own = append(own, mustPrl("PFInnerTableCell", "1"))
	} else if last && p.mark.code == paraMark {
		p.mark.code = cellMark
	}
	p.prls = append(own, p.prls...)
	for i := range p.chars {
		p.chars[i].prls = append(append([]prl{}, r.common...), p.chars[i].prls...)
	}
	p.mark.prls = append(append([]prl{}, r.common...), p.mark.prls...)
	b.finish(p)
}

// tableProperties are those of every paragraph in a table.
func tableProperties(depth int, withItap bool) []prl {
	out := []prl{mustPrl("PFInTable", "1")}
	if withItap {
		out = append(out, mustPrl("PItap", fmt.Sprint(depth)))
	}
	return out
}

// finishRow writes the row mark, which holds the properties of the row. That of
// a nested row is the mark of a cell as well.
func (b *blockReader) finishRow(r *row) {
	own := tableProperties(r.depth, !r.noItap)
	if r.depth > 1 {
		r.mark.mark.code = paraMark
		own = append(own, mustPrl("PFInnerTableCell", "1"), mustPrl("PFInnerTtp", "1"))
	} else {
		own = append(own, mustPrl("PFTtp", "1"))
	}
	own = append(own, r.before...)
	if !r.noTable {
		own = append(own, prl{bytes: r.definition()})
	}
	r.mark.prls = append(own, r.mark.prls...)
	b.finish(r.mark)
}

// definition is the sprmTDefTable of the row.
func (r *row) definition() []byte {
	n := len(r.edges) - 1
	if r.tcs >= 0 {
		n = r.tcs
	}
	flags := make([]int, n)
	copy(flags, r.cells)
	return append(opcode("TDefTable"), tableDefinition(r.edges, flags)...)
}

func opcode(name string) []byte {
	op := sprms[name].opcode
	return []byte{byte(op), byte(op >> 8)}
}

// mustPrl is a property that the program itself writes.
func mustPrl(name, value string) prl {
	operand, err := sprms[name].operand(value)
	if err != nil {
		panic("build: " + strings.Join([]string{name, value, err.Error()}, " ")) // a mistake in this package
	}
	return prl{bytes: append(opcode(name), operand...)}
}
