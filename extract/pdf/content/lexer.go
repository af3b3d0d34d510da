package content

import (
	"bytes"
	"math"
	"strings"
)

// kind is the kind of a token.
type kind byte

const (
	end kind = iota
	number
	name
	text
	operator
	arrayOpen
	arrayClose
	dictOpen
	dictClose
)

// token is a token of a content stream; bytes are those of a name, text or
// operator, and may lie in the stream itself.
type token struct {
	kind  kind
	num   float64
	bytes []byte
}

// lexer cuts a content stream into tokens.
type lexer struct {
	data []byte
	at   int
	// broken says that a string did not end.
	broken bool
}

// class is the class of every byte, ISO 32000-1, 7.2.2: regular, space or
// delimiter.
const class = "srrrrrrrrssrssrrrrrrrrrrrrrrrrrrsrrrrdrrddrrrrrdrrrrrrrrrrrrdrdr" +
	"rrrrrrrrrrrrrrrrrrrrrrrrrrrdrdrrrrrrrrrrrrrrrrrrrrrrrrrrrrrdrdrr" + upper + upper

const (
	upper     = "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"
	regular   = 'r'
	space     = 's'
	delimiter = 'd'
)

// next returns the next token.
func (l *lexer) next() token {
	l.skip()
	if l.at >= len(l.data) {
		return token{kind: end}
	}
	switch c := l.data[l.at]; c {
	case '/':
		l.at++
		return token{kind: name, bytes: unescapeName(l.word())}
	case '(':
		return token{kind: text, bytes: l.literal()}
	case '<':
		if l.peek(1) == '<' {
			l.at += 2
			return token{kind: dictOpen}
		}
		return token{kind: text, bytes: l.hex()}
	case '>':
		l.at++
		if l.peek(0) == '>' {
			l.at++
		}
		return token{kind: dictClose}
	case '[':
		l.at++
		return token{kind: arrayOpen}
	case ']':
		l.at++
		return token{kind: arrayClose}
	case ')', '{', '}':
		l.at++
		return l.next1()
	}
	start := l.at
	if n, ok := l.number(); ok {
		return token{kind: number, num: n}
	}
	l.at = start
	return token{kind: operator, bytes: l.word()}
}

// next1 goes on behind a stray delimiter, without recursion for many of them.
func (l *lexer) next1() token {
	for l.at < len(l.data) && (l.data[l.at] == ')' || l.data[l.at] == '{' || l.data[l.at] == '}') {
		l.at++
	}
	return token{kind: operator} // an empty operator does nothing
}

func (l *lexer) peek(i int) byte {
	if l.at+i >= len(l.data) {
		return 0
	}
	return l.data[l.at+i]
}

// skip passes over white space and comments.
func (l *lexer) skip() {
	for l.at < len(l.data) {
		c := l.data[l.at]
		if class[c] == space {
			l.at++
			continue
		}
		if c != '%' {
			return
		}
		for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
			l.at++
		}
	}
}

// word reads regular characters.
func (l *lexer) word() []byte {
	start := l.at
	for l.at < len(l.data) && class[l.data[l.at]] == regular {
		l.at++
	}
	return l.data[start:l.at]
}

// number reads a number as forgivingly as readers do: with several signs, and
// ended by a sign within ("12-34", "1.-5") behind which nothing counts.
func (l *lexer) number() (float64, bool) {
	negative, i := false, l.at
	for i < len(l.data) && (l.data[i] == '-' || l.data[i] == '+') {
		negative = negative || l.data[i] == '-'
		i++
	}
	start := i
	v, i := l.digits(i)
	if i < len(l.data) && l.data[i] == '.' {
		frac, from := 0.0, i+1
		if frac, i = l.digits(from); i > from {
			v += frac / math.Pow10(min(i-from, maxDigits))
		}
	}
	if i == start {
		return 0, false
	}
	if i = l.rest(i); i < len(l.data) && class[l.data[i]] == regular {
		return 0, false
	}
	l.at = i
	if negative {
		v = -v
	}
	return v, true
}

// rest passes over what stands behind a sign within a number.
func (l *lexer) rest(i int) int {
	if i < len(l.data) && l.data[i] == '-' {
		for i < len(l.data) && (l.data[i] == '-' || l.data[i] == '.' || isDigit(l.data[i])) {
			i++
		}
	}
	return i
}

// maxDigits is how many digits of a number count; what is behind them in a
// fraction is beyond all precision, and so large a number is a mistake.
const maxDigits = 15

// digits reads digits from i on as a whole number, and returns where they end.
func (l *lexer) digits(i int) (float64, int) {
	v := 0.0
	for n := 0; i < len(l.data) && isDigit(l.data[i]); i++ {
		if n++; n <= maxDigits {
			v = v*10 + float64(l.data[i]-'0')
		}
	}
	return v, i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// literal reads (…). A string without escapes lies in the stream itself.
func (l *lexer) literal() []byte {
	l.at++
	start, depth := l.at, 1
	var out []byte
	copied := false
	for l.at < len(l.data) {
		c := l.data[l.at]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at++
				if copied {
					return out
				}
				return l.data[start : l.at-1]
			}
		case '\\', '\r':
			if !copied {
				out, copied = append(out, l.data[start:l.at]...), true
			}
			out = l.escape(out)
			continue
		}
		if copied {
			out = append(out, c)
		}
		l.at++
	}
	l.broken = true
	if copied {
		return out
	}
	return l.data[start:]
}

// escape reads a "\" with what follows, or a line end, which is "\n".
func (l *lexer) escape(out []byte) []byte {
	if l.data[l.at] == '\r' {
		l.at++
		if l.peek(0) == '\n' {
			l.at++
		}
		return append(out, '\n')
	}
	c := l.peek(1)
	l.at = min(l.at+2, len(l.data))
	switch c {
	case '\n':
		return out
	case '\r':
		if l.peek(0) == '\n' {
			l.at++
		}
		return out
	}
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	return append(out, l.octal(c-'0'))
}

// octal reads up to two more digits of an octal number.
func (l *lexer) octal(v byte) byte {
	for range 2 {
		d := l.peek(0)
		if d < '0' || d > '7' {
			break
		}
		v = v<<3 | (d - '0')
		l.at++
	}
	return v
}

// hex reads <…>; an odd last digit is followed by 0.
func (l *lexer) hex() []byte {
	l.at++
	size := bytes.IndexByte(l.data[l.at:], '>')
	l.broken = l.broken || size < 0
	if size < 0 {
		size = len(l.data) - l.at
	}
	src := l.data[l.at : l.at+size]
	l.at = min(l.at+size+1, len(l.data))
	out := make([]byte, 0, len(src)/2+1)
	odd := false
	for _, c := range src {
		d := hexDigit(c)
		if d > 15 {
			continue
		}
		if odd {
			out[len(out)-1] |= d
		} else {
			out = append(out, d<<4)
		}
		odd = !odd
	}
	return out
}

// hexDigit is the value of a digit, 255 for none.
func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// unescapeName resolves #xx.
func unescapeName(b []byte) []byte {
	if bytes.IndexByte(b, '#') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '#' && i+2 < len(b) {
			if hi, lo := hexDigit(b[i+1]), hexDigit(b[i+2]); hi < 16 && lo < 16 {
				out = append(out, hi<<4|lo)
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}
