package doc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"yusuan/extract/document"
)

// magic is what every compound file begins with ([MS-CFB] 2.2).
const magic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// chunk is how much of a stream is read at once: the library's cost for one
// read grows with the square of its sectors.
const chunk = 64 << 10

// container is a compound file.
type container struct {
	size int
	// files are the streams of the root, by name in lower case, as names are
	// compared, and without a control character in front.
	files map[string]*mscfb.File
}

// openContainer reads the directory of a compound file.
func openContainer(data []byte) (*container, error) {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the compound file is damaged: %w (%v)", document.ErrMalformed, err)
	}
	c := &container{size: len(data), files: map[string]*mscfb.File{}}
	for _, f := range r.File {
		if name := strings.ToLower(f.Name); len(f.Path) == 0 && name != "" && c.files[name] == nil {
			c.files[name] = f
		}
	}
	return c, nil
}

// has tells whether the root has a stream or a storage of a name.
func (c *container) has(name string) bool { return c.files[strings.ToLower(name)] != nil }

// stream returns a stream, and whether it is whole. A stream is no longer than
// its file, whatever the directory says.
func (c *container) stream(name string) (data []byte, whole bool) {
	f := c.files[strings.ToLower(name)]
	if f == nil || f.Size <= 0 {
		return nil, f != nil
	}
	size := int(min(f.Size, int64(c.size)))
	data = make([]byte, 0, size)
	for len(data) < size {
		n, err := f.Read(data[len(data):min(size, len(data)+chunk)])
		data = data[:len(data)+max(n, 0)]
		if err != nil && !(errors.Is(err, io.EOF) && n > 0) || n <= 0 {
			break
		}
	}
	return data, int64(len(data)) == f.Size
}
