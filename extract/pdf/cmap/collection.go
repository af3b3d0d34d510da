package cmap

import (
	"embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// collections holds a file for each of Adobe's character collections, with
// the text of every CID; LICENSE beside them says whose facts they are.
//
//go:embed collection/*.txt
var collections embed.FS

// Collection is one of Adobe's character collections: what its CIDs stand for.
// A nil Collection knows none.
type Collection struct {
	texts []string
	cids  func() map[rune]int
}

// CollectionOf returns the collection of an ordering, "GB1", "CNS1", "Japan1"
// or "Korea1", and nil for any other.
func CollectionOf(ordering string) *Collection {
	switch ordering {
	case "GB1":
		return gb1()
	case "CNS1":
		return cns1()
	case "Japan1":
		return japan1()
	case "Korea1":
		return korea1()
	}
	return nil
}

// The tables are read when they are first asked for: most documents need none.
var (
	gb1    = sync.OnceValue(func() *Collection { return readCollection("gb1") })
	cns1   = sync.OnceValue(func() *Collection { return readCollection("cns1") })
	japan1 = sync.OnceValue(func() *Collection { return readCollection("japan1") })
	korea1 = sync.OnceValue(func() *Collection { return readCollection("korea1") })
)

// readCollection reads a table: comment lines, and then in the order of CIDs
// the text of each. A text is one rune, or several in braces; U+FFFD is none.
// Line ends mean nothing.
func readCollection(name string) *Collection {
	data, err := collections.ReadFile("collection/" + name + ".txt")
	if err != nil {
		return nil
	}
	c := &Collection{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		for line != "" {
			var text string
			text, line = cutText(line)
			c.texts = append(c.texts, text)
		}
	}
	c.cids = sync.OnceValue(c.invert)
	return c
}

// cutText cuts the first text off a line.
func cutText(line string) (text, rest string) {
	const open, end = '\uE000', '\uE001' // private use: no collection has them
	r, n := utf8.DecodeRuneInString(line)
	if r != open {
		return line[:n], line[n:]
	}
	text, rest, _ = strings.Cut(line[n:], string(rune(end)))
	return text, rest
}

// invert maps runes to their lowest CIDs, which are the proportional and
// horizontal forms.
func (c *Collection) invert() map[rune]int {
	m := make(map[rune]int, len(c.texts))
	for cid, text := range c.texts {
		r, n := utf8.DecodeRuneInString(text)
		if n != len(text) || r == utf8.RuneError {
			continue
		}
		if _, dup := m[r]; !dup {
			m[r] = cid
		}
	}
	return m
}

// Text is what a CID stands for, false if it is not known.
func (c *Collection) Text(cid int) (string, bool) {
	if c == nil || cid < 0 || cid >= len(c.texts) || c.texts[cid] == string(utf8.RuneError) {
		return "", false
	}
	return c.texts[cid], true
}

// CID is the lowest CID that stands for a character.
func (c *Collection) CID(r rune) (int, bool) {
	if c == nil {
		return 0, false
	}
	cid, ok := c.cids()[r]
	return cid, ok
}
