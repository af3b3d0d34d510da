package docx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"yusuan/extract/document"
)

// token is a kind of thing that a scanner meets.
type token uint8

const (
	// tokenNone is the end of the input, or an error: see scanner.err.
	tokenNone token = iota
	tokenStart
	tokenEnd
	tokenText
)

// scanner is a pull scanner over the bytes of one XML part. It checks what
// matters for reading a part safely: that tags match, that entities are known
// and that elements do not nest too deep. It refuses a document type
// declaration, which OOXML forbids, and so never expands an entity of a file.
//
// encoding/xml is not used because it reads 26 MB/s; this reads what it does
// not need at the speed of bytes.IndexByte.
type scanner struct {
	part  string
	data  []byte
	pos   int
	depth int
	limit int

	// elem is the element of the last start tag. Its local name, its raw
	// attributes and the last text are kept as offsets: a slice in their place
	// costs a write barrier at every tag while the garbage collector runs.
	elem  elem
	local span
	attrs span
	// text is the last text token, still with its entities unless literal.
	text    span
	literal bool

	closing bool // the last start tag closes itself
	rooted  bool // the root has been met
	stack   []frame
	binds   []binding
	names   *elemTable
	// prefix and space are the namespace that was looked up last.
	prefix []byte
	space  space
	cached bool
	// tags remembers what short tags mean in a scope; scope counts the changes
	// of what prefixes mean.
	tags  [tagCache]tag
	scope uint32
	err   error
}

// span is a piece of the data.
type span struct{ from, to int }

// frame is an open element.
type frame struct {
	name  span
	binds int
	// end is the name and ">" as they must follow "</", if they fit in.
	end word
}

// binding is a namespace prefix in scope.
type binding struct {
	prefix []byte
	space  space
}

func newScanner(part string, data []byte, depth int) *scanner {
	s := &scanner{part: part, limit: depth, names: elements(), stack: make([]frame, 0, 32)}
	s.data, s.err = toUTF8(data)
	if s.err != nil {
		s.err = fmt.Errorf("%s: %w", part, s.err)
	}
	return s
}

func (s *scanner) bytes(p span) []byte { return s.data[p.from:p.to] }

// localName is the local name of the last start tag.
func (s *scanner) localName() []byte { return s.bytes(s.local) }

// top is the name of the innermost open element.
func (s *scanner) top() []byte { return s.bytes(s.stack[len(s.stack)-1].name) }

// fail keeps the first error and stops the scanner.
func (s *scanner) fail(err error) token {
	if s.err == nil {
		s.err = err
	}
	return tokenNone
}

func (s *scanner) malformed(format string, args ...any) token {
	what := strings.ToValidUTF8(fmt.Sprintf(format, args...), "\uFFFD")
	return s.fail(fmt.Errorf("%w: %s, byte %d: %s", document.ErrMalformed, s.part, s.pos, what))
}

// next advances to the next token. Comments and processing instructions are
// passed over. For an element that closes itself it returns a start and an end.
func (s *scanner) next() token {
	if s.closing {
		s.closing = false
		return s.pop()
	}
	for s.err == nil {
		if s.pos >= len(s.data) {
			return s.finish()
		}
		if s.data[s.pos] != '<' {
			if t := s.chars(); t != tokenNone {
				return t
			}
			continue
		}
		if s.pos+1 >= len(s.data) {
			return s.malformed("the part ends in a tag")
		}
		switch s.data[s.pos+1] {
		case '/':
			return s.endTag()
		case '?':
			s.past("<?", "?>")
		case '!':
			if t := s.declaration(); t != tokenNone {
				return t
			}
		default:
			return s.startTag()
		}
	}
	return tokenNone
}

func (s *scanner) finish() token {
	if s.depth > 0 {
		return s.malformed("the part ends inside <%s>", s.top())
	}
	if !s.rooted {
		return s.malformed("the part has no element")
	}
	return tokenNone
}

// chars reads text up to the next tag. Blanks outside the root are no token.
func (s *scanner) chars() token {
	rest := s.data[s.pos:]
	n := bytes.IndexByte(rest, '<')
	if n < 0 {
		n = len(rest)
	}
	if s.depth == 0 {
		if len(bytes.Trim(rest[:n], " \t\r\n\x00")) > 0 {
			return s.malformed("text outside the root element")
		}
		s.pos += n
		return tokenNone
	}
	s.text, s.literal = span{s.pos, s.pos + n}, false
	s.pos += n
	return tokenText
}

// past moves behind the next occurrence of end.
func (s *scanner) past(start, end string) {
	n := bytes.Index(s.data[s.pos+len(start):], []byte(end))
	if n < 0 {
		s.malformed("%s without %s", start, end)
		return
	}
	s.pos += len(start) + n + len(end)
}

// declaration reads what begins with "<!".
func (s *scanner) declaration() token {
	rest := s.data[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		s.past("<!--", "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && s.depth > 0:
		from := s.pos + len("<![CDATA[")
		s.past("<![CDATA[", "]]>")
		if s.err == nil {
			s.text, s.literal = span{from, s.pos - len("]]>")}, true
			return tokenText
		}
	default:
		return s.malformed("a declaration (DTD), which OOXML forbids")
	}
	return tokenNone
}

func (s *scanner) startTag() token {
	if s.depth > 0 && s.knownTag() {
		return tokenStart
	}
	if s.err != nil {
		return tokenNone
	}
	from := s.pos + 1
	end, colon := s.name(from)
	if end < 0 {
		return tokenNone
	}
	if s.depth == 0 && s.rooted {
		return s.malformed("a second root element")
	}
	declares := s.attributes(end)
	if s.err != nil || !s.open(span{from, end}) {
		return tokenNone
	}
	if declares {
		s.declare()
	}
	s.local = span{colon + 1, end}
	if prefix := s.data[from:max(from, colon)]; !s.cached || !bytes.Equal(prefix, s.prefix) {
		s.resolve(prefix)
	}
	s.elem = s.names.find(s.space, s.data[colon+1:end])
	s.remember(from, end)
	return tokenStart
}

// name finds the end of the name that begins at a position, and the colon in
// it, one before the name if there is none. The end is -1 for what is no name.
func (s *scanner) name(from int) (end, colon int) {
	colon = from - 1
	for i := from; i < len(s.data); i++ {
		c := s.data[i]
		if c > '>' { // a letter: most bytes of most names
			continue
		}
		if c == ':' {
			colon = i
			continue
		}
		if c == '>' || c == '/' || isBlank(c) {
			if i == from || colon == i-1 && colon >= from {
				break
			}
			return i, colon
		}
	}
	s.malformed("a tag without a name")
	return -1, 0
}

// open puts an element on the stack.
func (s *scanner) open(name span) bool {
	return s.push(frame{name: name, binds: len(s.binds), end: s.endWord(name)})
}

// endWord is what follows "</" in the end tag of an element, 0 if it is longer
// than a word.
func (s *scanner) endWord(name span) word {
	n := name.to - name.from
	if n >= 8 || name.from+8 > len(s.data) {
		return 0
	}
	w := binary.LittleEndian.Uint64(s.data[name.from:]) & (1<<(8*n) - 1)
	return word(w | '>'<<(8*n))
}

func (s *scanner) push(f frame) bool {
	s.stack = append(s.stack, f)
	s.depth++
	s.rooted = true
	if s.depth > s.limit {
		s.fail(fmt.Errorf("%w: %s, byte %d: elements nest deeper than %d", document.ErrTooLarge, s.part, s.pos, s.limit))
		return false
	}
	return true
}

// attributes moves behind the start tag whose name ends at i, keeps the span
// of its attributes, and tells whether one may declare a namespace.
func (s *scanner) attributes(i int) (declares bool) {
	d, from := s.data, i
	for i < len(d) {
		switch c := d[i]; {
		case isBlank(c):
			i++
		case c == '>':
			s.attrs, s.closing, s.pos = span{from, i}, false, i+1
			return declares
		case c == '/' && i+1 < len(d) && d[i+1] == '>':
			s.attrs, s.closing, s.pos = span{from, i}, true, i+2
			return declares
		default:
			declares = declares || c == 'x' && bytes.HasPrefix(d[i:], []byte("xmlns"))
			if i = s.attribute(i); i < 0 {
				return false
			}
		}
	}
	s.malformed("the part ends in a tag")
	return false
}

// attribute returns the end of the attribute that begins at i, -1 if there is
// none.
func (s *scanner) attribute(i int) int {
	d := s.data
	for i < len(d) && d[i] > '>' || i < len(d) && d[i] == ':' {
		i++
	}
	if i+1 < len(d) && d[i] == '=' && d[i+1] == '"' { // the usual form
		for n := i + 2; n < len(d); n++ {
			if d[n] == '"' {
				return n + 1
			}
			if n == i+2+shortValue {
				if k := bytes.IndexByte(d[n:], '"'); k >= 0 {
					return n + k + 1
				}
				break
			}
		}
		s.malformed("an attribute without an end")
		return -1
	}
	return s.oddAttribute(i)
}

// shortValue is how long a value is looked through byte by byte; most are
// shorter, and a call costs more than a few bytes.
const shortValue = 12

// oddAttribute reads on at i in an attribute that is not written as usual: with
// blanks around "=", in single quotes, or wrongly.
func (s *scanner) oddAttribute(i int) int {
	d := s.data
	for i < len(d) && d[i] != '=' {
		if c := d[i]; c == '<' || c == '>' || c == '"' || c == '\'' {
			s.malformed("an attribute without a value")
			return -1
		}
		i++
	}
	i++
	for i < len(d) && isBlank(d[i]) {
		i++
	}
	if i >= len(d) || d[i] != '"' && d[i] != '\'' {
		s.malformed("an attribute without a value in quotes")
		return -1
	}
	n := bytes.IndexByte(d[i+1:], d[i])
	if n < 0 {
		s.malformed("an attribute without an end")
		return -1
	}
	return i + n + 2
}

func (s *scanner) endTag() token {
	if len(s.stack) == 0 {
		return s.malformed("an end tag without a start")
	}
	f, from := &s.stack[len(s.stack)-1], s.pos+2
	if w, n := s.short(from); n > 0 && w == f.end {
		s.pos = from + n
		return s.pop()
	}
	name := s.bytes(f.name)
	to := from + len(name)
	if to >= len(s.data) || !bytes.Equal(s.data[from:to], name) {
		return s.malformed("<%s> is not closed by its own end tag", name)
	}
	for to < len(s.data) && isBlank(s.data[to]) {
		to++
	}
	if to >= len(s.data) || s.data[to] != '>' {
		return s.malformed("<%s> is not closed by its own end tag", name)
	}
	s.pos = to + 1
	return s.pop()
}

func (s *scanner) pop() token {
	last := len(s.stack) - 1
	if binds := s.stack[last].binds; len(s.binds) != binds {
		s.binds, s.cached = s.binds[:binds], false
		s.scope++
	}
	s.stack = s.stack[:last]
	s.depth--
	return tokenEnd
}

// appendText appends the current text token.
func (s *scanner) appendText(dst []byte) []byte {
	text := s.bytes(s.text)
	if s.literal || bytes.IndexByte(text, '&') < 0 {
		return append(dst, text...)
	}
	return s.decode(dst, text)
}

// attr returns the value of the attribute with a local name, nil if there is
// none. The prefix is not looked at: WordprocessingML has no element on which
// two attributes that are read here share a local name.
func (s *scanner) attr(local string) []byte {
	for a := s.bytes(s.attrs); ; {
		var name, value []byte
		if name, value, a = cutAttr(a); name == nil {
			return nil
		}
		n := len(name) - len(local)
		if n < 0 || string(name[n:]) != local || n > 0 && name[n-1] != ':' || string(name[:n]) == "xmlns:" {
			continue
		}
		if bytes.IndexByte(value, '&') >= 0 {
			return s.decode([]byte{}, value)
		}
		return value
	}
}

// attrString returns the value of an attribute as valid UTF-8, "" if there is
// none.
func (s *scanner) attrString(local string) string {
	v := s.attr(local)
	if !utf8.Valid(v) {
		v = bytes.ToValidUTF8(v, []byte("\uFFFD"))
	}
	return string(v)
}

// cutAttr cuts the first of the attributes off, whose syntax attributes has
// checked. A nil name means that there is none.
func cutAttr(a []byte) (name, value, rest []byte) {
	from := 0
	for from < len(a) && isBlank(a[from]) {
		from++
	}
	if from == len(a) {
		return nil, nil, nil
	}
	end := from
	for a[end] != '=' {
		end++
	}
	quote := end + 1
	for isBlank(a[quote]) {
		quote++
	}
	for end > from && isBlank(a[end-1]) {
		end--
	}
	n := quote + 1 + bytes.IndexByte(a[quote+1:], a[quote])
	return a[from:end], a[quote+1 : n], a[n+1:]
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
