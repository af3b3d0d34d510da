package pdf

import (
	"context"
	"fmt"
	"os"
	"testing"

	"yusuan/extract/document"
)

// BenchmarkRead reads whole files: content and layout. The real file is kept
// outside the repository; the drawn one is always there.
func BenchmarkRead(b *testing.B) {
	b.Run("drawn", func(b *testing.B) { benchmarkRead(b, drawn(20)) })
	b.Run("wanli-2023", func(b *testing.B) {
		data, err := os.ReadFile(corpus(b, "putuo", "万里街道2023预算.pdf"))
		if err != nil {
			b.Fatal(err)
		}
		benchmarkRead(b, data)
	})
}

func benchmarkRead(b *testing.B, data []byte) {
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	pages := 0
	for b.Loop() {
		doc, err := Reader{}.Read(context.Background(), data, document.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		pages += doc.Source.Pages
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}

// drawn is a file of pages with a full table and some text each.
func drawn(pages int) []byte {
	var contents []string
	var ys []float64
	for y := 120.0; y <= 780; y += 20 {
		ys = append(ys, y)
	}
	xs := []float64{50, 110, 300, 380, 460, 540}
	for n := range pages {
		content := text(200, 60, fmt.Sprintf("第%d张 部门收入预算总表", n+1)) + text(50, 90, "编制部门：某市某局") + text(480, 90, "单位：元") + rules(xs, ys)
		for r := 1; r < len(ys); r++ {
			content += text(55, ys[r]-6, fmt.Sprint(2010101+r)) + text(115, ys[r]-6, "一般公共服务支出")
			for c := 2; c < 5; c++ {
				content += text(xs[c]+4, ys[r]-6, fmt.Sprintf("%d,%03d.%02d", r, r*c, c))
			}
		}
		contents = append(contents, content)
	}
	return buildPDF(contents...)
}
