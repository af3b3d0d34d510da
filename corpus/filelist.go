package corpus

import (
	"encoding/hex"
	"strings"
	"sync"
)

// fileList holds the files of a run while their documents are read and
// committed. A File takes a third of a kilobyte, most of it in texts that
// nobody looks at meanwhile; encoded, all of them stand in one piece of memory
// that the collector need not go through. It may be used by several
// goroutines.
type fileList struct {
	data []byte
	// ends are where the files end in data, tails how long the URI is of those
	// whose path ends with it; it is not encoded a second time then.
	ends  []int
	tails []int32

	mu sync.Mutex
	// other are files that have an error, which cannot be encoded, and those that
	// were changed: few.
	other map[int]File
}

// newFileList lets go of the files' Stat, which is for the plan alone.
func newFileList(files []File) (*fileList, error) {
	l := &fileList{ends: make([]int, 0, len(files)), tails: make([]int32, len(files)), other: map[int]File{}}
	for i := range files {
		f := files[i]
		if f.Err != nil {
			l.other[i] = f
		} else {
			sum, err := hex.DecodeString(f.SHA256)
			if err != nil {
				return nil, err
			}
			f.SHA256, f.Stat = string(sum), Stat{}
			if strings.HasSuffix(f.Path, f.URI) {
				l.tails[i], f.URI = int32(len(f.URI)), ""
			}
			if l.data, err = appendEncoded(l.data, &f); err != nil {
				return nil, err
			}
		}
		l.ends = append(l.ends, len(l.data))
	}
	l.data = append(make([]byte, 0, len(l.data)), l.data...) // without the room to grow
	return l, nil
}

func (l *fileList) len() int { return len(l.ends) }

// at returns a file.
func (l *fileList) at(i int) (File, error) {
	l.mu.Lock()
	f, ok := l.other[i]
	l.mu.Unlock()
	if ok {
		return f, nil
	}
	begin := 0
	if i > 0 {
		begin = l.ends[i-1]
	}
	err := decode(l.data[begin:l.ends[i]], &f)
	f.SHA256 = hex.EncodeToString([]byte(f.SHA256))
	if tail := int(l.tails[i]); tail > 0 {
		f.URI = f.Path[len(f.Path)-tail:]
	}
	return f, err
}

// set changes a file.
func (l *fileList) set(i int, f File) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.other[i] = f
}

// shortHash is the first half of a SHA-256, which is what a document_id says.
type shortHash [idDigits / 2]byte

// shorten returns the short hash of a hash, or of a stamp, in hexadecimal
// digits.
func shorten(digits string) (h shortHash) {
	_, _ = hex.Decode(h[:], []byte(digits[:idDigits])) // made by this program
	return h
}
