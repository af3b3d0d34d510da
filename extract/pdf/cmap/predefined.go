package cmap

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charset is the coded character set of a predefined CMap.
type charset int

const (
	identity charset = iota
	gbk              // GB-EUC is a part of it
	gbpc             // GB-EUC with single bytes at the top
	gb18030
	gb7 // GB 2312 in seven bits
	big5
	bigpc // Big5 with single bytes at the top
	eucTW // CNS 11643: cut, but not decoded
	sjis
	eucJP
	jis7
	uhc // EUC-KR is a part of it
	ksc7
	ucs2
	utf16be
	utf8set
	utf32be
)

// legacy is a predefined CMap: a character set over a collection.
type legacy struct {
	set      charset
	ordering string
	// half says that ASCII stands for the half-width glyphs of the
	// collection, not for the proportional ones; this decides widths.
	half bool
}

// predefined are the CMaps of ISO 32000-1, table 118, without -H and -V, and
// the older ones of the same families.
var predefined = sync.OnceValue(func() map[string]legacy {
	return map[string]legacy{
		"Identity": {identity, "", false},

		"GB-EUC": {gbk, "GB1", true}, "GBpc-EUC": {gbpc, "GB1", false}, "GBK-EUC": {gbk, "GB1", true},
		"GBKp-EUC": {gbk, "GB1", false}, "GBK2K": {gb18030, "GB1", false}, "GBT-EUC": {gbk, "GB1", true},
		"GBTpc-EUC": {gbpc, "GB1", false}, "GB": {gb7, "GB1", true}, "GBT": {gb7, "GB1", true},
		"UniGB-UCS2": {ucs2, "GB1", false}, "UniGB-UTF16": {utf16be, "GB1", false},
		"UniGB-UTF8": {utf8set, "GB1", false}, "UniGB-UTF32": {utf32be, "GB1", false},

		"B5pc": {bigpc, "CNS1", false}, "ETen-B5": {big5, "CNS1", true}, "ETenms-B5": {big5, "CNS1", false},
		"HKscs-B5": {big5, "CNS1", false}, "ETHK-B5": {big5, "CNS1", false}, "CNS-EUC": {eucTW, "CNS1", true},
		"UniCNS-UCS2": {ucs2, "CNS1", false}, "UniCNS-UTF16": {utf16be, "CNS1", false},
		"UniCNS-UTF8": {utf8set, "CNS1", false}, "UniCNS-UTF32": {utf32be, "CNS1", false},

		"83pv-RKSJ": {sjis, "Japan1", false}, "90ms-RKSJ": {sjis, "Japan1", true},
		"90msp-RKSJ": {sjis, "Japan1", false}, "90pv-RKSJ": {sjis, "Japan1", false},
		"Add-RKSJ": {sjis, "Japan1", true}, "Ext-RKSJ": {sjis, "Japan1", true}, "RKSJ": {sjis, "Japan1", true},
		"EUC": {eucJP, "Japan1", true}, "": {jis7, "Japan1", true}, "Add": {jis7, "Japan1", true},
		"Ext": {jis7, "Japan1", true}, "UniJIS-UCS2": {ucs2, "Japan1", false}, "UniJIS-UCS2-HW": {ucs2, "Japan1", true},
		"UniJIS-UTF16": {utf16be, "Japan1", false}, "UniJIS2004-UTF16": {utf16be, "Japan1", false},
		"UniJIS-UTF8": {utf8set, "Japan1", false}, "UniJIS-UTF32": {utf32be, "Japan1", false},
		"UniJIS2004-UTF8": {utf8set, "Japan1", false}, "UniJIS2004-UTF32": {utf32be, "Japan1", false},

		"KSC-EUC": {uhc, "Korea1", true}, "KSCms-UHC": {uhc, "Korea1", false}, "KSCms-UHC-HW": {uhc, "Korea1", true},
		"KSCpc-EUC": {uhc, "Korea1", false}, "KSC": {ksc7, "Korea1", true},
		"UniKS-UCS2": {ucs2, "Korea1", false}, "UniKS-UTF16": {utf16be, "Korea1", false},
		"UniKS-UTF8": {utf8set, "Korea1", false}, "UniKS-UTF32": {utf32be, "Korea1", false},
	}
})

// Predefined returns the CMap of a name like GBK-EUC-H, nil if there is none.
// Codes are decoded by the character set that the CMap is made for, and get
// their CIDs through the collection; no CMap file is needed.
func Predefined(name string) *Map {
	vertical := name == "V" || strings.HasSuffix(name, "-V")
	if !vertical && name != "H" && !strings.HasSuffix(name, "-H") {
		return nil
	}
	l, ok := predefined()[strings.TrimSuffix(name[:len(name)-1], "-")]
	if !ok {
		return nil
	}
	return &Map{vertical: vertical, legacy: &l}
}

// Ordering is the character collection that a predefined CMap is made for,
// "GB1", "CNS1", "Japan1" or "Korea1"; "" if none.
func (m *Map) Ordering() string {
	if m.legacy != nil {
		return m.legacy.ordering
	}
	if m.base != nil {
		return m.base.Ordering()
	}
	return ""
}

// length is the number of bytes of the first code of s, which may be more than
// are left.
func (c charset) length(s []byte) int {
	lead := s[0]
	switch c {
	case identity, ucs2, gb7, jis7, ksc7:
		return 2
	case utf32be:
		return 4
	case utf16be:
		if lead>>2 == 0xd8>>2 {
			return 4
		}
		return 2
	case utf8set:
		return utf8Length(lead)
	case gb18030:
		if lead > 0x80 && len(s) > 1 && '0' <= s[1] && s[1] <= '9' {
			return 4
		}
	}
	if lead <= 0x80 || c.single(lead) {
		return 1
	}
	if c == eucTW && lead == 0x8e {
		return 4
	}
	return 2
}

// single tells whether a byte above 0x80 is a code of its own.
func (c charset) single(lead byte) bool {
	switch c {
	case gbpc, bigpc:
		return lead >= 0xfd
	case sjis:
		return 0xa0 <= lead && lead <= 0xdf || lead >= 0xfd
	case uhc:
		return lead == 0xff
	}
	return lead == 0xff
}

func utf8Length(lead byte) int {
	switch {
	case lead < 0xc0:
		return 1
	case lead < 0xe0:
		return 2
	case lead < 0xf0:
		return 3
	}
	return 4
}

// rune is the character of a code of n bytes, RuneError if there is none.
func (l *legacy) rune(code uint32, n int) rune {
	b := [4]byte{byte(code >> 24), byte(code >> 16), byte(code >> 8), byte(code)}
	s := b[4-n:]
	switch l.set {
	case identity:
		return utf8.RuneError
	case ucs2:
		return valid(rune(code))
	case utf16be:
		if n == 4 {
			return utf16.DecodeRune(rune(code>>16), rune(code&0xffff))
		}
		return valid(rune(code))
	case utf32be:
		return valid(rune(code))
	case utf8set:
		r, size := utf8.DecodeRune(s)
		if size != n {
			return utf8.RuneError
		}
		return r
	}
	if n == 1 && s[0] < 0x80 {
		return rune(s[0])
	}
	if cid, ok := l.hole(code); ok {
		text, _ := CollectionOf(l.ordering).Text(cid)
		r, _ := utf8.DecodeRuneInString(text)
		return r
	}
	return l.set.decode(s)
}

// hole returns the CIDs of codes that the CMaps for GB have beyond GBK as
// Unicode's tables know it: vertical punctuation and a half-width row.
func (l *legacy) hole(code uint32) (int, bool) {
	switch {
	case l.set != gbk && l.set != gbpc && l.set != gb18030:
	case 0xa6d9 <= code && code <= 0xa6f4:
		return 573 + int(code-0xa6d9), true
	case 0xaaa1 <= code && code <= 0xaafe:
		return 814 + int(code-0xaaa1), true
	}
	return 0, false
}

func valid(r rune) rune {
	if r == 0 || !utf8.ValidRune(r) {
		return utf8.RuneError
	}
	return r
}

// decode decodes one code of a legacy character set.
func (c charset) decode(s []byte) rune {
	var e encoding.Encoding
	switch c {
	case gbk, gb18030:
		e = simplifiedchinese.GB18030
	case gbpc:
		if len(s) == 1 {
			return macTop(s[0])
		}
		e = simplifiedchinese.GB18030
	case gb7:
		e = simplifiedchinese.GB18030
		s = raise(s)
	case big5, bigpc:
		e = traditionalchinese.Big5
	case sjis:
		e = japanese.ShiftJIS
	case eucJP:
		e = japanese.EUCJP
	case jis7:
		e = japanese.EUCJP
		s = raise(s)
	case uhc:
		e = korean.EUCKR
	case ksc7:
		e = korean.EUCKR
		s = raise(s)
	default:
		return utf8.RuneError
	}
	out, err := e.NewDecoder().Bytes(s)
	if err != nil {
		return utf8.RuneError
	}
	r, n := utf8.DecodeRune(out)
	if n != len(out) {
		return utf8.RuneError
	}
	return r
}

// macTop are the three single bytes that the Macintosh put above two-byte
// codes.
func macTop(b byte) rune {
	switch b {
	case 0xfd:
		return '©'
	case 0xfe:
		return '™'
	case 0xff:
		return '…'
	}
	return utf8.RuneError
}

// raise turns a seven-bit code into its EUC form.
func raise(s []byte) []byte {
	out := make([]byte, len(s))
	for i, b := range s {
		out[i] = b | 0x80
	}
	return out
}

// cid is the character identifier of a code.
func (l *legacy) cid(code uint32, n int) (int, bool) {
	if l.set == identity {
		return int(code), true
	}
	if cid, ok := l.hole(code); ok && n == 2 {
		return cid, true
	}
	r := l.rune(code, n)
	if r == utf8.RuneError {
		return 0, false
	}
	if l.half {
		if cid, ok := halfWidth(l.ordering, r); ok {
			return cid, true
		}
	}
	return CollectionOf(l.ordering).CID(r)
}

// halfWidth is the CID of the half-width form of an ASCII character (Adobe
// technical notes 5078, 5079, 5080 and 5093).
func halfWidth(ordering string, r rune) (int, bool) {
	if r < ' ' || r > '~' {
		return 0, false
	}
	switch ordering {
	case "GB1":
		if r == ' ' {
			return 7716, true
		}
		return 814 + int(r-'!'), true
	case "CNS1":
		return 13648 + int(r-' '), true
	case "Japan1":
		return 231 + int(r-' '), true
	case "Korea1":
		return 8094 + int(r-' '), true
	}
	return 0, false
}

// GBK decodes bytes that no CMap describes, names of fonts and the text of old
// producers, as GBK; false if they are not.
func GBK(b []byte) (string, bool) {
	out, err := simplifiedchinese.GBK.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", false
	}
	return string(out), true
}
