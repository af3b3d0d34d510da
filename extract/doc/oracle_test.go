//go:build unix

package doc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"yusuan/extract/document"
	"yusuan/extract/docx"
)

const (
	// oracleBatch is how many files one process of LibreOffice converts. It
	// gives up the rest of a batch when one file brings it down, so a batch is
	// small, and what is missing of it is tried again file by file.
	oracleBatch = 25
	// oracleBatchTime and oracleFileTime bound these processes.
	oracleBatchTime = 5 * time.Minute
	oracleFileTime  = time.Minute
	// enoughText is the share of the files that both programs open whose text
	// must be equal, enoughTables that of the tables whose grids must be.
	enoughText   = 0.85
	enoughTables = 0.95
	// snippetRunes is how much of a text the log shows on either side of the
	// place where two texts part.
	snippetRunes = 24
)

// compoundFile is how every compound file begins ([MS-CFB] 2.2).
var compoundFile = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// The classes of differences.
const (
	classOpens    = "opens"    // only one of the two programs reads the file
	classBody     = "body"     // the text of paragraphs and tables
	classTextbox  = "textbox"  // the paragraphs in text boxes
	classFootnote = "footnote" // the paragraphs of footnotes
	classEndnote  = "endnote"  // the paragraphs of endnotes
	classGrid     = "grid"     // the number, the size or the cells of tables
	classCell     = "cell"     // the text of cells of tables with equal grids
)

// explained is what is known about a file on which the programs differ: the
// classes of the differences, and which program is right and why.
type explained struct {
	classes []string
	why     string
}

// differences are the files on which the two programs differ, by the names
// that the test gives them: below the shared documents, or "more/" and the
// name in the folder of YUSUAN_ORACLE_MORE.
//
// The files of "more/" were written by LibreOffice, and the .docx that they were
// made from tells who is right.
var differences = map[string]explained{
	"more/word-docx_01.doc":                                 {[]string{classGrid}, "one table has boundaries of columns that are 11 and 52 twips apart; ours takes them for one and notes it (doc.edges_joined), the original .docx has them apart"},
	"more/word-tika-014760.doc":                             {[]string{classGrid}, "boundaries less than a millimetre apart, as in docx_01"},
	"more/word-edge-edge.doc":                               {[]string{classBody}, "LibreOffice puts today's date, in its own format, in place of the stored result of a DATE field"},
	"word/edge/edge.doc":                                    {[]string{classBody}, "LibreOffice puts today's date, in its own format, in place of the stored result of a DATE field"},
	"more/word-tika-018367.doc":                             {[]string{classBody}, "LibreOffice counts the SEQ fields anew, which all have the stored result 1"},
	"more/word-tika-testExternalRefs.doc":                   {[]string{classBody}, "LibreOffice loses the stored result of IMPORT and moves that of INCLUDETEXT to the end; antiword reads the same as ours"},
	"more/word-issue_2634_vertical_merge.doc":               {[]string{classGrid}, "LibreOffice makes text of a table that is the last thing in a document; its rows are whole in the file"},
	"more/word-tika-testWORD_2006ml.doc":                    {[]string{classBody}, "a table in a text box: ours stands behind the body, that of the .docx where the box is anchored"},
	"more/word-tika-testWORD_tableInRunInsideParagraph.doc": {[]string{classBody, classGrid}, "two tables in text boxes: ours stand behind the body, those of the .docx where the boxes are anchored; they are the same"},
	"word/tika/testException2.doc":                          {[]string{classGrid}, "the rows of a table aligned to the right (sprmTJc80) differ in width; LibreOffice fills the place in front of the shorter rows with an empty cell, which the file does not have"},
	"word/tika/testWORD_2006ml.doc":                         {[]string{classBody, classGrid}, "LibreOffice shows a deleted paragraph, a deleted table and a deleted row, all without their text but the paragraph; the .docx of the same name reads the same as ours. A table in a text box stands elsewhere, too"},
	"word/tika/testWORD_protected_drm.doc":                  {[]string{classOpens}, "the document is under rights management; LibreOffice reads the sentence that says so"},
}

// TestOracleLibreOffice reads .doc files and holds what is found against what
// LibreOffice makes of them: it converts every file to .docx, which is then
// read by the reader of that format. Compared are the text of the body without
// blanks, the paragraphs of text boxes and notes apart from it, since the two
// readers put them in different places, and the grids of the tables. Computed
// labels of paragraphs are not compared.
//
// It needs LibreOffice: YUSUAN_SOFFICE names its program. YUSUAN_ORACLE_MORE
// may name a folder with more .doc files. What differs must be explained in the
// table above; LibreOffice is not always right.
func TestOracleLibreOffice(t *testing.T) {
	soffice := os.Getenv("YUSUAN_SOFFICE")
	if soffice == "" {
		t.Skip("YUSUAN_SOFFICE does not name a LibreOffice (soffice) to compare with: see make oracle-doc")
	}
	files := oracleFiles(t)
	theirs := convertAll(t, soffice, files)
	var total tally
	pending := maps.Clone(differences)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := compareFile(t, files[name], theirs[name])
		total.add(f)
		t.Logf("%s: %s", name, f)
		for _, d := range f.found {
			t.Logf("    %s", d)
		}
		known := differences[name]
		delete(pending, name)
		if want, got := slices.Sorted(slices.Values(known.classes)), f.classes(); !slices.Equal(want, got) {
			t.Errorf("%s: the programs differ in %q, explained is %q (%s)", name, got, want, known.why)
		} else if known.why != "" {
			t.Logf("    explained: %s", known.why)
		}
	}
	for name := range pending {
		if os.Getenv("YUSUAN_ORACLE_MORE") != "" || !strings.HasPrefix(name, "more/") {
			t.Errorf("%s is explained, but not there", name)
		}
	}
	t.Logf("%s", total)
	if total.text < int(enoughText*float64(total.both)) {
		t.Errorf("text is equal in %d of %d files, fewer than %v", total.text, total.both, enoughText)
	}
	if total.grids < int(enoughTables*float64(total.tables)) {
		t.Errorf("grids are equal in %d of %d tables, fewer than %v", total.grids, total.tables, enoughTables)
	}
}

// oracleFiles returns the paths of the files to compare by their names.
func oracleFiles(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "corpus")
	files := map[string]string{}
	for _, folder := range []string{"handan-2020", "word", "word/edge", "word/tika"} {
		for _, path := range glob(t, filepath.Join(root, filepath.FromSlash(folder))) {
			files[folder+"/"+filepath.Base(path)] = path
		}
	}
	if len(files) == 0 {
		t.Logf("no .doc files in %s: the shared documents are not part of the repository", root)
	}
	if more := os.Getenv("YUSUAN_ORACLE_MORE"); more != "" {
		found := glob(t, more)
		if len(found) == 0 {
			t.Fatalf("YUSUAN_ORACLE_MORE names %s, which has no .doc files", more)
		}
		for _, path := range found {
			files["more/"+filepath.Base(path)] = path
		}
	}
	if len(files) == 0 {
		t.Skip("there is nothing to compare")
	}
	return files
}

func glob(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*.doc"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// convertAll lets LibreOffice make a .docx of every file and returns them by
// the names of the files; those that it cannot convert are missing.
func convertAll(t *testing.T, soffice string, files map[string]string) map[string][]byte {
	t.Helper()
	in, out, profile := t.TempDir(), t.TempDir(), t.TempDir()
	// The files of several folders may have one name, and some have names that
	// depend on the locale: numbers stand for them.
	names := slices.Sorted(maps.Keys(files))
	inputs := make([]string, len(names))
	output := func(i int) string { return filepath.Join(out, strconv.Itoa(i)+".docx") }
	for i, name := range names {
		data, err := os.ReadFile(files[name])
		if err != nil {
			t.Fatal(err)
		}
		inputs[i] = filepath.Join(in, strconv.Itoa(i)+".doc")
		if err := os.WriteFile(inputs[i], data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for batch := range slices.Chunk(inputs, oracleBatch) {
		convert(t, soffice, profile, out, oracleBatchTime, batch)
	}
	converted := map[string][]byte{}
	for i, name := range names {
		data, err := os.ReadFile(output(i))
		if errors.Is(err, os.ErrNotExist) {
			convert(t, soffice, profile, out, oracleFileTime, inputs[i:i+1])
			data, err = os.ReadFile(output(i))
		}
		if err == nil {
			converted[name] = data
		}
	}
	return converted
}

// convert runs LibreOffice once. Its program starts others, so it is the whole
// group of processes that ends when the time is over.
func convert(t *testing.T, soffice, profile, out string, limit time.Duration, files []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(profile), "--headless", "--norestore",
		"--convert-to", "docx:MS Word 2007 XML", "--outdir", out}
	cmd := exec.CommandContext(ctx, soffice, append(args, files...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 10 * time.Second
	said, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) && ctx.Err() == nil {
		t.Fatalf("%s: %v: %s", soffice, err, said)
	}
	if err != nil {
		t.Logf("LibreOffice with %d files: %v: %.300s", len(files), err, said)
	}
}

// view is a document as it is compared.
type view struct {
	// body is the text of paragraphs and tables, blanks left out.
	body string
	// aside are the paragraphs beside the body by their roles, in an order
	// that does not depend on the document's.
	aside map[string][]string
	// outer are the tables of the body, nested those in cells.
	outer, nested []*document.Table
}

func viewOf(d *document.Document) view {
	v := view{aside: map[string][]string{}}
	var body strings.Builder
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case *document.Paragraph:
			if text := squeezed(b.Text); b.Role == "" {
				body.WriteString(text)
			} else if text != "" {
				v.aside[b.Role] = append(v.aside[b.Role], text)
			}
		case *document.Table:
			if b.Outer >= 0 { // its text stands in the outer cell
				v.nested = append(v.nested, b)
				continue
			}
			v.outer = append(v.outer, b)
			for _, c := range b.Cells {
				body.WriteString(squeezed(c.Text))
			}
		}
	}
	for _, texts := range v.aside {
		slices.Sort(texts)
	}
	v.body = body.String()
	return v
}

// squeezed leaves all blanks out.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// tally counts what the comparison of one file or of many found.
type tally struct {
	// files are those that were compared, both those that both programs read,
	// text those of them with equal text.
	files, both, text int
	// The other files are read by one program, by none, or are no .doc.
	ourOnly, theirOnly, neither, unknown int
	// tables counts those of the program that has more in a file, grids the
	// pairs with equal grids, cells their cells, alike those with equal text.
	tables, grids, cells, alike int
}

// outcome is what was found about one file.
type outcome struct {
	tally
	found []difference
	// err is our reader's.
	err error
}

type difference struct{ class, what string }

func (d difference) String() string { return d.class + ": " + d.what }

func (o *outcome) differ(class, format string, args ...any) {
	o.found = append(o.found, difference{class, fmt.Sprintf(format, args...)})
}

// classes returns the classes of the differences, sorted, each once.
func (o *outcome) classes() []string {
	var out []string
	for _, d := range o.found {
		out = append(out, d.class)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (o *outcome) String() string {
	switch {
	case o.neither > 0:
		return fmt.Sprintf("neither reads it: %v", o.err)
	case o.unknown > 0:
		return "not a .doc file, says ours"
	case o.both == 0:
		return "only one reads it"
	}
	text := "differs"
	if o.text > 0 {
		text = "equal"
	}
	return fmt.Sprintf("text %s, %d of %d tables and %d of %d cells equal", text, o.grids, o.tables, o.alike, o.cells)
}

func (a *tally) add(o *outcome) {
	b := o.tally
	a.files++
	a.both += b.both
	a.text += b.text
	a.tables += b.tables
	a.grids += b.grids
	a.cells += b.cells
	a.alike += b.alike
	a.neither += b.neither
	a.unknown += b.unknown
	a.ourOnly += b.ourOnly
	a.theirOnly += b.theirOnly
}

func (a tally) String() string {
	return fmt.Sprintf("%d files: %d read by both, %d by ours alone, %d by LibreOffice alone, %d by neither, %d that are no .doc\n"+
		"text equal in %d of %d files\ngrid equal in %d of %d tables\ntext equal in %d of their %d cells",
		a.files, a.both, a.ourOnly, a.theirOnly, a.neither, a.unknown, a.text, a.both, a.grids, a.tables, a.alike, a.cells)
}

// compareFile reads a file and what LibreOffice made of it, nil if nothing.
func compareFile(t *testing.T, path string, converted []byte) *outcome {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o := &outcome{tally: tally{files: 1}}
	if !(Reader{}).Detect(data) {
		// LibreOffice reads RTF, XML and plain text under the name of .doc as
		// well, but what it reads of a compound file should be one.
		o.unknown = 1
		if bytes.HasPrefix(data, compoundFile) && converted != nil {
			o.differ(classOpens, "ours does not take it for a .doc file")
		}
		return o
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	ours, err := Reader{}.Read(ctx, data, document.Limits{})
	o.err = err
	var theirs *document.Document
	if converted != nil {
		if theirs, err = (docx.Reader{}).Read(ctx, converted, document.Limits{}); err != nil {
			t.Errorf("%s: the .docx that LibreOffice made: %v", path, err)
		}
	}
	switch {
	case ours == nil && theirs == nil:
		o.neither = 1
	case ours == nil:
		o.theirOnly = 1
		o.differ(classOpens, "ours: %v", o.err)
	case theirs == nil:
		o.ourOnly = 1
		o.differ(classOpens, "LibreOffice cannot convert it")
	default:
		o.both = 1
		o.compare(viewOf(ours), viewOf(theirs))
	}
	return o
}

func (o *outcome) compare(ours, theirs view) {
	if at, ok := parting(ours.body, theirs.body); !ok {
		o.differ(classBody, "ours %s, LibreOffice %s", snippet(ours.body, at), snippet(theirs.body, at))
	}
	for role, class := range map[string]string{"textbox": classTextbox, "footnote": classFootnote, "endnote": classEndnote} {
		if a, b := ours.aside[role], theirs.aside[role]; !slices.Equal(a, b) {
			o.differ(class, "only ours has %.200q, only LibreOffice %.200q", without(a, b), without(b, a))
		}
	}
	if len(o.found) == 0 {
		o.text = 1
	}
	o.compareTables("table", ours.outer, theirs.outer)
	o.compareTables("nested table", ours.nested, theirs.nested)
}

// compareTables pairs tables in order.
func (o *outcome) compareTables(kind string, ours, theirs []*document.Table) {
	o.tables += max(len(ours), len(theirs))
	if len(ours) != len(theirs) {
		o.differ(classGrid, "%d %ss, LibreOffice %d", len(ours), kind, len(theirs))
	}
	for i := range min(len(ours), len(theirs)) {
		a, b := ours[i], theirs[i]
		if what := differingGrid(a, b); what != "" {
			o.differ(classGrid, "%s %d of %dx%d, LibreOffice %dx%d: %s", kind, i, a.Rows, a.Cols, b.Rows, b.Cols, what)
			continue
		}
		o.grids++
		o.cells += len(a.Cells)
		before := o.alike
		for k, c := range a.Cells {
			text, other := squeezed(c.Text), squeezed(b.Cells[k].Text)
			at, ok := parting(text, other)
			if ok {
				o.alike++
			} else if o.alike == before+k { // the first of the table
				o.differ(classCell, "%s %d r%dc%d: ours %s, LibreOffice %s", kind, i, c.Row, c.Col, snippet(text, at), snippet(other, at))
			}
		}
	}
}

// differingGrid tells where the grids of two tables part, "" if nowhere.
func differingGrid(a, b *document.Table) string {
	show := func(t *document.Table, k int) string {
		if k >= len(t.Cells) {
			return "no cell"
		}
		c := t.Cells[k]
		return fmt.Sprintf("r%dc%d %dx%d %.30q", c.Row, c.Col, c.RowSpan, c.ColSpan, c.Text)
	}
	for k := range max(len(a.Cells), len(b.Cells)) {
		if k < len(a.Cells) && k < len(b.Cells) {
			x, y := a.Cells[k], b.Cells[k]
			if x.Row == y.Row && x.Col == y.Col && x.RowSpan == y.RowSpan && x.ColSpan == y.ColSpan {
				continue
			}
		}
		return "cell " + strconv.Itoa(k) + " is " + show(a, k) + ", LibreOffice " + show(b, k)
	}
	if a.Rows != b.Rows || a.Cols != b.Cols {
		return "equal cells"
	}
	return ""
}

// parting returns where two texts part, and whether they are equal.
func parting(a, b string) (at int, equal bool) {
	if a == b {
		return 0, true
	}
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	for at > 0 && (at < len(a) && !utf8.RuneStart(a[at]) || at < len(b) && !utf8.RuneStart(b[at])) {
		at--
	}
	return at, false
}

// snippet shows the text around a place, which it marks.
func snippet(s string, at int) string {
	before, after := []rune(s[:at]), []rune(s[at:])
	return strconv.QuoteToGraphic(string(before[max(0, len(before)-snippetRunes):]) + "⟨" + string(after[:min(len(after), snippetRunes)]))
}

// without returns what of a, sorted, is not in b, sorted.
func without(a, b []string) []string {
	var out []string
	for _, s := range a {
		if i := slices.Index(b, s); i >= 0 {
			b = slices.Delete(slices.Clone(b), i, i+1)
		} else {
			out = append(out, s)
		}
	}
	return out
}
