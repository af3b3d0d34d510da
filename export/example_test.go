package export_test

import (
	"fmt"
	"os"
	"strings"

	"yusuan/export"
	"yusuan/extract/document"
	"yusuan/normalize/record"
)

// A dataset of one document: one part in each of the fourteen tables, most of
// them empty.
func ExampleCommit() {
	dir, err := os.MkdirTemp("", "dataset")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	hash := strings.Repeat("0123456789abcdef", 4)
	d := &record.Disclosure{
		Source:   document.Source{Format: "text", Reader: "text/1", SHA256: hash},
		Identity: record.Identity{Department: "某局", RegionCode: "130400", FiscalYear: 2020, Kind: record.KindBudget},
		Paragraphs: []record.Paragraph{
			{Origin: record.Origin{Row: -1, Col: -1}, HeadingLevel: 1, Label: "一、", Text: "收入说明"},
		},
	}
	m, err := export.Commit(dir, []export.Entry{{
		DocumentID: hash[:32], RegionCode: "130400", FiscalYear: 2020,
		Load: func() (*export.Result, error) {
			return &export.Result{Disclosure: d, URI: "某局/2020.txt", Status: "ok"}, nil
		},
	}}, export.Settings{Pipeline: "yusuan/1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range m.Files {
		if f.Rows > 0 {
			fmt.Println(f.Path, f.Rows)
		}
	}
	// Output:
	// documents/fiscal_year=2020/part-00000.parquet 1
	// paragraphs/fiscal_year=2020/part-00000.parquet 1
}
