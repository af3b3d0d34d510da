package link_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/export"
	"yusuan/normalize/record"
)

// hardSeeds are the worlds that are linked by TestHard; none of the rules was
// made on them. YUSUAN_LINK_SEEDS names others.
const hardSeeds = "101,202,303,404"

// hard makes disclosures as they are made in life: names drift from year to
// year, in ways that were read off real disclosures and not off the linker.
type hard struct {
	r     *rand.Rand
	words map[string][][]string
	truth map[string]string
	out   []export.Entry
}

// office is a body of a place over the years.
type office struct {
	place   []string
	names   map[int]string // from a year on; "" when it ends
	short   []string
	id      string
	merged  bool // its last name is also that of others that were merged into it
	code    string
	recoded string // its code since the reform
	tasks   []*task
}

// task is a project over the years, goal one of its indicators.
type task struct {
	id, base, suffix, unit, code string
	from, to                     int
	goals                        []goal
}

type goal struct{ level1, level2, name string }

const hardFrom, hardTo = 2016, 2022

func newHard(t *testing.T, seed uint64) *hard {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "hard.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	h := &hard{r: rand.New(rand.NewPCG(seed, 8)), words: map[string][][]string{}, truth: map[string]string{}}
	for line := range strings.Lines(string(data)) {
		if cols := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); !strings.HasPrefix(line, "#") {
			h.words[cols[0]] = append(h.words[cols[0]], cols[1:])
		}
	}
	for _, place := range h.words["place"] {
		h.place(place)
	}
	return h
}

func (h *hard) chance(p float64) bool { return h.r.Float64() < p }

func one[T any](h *hard, list []T) T { return list[h.r.IntN(len(list))] }

// place publishes what the bodies of a place publish.
func (h *hard) place(place []string) {
	var offices []*office
	coded, renumbered := h.chance(0.5), h.chance(0.4)
	for i, body := range h.words["body"] {
		if h.chance(0.3) {
			continue // it does not publish
		}
		o := &office{place: place, names: since(body[0]), id: fmt.Sprintf("%s/%d", place[0], i), merged: len(body) > 2}
		o.short = strings.Fields(body[1])
		if coded {
			o.code = strconv.Itoa(301 + i)
			o.recoded = o.code
		}
		offices = append(offices, o)
	}
	if coded && renumbered { // the reform gave codes to other bodies
		n := h.r.IntN(7) + 1
		for i, o := range offices {
			o.recoded = offices[(i+n)%len(offices)].code
		}
	}
	for _, o := range offices {
		h.plan(o)
		for year := hardFrom; year <= hardTo; year++ {
			if name := in(o.names, year); name != "" && !h.chance(0.06) {
				h.publish(o, name, year)
			}
		}
	}
}

// since reads names with the years since which they are: 2013=农业局 2019=农业农村局.
func since(text string) map[int]string {
	out := map[int]string{}
	for _, n := range strings.Fields(text) {
		year, name, _ := strings.Cut(n, "=")
		from, _ := strconv.Atoi(year)
		out[from] = name
	}
	return out
}

// in returns the name of a year.
func in(names map[int]string, year int) string {
	name := ""
	for _, from := range slices.Sorted(maps.Keys(names)) {
		if from <= year {
			name = names[from]
		}
	}
	return name
}

// in is whose a disclosure of a year is. What became of a merger is a body of its
// own; see [hard.settle].
func (o *office) in(year int) string {
	if o.merged && year >= 2019 {
		return o.id + "+"
	}
	return o.id
}

// settle takes what became of a merger for the same as the body that it goes on
// for, if that is what was linked: either is right, as long as all agrees.
func (h *hard) settle(t *testing.T, dir string) {
	linked, _ := links(t, dir)
	entities := map[string][]string{}
	for i := range linked {
		if l := &linked[i]; l.Table == "documents" && l.EntityType == export.EntityDepartment {
			of := h.truth[l.DocumentID+"\x00 department"]
			entities[of] = append(entities[of], l.EntityID)
		}
	}
	for place, of := range h.truth {
		office, rest, merged := strings.Cut(of, "+")
		if merged && slices.ContainsFunc(entities[office], func(e string) bool { return slices.Contains(entities[office+"+"], e) }) {
			h.truth[place] = office + rest
		}
	}
}

// plan draws what a body does over the years: of a family of projects several,
// each in years of its own; now and then one of the same name in two units.
func (h *hard) plan(o *office) {
	coded := h.chance(0.4)
	for _, f := range h.r.Perm(len(h.words["project"]))[:2+h.r.IntN(4)] {
		for _, base := range h.words["project"][f] {
			if h.chance(0.35) {
				continue
			}
			units := []string{""}
			if h.chance(0.08) {
				units = []string{o.place[1] + "第一中学", o.place[1] + "第二中学"}
			}
			suffix := one(h, h.words["suffix"][0])
			for _, unit := range units {
				x := &task{base: base, suffix: suffix, unit: unit, from: hardFrom + h.r.IntN(3), to: hardTo - h.r.IntN(3)}
				x.id = fmt.Sprintf(" %s %s", base, unit)
				if coded {
					x.code = fmt.Sprintf("%s-%04d", o.code, h.r.IntN(10000))
				}
				h.aim(x)
				o.tasks = append(o.tasks, x)
			}
		}
	}
	h.split(o)
}

// split ends a project in a year and goes on with two others in its place.
func (h *hard) split(o *office) {
	if len(o.tasks) == 0 || !h.chance(0.15) {
		return
	}
	at := 2018 + h.r.IntN(3)
	for _, part := range []struct {
		base     string
		from, to int
	}{{"法治宣传和队伍建设", hardFrom, at}, {"法治宣传", at + 1, hardTo}, {"队伍建设", at + 1, hardTo}} {
		x := &task{base: part.base, suffix: "经费", from: part.from, to: part.to, id: " " + part.base}
		h.aim(x)
		o.tasks = append(o.tasks, x)
	}
}

// aim draws the indicators of a project.
func (h *hard) aim(x *task) {
	for _, f := range h.r.Perm(len(h.words["indicator"]))[:2+h.r.IntN(4)] {
		w := h.words["indicator"][f]
		for _, name := range w[2:] {
			if h.chance(0.5) {
				x.goals = append(x.goals, goal{w[0], w[1], name})
			}
		}
	}
}

// publish makes a disclosure.
func (h *hard) publish(o *office, name string, year int) {
	d := &record.Disclosure{}
	id := &d.Identity
	id.Department, id.RegionCode, id.FiscalYear, id.Kind, id.Level = h.printed(o, name), o.place[0], year, record.KindBudget, record.LevelDepartment
	id.DepartmentCode = o.code
	if year >= 2019 {
		id.DepartmentCode = o.recoded
	}
	if h.chance(0.1) { // the body by itself
		id.Level = record.LevelUnit
		id.Department = o.place[1] + name + one(h, []string{"本级", "机关", "（本级）", "(本级)", "", "（机关）"})
	}
	sum := sha256.Sum256([]byte(fmt.Sprint(o.id, year)))
	hash := hex.EncodeToString(sum[:])
	d.Source.SHA256, d.Source.Name = hash, hash+".docx"
	key := hash[:32] + "\x00 "
	of := o.in(year)
	h.truth[key+"department"] = of
	for _, at := range h.r.Perm(len(o.tasks)) { // in no order
		if x := o.tasks[at]; x.from <= year && year <= x.to && !h.chance(0.08) {
			h.task(d, key, o, x)
		}
	}
	h.lines(d, key)
	h.out = append(h.out, export.Entry{DocumentID: hash[:32], RegionCode: id.RegionCode, FiscalYear: year,
		Load: func() (*export.Result, error) { return &export.Result{Disclosure: d, URI: hash, Status: "ok"}, nil }})
}

// printed is the name of a body as somebody wrote it.
func (h *hard) printed(o *office, name string) string {
	switch n := h.r.IntN(100); {
	case n < 6:
		return o.place[2] + o.place[1] + name
	case n < 12:
		return name
	case n < 16 && o.shortFor(name) != "":
		return o.place[1] + o.shortFor(name)
	case n < 18:
		return o.place[1] + strings.Replace(name, "和", one(h, []string{"与", "及", ""}), 1)
	case n < 19:
		return o.place[1] + h.typo(name)
	}
	return o.place[1] + name
}

// shortFor is the short name for a name: of the last name the last.
func (o *office) shortFor(name string) string {
	if name == o.names[slices.Max(slices.Collect(maps.Keys(o.names)))] {
		return o.short[len(o.short)-1]
	}
	return o.short[0]
}

// typo writes one character wrongly, if it can be.
func (h *hard) typo(s string) string {
	list := h.words["typo"][0]
	from := h.r.IntN(len(list))
	for i := range list {
		c := []rune(list[(from+i)%len(list)])
		if strings.ContainsRune(s, c[0]) {
			return strings.Replace(s, string(c[0]), string(c[1]), 1)
		}
	}
	return s
}

// reworded says the same in other words.
func (h *hard) reworded(s string) string {
	for _, w := range h.words["reworded"] {
		if strings.Contains(s, w[0]) {
			return strings.Replace(s, w[0], w[1], 1)
		}
	}
	return s
}

// task writes a project into a disclosure.
func (h *hard) task(d *record.Disclosure, key string, o *office, x *task) {
	name, year := x.base+x.suffix, d.Identity.FiscalYear
	switch n := h.r.IntN(100); {
	case n < 10:
		name = fmt.Sprintf("%d年%s", year, name)
	case n < 14:
		name = fmt.Sprintf("%s（%d年度）", name, year)
	case n < 16:
		name = fmt.Sprintf("%d-%d年度%s", year, year+1, name)
	case n < 19:
		name = h.typo(name)
	case n < 22:
		name = o.place[1] + name
	case n < 24:
		name = x.base + one(h, h.words["suffix"][0])
	case n < 26:
		name = h.reworded(name)
	}
	p := record.Project{Number: len(d.Projects) + 1, Name: name, Code: x.code, UnitName: x.unit}
	p.Total = record.Int(int64(1+h.r.IntN(400)) * 5000)
	d.Projects = append(d.Projects, p)
	h.truth[fmt.Sprintf("%sproject %d", key, p.Number)] = o.in(year) + x.id
	seen := map[string]bool{}
	for _, at := range h.r.Perm(len(x.goals)) {
		g := x.goals[at]
		printed := g.name
		switch n := h.r.IntN(100); {
		case n < 2:
			printed = h.typo(printed)
		case n < 4:
			printed = h.reworded(printed)
		case n < 10:
			continue
		}
		if seen[printed] {
			continue
		}
		seen[printed] = true
		level1 := g.level1
		if level1 == "效益指标" && h.chance(0.3) {
			level1 = "效果指标"
		}
		d.Indicators = append(d.Indicators, record.Indicator{ProjectNumber: p.Number, ProjectName: name, Level1: level1, Level2: g.level2, Level3: printed})
		h.truth[fmt.Sprintf("%sindicator %d %s", key, p.Number, printed)] = o.in(year) + x.id + " " + g.name
	}
}

// lines writes lines of the statutory tables; of what the first table names
// without codes the vocabulary knew the code.
func (h *hard) lines(d *record.Disclosure, key string) {
	for i, w := range h.words["account"] {
		name := in(since(w[2]), d.Identity.FiscalYear)
		if name == "" || h.chance(0.5) {
			continue
		}
		l := record.BudgetLine{Form: "expenditure", Scheme: w[0], Code: w[1], Name: name, Amount: record.Int(1000)}
		l.Row = len(d.BudgetLines)
		switch n := h.r.IntN(100); {
		case n < 10 && w[0] == "function" && len(w[1]) == 3:
			l.Code, l.CodeMatched, l.Name = "", w[1], one(h, []string{"一、", "十二、", ""})+name
		case n < 14:
			l.Name = h.typo(name)
		case n < 18:
			l.Name = strings.NewReplacer("（", "(", "）", ")").Replace(name)
		case n < 20:
			l.Name = strings.TrimSuffix(name, "支出")
		}
		d.BudgetLines = append(d.BudgetLines, l)
		h.truth[fmt.Sprintf("%saccount %d", key, l.Row)] = strconv.Itoa(i)
	}
}

// TestHard links disclosures of several worlds.
func TestHard(t *testing.T) {
	seeds := os.Getenv("YUSUAN_LINK_SEEDS")
	if seeds == "" {
		seeds = hardSeeds
	}
	for _, s := range strings.Split(seeds, ",") {
		seed, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(s, func(t *testing.T) {
			h := newHard(t, seed)
			dir := filepath.Join(t.TempDir(), "dataset")
			if _, err := export.Commit(dir, h.out, export.Settings{Pipeline: "test"}); err != nil {
				t.Fatal(err)
			}
			sum := mustLink(t, dir)
			t.Logf("%d documents, %v entities", len(h.out), sum.Entities)
			h.settle(t, dir)
			scoreSynth(t, dir, h.truth, func(id string) string { return id + "\x00" }, "account")
			if os.Getenv("YUSUAN_LINK_WRONG") != "" {
				tellWrong(t, dir, h.truth)
			}
		})
	}
}

// tellWrong prints the wrong links and missing ones, some of each type.
func tellWrong(t *testing.T, dir string, truth map[string]string) {
	linked, _ := links(t, dir)
	byEntity, byTruth := map[string][]*export.Link{}, map[string][]*export.Link{}
	of := map[*export.Link]string{}
	for i := range linked {
		l := &linked[i]
		if p := placeOf(l.DocumentID+"\x00", l); truth[p] != "" {
			of[l] = truth[p]
			byEntity[l.EntityID] = append(byEntity[l.EntityID], l)
			byTruth[l.EntityType+truth[p]] = append(byTruth[l.EntityType+truth[p]], l)
		}
	}
	told := map[string]int{}
	tell := func(what string, a, b *export.Link) {
		if told[what+a.EntityType]++; told[what+a.EntityType] < 40 {
			t.Logf("%s %s: %d %s (%s) | %d %s (%s) %s: %s", what, a.EntityType, a.FiscalYear, a.Name, a.Code, b.FiscalYear, b.Name, b.Code, b.Method, b.Evidence)
		}
	}
	for _, e := range slices.Sorted(maps.Keys(byEntity)) {
		list := byEntity[e]
		for i := range list[1:] {
			if a, b := list[i], list[i+1]; of[a] != of[b] {
				tell("wrong", a, b)
			}
		}
	}
	for _, e := range slices.Sorted(maps.Keys(byTruth)) {
		list := byTruth[e]
		for i := range list[1:] {
			if a, b := list[i], list[i+1]; a.EntityID != b.EntityID {
				tell("missing", a, b)
			}
		}
	}
}
