package synth

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The formats that [Write] knows.
const (
	FormatDocx = "docx"
	// FormatDoc is the binary format of Word 97.
	FormatDoc = "doc"
	// FormatPDF is pages, in fonts that are not embedded.
	FormatPDF = "pdf"
	// FormatText is the text form of Apache Tika in UTF-8.
	FormatText = "text"
	// FormatGB18030 is plain prose without tables, in GB18030.
	FormatGB18030 = "gb18030"
)

// Formats are all formats.
func Formats() []string {
	return []string{FormatDocx, FormatDoc, FormatPDF, FormatText, FormatGB18030}
}

// Write writes the first n disclosures into a folder, which it makes if need
// be: one file for each, in the formats of the list in turn (docx alone if the
// list is empty), named by Document.Name with .docx, .doc, .pdf or .txt.
// Files of the same name are replaced, others stay.
func Write(dir string, s Settings, n int, formats []string) error {
	if n < 0 {
		return fmt.Errorf("cannot write %d documents", n)
	}
	if len(formats) == 0 {
		formats = []string{FormatDocx}
	}
	g := New(s)
	for i := range n {
		name, data, err := g.file(i, formats[i%len(formats)])
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("making the folder of a document: %w", err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return fmt.Errorf("writing a document: %w", err)
		}
	}
	return nil
}

// file returns the i-th disclosure as a file.
func (g *Generator) file(i int, format string) (name string, data []byte, err error) {
	d := g.Document(i)
	switch format {
	case FormatDocx:
		return d.Name + ".docx", d.Docx(), nil
	case FormatDoc:
		return d.Name + ".doc", d.Word97(), nil
	case FormatPDF:
		return d.Name + ".pdf", d.PDF(), nil
	case FormatText:
		return d.Name + ".txt", d.Text(), nil
	case FormatGB18030:
		d = d.Prose()
		return d.Name + ".txt", d.GB18030(), nil
	}
	return "", nil, fmt.Errorf("unknown format %q: %s are known", format, strings.Join(Formats(), ", "))
}
