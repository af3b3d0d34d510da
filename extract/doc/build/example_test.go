package build_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yusuan/extract/doc/build"
)

// A description becomes the bytes of a file, here with a table and a footnote.
func ExampleParse() {
	file, err := build.Parse([]byte(`
p "安排" [CFRMarkDel=1 "八十"] [CFRMarkIns=1 "九十"] "万元{foot}"
row 0,1000,2000 | "项目" | "金额"
footnote "{note} 含税"
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%X %d\n", file[:8], len(file)/512)
	// Output: D0CF11E0A1B11AE1 14
}

// A text of unknown content is quoted.
func ExampleQuote() {
	fmt.Println("p " + build.Quote("他说：\"{0}\""))
	// Output: p "他说：{22}{7B}0}{22}"
}

// TestPackageComment checks that the examples of the package comment are in the
// notation that they explain.
func TestPackageComment(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	parsed, block := 0, ""
	lines := strings.Split(string(source), "\n")
	for i, line := range lines[:len(lines)-1] {
		text, code := strings.CutPrefix(line, "//\t")
		if code || line == "//" && block != "" && strings.HasPrefix(lines[i+1], "//\t") {
			block += strings.TrimPrefix(text, "//") + "\n"
			continue
		}
		for _, start := range []string{"style 1 ", "row 0,", "p end=cell"} {
			if !strings.HasPrefix(block, start) {
				continue
			}
			parsed++
			if _, err := build.Parse([]byte(block)); err != nil {
				t.Errorf("%v in\n%s", err, block)
			}
		}
		block = ""
	}
	if parsed != 3 {
		t.Errorf("%d examples were found", parsed)
	}
}
