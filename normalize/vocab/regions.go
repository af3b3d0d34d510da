package vocab

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed regions.tsv
var regionsTSV string

// Region is an administrative region of GB/T 2260 (行政区划).
type Region struct {
	// Code has six digits; provinces end in 0000, prefectures in 00.
	Code string
	// Name is the region's own name, 邯郸市.
	Name string
	// FullName begins with the regions above it, 河北省邯郸市.
	FullName string
}

// region is a row of regions.tsv.
type region struct {
	code, name string
	// from and to are the first and last year of the pair; to is 9999 while
	// it is in force.
	from, to int
}

// regionTable indexes the rows by name and by code.
type regionTable struct {
	byName map[string][]region
	byCode map[string][]region
	// longest is the length of the longest name in runes.
	longest int
}

var regions = sync.OnceValue(func() *regionTable {
	t := &regionTable{byName: map[string][]region{}, byCode: map[string][]region{}}
	for _, row := range rows(regionsTSV) {
		r := region{code: row[0], name: row[1], from: numberOr(row[2], 0), to: numberOr(row[3], 9999)}
		t.byName[r.name] = append(t.byName[r.name], r)
		t.byCode[r.code] = append(t.byCode[r.code], r)
		t.longest = max(t.longest, utf8.RuneCountInString(r.name))
		for _, short := range []string{shortProvince(r), shortAutonomous(r.name)} {
			if short != "" {
				t.byName[short] = append(t.byName[short], r)
			}
		}
	}
	return t
})

func numberOr(s string, absent int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return absent
}

// shortProvince returns a province's name as it is often said, 江苏 for 江苏省,
// and "" for other regions.
func shortProvince(r region) string {
	if !strings.HasSuffix(r.code, "0000") {
		return ""
	}
	for _, suffix := range []string{"特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"} {
		if s, ok := strings.CutSuffix(r.name, suffix); ok {
			return s
		}
	}
	return ""
}

//go:embed peoples.tsv
var peoplesTSV string

// peoples are the names of peoples (民族) in names of autonomous regions.
var peoples = sync.OnceValue(func() []string {
	var out []string
	for _, row := range rows(peoplesTSV) {
		out = append(out, row[0])
	}
	return out
})

// shortAutonomous returns the name of an autonomous prefecture or county as it
// is often said, without its peoples: 楚雄州 for 楚雄彝族自治州; "" for others,
// and where nothing but a people is left of the name.
func shortAutonomous(name string) string {
	for _, kind := range []string{"州", "县", "旗"} {
		s, ok := strings.CutSuffix(name, "自治"+kind)
		if !ok {
			continue
		}
		own := s
		for again := true; again; {
			again = false
			for _, p := range peoples() {
				if rest, ok := strings.CutSuffix(own, p); ok {
					own, again = rest, true
				}
			}
		}
		if utf8.RuneCountInString(own) >= 2 && own != s {
			return own + kind
		}
	}
	return ""
}

// FindRegion reads the regions that a name begins with, from the largest to
// the smallest (上海市普陀区司法局), and returns the last. year picks among
// revisions of the standard; 0 means today. Of several regions with the same
// name none is guessed: found is false and ambiguous is true.
func FindRegion(name string, year int) (r Region, found, ambiguous bool) {
	t := regions()
	if year == 0 {
		year = 9998
	}
	text := []rune(name)
	at, n := t.longestPrefix(text, "", year)
	for len(at) > 0 && n < len(text) {
		text = text[n:]
		next, m := t.longestPrefix(text, commonPrefix(at), year)
		next = childrenOf(next, at)
		if len(next) == 0 {
			break
		}
		at, n = next, m
	}
	if len(at) == 0 {
		return Region{}, false, false
	}
	for _, r := range at[1:] {
		if r.code != at[0].code {
			return Region{}, false, true
		}
	}
	return Region{Code: at[0].code, Name: at[0].name, FullName: t.fullName(at[0], year)}, true, false
}

// RegionByCode returns the region of a code as it was called in a year.
func RegionByCode(code string, year int) (Region, bool) {
	t := regions()
	if year == 0 {
		year = 9998
	}
	r, ok := t.at(code, year)
	if !ok {
		return Region{}, false
	}
	return Region{Code: r.code, Name: r.name, FullName: t.fullName(r, year)}, true
}

// firstZone is the least number of a county that GB/T 2260 leaves free for
// development zones (开发区) in every prefecture: those who publish number them
// 71 and above (130471).
const firstZone = "71"

// PlausibleRegion tells whether a code can be one of a disclosure: some revision
// of the standard has it, or it is that of a development zone, which no revision
// lists, in a prefecture or province that one does.
func PlausibleRegion(code string) bool {
	if _, ok := RegionByCode(code, 0); ok {
		return true
	}
	const prefecture = len("1304")
	if len(code) != prefecture+2 || code[prefecture:] < firstZone {
		return false
	}
	_, ok := RegionByCode(code[:prefecture]+"00", 0)
	return ok
}

// longestPrefix returns the regions with the longest name that text begins
// with, and the name's length in runes. Regions in force in the year win over
// others; codes must begin with prefix.
func (t *regionTable) longestPrefix(text []rune, prefix string, year int) ([]region, int) {
	for n := min(t.longest, len(text)); n >= 2; n-- {
		var now, ever []region
		for _, r := range t.byName[string(text[:n])] {
			if !strings.HasPrefix(r.code, prefix) {
				continue
			}
			ever = append(ever, r)
			if r.from <= year && year <= r.to {
				now = append(now, r)
			}
		}
		switch {
		case len(now) > 0:
			return now, n
		case len(ever) > 0:
			return ever, n
		}
	}
	return nil, 0
}

// commonPrefix returns the digits that all codes of a level share, so that a
// city is looked for in its province.
func commonPrefix(at []region) string {
	p := trimZeros(at[0].code)
	for _, r := range at[1:] {
		for !strings.HasPrefix(r.code, p) {
			p = p[:len(p)-2]
		}
	}
	return p
}

func childrenOf(next, above []region) []region {
	var out []region
	for _, r := range next {
		for _, a := range above {
			if r.code != a.code && strings.HasPrefix(r.code, trimZeros(a.code)) {
				out = append(out, r)
				break
			}
		}
	}
	return out
}

// trimZeros cuts a code down to the digits of its level.
func trimZeros(code string) string {
	code = strings.TrimSuffix(code, "00")
	return strings.TrimSuffix(code, "00")
}

func (t *regionTable) fullName(r region, year int) string {
	full := ""
	for _, code := range []string{r.code[:2] + "0000", r.code[:4] + "00"} {
		if code == r.code {
			break
		}
		if above, ok := t.at(code, year); ok {
			full += above.name
		}
	}
	return full + r.name
}

// at returns what a code was called in a year, or the nearest name it had.
func (t *regionTable) at(code string, year int) (region, bool) {
	list := t.byCode[code]
	for _, r := range list {
		if r.from <= year && year <= r.to {
			return r, true
		}
	}
	if len(list) == 0 {
		return region{}, false
	}
	return list[len(list)-1], true
}
