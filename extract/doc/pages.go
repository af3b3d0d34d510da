package doc

// Properties stand in pages of 512 bytes in the stream WordDocument, each for a
// range of file offsets, found through a table (bin table) in the table stream
// ([MS-DOC] 2.8.5 PlcBteChpx, 2.8.6 PlcBtePapx, 2.9.33 ChpxFkp, 2.9.175
// PapxFkp).

const (
	pageSize = 512
	// maxPage masks the 22 bits of a page number (2.9.185, PnFkpChpx).
	maxPage = 1<<22 - 1
	// paragraphEntry and oldParagraphEntry are the sizes of an entry for a
	// paragraph in a page: an offset and its height, which is not read
	// (2.9.23 BxPap; 7 bytes in Word 6).
	paragraphEntry, oldParagraphEntry = 13, 7
	// binSlack is how many bytes at the end of the text a bin table may leave
	// out: LibreOffice forgets the last mark of a document that ends in a table.
	binSlack = 4
)

// propertyTable finds the properties of a place in the stream.
type propertyTable struct {
	word []byte
	bins plc
	// entry is the size of an entry in a page: 1 for characters.
	entry int
	// old tells that the properties are those of Word 6.
	old bool
	// page is the page used last, nil if there is none; first and last bound
	// what it is for.
	page        []byte
	first, last int
	// damaged tells that a page was needed that is not there or no page.
	damaged bool
}

func newPropertyTable(word []byte, bins plc, entry int) *propertyTable {
	return &propertyTable{word: word, bins: bins, entry: entry}
}

// find returns the bytes of the properties at an offset of the stream and the
// end of the range that they are for. Where the table says nothing there are no
// properties, and the range is one byte.
func (t *propertyTable) find(fc int) (props []byte, end int) {
	if !t.turn(fc) {
		return nil, fc + 1
	}
	n := int(t.page[pageSize-1])
	lo, hi := 0, n
	for lo < hi {
		if mid := (lo + hi) / 2; u32(t.page, 4*(mid+1)) <= fc {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == n || u32(t.page, 4*lo) > fc {
		return nil, fc + 1
	}
	at := 2 * int(t.page[4*(n+1)+lo*t.entry])
	end = u32(t.page, 4*(lo+1))
	if at == 0 {
		return nil, end
	}
	if t.entry == 1 {
		props = characterEntry(t.page, at)
		if t.old {
			props = modern(props)
		}
		return props, end
	}
	props = paragraphEntryAt(t.page, at, t.old)
	if t.old && len(props) >= 2 { // the index of the style stays
		props = append(props[:2:2], modern(props[2:])...)
	}
	return props, end
}

// turn opens the page for an offset of the stream.
func (t *propertyTable) turn(fc int) bool {
	if t.page != nil && fc >= t.first && fc < t.last {
		return true
	}
	i := t.bins.find(fc)
	if i < 0 {
		n := t.bins.n
		behind := n > 0 && fc >= t.bins.at(n) && fc < t.bins.at(n)+binSlack
		if !behind && fc < len(t.word) { // outside the stream there is no text either
			t.damaged = true
		}
		return false
	}
	element := t.bins.element(i)
	number := u16(element, 0)
	if len(element) == 4 {
		number = u32(element, 0) & maxPage
	}
	page, ok := cut(t.word, number*pageSize, pageSize)
	if !ok || !t.sound(page) {
		t.page, t.damaged = nil, true
		return false
	}
	t.page, t.first, t.last = page, t.bins.at(i), t.bins.at(i+1)
	return true
}

// sound tells whether a page has room for as many ranges as it counts, and
// whether they ascend.
func (t *propertyTable) sound(page []byte) bool {
	n := int(page[pageSize-1])
	if 4*(n+1)+n*t.entry >= pageSize {
		return false
	}
	for i := range n {
		if u32(page, 4*i) > u32(page, 4*(i+1)) {
			return false
		}
	}
	return true
}

// characterEntry returns the grpprl of a Chpx (2.9.32): a length and as many
// bytes.
func characterEntry(page []byte, at int) []byte {
	if at >= pageSize {
		return nil
	}
	props, _ := cut(page[:pageSize-1], at+1, int(page[at]))
	return props
}

// paragraphEntryAt returns the style index and grpprl of a PapxInFkp
// (2.9.176): half the length in a byte, or 0 and then half the length in a
// byte; in Word 6 always the latter's meaning.
func paragraphEntryAt(page []byte, at int, old bool) []byte {
	if at+1 >= pageSize {
		return nil
	}
	n, at := int(page[at]), at+1
	switch {
	case old:
		n *= 2
	case n == 0:
		n, at = 2*int(page[at]), at+1
	default:
		n = 2*n - 1
	}
	props, ok := cut(page[:pageSize-1], at, n)
	if !ok { // one byte too many is a habit of some programs
		props, _ = cut(page[:pageSize-1], at, n-1)
	}
	return props
}
