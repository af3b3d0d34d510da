package doc

import (
	"bytes"
	"context"
	"testing"

	"github.com/richardlehane/mscfb"

	"yusuan/extract/document"
)

// BenchmarkRead reads a whole disclosure with 26 tables; the bytes counted are
// those of the file.
func BenchmarkRead(b *testing.B) {
	file := sharedFile(b, "handan-2020/disclosure.doc")
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Reader{}).Read(context.Background(), file, document.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkContainer only opens the compound file and reads its streams, as
// the floor under BenchmarkRead.
func BenchmarkContainer(b *testing.B) {
	file := sharedFile(b, "handan-2020/disclosure.doc")
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		c, err := openContainer(file)
		if err != nil {
			b.Fatal(err)
		}
		c.stream(wordStream)
		c.stream("1Table")
	}
}

// BenchmarkDirectory is the library's share of that: the directory alone.
func BenchmarkDirectory(b *testing.B) {
	file := sharedFile(b, "handan-2020/disclosure.doc")
	for b.Loop() {
		if _, err := mscfb.New(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}
