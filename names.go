package main

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/extract/document"
)

// printable tells whether a character may stand in what a person reads: not one
// that begins a line, moves the cursor, or turns the direction of writing.
func printable(r rune) bool { return unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) }

// shown is the name of a file as a person reads it, in quotes when it holds what
// cannot be printed: with a newline in it a name could forge lines of a report.
func shown(name string) string {
	if escaped(name) == name {
		return name
	}
	return strconv.Quote(name)
}

// escaped is a line of text in which what cannot be printed is escaped: text of
// which a name may be a part.
func escaped(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && n == 1 || !printable(r) {
			quoted := strconv.Quote(text[:n])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(text[:n])
		}
		text = text[n:]
	}
	return b.String()
}

// shownError is the error of a document as a person reads it, on one line.
func shownError(err error) string {
	var e *document.Error
	if errors.As(err, &e) && error(e) == err {
		named := *e
		named.Source = shown(e.Source)
		err = &named
	}
	return escaped(err.Error())
}

// shownEnd is the error that ends the program, which may have several lines, as
// for the mistakes of a catalogue.
func shownEnd(err error) string {
	var e *document.Error
	if errors.As(err, &e) && error(e) == err {
		return shownError(err)
	}
	text := err.Error()
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		text = strings.ReplaceAll(text, pe.Path, shown(pe.Path))
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = escaped(lines[i])
	}
	return strings.Join(lines, "\n")
}
