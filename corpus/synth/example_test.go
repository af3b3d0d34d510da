package synth_test

import (
	"fmt"

	"yusuan/corpus/synth"
)

func ExampleGenerator_Document() {
	g := synth.New(synth.Settings{Seed: 12, Departments: 3, Years: 3})
	d := g.Document(2)
	fmt.Println(d.Name)
	p := d.Truth.Projects[0]
	fmt.Println(p.Code, p.Name, p.Total, "元")
	x := d.Truth.Indicators[0]
	fmt.Println(x.Level1, x.Level3, x.ValueRaw, x.Comparator, x.Number, x.Unit)
	// Output:
	// 遵化市农业农村局/遵化市农业农村局2020年部门预算
	// 000-9999-JSN-VBO0 农业农村公共服务体系专项补助资金 3032100 元
	// 产出指标 项目总成本 327.63万元 eq 327.63 CNY
}
