package synth

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/record"
)

// Settings say what a [Generator] makes. The zero value is useful.
type Settings struct {
	// Seed chooses among different worlds; 0 is one of them.
	Seed uint64
	// Departments is how many departments publish; 0 means as many as the
	// documents asked for need.
	Departments int
	// Years is for how many years each of them publishes. Default 7.
	Years int
	// FirstYear is the earliest fiscal year. Default 2018.
	FirstYear int
	// Oddities scales how often oddities come that are rare in real
	// disclosures: 0 means 1, the usual share, and a negative number none.
	Oddities float64
	// History makes departments and projects change from year to year as they
	// do: the reform of 2018, short names, typos, batches, codes that stay or
	// not. Document.Identity tells what is the same.
	History bool
}

// The defaults of [Settings].
const (
	defaultYears     = 7
	defaultFirstYear = 2018
)

func (s Settings) withDefaults() Settings {
	if s.Years <= 0 {
		s.Years = defaultYears
	}
	if s.FirstYear <= 0 {
		s.FirstYear = defaultFirstYear
	}
	switch {
	case s.Oddities == 0:
		s.Oddities = 1
	case s.Oddities < 0:
		s.Oddities = 0
	}
	return s
}

// Generator makes disclosures. It keeps no state and may be used by several
// goroutines at once.
type Generator struct{ s Settings }

// New returns a generator with the given settings.
func New(s Settings) *Generator { return &Generator{s.withDefaults()} }

// Document is a generated disclosure.
type Document struct {
	// Name is a folder and a file name without extension:
	// 晋州市教育局/晋州市教育局2020年部门预算.
	Name string
	// Truth holds the records that the document states, origins left zero:
	// identity, amounts, projects, indicators, procurement, organisations,
	// assets. What the truth leaves open it leaves blank: see [Compare].
	Truth *record.Disclosure
	// Identity tells what is the same in other disclosures; nil without
	// Settings.History.
	Identity *Identity

	blocks []block
	// spoken are the amounts that stand in paragraphs.
	spoken []record.Amount
	// look chooses what a file adds that is not text.
	look uint64
	// auto leaves list labels to the word processor.
	auto bool
}

// Document returns the i-th disclosure, i ≥ 0: the disclosures of one
// department for all its years, then those of the next. It depends on the
// settings and i alone.
func (g *Generator) Document(i int) *Document {
	who, year := i/g.s.Years, g.s.FirstYear+i%g.s.Years
	round := 0
	if n := g.s.Departments; n > 0 {
		who, round = who%n, who/n
	}
	dept := g.department(who)
	var past *history
	whole := ""
	if g.s.History {
		past = &history{newSource(g.s.Seed, uint64(i), 'h'), g.s.Seed}
		whole = past.apply(dept, year)
	}
	d := newDraft(newSource(g.s.Seed, uint64(i), 'd'), dept, year, g.s.Oddities)
	d.past = past
	d.write()
	name := fmt.Sprintf("%s/%s%d年%s预算", d.dept.name, d.dept.name, year, d.level())
	if round += who / departments(); round > 0 {
		name += "-" + strconv.Itoa(round+1)
	}
	out := &Document{Name: name, Truth: d.truth, blocks: d.blocks, spoken: d.spoken, look: d.r.next(), auto: d.auto}
	if past != nil {
		out.Identity = d.identify(whole)
	}
	return out
}

// Prose returns the same disclosure without its tables, as it would be in a
// notice: the truth keeps identity and the amounts of the paragraphs.
func (d *Document) Prose() *Document {
	out := &Document{Name: d.Name + "（文字）", spoken: d.spoken, look: d.look, auto: d.auto}
	out.Truth = &record.Disclosure{Identity: d.Truth.Identity}
	out.Truth.Identity.DepartmentCode = "" // only tables print it
	for _, b := range d.blocks {
		if b.par != nil && b.par.field == "" {
			out.blocks = append(out.blocks, b)
		}
	}
	out.Truth.Amounts = append(out.Truth.Amounts, d.spoken...)
	return out
}

// department is who publishes.
type department struct {
	place, name        string
	regionCode, region string
	business, served   string
	code               string
	organizations      []record.Organization
	organizationCodes  []string
	whole              string // 全县
}

// departments is how many there are before names come again.
func departments() int { return len(words()["region"]) * len(words()["kind"]) }

// stride spreads consecutive departments over places and kinds; it shares no
// factor with their number, so that all come before one comes again.
const stride = 355

func (g *Generator) department(i int) *department {
	v := words()
	all := departments()
	r := newSource(g.s.Seed, uint64(i), 'w')
	at := (newSource(g.s.Seed, 's').below(all) + i%all*stride) % all
	place, kind := v["region"][at%len(v["region"])], v["kind"][at/len(v["region"])]
	d := &department{
		place: place[2], name: place[2] + kind[0],
		regionCode: place[0], region: place[1] + place[2],
		business: kind[1], served: kind[2],
		code: strconv.Itoa(r.between(301, 699)),
	}
	last, _ := utf8.DecodeLastRuneInString(d.place)
	d.whole = "全" + string(last)
	d.add(r, d.name+"机关", []string{"行政", pick(r, []string{"正科级", "正处级"}), "财政拨款"})
	for _, name := range sample(r, strings.Split(kind[3], "|"), r.between(1, 5)) {
		d.add(r, d.place+name, pick(r, v["nature"]))
	}
	return d
}

// add adds an organisation; its code goes on from the one before.
func (d *department) add(r *source, name string, nature []string) {
	d.organizations = append(d.organizations, record.Organization{Name: name, Nature: nature[0], Grade: nature[1], Funding: nature[2]})
	last := 0
	if n := len(d.organizationCodes); n > 0 {
		last = atoi(d.organizationCodes[n-1][len(d.code):])
	}
	d.organizationCodes = append(d.organizationCodes, fmt.Sprintf("%s%03d", d.code, last+r.between(1, 4)))
}
