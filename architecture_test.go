package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed says for every package which packages of this project and which
// outside libraries it may import; an entry is an import path without the
// "yusuan/" in front, and outside ones end in "/..." where sub-packages are
// meant. A stage imports the stages before it, never one after; a room imports
// another room only for the reason given beside it.
var allowed = map[string][]string{
	"": {"extract", "extract/document", "extract/render", "normalize", "normalize/record", "export", "export/ddl", "corpus", "corpus/link", "corpus/synth",
		"corpus/compare", "corpus/compare/report",
		"github.com/spf13/cobra", "github.com/schollz/progressbar/v3", "golang.org/x/term"},

	"extract":          {"extract/document", "extract/text", "extract/docx", "extract/doc", "extract/pdf"},
	"extract/document": {},
	"extract/render":   {"extract/document"},
	"extract/text":     {"extract/document", "golang.org/x/text/encoding/...", "golang.org/x/text/transform"},
	"extract/docx": {"extract/document", "extract/numbering", "extract/symbol", "extract/fieldcode", "extract/heading",
		"github.com/klauspost/compress/flate", "golang.org/x/text/encoding/simplifiedchinese"},
	"extract/doc": {"extract/document", "extract/numbering", "extract/symbol", "extract/fieldcode", "extract/heading",
		"github.com/richardlehane/mscfb", "golang.org/x/text/encoding/simplifiedchinese"},
	"extract/doc/build": {}, // writes Word 97 files, for tests and corpus/synth
	"extract/numbering": {}, // what both readers of Word share: lists, headings, symbols, fields
	"extract/heading":   {},
	"extract/symbol":    {},
	"extract/fieldcode": {"extract/symbol"}, // a field can show a symbol

	"extract/pdf":          {"extract/document", "extract/pdf/content", "extract/pdf/layout", "extract/pdf/page", "extract/pdf/pdfium", "extract/pdf/picture"},
	"extract/pdf/layout":   {"extract/document", "extract/pdf/page"},
	"extract/pdf/pdfium":   {"extract/document", "extract/pdf/page", "github.com/klippa-app/go-pdfium/...", "github.com/tetratelabs/wazero/..."},
	"extract/pdf/page":     {},
	"extract/pdf/picture":  {"extract/document", "extract/pdf/page"}, // draws what was found
	"extract/pdf/cmap":     {"golang.org/x/text/encoding", "golang.org/x/text/encoding/..."},
	"extract/pdf/fontfile": {},
	"extract/pdf/content": {"extract/document", "extract/pdf/page", "extract/pdf/cmap", "extract/pdf/fontfile",
		"github.com/pdfcpu/pdfcpu/pkg/...", "github.com/klauspost/compress/flate"}, // the one who knows PDF objects
	"extract/golden": {"golang.org/x/tools/txtar"}, // test support

	"normalize": {"extract/document", "normalize/record", "normalize/field", "normalize/form", "normalize/prose",
		"normalize/reconcile", "normalize/value", "normalize/vocab"},
	"normalize/record": {"extract/document", "github.com/govalues/decimal"}, // Source and Box are handed through
	"normalize/vocab":  {"golang.org/x/text/unicode/norm"},
	"normalize/value":  {"normalize/record", "normalize/vocab"},                                                           // units are vocabulary
	"normalize/field":  {"normalize/vocab", "github.com/go-ego/gse"},                                                      // labels are vocabulary
	"normalize/prose":  {"normalize/record", "normalize/value", "normalize/vocab"},                                        // a sentence holds values
	"normalize/form":   {"extract/document", "normalize/record", "normalize/field", "normalize/value", "normalize/vocab"}, // a table holds labels and values

	"normalize/reconcile": {"normalize/record", "normalize/vocab"}, // names are compared by their keys

	"export":       {"normalize/record", "export/parquet", "go.yaml.in/yaml/v3"}, // the data contract is YAML
	"export/cloud": {"export", "gocloud.dev/...", "github.com/spf13/cobra"},      // a program: carries documents and datasets
	"export/iceberg": {"export", "github.com/apache/iceberg-go/...", "github.com/apache/iceberg-go", "github.com/spf13/cobra",
		"modernc.org/sqlite"}, // a program: registers a dataset's files
	"export/oracle/bigquery": {"github.com/goccy/go-googlesql"}, // a program: holds statements against Google's analyzer

	"export/ddl":     {"export"}, // prints its tables and columns as statements
	"export/parquet": {"github.com/parquet-go/parquet-go/...", "github.com/klauspost/compress/zstd"},

	"corpus": {"extract", "extract/document", "normalize", "normalize/record", "export", "corpus/link",
		"github.com/klauspost/compress/zstd",            // results are kept packed
		"golang.org/x/text/encoding/simplifiedchinese"}, // the names in zip archives
	"corpus/link":           {"export", "extract", "normalize/vocab"},                               // names are vocabulary; a file of decisions is a text
	"corpus/compare":        {"normalize/record", "export", "golang.org/x/text/width"},              // reads a dataset; columns of a terminal are wide
	"corpus/compare/report": {"normalize/record", "corpus/compare", "github.com/go-analyze/charts"}, // a page of a comparison
	"corpus/samples":        {},
	"corpus/score":          {"extract", "extract/document", "normalize", "normalize/record"}, // a program: reads documents and holds them against truth
	"corpus/synth":          {"normalize/record", "extract/doc/build"},                        // a .doc is written by what writes those of the tests
}

// modules are folders with a go.mod of their own, which ./... leaves out, each
// with the reason. Their packages stand in the table above; libraries are
// theirs alone, whoever else imports them.
var modules = map[string]string{
	"export/cloud":   "the clients of three clouds are many times the size of the program",
	"export/iceberg": "what Iceberg needs is several times the size of the program; main stays as small as it is",

	"export/oracle/bigquery": "Google's analyzer is a hundred megabytes of Go, and only an oracle",
}

// shared are the outside libraries that more than one package may import, each
// with the reason.
var shared = map[string]string{
	"golang.org/x/text/encoding/simplifiedchinese": "GBK and GB18030 stand in text files, in the XML of Word files, in the strings of a PDF and in the names of a zip archive: readers that do not know each other",
	"github.com/klauspost/compress/flate":          "parts of a .docx and streams of a PDF are packed alike; it unpacks them faster than the standard library",
	"github.com/klauspost/compress/zstd":           "the pages of the dataset and the results kept beside it are packed, each in its own way: pages as parquet-go would, results by the fastest",
}

// TestArchitecture fails on every import that the table does not allow, on
// packages that the table does not know, and on outside libraries with more
// than one importing package that are not shared.
func TestArchitecture(t *testing.T) {
	importers := map[string][]string{}
	for pkg, imports := range projectImports(t) {
		list, known := allowed[pkg]
		if !known {
			t.Errorf("package %q is not in the table of allowed imports", pkg)
		}
		for _, imp := range imports {
			if !slices.ContainsFunc(list, func(a string) bool { return matches(a, imp) }) {
				t.Errorf("package %q may not import %q", pkg, imp)
			}
			if strings.Contains(imp, ".") && modules[pkg] == "" && !slices.Contains(importers[imp], pkg) {
				importers[imp] = append(importers[imp], pkg)
			}
		}
	}
	for dir := range modules {
		if _, err := os.Stat(filepath.Join(filepath.FromSlash(dir), "go.mod")); err != nil {
			t.Errorf("%s is no module of its own: %v", dir, err)
		}
	}
	for lib, pkgs := range importers {
		if len(pkgs) > 1 && shared[lib] == "" {
			t.Errorf("library %q is imported by more than one package: %q", lib, pkgs)
		}
	}
}

func matches(pattern, imp string) bool {
	prefix, tree := strings.CutSuffix(pattern, "/...")
	return imp == prefix || tree && strings.HasPrefix(imp, prefix+"/")
}

// projectImports maps every package folder to its imports outside the
// standard library, test files excepted.
func projectImports(t *testing.T) map[string][]string {
	out := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), ".")
		out[pkg] = append(out[pkg], fileImports(t, f.Imports)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// fileImports returns the imports that are not of the standard library.
func fileImports(t *testing.T, specs []*ast.ImportSpec) []string {
	var out []string
	for _, s := range specs {
		path, err := strconv.Unquote(s.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if own, ok := strings.CutPrefix(path, "yusuan/"); ok {
			out = append(out, own)
		} else if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			out = append(out, path)
		}
	}
	return out
}
