package build

import (
	"fmt"
	"strconv"
	"strings"
)

// A node is a line of the description with the lines indented below it.
type node struct {
	line     int // counted from 1
	indent   int
	words    []word
	children []*node
}

// A word is one unit of a line.
type word struct {
	kind  wordKind
	key   string // the name of a property or setting; what stands before a bracket
	value string // behind "="; the text of a textWord
	inner []word // what a bracketWord holds
}

type wordKind int

const (
	plainWord   wordKind = iota // NAME, "|", "/"
	valueWord                   // NAME=VALUE
	textWord                    // "text"
	bracketWord                 // [...] or NAME[...]
)

// name is the first word of a line, which says what the line is.
func (n *node) name() string {
	if len(n.words) == 0 || n.words[0].kind != plainWord {
		return ""
	}
	return n.words[0].key
}

// errorf says where in the description something is wrong.
func (n *node) errorf(format string, args ...any) error {
	return fmt.Errorf("line %d: %w", n.line, fmt.Errorf(format, args...))
}

// scan cuts a description into lines and hangs them below each other.
func scan(text string) ([]*node, error) {
	root := &node{indent: -1}
	open := []*node{root}
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimLeft(line, " ")
		n := &node{line: i + 1, indent: len(line) - len(trimmed)}
		s := &scanner{rest: strings.TrimRight(trimmed, " \r")}
		words, err := s.words("")
		if err != nil {
			return nil, n.errorf("%w", err)
		}
		if len(words) == 0 {
			continue
		}
		n.words = words
		for open[len(open)-1].indent >= n.indent {
			open = open[:len(open)-1]
		}
		parent := open[len(open)-1]
		parent.children = append(parent.children, n)
		open = append(open, n)
	}
	return root.children, nil
}

// A scanner reads the words of one line.
type scanner struct{ rest string }

// words reads up to the closing bracket, or to the end of the line if there is none to wait for.
func (s *scanner) words(closing string) ([]word, error) {
	var out []word
	for {
		s.rest = strings.TrimLeft(s.rest, " ")
		switch {
		case s.rest == "" || s.rest[0] == '#':
			if closing != "" {
				return nil, fmt.Errorf("%q is missing", closing)
			}
			return out, nil
		case closing != "" && strings.HasPrefix(s.rest, closing):
			s.rest = s.rest[len(closing):]
			return out, nil
		}
		w, err := s.word()
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
}

func (s *scanner) word() (word, error) {
	if s.rest[0] == '"' {
		text, err := s.text()
		return word{kind: textWord, value: text}, err
	}
	end := strings.IndexAny(s.rest, " \"[]")
	if end < 0 {
		end = len(s.rest)
	}
	name := s.rest[:end]
	s.rest = s.rest[end:]
	if strings.HasPrefix(s.rest, "[") {
		s.rest = s.rest[1:]
		inner, err := s.words("]")
		return word{kind: bracketWord, key: name, inner: inner}, err
	}
	if name == "" {
		return word{}, fmt.Errorf("%q stands where a word should", s.rest[:1])
	}
	if key, value, ok := strings.Cut(name, "="); ok {
		return word{kind: valueWord, key: key, value: value}, nil
	}
	return word{kind: plainWord, key: name}, nil
}

func (s *scanner) text() (string, error) {
	end := strings.IndexByte(s.rest[1:], '"')
	if end < 0 {
		return "", fmt.Errorf("a text has no end: %s", s.rest)
	}
	text := s.rest[1 : end+1]
	s.rest = s.rest[end+2:]
	return text, nil
}

// number reads a decimal or hexadecimal number, or one of the few words that
// stand for one.
func number(s string) (int, error) {
	if v, ok := numberWords[s]; ok {
		return v, nil
	}
	v, err := strconv.ParseInt(s, 0, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no number", s)
	}
	return int(v), nil
}

// numberWords are the values of VerticalMergeFlag in [MS-DOC].
var numberWords = map[string]int{"none": 0, "cont": 1, "restart": 3}

// numbers reads numbers joined by commas; no text is no numbers.
func numbers(s string) ([]int, error) {
	if s == "" {
		return nil, nil
	}
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		v, err := number(part)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
