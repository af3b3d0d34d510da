package docx

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"slices"
	"strings"
)

const (
	wordNS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// shared is a file of the documents that are kept beside the repository.
func shared(name string) string {
	return filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(name))
}

// pack zips the parts of a package. What a case leaves out because it is the
// same everywhere is added: the relationships of the package, and of the main
// part to whatever parts there are.
func pack(parts map[string][]byte) []byte {
	all := map[string][]byte{}
	for name, data := range parts {
		all[name] = data
	}
	if all["_rels/.rels"] == nil {
		rels := relationship("officeDocument", "word/document.xml")
		if all["docProps/core.xml"] != nil {
			rels += relationship("metadata/core-properties", "docProps/core.xml")
		}
		all["_rels/.rels"] = relationships(rels)
	}
	if all["word/_rels/document.xml.rels"] == nil {
		rels := ""
		for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes", "header", "comments"} {
			if all["word/"+kind+".xml"] != nil {
				rels += relationship(kind, kind+".xml")
			}
		}
		all["word/_rels/document.xml.rels"] = relationships(rels)
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(all[name])
		}
		if err != nil {
			panic(err) // a bytes.Buffer does not fail
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func relationship(kind, target string) string {
	return `<Relationship Id="r` + strings.ReplaceAll(target, "/", "") + `" Type="` + relNS + "/" + kind + `" Target="` + target + `"/>`
}

func relationships(list string) []byte {
	return []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`)
}

// body wraps block-level XML in a main part.
func body(blocks string) []byte {
	return []byte(`<w:document xmlns:w="` + wordNS + `" xmlns:r="` + relNS + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + blocks + `</w:body></w:document>`)
}
