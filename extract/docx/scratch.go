package docx

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// scratch is memory that is good for one document after another: reading many
// documents then costs no more memory than the largest of those in hand, and
// no time for making and collecting it, which is half the time of a small one.
// Nothing of a document stays in it.
type scratch struct {
	// part is what the last part was unpacked into.
	part []byte
	// inflate is the decompressor; its tables are larger than most parts.
	inflate io.ReadCloser
	// stories and grids are used like stacks by the reader.
	stories []*story
	grids   []*grid
}

// maxScratch bounds the memory kept for a part: one huge document shall not
// hold on to it for ever.
const maxScratch = 8 << 20

// scratches are those at rest.
var scratches = sync.OnceValue(func() *sync.Pool {
	return &sync.Pool{New: func() any { return &scratch{} }}
})

func takeScratch() *scratch { return scratches().Get().(*scratch) }

// release lets go of everything that belongs to the document and puts the
// scratch to rest. After a panic it is not called, and the scratch is lost.
func (s *scratch) release() {
	if cap(s.part) > maxScratch {
		s.part = nil
	}
	if s.inflate != nil && s.inflate.(flate.Resetter).Reset(bytes.NewReader(nil), nil) != nil {
		s.inflate = nil
	}
	for _, st := range s.stories {
		st.role, st.run = "", run{}
		st.para = paragraph{buf: st.para.buf, boxes: st.para.boxes}
		clear(st.fields[:cap(st.fields)])
	}
	for _, g := range s.grids {
		g.table = nil
	}
	scratches().Put(s)
}

// story returns the story at a depth, with the buffers of the last one there.
func (s *scratch) story(depth int) *story {
	if depth == len(s.stories) {
		s.stories = append(s.stories, &story{})
	}
	return s.stories[depth]
}

// usualCells is how many cells the buffers of a table are made for at first.
const usualCells = 256

// grid returns the grid at a depth in the same way.
func (s *scratch) grid(depth int) *grid {
	if depth == len(s.grids) {
		s.grids = append(s.grids, &grid{cells: make([]placedCell, 0, usualCells)})
	}
	return s.grids[depth]
}

// decompressor returns the decompressor, set to read from r.
func (s *scratch) decompressor(r io.Reader) (io.Reader, error) {
	if s.inflate == nil {
		s.inflate = flate.NewReader(r)
		return s.inflate, nil
	}
	return s.inflate, s.inflate.(flate.Resetter).Reset(r, nil)
}
