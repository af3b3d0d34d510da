package docx

import (
	"encoding/binary"
	"math/bits"
)

// word is up to eight bytes of the data, the first one lowest, zeros behind a
// shorter piece. Tags are compared as words: most are that short.
type word uint64

// tag is a start tag that has been read before: all of it if it has no
// attributes, or else its name and the blank behind it.
type tag struct {
	text word
	// end is the element's end tag, as in a frame.
	end word
	// colon is where the local name begins and length where the name ends.
	colon, length uint8
	closing       bool
	attributes    bool
	elem          elem
	// scope is the scanner's when the tag was read.
	scope uint32
}

// tagCache is the size of the table of such tags, a power of two.
const tagCache = 64

// knownTag reads a start tag that has been read before: the same bytes mean
// the same as long as no prefix has changed its meaning.
func (s *scanner) knownTag() bool {
	from := s.pos + 1
	text, n := s.short(from)
	if n == 0 {
		return false
	}
	t := &s.tags[text.hash()]
	if t.text != text || t.scope != s.scope {
		return false
	}
	name := span{from, from + int(t.length)}
	if !t.attributes {
		s.pos, s.closing, s.attrs = from+n, t.closing, span{}
	} else if declares := s.attributes(name.to); declares || s.err != nil {
		s.pos = from - 1 // its own declarations may change what it means
		return false
	}
	s.local = span{from + int(t.colon), name.to}
	s.elem = t.elem
	return s.push(frame{name: name, binds: len(s.binds), end: t.end})
}

// remember keeps the tag that was just read, if it is short.
func (s *scanner) remember(from, end int) {
	text, n := s.short(from)
	if n == 0 {
		return
	}
	attributes := s.data[from+n-1] == ' '
	if !attributes && from+n != s.pos {
		return
	}
	s.tags[text.hash()] = tag{
		text: text, end: s.endWord(span{from, end}),
		colon: uint8(s.local.from - from), length: uint8(end - from),
		closing: s.closing, attributes: attributes, elem: s.elem, scope: s.scope,
	}
}

// short returns the bytes from a position up to the next ">" or blank and their
// number, 0 if there are more than eight.
func (s *scanner) short(from int) (word, int) {
	if from+8 > len(s.data) {
		return 0, 0
	}
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	w := binary.LittleEndian.Uint64(s.data[from:])
	// A zero byte where ">" or " " is; the lowest bit of zeros marks the first.
	angle, blank := w^'>'*ones, w^' '*ones
	zeros := ((angle-ones)&^angle | (blank-ones)&^blank) & tops
	if zeros == 0 {
		return 0, 0
	}
	n := bits.TrailingZeros64(zeros)/8 + 1
	return word(w & (^uint64(0) >> (64 - 8*n))), n
}

func (w word) hash() int { return int(w * 0x9E3779B97F4A7C15 >> (64 - 6)) }
