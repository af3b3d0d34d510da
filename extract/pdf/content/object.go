package content

import (
	"encoding/hex"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/document"
	"yusuan/extract/pdf/cmap"
)

// objects gives access to the objects of a file. Whatever is not what was
// expected is the zero value of it: half a font dictionary is better than none.
type objects struct {
	table *model.XRefTable
	size  int64
	lim   document.Limits
	// expanded counts the bytes that streams were unpacked to.
	expanded int64
	unpack   inflater
}

// maxChain bounds the references that lead from one to the next.
const maxChain = 32

// resolve follows references; nil for what is missing or broken.
func (f *objects) resolve(o types.Object) types.Object {
	for range maxChain {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			return o
		}
		next, err := f.table.Dereference(ref)
		if err != nil {
			return nil
		}
		o = next
	}
	return nil
}

// number of an object that is a reference, 0 for a direct one.
func objectNumber(o types.Object) int {
	if ref, ok := o.(types.IndirectRef); ok {
		return int(ref.ObjectNumber)
	}
	return 0
}

func (f *objects) dict(o types.Object) types.Dict {
	switch d := f.resolve(o).(type) {
	case types.Dict:
		return d
	case types.StreamDict:
		return d.Dict
	}
	return nil
}

func (f *objects) array(o types.Object) types.Array {
	a, _ := f.resolve(o).(types.Array)
	return a
}

func (f *objects) stream(o types.Object) (types.StreamDict, bool) {
	sd, ok := f.resolve(o).(types.StreamDict)
	return sd, ok
}

func (f *objects) name(o types.Object) string {
	n, ok := f.resolve(o).(types.Name)
	if !ok {
		return ""
	}
	return string(n)
}

func (f *objects) num(o types.Object) (float64, bool) {
	switch n := f.resolve(o).(type) {
	case types.Integer:
		return float64(n), true
	case types.Float:
		v := float64(n)
		return v, v-v == 0 // neither infinite nor no number
	}
	return 0, false
}

func (f *objects) numOr(o types.Object, or float64) float64 {
	if n, ok := f.num(o); ok {
		return n
	}
	return or
}

func (f *objects) int(o types.Object, or int) int {
	n, ok := f.num(o)
	if !ok || n < -1<<31 || n > 1<<31 {
		return or
	}
	return int(n)
}

// nums are the numbers of an array, false unless there are n.
func (f *objects) nums(o types.Object, n int) ([]float64, bool) {
	a := f.array(o)
	if len(a) < n {
		return nil, false
	}
	out := make([]float64, n)
	for i := range out {
		v, ok := f.num(a[i])
		if !ok {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

// str are the bytes of a string.
func (f *objects) str(o types.Object) []byte {
	switch s := f.resolve(o).(type) {
	case types.StringLiteral:
		b, err := types.Unescape(string(s))
		if err != nil {
			return []byte(s)
		}
		return b
	case types.HexLiteral:
		digits := string(s)
		if len(digits)%2 == 1 {
			digits += "0"
		}
		b, err := hex.DecodeString(digits)
		if err != nil {
			return nil
		}
		return b
	}
	return nil
}

// textString decodes a text string of the file: UTF-16 or UTF-8 by its mark,
// else UTF-8 or GBK if the bytes are valid in it, which PDFDocEncoding with
// accents hardly ever is.
func textString(b []byte) string {
	s := string(b)
	switch {
	case strings.HasPrefix(s, "\xfe\xff"), strings.HasPrefix(s, "\xff\xfe"):
		little := s[0] == 0xff
		var units []uint16
		for i := 2; i+1 < len(b); i += 2 {
			hi, lo := b[i], b[i+1]
			if little {
				hi, lo = lo, hi
			}
			units = append(units, uint16(hi)<<8|uint16(lo))
		}
		return string(utf16.Decode(units))
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return strings.ToValidUTF8(s[3:], "\uFFFD")
	case utf8.ValidString(s):
		return s
	}
	if out, ok := cmap.GBK(b); ok {
		return out
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}
