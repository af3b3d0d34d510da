package doc

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Of a property set stream ([MS-OLEPS] 2.21): the header, where the first
// section stands, and the properties and types that are looked for.
const (
	setHeader, setSection             = 28, 44
	propertyCodePage, propertyTitle   = 1, 2
	typeI2, typeLPSTR, typeLPWSTR     = 2, 30, 31
	codePageGBK, codePageGB18030      = 936, 54936
	codePageUTF16, codePageUTF8       = 1200, 65001
	maxProperties                     = 256
	propertyEntry, propertyHeaderSize = 8, 8
)

// readTitle returns the title in a summary information stream, "" if there is
// none that can be read.
func readTitle(data []byte) string {
	if len(data) < setHeader+20 {
		return ""
	}
	section := tail(data, u32(data, setSection))
	if len(section) < propertyHeaderSize {
		return ""
	}
	codePage, title := 0, []byte(nil)
	for i := range min(u32(section, 4), maxProperties) {
		entry, ok := cut(section, propertyHeaderSize+i*propertyEntry, propertyEntry)
		if !ok {
			break
		}
		value := tail(section, u32(entry, 4))
		if len(value) < 8 {
			continue
		}
		switch id := u32(entry, 0); {
		case id == propertyCodePage && u16(value, 0) == typeI2:
			codePage = u16(value, 4)
		case id == propertyTitle:
			title = value
		}
	}
	if title == nil {
		return ""
	}
	return strings.TrimSpace(titleText(title, codePage))
}

// titleText decodes a string property: a length and 8-bit characters of the
// code page, or UTF-16.
func titleText(value []byte, codePage int) string {
	n := u32(value, 4)
	switch u16(value, 0) {
	case typeLPWSTR:
		text, _ := cut(value, 8, 2*n)
		return utf16Text(text)
	case typeLPSTR:
		text, ok := cut(value, 8, n)
		if !ok {
			return ""
		}
		return decodeTitle(text, codePage)
	}
	return ""
}

func decodeTitle(text []byte, codePage int) string {
	if codePage == codePageUTF16 {
		return utf16Text(text)
	}
	s, _, _ := strings.Cut(string(text), "\x00")
	switch {
	case codePage == codePageUTF8 && utf8.ValidString(s):
		return s
	case codePage == codePageGBK || codePage == codePageGB18030:
		out, err := simplifiedchinese.GB18030.NewDecoder().String(s)
		if err != nil {
			return ""
		}
		return strings.ToValidUTF8(out, replacementChar)
	}
	units := make([]rune, 0, len(s))
	for _, c := range []byte(s) {
		units = append(units, rune(windows1252(c)))
	}
	return string(units)
}
