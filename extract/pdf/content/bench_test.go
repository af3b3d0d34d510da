package content

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/pdf/page"
)

// BenchmarkPage reads all pages of a real file, opening it included.
func BenchmarkPage(b *testing.B) {
	benchmarkPages(b, func(f *File, n int) error {
		_, err := f.Page(context.Background(), n)
		return err
	})
}

// BenchmarkObjects only opens the files and unpacks the content of every page,
// as the floor under BenchmarkPage: nothing is interpreted.
func BenchmarkObjects(b *testing.B) {
	benchmarkPages(b, func(f *File, n int) error {
		_, err := f.contents(f.pages[n-1].dict["Contents"], &page.Page{Number: n})
		return err
	})
}

// benchmarkPages opens real files and reads each of their pages.
func benchmarkPages(b *testing.B, read func(f *File, n int) error) {
	for _, name := range []string{"putuo", "jiangsu"} {
		data := benchFiles(b, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				for _, d := range data {
					f, err := Open(d, document.Limits{})
					if err != nil {
						b.Fatal(err)
					}
					for i := range f.Pages() {
						if err := read(f, i+1); err != nil {
							b.Fatal(err)
						}
						n++
					}
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// benchFiles are the PDF files of a folder of the corpus.
func benchFiles(b *testing.B, name string) [][]byte {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(corpusFolder(b, name), "*.pdf"))
	if err != nil || len(files) == 0 {
		b.Fatal(name, err)
	}
	var data [][]byte
	for _, file := range files {
		d, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		data = append(data, d)
	}
	return data
}
