package fontfile

import (
	"strings"
	"sync"
)

// standardStrings is the number of strings that every CFF font knows.
const standardStrings = 391

// cff reads the charset and encoding of the first font of a CFF set.
func (f *Font) cff(t table) {
	_, at := t.index(t.u8(2)) // names
	tops, at := t.index(at)
	strs, _ := t.index(at)
	if len(tops) == 0 {
		return
	}
	top := topDict(tops[0])
	chars, _ := t.index(top[17])
	n := len(chars)
	sids := t.charset(top[15], n)
	if _, keyed := top[cidKeyed]; keyed {
		f.CIDs = make(map[uint16]uint16, len(sids))
		for g, cid := range sids {
			f.CIDs[cid] = uint16(g)
		}
		return
	}
	names := make(map[uint16]string, len(sids))
	for g, sid := range sids {
		if s := int(sid) - standardStrings; 0 <= s && s < len(strs) {
			names[uint16(g)] = string(strs[s])
		} else if s < 0 {
			names[uint16(g)] = cffName(int(sid))
		}
	}
	f.Names = names
	if top[16] > 1 {
		f.Codes = t.encoding(top[16])
	} else if top[16] == 0 {
		f.CodeNames = standardNames()
	}
}

// standardSID is the SID of a code in the standard encoding: the SIDs count
// its codes in order.
func standardSID(code int) int {
	if 32 <= code && code <= 126 {
		return code - 31
	}
	high := "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb1\xb2\xb3\xb4\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbf" +
		"\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xca\xcb\xcd\xce\xcf\xd0\xe1\xe3\xe8\xe9\xea\xeb\xf1\xf5\xf8\xf9\xfa\xfb"
	if i := strings.IndexByte(high, byte(code)); code > 126 && i >= 0 {
		return 96 + i
	}
	return 0
}

// index reads an INDEX and returns its parts and where it ends.
func (t table) index(at int) (parts []table, end int) {
	n := int(t.u16(at))
	if n == 0 || at < 0 {
		return nil, at + 2
	}
	size := t.u8(at + 2)
	if size < 1 || size > 4 || at+3+(n+1)*size > len(t) {
		return nil, len(t)
	}
	offset := func(i int) int {
		v := 0
		for k := range size {
			v = v<<8 | t.u8(at+3+i*size+k)
		}
		return v
	}
	data := at + 2 + (n+1)*size
	for i := range n {
		from, to := offset(i), offset(i+1)
		if from < 1 || to < from {
			return parts, len(t)
		}
		parts = append(parts, t.cut(data+from, to-from))
	}
	return parts, data + offset(n)
}

// cidKeyed is the operator ROS (12 30), which only CID-keyed fonts have.
const cidKeyed = 12<<8 | 30

// topDict reads the operators of a Top DICT with their last operand.
func topDict(t table) map[int]int {
	d := map[int]int{}
	last := 0
	for i := 0; i < len(t); {
		b := int(t[i])
		switch {
		case b == 12:
			d[12<<8|t.u8(i+1)] = last
			i += 2
		case b <= 21:
			d[b] = last
			i++
		default:
			var n int
			last, n = operand(t.from(i))
			i += n
		}
	}
	return d
}

// operand reads a number of a DICT and says how many bytes it takes; a real
// number counts as 0.
func operand(t table) (v, n int) {
	switch b := t.u8(0); {
	case b == 28:
		return int(int16(t.u16(1))), 3
	case b == 29:
		return int(int32(t.u32(1))), 5
	case b == 30: // it ends with a nibble of 15
		n = 1
		for n < len(t) && t[n]&0xf != 0xf && t[n]>>4 != 0xf {
			n++
		}
		return 0, n + 1
	case 32 <= b && b <= 246:
		return b - 139, 1
	case 247 <= b && b <= 250:
		return (b-247)*256 + t.u8(1) + 108, 2
	case 251 <= b && b <= 254:
		return -(b-251)*256 - t.u8(1) - 108, 2
	}
	return 0, 1
}

// charset returns the SID, or CID, of each of n glyphs. The predefined
// charsets are taken for ISOAdobe, which the others only permute beyond what
// documents use.
func (t table) charset(at, n int) []uint16 {
	sids := make([]uint16, 1, max(n, 1))
	if at <= 2 {
		for g := 1; g < min(n, 229); g++ {
			sids = append(sids, uint16(g))
		}
		return sids
	}
	format := t.u8(at)
	for at++; len(sids) < n && at < len(t); {
		first, left := t.u16(at), 0
		at += 2
		switch format {
		case 1:
			left = t.u8(at)
			at++
		case 2:
			left = int(t.u16(at))
			at += 2
		}
		for i := 0; i <= left && len(sids) < n; i++ {
			sids = append(sids, first+uint16(i))
		}
	}
	return sids
}

// encoding reads the codes of the glyphs.
func (t table) encoding(at int) map[byte]uint16 {
	codes := map[byte]uint16{}
	format, n := t.u8(at), t.u8(at+1)
	glyph := uint16(1)
	for i := range n {
		if format&0x7f == 0 {
			codes[byte(t.u8(at+2+i))] = glyph
			glyph++
			continue
		}
		first, left := t.u8(at+2+2*i), t.u8(at+3+2*i)
		for c := first; c <= first+left && c < 256; c++ {
			codes[byte(c)] = glyph
			glyph++
		}
	}
	return codes
}

// cffName is the name of a standard SID: those of Adobe's standard Latin
// characters, "" for the small capitals and old style figures behind them.
func cffName(sid int) string {
	if names := cffNameList(); 0 <= sid && sid < len(names) {
		return names[sid]
	}
	return ""
}

var cffNameList = sync.OnceValue(func() []string { return strings.Fields(cffNames) })

const cffNames = `.notdef space exclam quotedbl numbersign dollar percent ampersand quoteright parenleft parenright
asterisk plus comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal
greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright
asciicircum underscore quoteleft a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright
asciitilde exclamdown cent sterling fraction yen florin section currency quotesingle quotedblleft guillemotleft
guilsinglleft guilsinglright fi fl endash dagger daggerdbl periodcentered paragraph bullet quotesinglbase
quotedblbase quotedblright guillemotright ellipsis perthousand questiondown grave acute circumflex tilde macron breve
dotaccent dieresis ring cedilla hungarumlaut ogonek caron emdash AE ordfeminine Lslash Oslash OE ordmasculine ae
dotlessi lslash oslash oe germandbls onesuperior logicalnot mu trademark Eth onehalf plusminus Thorn onequarter divide
brokenbar degree thorn threequarters twosuperior registered minus eth multiply threesuperior copyright Aacute
Acircumflex Adieresis Agrave Aring Atilde Ccedilla Eacute Ecircumflex Edieresis Egrave Iacute Icircumflex Idieresis
Igrave Ntilde Oacute Ocircumflex Odieresis Ograve Otilde Scaron Uacute Ucircumflex Udieresis Ugrave Yacute Ydieresis
Zcaron aacute acircumflex adieresis agrave aring atilde ccedilla eacute ecircumflex edieresis egrave iacute
icircumflex idieresis igrave ntilde oacute ocircumflex odieresis ograve otilde scaron uacute ucircumflex udieresis
ugrave yacute ydieresis zcaron`
