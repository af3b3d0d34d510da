package layout

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yusuan/extract/document"
)

const (
	// headZone and footZone are the shares of the page's height, at its head and
	// foot, in which running text stands. Word's margins are 2.54 cm: 0.085 of
	// an A4 page, a line of text more.
	headZone, footZone = 0.115, 0.115
	// runningPages is the least number of pages on which running text repeats,
	// runningShare the least share of all pages.
	runningPages, runningShare = 3, 0.4
	// sameHeight is by how many points its height may differ.
	sameHeight = 3
	// shownTexts is how many of the texts left out the note repeats.
	shownTexts = 5
)

// pageNumber is a page number as it is printed: 3, - 3 -, 第3页 共9页, 3/9.
var pageNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[-—–－―~·•.\s]*第?\s*(\d{1,4})\s*页?\s*(?:[/／,，]?\s*共?\s*(\d{1,4})\s*页?)?[-—–－―~·•.\s]*$`)
})

// spotted is a line that may be running text.
type spotted struct {
	sheet, line int
	number      int // -1 if it is no page number
	decorated   bool
}

// dropRunning takes page numbers, headers and footers out of the lines, which
// are recognised by what repeats from page to page. The note says what.
func dropRunning(sheets []*sheet) []document.Note {
	numbers, texts := candidates(sheets)
	drop := pageNumbers(sheets, numbers)
	drop = append(drop, repeatedLines(sheets, texts)...)
	if len(drop) == 0 {
		return nil
	}
	var shown []string
	pages := map[int]bool{}
	gone := map[[2]int]bool{}
	for _, d := range drop {
		text := sheets[d.sheet].lines[d.line].text
		if d.number >= 0 {
			text = "page numbers such as " + strconv.Quote(text)
			if len(shown) > 0 && strings.HasPrefix(shown[0], "page numbers") {
				text = shown[0]
			}
		} else {
			text = strconv.Quote(text)
		}
		if !slices.Contains(shown, text) && len(shown) < shownTexts {
			shown = append(shown, text)
		}
		pages[d.sheet], gone[[2]int{d.sheet, d.line}] = true, true
	}
	for i, s := range sheets {
		var kept []line
		for k, l := range s.lines {
			if !gone[[2]int{i, k}] {
				kept = append(kept, l)
			}
		}
		s.lines = kept
	}
	return []document.Note{{At: document.Nowhere, Code: "pdf.running_text",
		Message: fmt.Sprintf("running text of %d pages is not in the text: %s", len(pages), strings.Join(shown, ", "))}}
}

// candidates are the lines in the head and foot of the pages: those that look
// like page numbers, and the outermost of the others.
func candidates(sheets []*sheet) (numbers, texts []spotted) {
	for i, s := range sheets {
		top, bottom := -1, -1
		for k, l := range s.lines {
			head, foot := s.zone(l)
			if !head && !foot {
				continue
			}
			if m := pageNumber().FindStringSubmatch(l.text); m != nil {
				n, _ := strconv.Atoi(m[1])
				numbers = append(numbers, spotted{i, k, n, strings.ContainsAny(l.text, "-—–－―第页/／")})
				continue
			}
			if head && (top < 0 || l.v < s.lines[top].v) {
				top = k
			}
			if foot && (bottom < 0 || l.v > s.lines[bottom].v) {
				bottom = k
			}
		}
		if top >= 0 {
			texts = append(texts, spotted{i, top, -1, false})
		}
		if bottom >= 0 {
			texts = append(texts, spotted{i, bottom, -1, false})
		}
	}
	return numbers, texts
}

// zone tells whether a line stands at the head or the foot of its page.
func (s *sheet) zone(l line) (head, foot bool) {
	if !l.level {
		return false, false
	}
	_, y := middle(l.box)
	return y < headZone*s.height, y > (1-footZone)*s.height
}

// pageNumbers are the numbers that count with the pages, and those that are
// printed like page numbers.
func pageNumbers(sheets []*sheet, found []spotted) []spotted {
	steps := map[int]int{}
	for _, f := range found {
		steps[f.number-sheets[f.sheet].number]++
	}
	return slices.DeleteFunc(found, func(f spotted) bool {
		return !f.decorated && steps[f.number-sheets[f.sheet].number] < 2
	})
}

// repeatedLines are the lines that stand at the same place on many pages. Of
// text as large as a title the first stays.
func repeatedLines(sheets []*sheet, found []spotted) []spotted {
	type key struct {
		text string
		y    int
	}
	at := func(f spotted) key {
		l := sheets[f.sheet].lines[f.line]
		return key{squeeze(l.text), int(l.v / sameHeight)}
	}
	count := map[key]int{}
	for _, f := range found {
		count[at(f)]++
	}
	body := bodySize(sheets)
	first := map[string]bool{}
	return slices.DeleteFunc(found, func(f spotted) bool {
		k := at(f)
		n := count[k] + max(count[key{k.text, k.y - 1}], count[key{k.text, k.y + 1}])
		if n < runningPages || float32(n) < runningShare*float32(len(sheets)) {
			return true
		}
		large := sheets[f.sheet].lines[f.line].size >= larger*body
		keep := large && !first[k.text]
		first[k.text] = true
		return keep
	})
}
