package build

import (
	"encoding/binary"
	"fmt"
)

// A piece says how the text from one character on is stored: a Pcd of the
// piece table, [MS-DOC] 2.9.177.
type piece struct {
	wide bool // 16 bits a character
	prm  prmKind
	prls []prl
	// rawPrm and rawFC replace what is computed, where they are given.
	rawPrm, rawFC *int
	first, last   int    // the characters, last not included
	fc            uint32 // where they are stored
}

type prmKind int

const (
	noPrm prmKind = iota
	prm0          // one sprm, by a short number
	prm1          // a list of sprms in the Clx
)

// shortSprms are the numbers that Prm0 has for some sprms, [MS-DOC] 2.9.215.
var shortSprms = map[string]int{
	"PIncLvl": 0x04, "PFKeep": 0x07, "PFKeepFollow": 0x08, "PFPageBreakBefore": 0x09, "PIlvl": 0x0C,
	"PFInTable": 0x18, "PFTtp": 0x19, "CFRMarkDel": 0x41, "CFRMarkIns": 0x42, "CFFldVanish": 0x43,
	"CFData": 0x47, "CFOle2": 0x4B, "CHighlight": 0x4D, "CFWebHidden": 0x50, "CFSpecVanish": 0x51,
	"CPlain": 0x53, "CFBold": 0x55, "CFItalic": 0x56, "CFStrike": 0x57, "CFOutline": 0x58,
	"CFShadow": 0x59, "CFSmallCaps": 0x5A, "CFCaps": 0x5B, "CFVanish": 0x5C, "CKul": 0x5E,
	"CIco": 0x62, "CIss": 0x68, "CFSpec": 0x75, "CFObj": 0x76, "POutLvl": 0x78,
}

// startPiece reads the words of "piece" and lets the piece begin with the next
// character.
func (b *blockReader) startPiece(words []word) error {
	if len(words) == 0 || words[0].kind != plainWord || words[0].key != "8" && words[0].key != "16" {
		return fmt.Errorf("a piece has 8 or 16 bits a character")
	}
	p := &piece{wide: words[0].key == "16"}
	for _, w := range words[1:] {
		if err := p.setting(w); err != nil {
			return err
		}
	}
	if p.prm == prm0 && p.rawPrm == nil {
		return fmt.Errorf("prm0 needs one of the sprms that have a short number")
	}
	b.next = p
	return nil
}

func (p *piece) setting(w word) error {
	prl, found, err := parsePrl(w)
	switch {
	case err != nil:
		return err
	case found && p.prm == prm1:
		p.prls = append(p.prls, prl)
		return nil
	case found && p.prm == prm0:
		short, ok := shortSprms[w.key]
		if !ok {
			return fmt.Errorf("%s has no short number for prm0", w.key)
		}
		raw := short<<1 | int(prl.bytes[2])<<8
		p.rawPrm = &raw
		return nil
	case w.kind == plainWord && w.key == "prm0":
		p.prm = prm0
		return nil
	case w.kind == plainWord && w.key == "prm1":
		p.prm = prm1
		return nil
	case w.kind == valueWord && (w.key == "prm" || w.key == "fc"):
		v, err := number(w.value)
		if w.key == "prm" {
			p.rawPrm = &v
		} else {
			p.rawFC = &v
		}
		return err
	}
	return fmt.Errorf("%q means nothing to a piece", w.key)
}

// textStart is where the text begins in the WordDocument stream, behind the FIB.
const textStart = 0x400

// findPieces collects the pieces in the order of the text.
func findPieces(chars []char, narrow bool) []*piece {
	first := &piece{wide: !narrow}
	out := []*piece{first}
	for i, c := range chars {
		if c.piece == nil {
			continue
		}
		c.piece.first = i
		if i == 0 {
			out[0] = c.piece
			continue
		}
		out[len(out)-1].last = i
		out = append(out, c.piece)
	}
	out[len(out)-1].last = len(chars)
	return out
}

// storageOrder applies "order".
func storageOrder(pieces []*piece, order []int) ([]*piece, error) {
	if order == nil {
		return pieces, nil
	}
	if len(order) != len(pieces) {
		return nil, fmt.Errorf("order names %d pieces, there are %d", len(order), len(pieces))
	}
	var out []*piece
	seen := map[int]bool{}
	for _, i := range order {
		if i < 0 || i >= len(pieces) || seen[i] {
			return nil, fmt.Errorf("order is not an order of the %d pieces", len(pieces))
		}
		seen[i] = true
		out = append(out, pieces[i])
	}
	return out, nil
}

// writeText stores the pieces in the WordDocument stream, one behind another.
func (w *writer) writeText() error {
	w.doc = make([]byte, textStart)
	for _, p := range w.stored {
		if p.wide && w.file.word6 {
			return fmt.Errorf("the text of Word 6 has 8 bits a character")
		}
		if p.wide && len(w.doc)%2 == 1 {
			w.doc = append(w.doc, 0)
		}
		p.fc = uint32(len(w.doc))
		for i := p.first; i < p.last; i++ {
			code := w.chars[i].code
			if p.wide {
				w.doc = binary.LittleEndian.AppendUint16(w.doc, code)
				continue
			}
			b, err := narrow(code)
			if err != nil {
				return err
			}
			w.doc = append(w.doc, b)
		}
	}
	return nil
}

// fcOf is the place of a character of the piece in the WordDocument stream.
func (p *piece) fcOf(cp int) uint32 {
	if p.wide {
		return p.fc + 2*uint32(cp-p.first)
	}
	return p.fc + uint32(cp-p.first)
}

// clx writes the piece table with the property lists it refers to, [MS-DOC] 2.9.38.
func (w *writer) clx() ([]byte, error) {
	var prcs []byte
	var plc plc
	lists := 0
	for _, p := range w.pieces {
		prm := 0
		if p.prm == prm1 {
			grpprl, err := w.grpprl(p.prls)
			if err != nil {
				return nil, err
			}
			prcs = append(prcs, 1)
			prcs = binary.LittleEndian.AppendUint16(prcs, uint16(len(grpprl)))
			prcs = append(prcs, grpprl...)
			prm = lists<<1 | 1
			lists++
		}
		if p.rawPrm != nil {
			prm = *p.rawPrm
		}
		fc := int(p.fc)
		if !p.wide && !w.file.word6 {
			fc = fc*2 | 1<<30 // FcCompressed, [MS-DOC] 2.9.73
		}
		if p.rawFC != nil {
			fc = *p.rawFC
		}
		pcd := binary.LittleEndian.AppendUint32([]byte{0, 0}, uint32(fc))
		plc.add(p.first, binary.LittleEndian.AppendUint16(pcd, uint16(prm)))
	}
	table := plc.bytes(len(w.chars))
	out := append(prcs, 2)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(table)))
	return append(out, table...), nil
}

// A plc is an array of positions followed by an array of data, [MS-DOC] 2.2.2.
type plc struct {
	positions []byte
	data      []byte
}

func (p *plc) add(at int, data []byte) {
	p.positions = binary.LittleEndian.AppendUint32(p.positions, uint32(at))
	p.data = append(p.data, data...)
}

// bytes writes the plc with the positions that end it.
func (p *plc) bytes(ends ...int) []byte {
	for _, e := range ends {
		p.positions = binary.LittleEndian.AppendUint32(p.positions, uint32(e))
	}
	return append(p.positions, p.data...)
}
