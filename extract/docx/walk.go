package docx

import "bytes"

// child advances to the next child of the element that is open at a depth and
// passes over whatever is left of the child before it. It returns false, with
// the parent closed, when there is no further child.
func (s *scanner) child(depth int) bool {
	if s.depth > depth {
		s.skip(depth)
	}
	for {
		switch s.next() {
		case tokenStart:
			return true
		case tokenEnd, tokenNone:
			return false
		}
	}
}

// snapshot returns a copy of the scanner that reads on from here by itself.
func (s *scanner) snapshot() *scanner {
	c := *s
	c.stack = append([]frame(nil), s.stack...)
	c.binds = append([]binding(nil), s.binds...)
	return &c
}

// content appends the text of the current element, with entities decoded, and
// moves behind its end tag. The text of elements inside it is left out.
func (s *scanner) content(dst []byte) []byte {
	depth := s.depth
	for {
		switch s.next() {
		case tokenText:
			if s.depth == depth {
				dst = s.appendText(dst)
			}
		case tokenEnd:
			if s.depth < depth {
				return dst
			}
		case tokenNone:
			return dst
		}
	}
}

// skip passes over what is left of the elements below a depth. It checks that
// tags match and does nothing else.
func (s *scanner) skip(depth int) {
	if s.closing {
		s.closing = false
		s.pop()
	}
	for s.depth > depth && s.err == nil {
		n := bytes.IndexByte(s.data[s.pos:], '<')
		if n < 0 || s.pos+n+1 >= len(s.data) {
			s.malformed("the part ends inside <%s>", s.top())
			return
		}
		s.pos += n
		switch s.data[s.pos+1] {
		case '/':
			s.endTag()
		case '?':
			s.past("<?", "?>")
		case '!':
			s.declaration()
		default:
			s.skipStart()
		}
	}
}

// leap passes over the rest of the current element without a look at what is in
// it, for elements that never hold one of their own name. A comment or CDATA
// section might hold the end tag as text; then every tag is read instead.
func (s *scanner) leap() {
	if s.closing {
		return
	}
	rest := s.data[s.pos:]
	// Without the "<", which all tags have, this is found three times as fast.
	end := append(append(make([]byte, 0, 64), '/'), s.top()...)
	n := bytes.Index(rest, end)
	if n < 1 || rest[n-1] != '<' || bytes.IndexByte(rest[:n], '!') >= 0 || bytes.IndexByte(rest[:n], '?') >= 0 {
		return
	}
	s.pos += n - 1
}

// skipStart passes over a start tag; an element that closes itself never gets
// onto the stack.
func (s *scanner) skipStart() {
	from := s.pos + 1
	end, _ := s.name(from)
	if end < 0 {
		return
	}
	if s.attributes(end); s.err != nil {
		return
	}
	if s.closing {
		s.closing = false
		return
	}
	s.open(span{from, end})
}

// end reads to the end of the part and returns the error that was met, if any.
func (s *scanner) end() error {
	for s.next() != tokenNone {
		continue
	}
	return s.err
}
