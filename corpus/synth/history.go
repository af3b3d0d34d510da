package synth

import (
	"strings"

	"yusuan/normalize/record"
)

// Identity is whose the records of a disclosure are, whatever they are called:
// records of two disclosures with the same identity are of one department,
// project or indicator.
type Identity struct {
	// Department is the department's.
	Department string
	// Projects and Indicators are those of the truth's records, in their order.
	Projects, Indicators []string
}

// reformYear is the first year of the names of the reform of 2018.
const reformYear = 2019

// before are the names that departments had before the reform, by the name
// behind it.
var before = map[string]string{
	"农业农村局":   "农业局",
	"卫生健康局":   "卫生和计划生育局",
	"应急管理局":   "安全生产监督管理局",
	"市场监督管理局": "工商行政管理局",
}

// other are departments that the reform made part of another one, each with one
// that publishes in its place from then on; they have codes of their own.
var other = map[string]string{"统计局": "质量技术监督局"}

// short are short names that some disclosures print.
var short = map[string]string{
	"人力资源和社会保障局": "人社局", "卫生健康局": "卫健局", "市场监督管理局": "市监局",
	"交通运输局": "交通局", "应急管理局": "应急局", "卫生和计划生育局": "卫计局",
}

// confused are characters that are mistaken for others when a text is typed or
// read from a picture.
var confused = [][2]string{{"设", "没"}, {"检", "捡"}, {"补", "朴"}, {"训", "川"}, {"造", "选"}, {"档", "挡"},
	{"助", "肋"}, {"费", "废"}, {"技", "枝"}, {"测", "侧"}}

// history changes what a department and its projects are called from year to
// year. What it draws, it draws from a source of its own: without it the
// disclosures are what they were.
type history struct {
	r    *source
	seed uint64
}

// apply gives a department the name that it has in a year and returns its
// identity.
func (h *history) apply(d *department, year int) string {
	kind := strings.TrimPrefix(d.name, d.place)
	identity := d.name
	name := kind
	if year < reformYear {
		if old := before[kind]; old != "" {
			name = old
		}
		if gone := other[kind]; gone != "" {
			name, identity = gone, d.place+gone
			d.recode("8" + d.code[1:])
		}
	}
	if s := short[name]; s != "" && h.r.chance(0.15) {
		name = s
	}
	d.rename(d.place + name)
	return identity
}

// rename gives a department another name.
func (d *department) rename(name string) {
	d.organizations = append([]record.Organization(nil), d.organizations...)
	d.organizations[0].Name = strings.Replace(d.organizations[0].Name, d.name, name, 1)
	d.name = name
}

// recode gives a department another code.
func (d *department) recode(code string) {
	for i, c := range d.organizationCodes {
		d.organizationCodes[i] = code + c[len(d.code):]
	}
	d.code = code
}

// identify says whose the records of the truth are.
func (d *draft) identify(department string) *Identity {
	out := &Identity{Department: department}
	for _, p := range d.projects {
		out.Projects = append(out.Projects, department+" "+p.identity)
	}
	for i := range d.truth.Indicators {
		x := &d.truth.Indicators[i]
		out.Indicators = append(out.Indicators, out.Projects[x.ProjectNumber-1]+" "+x.Level2+" "+x.Level3)
	}
	return out
}

// project changes the name of a project, and keeps its code in departments that
// do so.
func (h *history) project(d *draft, p *project, template string) {
	who := hashOf(d.dept.place + d.dept.business)
	if newSource(h.seed, who, 'k').chance(0.5) {
		const letters, digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4
		fixed := newSource(h.seed, who, hashOf(template), 'c')
		tail := ""
		for range digits {
			tail += string(letters[fixed.below(len(letters))])
		}
		p.Code = p.Code[:len(p.Code)-digits] + tail
	}
	p.identity = template
	switch {
	case h.r.chance(0.06):
		from := h.r.below(len(confused))
		for i := range confused {
			c := confused[(from+i)%len(confused)]
			if changed := strings.Replace(p.Name, c[0], c[1], 1); changed != p.Name {
				p.Name = changed
				break
			}
		}
	case h.r.chance(0.08):
		p.Name += pick(h.r, []string{"（第一批）", "（第二批）"})
	case h.r.chance(0.08):
		p.Name = d.fill("{年}年") + p.Name
	}
	p.printed = p.Name
}

// hashOf is a number that stands for a text (FNV-1a).
func hashOf(s string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}
