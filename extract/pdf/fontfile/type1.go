package fontfile

import (
	"bytes"
	"strconv"
)

// maxClear bounds how much of a Type 1 font is looked at: its encoding stands
// in the clear text at the start.
const maxClear = 1 << 18

// type1 reads the built-in encoding of a Type 1 font, lines like
// "dup 65 /A put". A font with the standard encoding names it instead.
func (f *Font) type1(data []byte) {
	data = data[:min(len(data), maxClear)]
	if i := bytes.Index(data, []byte("eexec")); i >= 0 {
		data = data[:i]
	}
	i := bytes.Index(data, []byte("/Encoding"))
	if i < 0 {
		return
	}
	f.CodeNames = map[byte]string{}
	words := bytes.Fields(data[i+len("/Encoding"):])
	if len(words) > 0 && string(words[0]) == "StandardEncoding" {
		for code := range 256 {
			if sid := standardSID(code); sid > 0 {
				f.CodeNames[byte(code)] = cffName(sid)
			}
		}
		return
	}
	for i := 0; i+3 < len(words); i++ {
		if w := string(words[i]); w == "def" && len(f.CodeNames) > 0 || w == "readonly" {
			return
		} else if w != "dup" {
			continue
		}
		code, err := strconv.Atoi(string(words[i+1]))
		name := words[i+2]
		if err == nil && 0 <= code && code < 256 && len(name) > 1 && name[0] == '/' {
			f.CodeNames[byte(code)] = string(name[1:])
		}
	}
}
