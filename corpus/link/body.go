package link

import (
	"strings"
	"sync"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

// body is the name of a public body taken apart.
type body struct {
	// plain is the name without region and words for the own staff.
	plain string
	// core is plain with short names written in full; two names with one core
	// are of one body.
	core string
	// anywhere says that nobody knows the place: plain and core name the document.
	anywhere bool
}

// minCore is how many runes must be left when words are taken off a name.
const minCore = 2

// bodyOf takes a name apart; region is the code of the region that it is of.
func bodyOf(name, region string) body {
	plain := withoutRegion(withoutOwn(vocab.Key(name)), region)
	plain = withoutBranch(plain, region)
	return body{plain: plain, core: squash(township(inFull(party(plain), region)))}
}

// withoutBranch takes off that a body of a county is a branch of the city's, as
// those for the environment are since the reform: 生态环境局晋州市分局.
func withoutBranch(name, region string) string {
	rest, ok := strings.CutSuffix(name, "分局")
	if !ok {
		return name
	}
	names := regionNames(region)
	for i := len(names) - 1; i >= 0 && i >= len(names)-2; i-- { // its own, in full and short
		if of, ok := strings.CutSuffix(rest, names[i]); ok && strings.HasSuffix(of, "局") {
			return of
		}
	}
	return name
}

// withoutOwn takes off what a body's own staff is called: 本级, 机关.
func withoutOwn(name string) string {
	words := vocab.IdentityWords()
	for again := true; again; {
		again = false
		for _, class := range []string{"own", "office"} {
			for _, w := range words[class] {
				for _, form := range []string{"(" + w.Form + ")", w.Form} {
					rest, ok := strings.CutSuffix(name, form)
					if ok && utf8.RuneCountInString(rest) >= minCore {
						name, again = rest, true
					}
				}
			}
		}
	}
	return name
}

// nationwide begin names of bodies that have the region behind it.
var nationwide = []string{"中国人民政治协商会议", "中国共产主义青年团", "中国共产党", "中共", "共青团", "政协", "国家税务总局"}

// withoutRegion takes the names of the regions of a code off: those above it,
// too, and those behind a name of the whole country.
func withoutRegion(name, code string) string {
	head := ""
	for _, n := range nationwide {
		if rest, ok := strings.CutPrefix(name, n); ok && utf8.RuneCountInString(rest) >= minCore {
			head, name = n, rest
			break
		}
	}
	regions := regionNames(code)
	for {
		longest := "" // 黄石港区 is no district 港区 of 黄石
		for _, region := range regions {
			rest, ok := strings.CutPrefix(name, region)
			if ok && len(region) > len(longest) && (head != "" || utf8.RuneCountInString(rest) >= minCore) {
				longest = region
			}
		}
		if longest == "" {
			return head + governmentless(name)
		}
		name = name[len(longest):]
	}
}

// governmentless takes 省, 市, 县 and 区 off where they stand for the government's
// own region: 省法院, 市委组织部. 市场监督管理局 is none of them.
func governmentless(name string) string {
	for _, kind := range []string{"省", "市", "县", "区"} {
		rest, ok := strings.CutPrefix(name, kind)
		if !ok {
			continue
		}
		for _, head := range []string{"委", "纪委", "人大", "人民", "高级", "中级", "政协", "政府", "法院", "检察院"} {
			if strings.HasPrefix(rest, head) {
				return rest
			}
		}
	}
	return name
}

// regionNames are the names of a code's regions from the largest to the
// smallest, and those without 省, 市, 县, 区 behind them.
func regionNames(code string) []string {
	const digits = 6
	if len(code) != digits {
		return nil
	}
	var out []string
	for _, c := range []string{code[:2] + "0000", code[:4] + "00", code} {
		r, ok := vocab.RegionByCode(c, 0)
		if !ok || len(out) > 0 && out[len(out)-1] == r.Name {
			continue
		}
		out = append(out, r.Name)
		short := r.Name
		for _, kind := range []string{"省", "市", "县", "区"} {
			short = strings.TrimSuffix(short, kind)
		}
		if short != r.Name && utf8.RuneCountInString(short) >= 2 {
			out = append(out, short)
		}
	}
	return out
}

// withoutOwnRegion takes the name of a region, but not of those above it, off what
// is done there: 省级 funds are not those of the county.
func withoutOwnRegion(name, code string) string {
	const least = 4
	r, ok := vocab.RegionByCode(code, 0)
	if !ok {
		return name
	}
	if rest, ok := strings.CutPrefix(name, r.Name); ok && utf8.RuneCountInString(rest) >= least {
		return rest
	}
	return name
}

// township writes the names of the smallest governments in full: 城关镇 is 城关镇
// 人民政府, 万里街道 is 人民政府万里街道办事处.
func township(name string) string {
	switch {
	case strings.HasSuffix(name, "街道"):
		name += "办事处"
	case strings.HasSuffix(name, "乡") || strings.HasSuffix(name, "镇"):
		name += "人民政府"
	case strings.HasSuffix(name, "乡政府") || strings.HasSuffix(name, "镇政府"):
		name = strings.TrimSuffix(name, "政府") + "人民政府"
	}
	if strings.HasSuffix(name, "街道办事处") {
		name = strings.TrimPrefix(name, "人民政府")
	}
	return name
}

// party writes the names of organs of the party in one way: 中共某市委组织部, 市委
// 组织部 and 某市委员会组织部 are 党委组织部.
func party(name string) string {
	rest := name
	for _, n := range []string{"中国共产党", "中共"} {
		rest = strings.TrimPrefix(rest, n)
	}
	for _, c := range []string{"委员会", "党委", "委"} {
		organ, ok := strings.CutPrefix(rest, c)
		if ok && (organ != "" || rest != name) {
			return "党委" + organ
		}
	}
	return rest
}

// shortNames are the short names of the vocabulary, by level and without.
var shortNames = sync.OnceValue(func() map[[2]string]string {
	out := map[[2]string]string{}
	for _, b := range vocab.BodyNames() {
		if b.Class == vocab.BodyShort {
			out[[2]string{b.Level, b.Name}] = b.Other
		}
	}
	return out
})

// inFull writes a short name in full, as it is meant at the level of a region.
func inFull(name, region string) string {
	level := "county"
	switch {
	case strings.HasSuffix(region, "0000"):
		level = "province"
	case strings.HasSuffix(region, "00"):
		level = "prefecture"
	}
	table := shortNames()
	const steps = 3 // a full name can be the short one of another
	for range steps {
		full, ok := table[[2]string{level, name}]
		if !ok {
			full, ok = table[[2]string{"", name}]
		}
		if !ok {
			break
		}
		name = full
	}
	return name
}

// squash leaves out what names have or lack without being others.
func squash(name string) string {
	for _, p := range [][2]string{{"委员会", "委"}, {"办公室", "办"}} {
		if rest, ok := strings.CutSuffix(name, p[0]); ok {
			name = rest + p[1]
		}
	}
	return squasher.Replace(name)
}

var squasher = strings.NewReplacer("和", "", "与", "", "及", "", "、", "", "·", "", "(", "", ")", "")

// succession is a rename or a merger: what a name may become.
type succession struct {
	to    string // a core
	year  int
	class string // of the vocabulary: a rename, a merger, absorbed
}

// successions are the renames of the vocabulary, by the core of the old name.
var successions = sync.OnceValue(func() map[string][]succession {
	out := map[string][]succession{}
	for _, b := range vocab.BodyNames() {
		if b.Class != vocab.BodyShort {
			from := squash(b.Name)
			out[from] = append(out[from], succession{squash(b.Other), b.Year, b.Class})
		}
	}
	return out
})

// shortOf tells whether a name can be a short one of another: its characters
// stand in the other in their order, the first and the last in the same place.
func shortOf(short, long string) bool {
	s, l := []rune(short), []rune(long)
	if len(s) < minCore || len(s) >= len(l) || s[0] != l[0] || s[len(s)-1] != l[len(l)-1] {
		return false
	}
	i := 0
	for _, r := range l {
		if i < len(s) && s[i] == r {
			i++
		}
	}
	return i == len(s)
}
