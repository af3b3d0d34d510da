package normalize

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/normalize/form"
	"yusuan/normalize/vocab"
)

// The years that a disclosure can be for: publication began in 2010.
const (
	firstYear = 2005
	lastYear  = 2099
)

// yearClaims collects what says for which year the disclosure is.
func (w *work) yearClaims(title string, texts []string) []claim {
	printed := func(y int) string {
		if y == 0 {
			return ""
		}
		return strconv.Itoa(y)
	}
	claims := []claim{{value: printed(accountYear(title)), from: inTitle}}
	labelled, bracketed := 0, 0
	for _, t := range texts {
		if labelled == 0 {
			labelled = labelledYear(t)
		}
		if bracketed == 0 {
			bracketed = bracketedYear(t)
		}
	}
	return append(claims,
		claim{value: printed(labelled), from: inLabel},
		claim{value: printed(w.tablesYear()), from: inTables},
		claim{value: printed(w.commonYear()), from: inText, weak: true},
		claim{value: printed(bracketed), from: inText, weak: true},
		claim{value: printed(accountYear(w.baseName())), from: inName})
}

// accountYear reads the year of a title: the last one before the word for the
// budget or the account, else the first one (2月公开2021年决算;
// 部门预算（2020年）).
func accountYear(title string) int {
	for _, mark := range []string{"预算", "决算"} {
		before, behind, ok := strings.Cut(title, mark)
		if !ok || mark == "预算" && strings.Contains(before, "决算") {
			continue
		}
		last := 0
		for y := yearIn(before); y != 0; y = yearIn(before) {
			last = y
			_, before, _ = strings.Cut(chineseYear(before), strconv.Itoa(y))
		}
		if last != 0 {
			return last
		}
		return yearIn(behind)
	}
	return yearIn(title)
}

// labelledYear reads 预算年度：2025.
func labelledYear(text string) int {
	if !strings.Contains(text, "年度") {
		return 0
	}
	line := form.Name(text)
	for _, w := range vocab.IdentityWords()["year"] {
		rest, ok := strings.CutPrefix(line, w.Form)
		if !ok {
			continue
		}
		rest, colon := strings.CutPrefix(strings.Replace(rest, ":", "：", 1), "：")
		if y := yearIn(rest); colon && y != 0 && len(rest) <= len("2025年度") {
			return y
		}
	}
	return 0
}

// bracketed matches the year of a form, below or behind its title:
// 项目支出绩效自评表（2023年度）.
var bracketed = regexp.MustCompile(`[（(]((?:19|20)\d\d)年度?[)）]`)

func bracketedYear(text string) int {
	if !strings.Contains(text, "年") || !strings.ContainsAny(text, "（(") {
		return 0 // nearly always
	}
	if m := bracketed.FindStringSubmatch(form.Name(text)); m != nil {
		return yearIn(m[1])
	}
	return 0
}

// tablesYear is the year that most titles of tables name; of equals the
// earliest met.
func (w *work) tablesYear() int {
	count := map[int]int{}
	best := 0
	for _, r := range w.read {
		if y := accountYear(r.Title); y != 0 && namesAccount(r.Title) {
			count[y]++
			if count[y] > count[best] {
				best = y
			}
		}
	}
	return best
}

// commonYear is the year that stands most often right before 部门预算, 预算 or
// 决算 in the text; of equals the earliest met.
func (w *work) commonYear() int {
	count := map[int]int{}
	best := 0
	for _, p := range w.out.Paragraphs {
		for _, word := range []string{"部门预算", "单位预算", "部门决算", "单位决算", "预算", "决算"} {
			before, _, ok := strings.Cut(p.Text, word)
			if !ok {
				continue
			}
			before = strings.TrimSuffix(strings.TrimSuffix(before, "度"), "年")
			if y := yearAtEnd(before); y != 0 {
				count[y]++
				if count[y] > count[best] {
					best = y
				}
			}
			break
		}
	}
	return best
}

// yearIn returns the first year of a text, in digits (2020年, 2020-) or in
// Chinese (二〇二〇年).
func yearIn(s string) int {
	s = chineseYear(s)
	for i := 0; i+4 <= len(s); i++ {
		if i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			continue
		}
		if y := yearAtEnd(s[:i+4]); y != 0 && (i+4 == len(s) || s[i+4] < '0' || s[i+4] > '9') {
			return y
		}
	}
	return 0
}

// yearAtEnd returns the year that a text ends in, 0 if it does not. It is asked
// of all texts, and strconv makes an error of most of them.
func yearAtEnd(s string) int {
	if len(s) < 4 {
		return 0
	}
	y := 0
	for _, c := range []byte(s[len(s)-4:]) {
		if c < '0' || c > '9' {
			return 0
		}
		y = 10*y + int(c-'0')
	}
	if y < firstYear || y > lastYear {
		return 0
	}
	return y
}

// zeros are the signs that are printed for 〇.
var zeros = strings.NewReplacer("○", "〇", "零", "〇", "Ｏ", "〇", "O", "〇")

// chineseYear writes 二〇二〇年 with digits.
func chineseYear(s string) string {
	i := strings.Index(s, "年")
	if i < 0 {
		return s
	}
	const digits = "〇一二三四五六七八九"
	if last, _ := utf8.DecodeLastRuneInString(s[:i]); !strings.ContainsRune(digits+"○零ＯO", last) {
		return s
	}
	head := []rune(zeros.Replace(s[:i]))
	year := ""
	for k := len(head) - 1; k >= 0 && len(year) < 4; k-- {
		d := strings.IndexRune(digits, head[k])
		if d < 0 {
			return s
		}
		year = strconv.Itoa(d/len("〇")) + year
	}
	if len(year) < 4 {
		return s
	}
	return string(head[:len(head)-4]) + year + s[i:]
}
