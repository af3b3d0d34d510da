package fontfile

import (
	"bytes"
	"strconv"
)

// maxClear bounds how much of a Type 1 font is looked at: its encoding stands
// in the clear text at the start.
const maxClear = 1 << 18

// type1 reads the built-in encoding of a Type 1 font.
func (f *Font) type1(data []byte) {
	data = data[:min(len(data), maxClear)]
	data, _, _ = bytes.Cut(data, []byte("eexec"))
	_, data, found := bytes.Cut(data, []byte("/Encoding"))
	if !found {
		return
	}
	words := bytes.Fields(data)
	if len(words) > 0 && string(words[0]) == "StandardEncoding" {
		f.CodeNames = standardNames()
	} else {
		f.CodeNames = putNames(words)
	}
}

// standardNames are the glyph names of the standard encoding.
func standardNames() map[byte]string {
	names := map[byte]string{}
	for code := range 256 {
		if sid := standardSID(code); sid > 0 {
			names[byte(code)] = cffName(sid)
		}
	}
	return names
}

// putNames reads "dup 65 /A put" and so on, up to the "def" that ends it.
func putNames(words [][]byte) map[byte]string {
	names := map[byte]string{}
	for i := 0; i+3 < len(words); i++ {
		switch word := string(words[i]); {
		case word == "def" && len(names) > 0, word == "readonly":
			return names
		case word != "dup":
			continue
		}
		code, err := strconv.Atoi(string(words[i+1]))
		name := words[i+2]
		if err == nil && 0 <= code && code < 256 && len(name) > 1 && name[0] == '/' {
			names[byte(code)] = string(name[1:])
		}
	}
	return names
}
