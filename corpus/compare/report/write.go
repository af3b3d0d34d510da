package report

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"yusuan/corpus/compare"
)

// plainBytes is how large a page may be that has everything laid out.
const plainBytes = 2 << 20

// mostBodies is how many departments and units fit into a page: packed, each
// takes some ten kilobytes.
const mostBodies = 2000

// chunk is a part of the page that is shown alone: a department, or a ranking.
type chunk struct {
	ID, Option, Name string
	// HTML is what is shown, Packed the same packed; one of them is there.
	HTML, Packed template.HTML
	// score is how much there is to see.
	score int
}

// view is what the template shows.
type view struct {
	Title  string
	CSS    template.CSS
	JS     template.JS
	Notes  []string
	Bodies []chunk
	// Chosen is the body that is shown first.
	Chosen string
	Ranks  *rankView
	// Packed says that not everything is laid out; Others names what is not.
	Packed bool
	Others []string
}

// builder is a comparison on its way to a page.
type builder struct {
	w      io.Writer
	head   *compare.Comparison
	bodies []chunk
	names  []string
	size   int
	packed bool
	ranks  ranks
}

// pageTemplate is the page and its parts.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) { return template.New("page").Parse(pageHTML) })

// Write adds a body.
func (p *builder) Write(b *compare.Body) error {
	if len(p.bodies) == mostBodies {
		return fmt.Errorf("more than %d departments and units are too many for one page; choose some with --department, --region or --years", mostBodies)
	}
	v, err := newBody(p.head, b, len(p.bodies))
	if err != nil {
		return fmt.Errorf("drawing %s: %w", b.Department, err)
	}
	html, err := render("body", &v)
	if err != nil {
		return err
	}
	p.names = append(p.names, v.Name)
	p.bodies = append(p.bodies, chunk{ID: v.ID, Option: v.Option, Name: v.Name, HTML: html, score: 10*len(v.Charts) + len(v.Documents) + min(len(v.Small), 9)})
	p.size += len(html)
	p.ranks.add(b, len(p.bodies)-1)
	if p.size <= plainBytes {
		return nil
	}
	p.packed = true
	best := p.richest()
	for i := range p.bodies {
		if i != best {
			if err := p.bodies[i].pack(); err != nil {
				return err
			}
		}
	}
	return nil
}

// richest is the body with the most to see: charts, then years.
func (p *builder) richest() int {
	best := 0
	for i := range p.bodies {
		if p.bodies[i].score > p.bodies[best].score {
			best = i
		}
	}
	return best
}

// render is one part of the page.
func render(name string, data any) (template.HTML, error) {
	t, err := pageTemplate()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err //nolint:gosec // a template escaped it
}

// pack packs what is shown.
func (c *chunk) pack() error {
	if c.HTML == "" {
		return nil
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	_, err = io.WriteString(z, string(c.HTML))
	if err = cmp.Or(err, z.Close()); err != nil {
		return err
	}
	c.Packed, c.HTML = template.HTML(base64.StdEncoding.EncodeToString(b.Bytes())), "" //nolint:gosec // letters, digits, + and /
	return nil
}

// Close writes the page.
func (p *builder) Close() error {
	v := view{CSS: template.CSS(pageCSS), JS: template.JS(pageJS), Bodies: p.bodies, Title: "预算比较", Packed: p.packed} //nolint:gosec // both are files of this package
	for _, n := range p.head.Notes {
		v.Notes = append(v.Notes, n.Chinese)
	}
	if len(p.bodies) > 0 {
		best := p.richest()
		v.Chosen = p.bodies[best].ID
		for i := range p.bodies {
			if i != best && p.packed {
				v.Others = append(v.Others, p.bodies[i].Option)
			}
		}
		if !slices.ContainsFunc(p.names, func(n string) bool { return n != p.names[0] }) {
			v.Title = p.names[0] + " · 预算比较"
		}
	}
	var err error
	if v.Ranks, err = p.ranks.view(p.bodies, p.packed); err != nil {
		return err
	}
	t, err := pageTemplate()
	if err != nil {
		return err
	}
	return t.Execute(p.w, &v)
}

// Abort leaves no trace.
func (p *builder) Abort() {}

// Write writes the page of a comparison that is there as a whole.
func Write(w io.Writer, c *compare.Comparison) error { return compare.All(&builder{w: w, head: c}, c) }

// file is a page that is written into a file.
type file struct {
	builder
	name string
	tmp  *os.File
}

// New begins a page that is written into a file, whole or not at all: under
// another name until Close.
func New(name string, head *compare.Comparison) (compare.Writer, error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return &file{builder{w: tmp, head: head}, name, tmp}, nil
}

// Close writes the page and puts it under its name.
func (f *file) Close() error {
	err := f.builder.Close()
	if err == nil {
		err = f.tmp.Chmod(0o644)
	}
	if err == nil {
		err = f.tmp.Close()
	}
	if err == nil {
		err = os.Rename(f.tmp.Name(), f.name)
	}
	if err != nil {
		f.Abort()
		return fmt.Errorf("writing %s: %w", f.name, err)
	}
	return nil
}

// Abort removes what was begun.
func (f *file) Abort() {
	_ = f.tmp.Close()
	_ = os.Remove(f.tmp.Name())
}
