package normalize_test

import (
	"fmt"

	"yusuan/extract/document"
	"yusuan/normalize"
)

func ExampleNormalizer_Document() {
	doc := &document.Document{Blocks: []document.Block{
		&document.Paragraph{Text: "青神县教育局"},
		&document.Paragraph{Text: "2021年部门预算公开情况说明"},
		&document.Paragraph{Text: "2021年预算收入1256.20万元，较2020年预算减少5%。"},
	}}
	d := normalize.New().Document(doc)
	fmt.Println(d.Identity.Department, d.Identity.RegionCode, d.Identity.FiscalYear, d.Identity.Kind)
	for _, a := range d.Amounts {
		fmt.Printf("%s = %s %s %q\n", a.Metric, a.Base, a.Unit, a.Change)
	}
	// Output:
	// 青神县教育局 511425 2021 budget
	// 预算收入 = 12562000 CNY ""
	// 预算收入 = 5 % "decrease"
}
