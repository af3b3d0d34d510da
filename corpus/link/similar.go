package link

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"yusuan/export"
	"yusuan/normalize/vocab"
)

// The thresholds, in ten-thousandths of a score.
const (
	// linkSimilarity makes a link of two names by itself: one character in six
	// is another.
	linkSimilarity = 8300
	// supportedSimilarity makes one if the amounts are the same, too.
	supportedSimilarity = 7500
	// proposalSimilarity makes a proposal.
	proposalSimilarity = 6000
	// codeSimilarity is how alike names under one code must be.
	codeSimilarity = 4000
	// bareScore is the score of names that are equal without their brackets,
	// batchScore of those equal without batches and years.
	bareScore, batchScore = 9000, 9500
)

// similarity is 1 less the share of characters that must be changed to make
// one name the other.
func similarity(a, b string) int32 {
	x, y := []rune(a), []rune(b)
	most := max(len(x), len(y))
	if most == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		last := row[0]
		row[0] = i + 1
		for j := range y {
			cost := last
			if x[i] != y[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return int32(export.ScoreOne - export.ScoreOne*row[len(y)]/most)
}

// alike tells whether names can be of one thing under one code: one holds the
// other, or they are similar.
func alike(a, b string) bool {
	return strings.Contains(a, b) || strings.Contains(b, a) || similarity(a, b) >= codeSimilarity
}

// telling are characters that tell one thing from another of the same kind:
// names that differ in one of them are of two things.
const telling = "0123456789零〇一二三四五六七八九十百千万两甲乙丙丁戊东西南北中上下左右前后内外大小老新旧离退男女初高低幼省市县区乡镇村ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// tells tells whether two names differ in what tells things apart: the parts
// between their common beginning and end have such a character.
func tells(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return strings.ContainsAny(string(x), telling) || strings.ContainsAny(string(y), telling)
}

// The parts of a name that change from year to year. The text is a key, in
// which brackets are narrow.
var (
	yearPart   = regexp.MustCompile(`(19|20)\d\d(年度|年|-|至)?`)
	numberPart = regexp.MustCompile(`\(?\p{Han}{0,8}〔\d*〕\d*号\)?`)
	batchPart  = regexp.MustCompile(`\(?第?[一二三四五六七八九十\d]+批次?\)?`)
	bracket    = regexp.MustCompile(`\([^()]*\)`)
	marks      = strings.NewReplacer("\"", "", "“", "", "”", "", "'", "", "‘", "", "’", "", "、", "", ",", "", "。", "", "-", "", "—", "", "·", "", "《", "", "》", "", "_", "", ":", "", ";", "", "/", "", "[", "(", "]", ")", "【", "(", "】", ")")
)

// projectName is the name of a project without what changes from year to year.
type projectName struct {
	// exact has the batch, whole not, bare no brackets either, and none of the
	// words that say no more than that it costs money: 经费, 项目.
	exact, whole, bare string
	// long is bare with these words.
	long string
	// inside is what the brackets held.
	inside string
}

func projectNameOf(name string) projectName {
	key := numberPart.ReplaceAllString(vocab.Key(name), "")
	key = marks.Replace(yearPart.ReplaceAllString(key, ""))
	key = strings.ReplaceAll(key, "()", "")
	n := projectName{exact: key, whole: batchPart.ReplaceAllString(key, "")}
	n.long = bracket.ReplaceAllString(n.whole, "")
	n.bare = unfunded(n.long)
	n.inside = strings.Join(bracket.FindAllString(n.whole, -1), "")
	for _, p := range []*string{&n.exact, &n.whole, &n.bare, &n.long} {
		if *p == "" {
			*p = vocab.Key(name) // a name of nothing else
		}
	}
	return n
}

// unfunded takes off what names of projects end with or lack from year to year.
func unfunded(name string) string {
	const least = 4
	for again := true; again; {
		again = false
		for _, end := range []string{"专项", "工作经费", "经费", "资金", "费用", "项目", "费"} {
			rest, ok := strings.CutSuffix(name, end)
			if ok && utf8.RuneCountInString(rest) >= least {
				name, again = rest, true
			}
		}
	}
	return name
}

// pairs are the pairs of characters next to one another in a name.
func pairs(name string) []string {
	r := []rune(name)
	var out []string
	for i := 1; i < len(r); i++ {
		out = append(out, string(r[i-1:i+1]))
	}
	return out
}
