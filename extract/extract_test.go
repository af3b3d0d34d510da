package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yusuan/extract/doc/build"
	"yusuan/extract/document"
)

// zipOf makes a package with the named parts.
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		name, body, _ := strings.Cut(p, "=")
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	wordTypes = `[Content_Types].xml=<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	wordRels  = `_rels/.rels=<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	wordMain  = `word/document.xml=<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>部门预算</w:t></w:r></w:p></w:body></w:document>`
	ole       = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// compound imitates a compound file: a directory entry with a name, far behind
// the beginning.
func compound(stream string) []byte {
	data := make([]byte, 12*officeEntry)
	copy(data, ole)
	entry := data[8*officeEntry:]
	for i := range len(stream) {
		entry[2*i] = stream[i]
	}
	entry[officeName], entry[officeName+2] = byte(2*len(stream)+2), 2
	return data
}

// word97 writes a file of Word 97.
func word97(t *testing.T, text string) []byte {
	t.Helper()
	data, err := build.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestRefused holds the messages for everything that is recognised and not
// read. The name never decides.
func TestRefused(t *testing.T) {
	cases := []struct{ name, data, want string }{
		{"a.doc", string(word97(t, "fib fEncrypted=1\np \"密\"")), "a.doc: the document has a password: encrypted"},
		{"a.doc", string(word97(t, "p \"\"")), "a.doc: the document has no text, perhaps only pictures: no text"},
		{"a.doc", string(compound("WordDocument")), "a.doc: the compound file is damaged: malformed (mscfb: illegal sector size; 0)"},
		{"a.doc", string(word97(t, "p \"断\"")[:3072]), "a.doc: the file, named .doc, is an OLE compound file that is cut off: malformed"},
		{"a.wps", string(compound("MatOST")), "a.wps: the file, named .wps, is a Microsoft Works document: unsupported format"},
		{"a.docx", string(compound("EncryptedPackage")), "a.docx: the file, named .docx, is an Office document with a password: encrypted"},
		{"a", string(compound("\x09DRMContent")), "a: the file is an Office document with rights management: encrypted"},
		{"a.xls", string(compound("WORKBOOK")), "a.xls: the file, named .xls, is an Excel 97–2003 workbook (.xls): unsupported format"},
		{"a.ppt", string(compound("PowerPoint Document")), "a.ppt: the file, named .ppt, is a PowerPoint 97–2003 presentation (.ppt): unsupported format"},
		{"a", string(compound("")), "a: the file is an OLE compound file without a document: unsupported format"},
		{"a.xlsx", string(zipOf(t, "[Content_Types].xml", "xl/workbook.xml")), "a.xlsx: the file, named .xlsx, is an Excel workbook (.xlsx): unsupported format"},
		{"a.docx", string(zipOf(t, "ppt/presentation.xml")), "a.docx: the file, named .docx, is a PowerPoint presentation (.pptx): unsupported format"},
		{"a.odt", string(zipOf(t, "mimetype", "content.xml")), "a.odt: the file, named .odt, is an OpenDocument file (.odt, .ods): unsupported format"},
		{"a.ofd", string(zipOf(t, "OFD.xml")), "a.ofd: the file, named .ofd, is an OFD document: unsupported format"},
		{"a.zip", string(zipOf(t, "a.txt")), "a.zip: the file, named .zip, is a zip archive: unsupported format"},
		{"a.zip", string(zipOf(t)), "a.zip: the file, named .zip, is a zip archive that holds no files: unsupported format"},
		{"a.zip", string(zipOf(t, "a/")), "a.zip: the file, named .zip, is a zip archive that holds no files: unsupported format"},
		{"a.zip", "PK\x03\x04....", "a.zip: the file, named .zip, is a damaged zip archive: malformed (zip: not a valid zip file)"},
		{"a.doc", `{\rtf1\ansi}`, "a.doc: the file, named .doc, is an RTF document: unsupported format"},
		{"a.doc", "\ufeff \n<!DOCTYPE HTML PUBLIC><html>", "a.doc: the file, named .doc, is an HTML page: unsupported format"},
		{"a.doc", "<\x00h\x00t\x00m\x00l\x00>\x00", "a.doc: the file, named .doc, is an HTML page: unsupported format"},
		{"a.xml", `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">`, "a.xml: the file, named .xml, is a Word 2003 XML document: unsupported format"},
		{"a.xml", `<?xml version="1.0"?><预算/>`, "a.xml: the file, named .xml, is an XML file: unsupported format"},
		{"a.mht", "MIME-Version: 1.0\nContent-Type: multipart/related", "a.mht: the file, named .mht, is a web archive (.mht): unsupported format"},
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00", "a.png: the file is a PNG image: unsupported format"},
		{"a.json", " {\"预算\": [1, 2]}\n", "a.json: the file is JSON data: unsupported format"},
		{"a.jpg", "\xff\xd8\xff\xe0", "a.jpg: the file is a JPEG image: unsupported format"},
		{"a.webp", "RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp: the file is a WebP image: unsupported format"},
		{"a.bmp", "BM\x00\x01\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28", "a.bmp: the file is a BMP image: unsupported format"},
		{"a.7z", "7z\xbc\xaf\x27\x1c\x00", "a.7z: the file is a 7z archive: unsupported format"},
		{"a.rar", "Rar!\x1a\x07\x00", "a.rar: the file is a RAR archive: unsupported format"},
		{"a.gz", "\x1f\x8b\x08", "a.gz: the file is a gzip archive: unsupported format"},
		{"a", "\x00\x01\x02\x03\x00", "a: the file is none of the formats that this program knows: unsupported format"},
		{"a.docx", string(zipOf(t, wordTypes, wordRels, strings.Replace(wordMain, "部门预算", "　", 1))), "a.docx: the document has no text, perhaps only pictures: no text"},
		{"dir/a.txt", "", "dir/a.txt: the file has no characters but blanks: no text"},
	}
	for _, c := range cases {
		doc, err := Read(context.Background(), c.name, []byte(c.data))
		if err == nil || err.Error() != c.want || doc != nil {
			t.Errorf("Read(%s, %.12q)\n got %v\nwant %s", c.name, c.data, err, c.want)
		}
		if e, ok := errors.AsType[*document.Error](err); !ok || e.Source != c.name {
			t.Errorf("%s: the error has no source: %#v", c.name, err)
		}
	}
}

// TestEncryptedZip refuses an archive with a password.
func TestEncryptedZip(t *testing.T) {
	data := zipOf(t, "a.txt=x")
	at := bytes.Index(data, []byte("PK\x01\x02"))
	data[at+8] |= 1
	if _, err := Read(context.Background(), "a.zip", data); !errors.Is(err, document.ErrEncrypted) {
		t.Errorf("got %v", err)
	}
}

// TestSource reads both formats and fills the source, whatever the name says.
func TestSource(t *testing.T) {
	word, old := zipOf(t, wordTypes, wordRels, wordMain), word97(t, `p "部门预算"`)
	for _, c := range []struct {
		name, format, note string
		data               []byte
	}{
		{"x/a.docx", "docx", "", word},
		{"a.doc", "docx", "the name ends in .doc, but the file is docx; it was read as what it is", word},
		{"a.doc", "doc", "", old},
		{"a.wps", "doc", "", old},
		{"a.docx", "doc", "the name ends in .docx, but the file is doc; it was read as what it is", old},
		{"a.txt", "text", "", []byte("部门预算\n")},
		{"a.docx", "text", "the name ends in .docx, but the file is text; it was read as what it is", []byte("部门预算\n")},
		{"LICENSE", "text", "", []byte("部门预算\n")},
		{"a.2020", "text", "", []byte("部门预算\n")},
	} {
		doc, err := Read(context.Background(), c.name, c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		s := doc.Source
		if s.Name != c.name || s.Format != c.format || s.Bytes != int64(len(c.data)) || len(s.SHA256) != 64 || s.Reader == "" {
			t.Errorf("%s: source %+v", c.name, s)
		}
		if len(doc.Blocks) != 1 || doc.Blocks[0].(*document.Paragraph).Text != "部门预算" {
			t.Errorf("%s: blocks %v", c.name, doc.Blocks)
		}
		note := ""
		for _, n := range doc.Notes {
			if n.Code == "extract.extension" {
				note = n.Message
			}
		}
		if note != c.note {
			t.Errorf("%s: note %q, want %q", c.name, note, c.note)
		}
	}
	doc, err := Read(context.Background(), "a.txt", []byte("abc"))
	if err != nil || doc.Source.SHA256 != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("hash of abc: %+v, %v", doc, err)
	}
}

// TestLimits checks what the door itself bounds.
func TestLimits(t *testing.T) {
	ctx := context.Background()
	_, err := Settings{Limits: document.Limits{FileBytes: 2}}.Read(ctx, "a.txt", []byte("abc"))
	if err == nil || err.Error() != "a.txt: the file has 3 bytes, the limit is 2: too large" || !errors.Is(err, document.ErrTooLarge) {
		t.Errorf("size: %v", err)
	}
	_, err = Settings{Limits: document.Limits{Time: 1}}.Read(ctx, "a.txt", []byte("abc"))
	if err == nil || err.Error() != "a.txt: reading took longer than 1ns: time limit reached" || document.Code(err) != "time_limit" {
		t.Errorf("time: %v", err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err = Read(stopped, "a.txt", []byte("abc")); !errors.Is(err, context.Canceled) || errors.Is(err, document.ErrTimeLimit) {
		t.Errorf("cancelled: %v", err)
	}
	_, err = Settings{Limits: document.Limits{TableCells: 1}}.Read(ctx, "a.txt", []byte("甲\n\ta\n\tb\n"))
	if err == nil || err.Error() != "a.txt: b1: table of 1 x 2 cells, the limit is 1: too large" {
		t.Errorf("position: %v", err)
	}
	if _, err = (Settings{Limits: document.Limits{Time: -time.Second}}).Read(ctx, "a", nil); err == nil {
		t.Error("a negative limit is accepted")
	}
}

// fake is a reader that does what it is told.
type fake struct {
	read func() (*document.Document, error)
}

func (fake) Format() string     { return "fake" }
func (fake) Detect([]byte) bool { return true }
func (f fake) Read(context.Context, []byte, document.Limits) (*document.Document, error) {
	return f.read()
}

// TestMistakes turns the mistakes of readers into errors of their own class.
func TestMistakes(t *testing.T) {
	s := Settings{readers: []reader{fake{func() (*document.Document, error) { panic("oh") }}}}
	_, err := s.Read(context.Background(), "a", nil)
	if err == nil || err.Error() != "a: the reader panicked, which is a mistake of the program: oh: crashed" || document.Code(err) != "crashed" {
		t.Errorf("panic: %v", err)
	}
	s = Settings{readers: []reader{fake{func() (*document.Document, error) { return nil, nil }}}}
	if _, err = s.Read(context.Background(), "a", nil); err == nil || err.Error() != "a: the reader of fake returned nothing: crashed" {
		t.Errorf("nothing: %v", err)
	}
	s = Settings{readers: []reader{fake{func() (*document.Document, error) {
		return &document.Document{Blocks: []document.Block{&document.Paragraph{Text: "\xff"}}}, nil
	}}}}
	if _, err = s.Read(context.Background(), "a", nil); err == nil || err.Error() != "a: b0: the reader made a paragraph that is not valid UTF-8: crashed" {
		t.Errorf("violation: %v", err)
	}
}

// TestCorpus sends every file of the corpus through the door: each is read or
// gives an error of a known class, and none is a mistake of ours.
func TestCorpus(t *testing.T) {
	const root = "../../shared/corpus"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus: ", err)
	}
	read, refused := 0, map[string]int{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc, err := Read(context.Background(), path, data)
		switch code := document.Code(err); code {
		case "":
			if err := document.Check(doc); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			read++
		case "crashed", "time_limit", "memory_limit", "not_found":
			t.Errorf("%v", err)
		default:
			refused[code]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files read, refused: %v", read, refused)
	if read == 0 || refused["unsupported_format"] == 0 || refused["encrypted"] == 0 {
		t.Errorf("%d read, refused %v", read, refused)
	}
}

// FuzzRead sends anything through the door.
func FuzzRead(f *testing.F) {
	f.Add("a.docx", zipOf(f, wordTypes, wordRels, wordMain))
	f.Add("a.txt", []byte("甲\n\ta\n\tb\n\n\n乙"))
	f.Add("a.doc", compound("WordDocument"))
	f.Add("a.xls", []byte("PK\x05\x06"))
	f.Add("", []byte("<?xml"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc, err := Read(context.Background(), name, data)
		switch {
		case (doc == nil) == (err == nil):
			t.Fatalf("document %v with error %v", doc, err)
		case errors.Is(err, document.ErrCrashed):
			t.Fatal(err)
		case doc != nil && doc.Source.Format == "":
			t.Fatal("a document without a format")
		}
	})
}

// ExampleRead reads a text and says what is in it.
func ExampleRead() {
	doc, err := Read(context.Background(), "预算.txt", []byte("预算表\n\t项目\n\t金额\n\n\t合计\n\t5\n\n\n"))
	if err != nil {
		panic(err)
	}
	if err := document.Dump(os.Stdout, doc); err != nil {
		panic(err)
	}
	// Output:
	// p 0 "预算表"
	// t 1 2x2
	//   r0c0 "项目"
	//   r0c1 "金额"
	//   r1c0 "合计"
	//   r1c1 "5"
}
