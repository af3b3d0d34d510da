package corpus

import (
	"fmt"
	"maps"
	"path/filepath"
	"testing"
)

// TestSameBytesEachTime runs documents with tables of which every row brings
// several notes, again and again: whatever follows the order of a Go map shows
// in the bytes of the dataset.
func TestSameBytesEachTime(t *testing.T) {
	const (
		text = "青山县教育局2020年部门预算\n\n政府采购预算表\n单位：万元\n" +
			"项目名称\t采购内容\t数量\t单价\t采购预算金额\t其中：财政拨款\n" +
			"甲\t纸\t若干\t约3\t待定\t见附件\n乙\t笔\t若干\t约4\t(150)\t见说明\n丙\t墨\t五\t约5\t1.5亿元\t0.15万元\n"
		documents, rounds = 5, 12
	)
	files := map[string]string{}
	for i := range documents {
		files[fmt.Sprint(i, ".txt")] = fmt.Sprintf("%s\n第%d号", text, i)
	}
	in, out := tree(t, files), t.TempDir()
	var want map[string]string
	for i := range rounds {
		dir := filepath.Join(out, fmt.Sprint(i))
		sum := mustRun(t, dir, Settings{Workers: 1 + i%3}, in)
		if n := sum.Counts.Codes["form.not_a_number"]; n < 5*documents {
			t.Fatalf("%d numbers could not be read, %v", n, sum.Counts)
		}
		got := hashes(t, dir)
		if want == nil {
			want = got
		}
		if !maps.Equal(got, want) {
			t.Fatalf("run %d wrote other files than the first", i)
		}
	}
}
