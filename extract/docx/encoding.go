package docx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/extract/document"
)

// lost stands for what could not be decoded: a byte that is never UTF-8, so
// that it is met and noted where the text is read, and not here, where nobody
// knows whether it is text.
const lost = 0xFF

// toUTF8 removes a byte order mark and turns a part into UTF-8. OOXML allows
// UTF-8 and UTF-16. The national encodings (国标) of China are read as well,
// since Word opens such files; every other encoding is an error, since its
// letters would be lost.
func toUTF8(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return data[3:], nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return fromUTF16(data[2:], binary.BigEndian)
	case bytes.HasPrefix(data, []byte("<\x00")):
		return fromUTF16(data, binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\x00<")):
		return fromUTF16(data, binary.BigEndian)
	}
	name := declaredEncoding(data)
	switch strings.ToLower(name) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return data, nil
	}
	if utf8.Valid(data) { // whatever it says of itself
		return data, nil
	}
	switch strings.ToLower(name) {
	case "gb2312", "gbk", "gb18030", "cp936", "windows-936", "x-gbk":
		return fromGB18030(data)
	}
	return nil, fmt.Errorf("%w: the encoding %q, which OOXML does not allow", document.ErrMalformed, name)
}

// declaredEncoding returns the encoding that the XML declaration names, "" if
// it names none.
func declaredEncoding(data []byte) string {
	rest, ok := bytes.CutPrefix(data, []byte("<?xml"))
	if !ok {
		return ""
	}
	end := bytes.Index(rest, []byte("?>"))
	if end < 0 {
		return ""
	}
	_, value, ok := bytes.Cut(rest[:end], []byte("encoding"))
	value = bytes.TrimLeft(value, "= \t\r\n")
	if !ok || len(value) == 0 || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	name, _, _ := bytes.Cut(value[1:], value[:1])
	return string(name)
}

// fromGB18030 decodes GB18030 and its subsets, GBK and GB 2312.
func fromGB18030(data []byte) ([]byte, error) {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("%w: GB18030: %w", document.ErrMalformed, err)
	}
	return bytes.ReplaceAll(out, []byte("\uFFFD"), []byte{lost}), nil
}

func fromUTF16(data []byte, order binary.ByteOrder) ([]byte, error) {
	if len(data)%2 != 0 {
		return nil, fmt.Errorf("%w: UTF-16 text of %d bytes", document.ErrMalformed, len(data))
	}
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if !utf16.IsSurrogate(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		pair := utf8.RuneError
		if i+4 <= len(data) {
			pair = utf16.DecodeRune(r, rune(order.Uint16(data[i+2:])))
		}
		if pair == utf8.RuneError {
			out = append(out, lost)
			continue
		}
		out = utf8.AppendRune(out, pair)
		i += 2
	}
	return out, nil
}
