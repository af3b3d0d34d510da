// Package heading tells headings of Word files apart by what their styles and
// outline levels say. Every reader of Word files needs it; it knows no file
// format.
package heading

import (
	"strconv"
	"strings"
)

// NotSet stands for a level that a file does not give.
const NotSet = -1

// Deepest is the deepest level of a heading.
const Deepest = 9

// Named returns the level that a style's name gives, NotSet if it gives none:
// "heading 1", "Heading1", "标题 1", and "heading 1,一级" with aliases.
func Named(name string) int {
	name, _, _ = strings.Cut(name, ",")
	name = strings.ToLower(name)
	for _, prefix := range [...]string{"heading", "标题", "標題"} {
		if digits, ok := strings.CutPrefix(name, prefix); ok {
			n, err := strconv.Atoi(strings.TrimSpace(digits))
			if err == nil && n >= 1 && n <= Deepest {
				return n
			}
		}
	}
	return NotSet
}

// Outline turns Word's outline level, 0 to 8 for headings and 9 for body text,
// into a heading level, 0 for body text; NotSet for other numbers.
func Outline(n int) int {
	switch {
	case n >= 0 && n < Deepest:
		return n + 1
	case n == Deepest:
		return 0
	}
	return NotSet
}
