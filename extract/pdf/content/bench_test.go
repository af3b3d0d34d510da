package content

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"yusuan/extract/document"
)

// BenchmarkPage reads all pages of a real file, opening it included.
func BenchmarkPage(b *testing.B) {
	for _, name := range []string{"putuo", "jiangsu"} {
		dir := corpusFolder(b, name)
		files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
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
						if _, err := f.Page(context.Background(), i+1); err != nil {
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
