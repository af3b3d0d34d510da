package extract

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/extract/document"
)

// plainText is the format of the reader that is asked last.
const plainText = "text"

// format is a format that is recognised and has no reader.
type format struct {
	// name completes "the file is …".
	name string
	// err is why it cannot be read; nil means that no reader knows it.
	err error
}

// refuse is the error for a file of this format.
func (f format) refuse(name string) error {
	err := f.err
	if err == nil {
		err = document.ErrUnsupported
	}
	if ext := filepath.Ext(name); ext != "" && promise(name) != "" {
		return fmt.Errorf("the file, named %s, is %s: %w", ext, f.name, err)
	}
	return fmt.Errorf("the file is %s: %w", f.name, err)
}

// promise returns the format that the extension of a name promises, "" if it
// promises none.
func promise(name string) string {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".txt", ".text", ".md", ".csv", ".tsv":
		return plainText
	case ".docx", ".doc", ".pdf", ".rtf", ".odt", ".ofd", ".html", ".xls", ".xlsx", ".ppt", ".pptx", ".et", ".xml", ".zip":
		return ext[1:]
	case ".dot", ".wps", ".wpt": // WPS Writer's own extensions stand for Word's format
		return "doc"
	case ".htm", ".mht", ".mhtml", ".jsp", ".shtml":
		return "html"
	}
	return ""
}

// recognise names the format of bytes that no reader for marked formats took.
// It is false for what may be plain text.
func recognise(data []byte) (format, bool) {
	for _, family := range []func([]byte) (format, bool){byMagic, office97, zipped, markup, jsonData} {
		if f, ok := family(data); ok {
			return f, true
		}
	}
	return format{}, false
}

// byMagic recognises formats by the bytes that they begin with.
func byMagic(data []byte) (format, bool) {
	for _, m := range []struct{ magic, name string }{
		{`{\rtf`, "an RTF document"},
		{"\x89PNG\r\n\x1a\n", "a PNG image"},
		{"\xff\xd8\xff", "a JPEG image"},
		{"GIF87a", "a GIF image"},
		{"GIF89a", "a GIF image"},
		{"II*\x00", "a TIFF image"},
		{"MM\x00*", "a TIFF image"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
		{"Rar!\x1a\x07", "a RAR archive"},
		{"\x1f\x8b", "a gzip archive"},
		{"BZh", "a bzip2 archive"},
		{"\xfd7zXZ\x00", "an xz archive"},
		{"\xffWPC", "a WordPerfect document"},
		{"\xdb\xa5-\x00", "a Word document of before 1995"},
		{"MZ\x90\x00", "a Windows program"},
		{"\x7fELF", "a program"},
	} {
		if strings.HasPrefix(string(data[:min(len(data), len(m.magic))]), m.magic) {
			return format{name: m.name}, true
		}
	}
	switch {
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return format{name: "a WebP image"}, true
	case len(data) > 14 && string(data[:2]) == "BM" && string(data[6:10]) == "\x00\x00\x00\x00":
		return format{name: "a BMP image"}, true
	}
	return format{}, false
}

// Of a compound file: the size of an entry of its directory, and where in an
// entry the length of the name stands (MS-CFB 2.6.1).
const (
	officeEntry = 128
	officeName  = 64
)

// office97 recognises compound files that are no Word documents by the names of
// their streams. One that ends before its directory is cut off, whatever it was.
func office97(data []byte) (format, bool) {
	if !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return format{}, false
	}
	names := streams(data)
	for _, s := range []struct{ stream, name string }{
		{"encryptedpackage", "an Office document with a password"},
		{"\x09drmcontent", "an Office document with rights management"},
		{"workbook", "an Excel 97–2003 workbook (.xls)"},
		{"book", "an Excel 5 workbook (.xls)"},
		{"powerpoint document", "a PowerPoint 97–2003 presentation (.ppt)"},
		{"__properties_version1.0", "an Outlook message"},
		{"matost", "a Microsoft Works document"},
	} {
		if !names[s.stream] {
			continue
		}
		f := format{name: s.name}
		if strings.HasPrefix(s.name, "an Office document with") {
			f.err = document.ErrEncrypted
		}
		return f, true
	}
	if directoryCutOff(data) {
		return format{"an OLE compound file that is cut off", document.ErrMalformed}, true
	}
	return format{name: "an OLE compound file without a document"}, true
}

// directoryCutOff tells whether the first sector of the directory, by the
// header of a compound file, stands behind the end of the file (MS-CFB 2.2).
func directoryCutOff(data []byte) bool {
	const header, shiftAt, directoryAt, greatestShift = 76, 30, 48, 12
	if len(data) < header {
		return true
	}
	shift := min(binary.LittleEndian.Uint16(data[shiftAt:]), greatestShift)
	sector := int64(binary.LittleEndian.Uint32(data[directoryAt:]))
	return (sector+2)<<shift > int64(len(data))
}

// streams returns the names in the directory of a compound file, in lower case
// as they are compared. It looks at every place where an entry can stand, so
// that it also works on damaged files.
func streams(data []byte) map[string]bool {
	names := map[string]bool{}
	for ; len(data) >= officeEntry; data = data[officeEntry:] {
		size, kind := int(data[officeName])|int(data[officeName+1])<<8, data[officeName+2]
		if size < 4 || size > officeName || size%2 != 0 || kind != 1 && kind != 2 {
			continue
		}
		name := make([]byte, 0, officeName)
		for i := 0; i < size-2; i += 2 {
			if data[i+1] != 0 || data[i] >= 0x80 {
				break // not ASCII, as every name that is looked for
			}
			name = append(name, data[i])
		}
		if len(name) == size/2-1 {
			names[strings.ToLower(string(name))] = true
		}
	}
	return names
}

// zipped recognises zip packages by the names of their parts.
func zipped(data []byte) (format, bool) {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) && !bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return format{}, false
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return format{"a damaged zip archive", fmt.Errorf("%w (%v)", document.ErrMalformed, err)}, true
	}
	for _, f := range r.File {
		if f.Flags&1 != 0 {
			return format{"a zip archive with a password", document.ErrEncrypted}, true
		}
	}
	for _, p := range []struct{ part, name string }{
		{"xl/", "an Excel workbook (.xlsx)"},
		{"ppt/", "a PowerPoint presentation (.pptx)"},
		{"word/", "a Word package without a document that could be found"},
		{"visio/", "a Visio drawing"},
		{"OFD.xml", "an OFD document"},
		{"content.xml", "an OpenDocument file (.odt, .ods)"},
		{"[Content_Types].xml", "an Office package of another kind"},
	} {
		for _, f := range r.File {
			if strings.HasPrefix(strings.ReplaceAll(f.Name, `\`, "/"), p.part) {
				return format{name: p.name}, true
			}
		}
	}
	if !slices.ContainsFunc(r.File, func(f *zip.File) bool { return !f.FileInfo().IsDir() }) {
		return format{name: "a zip archive that holds no files"}, true
	}
	return format{name: "a zip archive"}, true
}

// markupHead is how much of a file is looked at for elements.
const markupHead = 4096

// markup recognises HTML and XML by their first element or declaration. Zero
// bytes and byte order marks are left out of sight, so that UTF-16 looks the
// same.
func markup(data []byte) (format, bool) {
	head := bytes.ReplaceAll(data[:min(len(data), markupHead)], []byte{0}, nil)
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	s := strings.ToLower(string(bytes.TrimSpace(head)))
	if strings.HasPrefix(s, "mime-version:") {
		return format{name: "a web archive (.mht)"}, true
	}
	if !strings.HasPrefix(s, "<") {
		return format{}, false
	}
	for _, m := range []struct{ text, name string }{
		{"office/word/2003/wordml", "a Word 2003 XML document"},
		{"office/2006/xmlpackage", "a Word document as one XML file"},
		{"urn:schemas-microsoft-com:office:spreadsheet", "an Excel 2003 XML workbook"},
		{"<!doctype html", "an HTML page"},
		{"<html", "an HTML page"},
		{"<head", "an HTML page"},
		{"<body", "an HTML page"},
		{"<table", "an HTML page"},
		{"<div", "an HTML page"},
		{"<?xml", "an XML file"},
	} {
		if strings.Contains(s, m.text) {
			return format{name: m.name}, true
		}
	}
	return format{}, false
}

// jsonData recognises JSON: an object or a list that is valid to its end. A
// text that only begins with a bracket is prose.
func jsonData(data []byte) (format, bool) {
	trimmed := bytes.TrimLeft(data, " \t\r\n\ufeff")
	if len(trimmed) == 0 || trimmed[0] != '{' && trimmed[0] != '[' || !json.Valid(trimmed) {
		return format{}, false
	}
	return format{name: "JSON data"}, true
}
