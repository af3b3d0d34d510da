package value_test

import (
	"fmt"

	"yusuan/normalize/value"
)

func ExampleParse() {
	for _, v := range value.Parse("慰问人数不少于100人,宣传用品不少于2万份", value.Hint{}) {
		fmt.Println(v.Qualifier, v.Comparator, v.Number, v.Base, v.UnitRaw, v.Unit)
	}
	// Output:
	// 慰问人数 ge 100 100 人 {person}
	// 宣传用品 ge 2 20000 万份 {document}
}

func ExampleFind() {
	for _, q := range value.Find("2020年转移农村劳动力4万人以上，按每生每学年500元补助") {
		fmt.Printf("%s|%t|%s|%s|%s|%s\n", q.Text, q.Date, q.Comparator, q.Base, q.Unit, q.Per)
	}
	// Output:
	// 2020年|true||||
	// 4万人以上|false|ge|40000|{person}|
	// 每生每学年500元|false|eq|500|CNY|student,school_year
}
