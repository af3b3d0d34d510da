package field

import (
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"yusuan/normalize/vocab"
)

// numberConcept is the concept of digits, which no dictionary can list.
const numberConcept = "NUMBER"

// wordFrequency is the frequency of every word of the dictionary. With one
// frequency for all, the segmenter's shortest path is the one with the fewest
// words. It must be at least 2: the segmenter drops rarer words in silence.
const wordFrequency = 100

// piece is a morpheme of a label: bytes of its text, bytes of its norm, and
// the concept.
type piece struct {
	start, end int
	norm       int
	concept    string
}

// newSegmenter loads the morphemes. The segmenter's own dictionaries and its
// hidden Markov model are not used: they know the words of newspapers.
func newSegmenter() *gse.Segmenter {
	seg := &gse.Segmenter{NotLoadHMM: true, SkipLog: true, Dict: gse.NewDict()}
	seg.Init()
	for _, m := range vocab.Morphemes() {
		// The error is for keys that the trie cannot hold: empty ones, which
		// the tests of the vocabulary exclude.
		_ = seg.AddToken(m.Word, wordFrequency, m.Concept)
	}
	seg.CalcToken()
	return seg
}

// cut divides a label into pieces that cover it without gaps. Blanks belong to
// the piece before them, those at the beginning to the first.
func (t *tables) cut(l *label) []piece {
	if l.text == "" {
		return nil
	}
	var out []piece
	for _, s := range t.segmenter.Segment([]byte(l.norm)) {
		p := piece{start: l.at[s.Start()], norm: s.Start(), concept: concept(s.Token().Pos(), l.norm[s.Start():s.End()])}
		switch {
		case len(out) == 0:
			p.start = 0
		case p.start == out[len(out)-1].start:
			continue // several words out of one rune: ㈠ is three
		case p.concept == "" && out[len(out)-1].concept == "":
			continue // the segmenter cuts unknown words into characters
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return []piece{{end: len(l.text), concept: vocab.Noise}}
	}
	for i := range out {
		out[i].end = len(l.text)
		if i+1 < len(out) {
			out[i].end = out[i+1].start
		}
	}
	return joinNumbers(l, out)
}

// unknownPos is what the segmenter gives for words outside its dictionary.
const unknownPos = "x"

func concept(pos, word string) string {
	if strings.Trim(word, "0123456789") == "" {
		return numberConcept
	}
	if pos == unknownPos {
		return ""
	}
	return pos
}

// joinNumbers joins digits, a point or comma, and digits to one number: the
// segmenter splits 11456.26 in three.
func joinNumbers(l *label, in []piece) []piece {
	out := in[:0]
	for _, p := range in {
		n := len(out)
		if n >= 2 && p.concept == numberConcept && out[n-2].concept == numberConcept {
			if sep := l.text[out[n-1].start:out[n-1].end]; sep == "." || sep == "," {
				out[n-2].end = p.end
				out = out[:n-1]
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// yearDigits is the length of a year: the number of 2023年预算数 says which
// year the column is for, not what it holds.
const yearDigits = 4

// view is a way to look at the pieces of a label.
type view struct {
	// to is where the looked-at part of the norm ends: before the notes, or
	// after them.
	to int
	// years keeps the year of 2023年预算数 as the concept YEAR.
	years bool
}

// views are the ways to look at a label, the one that says most first.
func (l *label) views() []view {
	out := []view{{l.to, true}, {l.to, false}}
	if l.to < len(l.norm) {
		out = append([]view{{len(l.norm), true}, {len(l.norm), false}}, out...)
	}
	return out
}

// significant returns the concepts that say what a label means, and how many
// of its runes belong to no known morpheme. Noise is left out, and so are
// list numbers and the digits of years.
func (v view) significant(l *label, pieces []piece) (concepts []string, unknown int) {
	afterYear := false
	for i, p := range pieces {
		if p.norm < l.from || p.norm >= v.to {
			continue
		}
		end := v.to
		if i+1 < len(pieces) {
			end = min(end, pieces[i+1].norm)
		}
		word := l.norm[p.norm:end]
		isYear := p.concept == numberConcept && isYear(word)
		switch {
		case p.concept == vocab.Noise, isYear:
		case p.concept == "YEAR" && afterYear && !v.years:
		case p.concept == "":
			unknown += utf8.RuneCountInString(word)
		default:
			concepts = append(concepts, p.concept)
		}
		afterYear = isYear
	}
	return concepts, unknown
}

func isYear(digits string) bool {
	return len(digits) == yearDigits && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20"))
}
