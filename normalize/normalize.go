package normalize

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"yusuan/extract/document"
	"yusuan/normalize/field"
	"yusuan/normalize/form"
	"yusuan/normalize/reconcile"
	"yusuan/normalize/record"
	"yusuan/normalize/value"
)

// Version is the version of the rules of this stage. It changes when the same
// document gives other records.
const Version = "normalize/4"

// Normalizer turns documents into disclosures. It may be used by several
// goroutines at once.
type Normalizer struct {
	fields *field.Resolver
	// readers remember labels, which are the same in most documents.
	readers sync.Pool
}

// New returns a normalizer with the vocabularies loaded.
func New() *Normalizer { return &Normalizer{fields: field.New()} }

// reader returns a reader of tables that has perhaps been used before.
func (n *Normalizer) reader() *form.Reader {
	if r, ok := n.readers.Get().(*form.Reader); ok {
		r.Reuse()
		return r
	}
	return form.NewReader(n.fields)
}

// Document returns the records of a document.
func (n *Normalizer) Document(doc *document.Document) *record.Disclosure {
	d, _ := n.Within(context.Background(), doc) // without an end in time there is no error
	return d
}

// Within returns the records of a document, or an error that wraps
// [document.ErrTimeLimit] when the context ends first.
func (n *Normalizer) Within(ctx context.Context, doc *document.Document) (*record.Disclosure, error) {
	return n.Given(ctx, doc, Given{})
}

// Given is [Normalizer.Within] for a document of which something is known from
// elsewhere.
func (n *Normalizer) Given(ctx context.Context, doc *document.Document, given Given) (*record.Disclosure, error) {
	w := &work{ctx: ctx, doc: doc, given: given, out: &record.Disclosure{Source: doc.Source}, forms: n.reader()}
	defer n.readers.Put(w.forms)
	w.outline()
	w.titleText, w.titleBlock = w.title()
	w.tables()
	w.identify()
	w.measureYears()
	w.amounts()
	w.number()
	w.link()
	w.matchSubjects()
	w.editions()
	w.notes()
	w.reconcile()
	if ctx.Err() != nil {
		return nil, &document.Error{Source: doc.Source.Name, At: document.Nowhere,
			Err: fmt.Errorf("%w while its text was read for what it means", document.ErrTimeLimit)}
	}
	return w.out, nil
}

// work is one document on its way through the stage.
type work struct {
	// ctx ends the work early; what is done by then is thrown away.
	ctx context.Context
	doc *document.Document
	// given is what is known of the document from elsewhere.
	given Given
	out   *record.Disclosure
	forms *form.Reader
	// read are the records of each table, and of each paragraph that is a
	// form, in order.
	read []*form.Records
	// tableRead are those of the tables, running those of paragraphs by block.
	tableRead []*form.Records
	running   map[int]*form.Records
	// sections is the path of headings above each block.
	sections []string
	// plain are the paragraphs by block index, label and text apart; nil
	// for tables.
	plain []*record.Paragraph
	// titleText is the title that stands above everything, titleBlock where
	// it ends, -1 if there is none.
	titleText  string
	titleBlock int
	// listed are the titles of all tables as the table of contents gives them,
	// listBlocks where these stand; nil if it does not list every table.
	listed     []string
	listBlocks []int
	// found collects the stage's own notes.
	found []record.Note
}

// tables reads every table and collects its records.
func (w *work) tables() {
	number := 0
	w.listTables()
	for b, block := range w.doc.Blocks {
		if w.ctx.Err() != nil {
			return
		}
		t, ok := block.(*document.Table)
		if !ok {
			w.runningForm(b)
			continue
		}
		number++
		v := form.NewView(t, b, number)
		v.Captions, v.Section = w.captions(b), w.sections[b]
		if number <= len(w.listed) {
			v.Listed = w.listed[number-1]
		}
		r := w.forms.Read(v)
		w.read, w.tableRead = append(w.read, r), append(w.tableRead, r)
		w.addTable(v, r)
		w.addCells(v, r)
		d := w.out
		d.Organizations = append(d.Organizations, r.Organizations...)
		d.BudgetLines = append(d.BudgetLines, r.BudgetLines...)
		d.Procurement = append(d.Procurement, r.Procurement...)
		d.Assets = append(d.Assets, r.Assets...)
		d.Fields = append(d.Fields, r.Fields...)
		w.found = append(w.found, r.Notes...)
	}
}

// runningForm reads a paragraph that holds the cells of a form.
func (w *work) runningForm(block int) {
	p := w.plain[block]
	r := w.forms.Running(p.Text, p.Origin)
	if before := w.running[block-1]; r == nil && before != nil && len(before.Projects) == 0 && form.GoesOn(p.Text) {
		r = form.Glued(p.Origin)
	}
	if r == nil {
		return
	}
	if w.running == nil {
		w.running = map[int]*form.Records{}
	}
	w.running[block] = r
	w.read = append(w.read, r)
	w.found = append(w.found, r.Notes...)
}

// captionBlocks is how many paragraphs above a table are looked at for its
// title, number and unit: title, number, unit, department and date, a sentence.
const captionBlocks = 6

// captions returns the texts of the paragraphs above a table, nearest first, up
// to the document's title.
func (w *work) captions(table int) []string {
	var out []string
	for b := table - 1; b >= 0 && len(out) < captionBlocks; b-- {
		if w.plain[b] == nil || b <= w.titleBlock && titlesDocument(w.titleText) {
			break
		}
		if w.plain[b].Text != "" && !slices.Contains(w.listBlocks, b) {
			out = append(out, w.plain[b].Text)
		}
	}
	return withoutList(out)
}

// titlesDocument tells a document's title from that of its first table: it
// names the whole disclosure, not a table.
func titlesDocument(title string) bool {
	for _, end := range []string{"说明", "公开", "报告", "部门预算", "单位预算", "部门决算", "单位决算", "目录"} {
		if strings.HasSuffix(title, end) {
			return true
		}
	}
	return false
}

func (w *work) addTable(v *form.View, r *form.Records) {
	t := v.Table
	w.out.Tables = append(w.out.Tables, record.Table{
		Origin: record.Origin{Page: t.Place.Page, Block: v.Block, Table: v.Number, Row: -1, Col: -1},
		Form:   r.Form, Title: r.Title, FormNo: r.FormNo, UnitRaw: r.UnitRaw, ScaleExp: r.ScaleExp,
		Rows: t.Rows, Cols: t.Cols, HeaderRows: r.HeaderRows, LastPage: t.LastPage, Section: v.Section,
	})
}

func (w *work) addCells(v *form.View, r *form.Records) {
	for i := range v.Table.Cells {
		c := &v.Table.Cells[i]
		page := c.Place.Page
		if page == 0 {
			page = v.Table.Place.Page
		}
		number, _ := value.Number(c.Text)
		w.out.Cells = append(w.out.Cells, record.Cell{
			Origin:  record.Origin{Page: page, Block: v.Block, Table: v.Number, Row: c.Row, Col: c.Col},
			RowSpan: c.RowSpan, ColSpan: c.ColSpan, Text: c.Text, Box: c.Place.Box,
			IsHeader: r.Header[i], Field: r.FieldOf[i], Number: number,
		})
	}
}

// number gives projects their ordinals and takes them and their indicators
// into the disclosure.
func (w *work) number() {
	n := 0
	for _, r := range w.read {
		first := n
		for _, p := range r.Projects {
			n++
			p.Number = n
			w.out.Projects = append(w.out.Projects, p)
		}
		for _, ind := range r.Indicators {
			ind.ProjectNumber += first // was counted in the table
			w.out.Indicators = append(w.out.Indicators, ind)
		}
	}
}

// reconcile checks the records against each other, now that all are there.
func (w *work) reconcile() {
	r := reconcile.Check(w.out)
	w.out.Findings, w.out.ChecksPassed, w.out.ChecksFailed = r.Findings, r.Passed, r.Failed
	for i := range w.out.Tables {
		t := &w.out.Tables[i]
		t.Verified = r.Verified[t.Table]
	}
}

// notes puts the reader's notes before the stage's own.
func (w *work) notes() {
	numbers := map[int]int{}
	for _, t := range w.out.Tables {
		numbers[t.Block] = t.Table
	}
	for _, n := range w.doc.Notes {
		w.out.Notes = append(w.out.Notes, record.Note{
			Origin: record.Origin{Page: n.At.Page, Block: n.At.Block, Table: numbers[n.At.Block], Row: n.At.Row, Col: n.At.Col},
			Code:   n.Code, Message: n.Message,
		})
	}
	w.out.Notes = append(w.out.Notes, w.found...)
}

func (w *work) note(o record.Origin, code, message string) {
	w.found = append(w.found, record.Note{Origin: o, Code: code, Message: message})
}
