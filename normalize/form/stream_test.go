package form

import (
	"math/rand/v2"
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/normalize/field"
	"yusuan/normalize/record"
)

// column builds a table of one column from cells apart by "|".
func column(cells ...string) []string { return strings.Split(strings.Join(cells, "|"), "|") }

// TestStreamColumn reads a form whose cells stand one below the other in one
// column, blank ones among them.
func TestStreamColumn(t *testing.T) {
	r := read(grid(column(
		"部门预算项目支出绩效自评表（2023年度）", "项目名称|51000021R000000012345-校园安全", "主管部门|青山县教育局", "实施单位 (盖章)|青山县实验小学",
		"项目基本情况|1.项目年度目标完成情况|项目年度目标|年度目标完成情况|安装10台设备。|已安装。",
		"预算执行情况(10分)|年度预算数(万元)|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因",
		"总额|1.00|3.36|3.36|100.00%|10|", "其中:财政资金|1.00|3.00|3.00|100.00%|/|/", "单位资金|0.36|0.36",
		"绩效指标(90分)|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析",
		"产出指标|数量指标|设备|≥|10|台|10|50|50|", "质量指标|合格率|＝|100|%|99|20|19|一台返修",
		"满意度指标|满意度|≥|95|%|96|20", "合计|100", "评价结论|好",
	)...))
	if r.Form != PerformanceEvaluation || len(r.Projects) != 1 || r.Title != "部门预算项目支出绩效自评表（2023年度）" {
		t.Fatalf("form %q, %d projects, title %q", r.Form, len(r.Projects), r.Title)
	}
	expect(t, "project", []string{projectLine(&r.Projects[0])},
		[]string{"51000021R000000012345|校园安全|青山县实验小学||||33600|30000||||[安装10台设备。]"})
	expect(t, "indicators", evaluation(r.Indicators), []string{
		"1 产出指标,数量指标,设备,10,ge10{device},,50,10,10",
		"1 产出指标,质量指标,合格率,100,eq100%,,20,99,99",
	})
	expect(t, "notes", codes(r.Notes), []string{"form.rows_made", "form.row_short", "form.row_realigned", "form.amount_in_cells", "form.row_short"})
	// Places are those of the column.
	if i := r.Indicators[0]; i.Row != 54 || i.Col != 0 || r.Notes[1].Row != 70 {
		t.Errorf("indicator in row %d, column %d; note in row %d", i.Row, i.Col, r.Notes[1].Row)
	}
	if r.FieldOf[54] != "value" || r.FieldOf[2] != "project_name" {
		t.Errorf("fields of cells: %q %q", r.FieldOf[54], r.FieldOf[2])
	}
}

// TestStreamTarget reads a target form in one column by its signs.
func TestStreamTarget(t *testing.T) {
	r := read(grid(column("绩效目标表|项目名称|校园安全|一级指标|二级指标|三级指标|指标性质|指标值|度量单位", "产出指标|数量指标|设备|≥|10|台|合格率|＝|100|%|效益指标|社会效益指标|影响|定性|好|")...))
	expect(t, "indicators", evaluation(r.Indicators), []string{"1 产出指标,数量指标,设备,10,ge10{device},,,,", "1 产出指标,数量指标,合格率,100,eq100%,,,,",
		"1 效益指标,社会效益指标,影响,好,,qualitative,,,"})
}

// TestRunning reads a form that has come as one paragraph.
func TestRunning(t *testing.T) {
	at := record.Origin{Page: 3, Block: 7, Row: -1, Col: -1}
	const head = "附件 项目支出绩效自评表 (2022年度) 项目名称 校舍维修 主管部门 402-青山县教育局 实施单位 402003-青山县实验小学 " +
		"项目资金 (万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分 年度资金总额: 12 13 12.9 10 99.2% 9.9 " +
		"其中:本年财政拨款 10 10.5 10.4 上年结转资金 其他资金 年度总体目标 预期目标 实际完成情况 安排13万元用于维修。 已完成。 " +
		"绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 "
	for _, c := range []struct {
		name, rows string
		want       []string
		notes      []string
	}{
		{"rows that points end", "产出指标(50分) 数量指标 维修面积 ≥1200平方米 1250 20 20 维修间数 =8个 8 8 8 质量指标 合格率 ≥95% 96% 22 22 经济效益指标 满意度指标(10分) 满意度指标 师生满意 满意 达成预期指标 10 10 总分 100 98",
			[]string{"1 产出指标(50分),数量指标,维修面积,≥1200平方米,ge1200m2,,20,1250,1250", "1 产出指标(50分),数量指标,维修间数,=8个,eq8{count},,8,8,8",
				"1 产出指标(50分),质量指标,合格率,≥95%,ge95%,,22,96%,96", "1 满意度指标(10分),满意度指标,师生满意,满意,,qualitative,10,达成预期指标,"}, nil},
		{"a blank within a cell, a blank cell and a reason", "产出指标 数量指标 维修 面积 ≥1200平方米 1250 20 20 质量指标 合格率 ≥95% 22 22 时效指标 按期 是 是 8 6 下雨 工期 是 是 8 8 成本指标 费用 ≤13万元 12.9 10 10",
			[]string{"1 产出指标,时效指标,按期,是,,qualitative,8,是,", "1 产出指标,成本指标,费用,≤13万元,le13CNY,,10,12.9,12.9"}, []string{"form.row_short", "form.row_short", "form.row_short"}},
	} {
		r := NewReader(field.New()).Running(head+c.rows, at)
		if r == nil || r.Form != PerformanceEvaluation || len(r.Projects) != 1 {
			t.Errorf("%s: %+v", c.name, r)
			continue
		}
		expect(t, c.name+": project", []string{projectLine(&r.Projects[0])}, []string{"|校舍维修|402003青山县实验小学||||130000|||||[安排13万元用于维修。]"})
		expect(t, c.name, evaluation(r.Indicators), c.want)
		want := append([]string{"form.rows_made"}, c.notes...)
		expect(t, c.name+": notes", codes(r.Notes), append(want, "form.amount_in_cells", "form.row_short", "form.row_realigned"))
		if i := r.Indicators[0]; i.Page != 3 || i.Block != 7 || i.Table != 0 || i.Row != -1 {
			t.Errorf("%s: place %+v", c.name, i.Origin)
		}
		runes := []rune(head + c.rows)
		if len(r.Sentences) != 2 || string(runes[r.Sentences[0].Start:r.Sentences[0].End]) != "安排13万元用于维修。" {
			t.Errorf("%s: sentences %v", c.name, r.Sentences)
		}
	}
}

// TestGlued leaves a text alone whose cells run together, and says so; a
// sentence about indicators is none.
func TestGlued(t *testing.T) {
	reader := NewReader(field.New())
	const glued = "绩效自评表项目名称校舍维修主管部门教育局一级指标二级指标三级指标分值年度指标值全年实际值得分产出指标数量指标面积10≥266米≥266米10总分100"
	r := reader.Running(glued, record.Origin{Block: 4, Row: -1, Col: -1})
	if r == nil || len(r.Projects)+len(r.Indicators) > 0 {
		t.Fatalf("%+v", r)
	}
	expect(t, "notes", codes(r.Notes), []string{"form.cells_glued"})
	for _, text := range []string{
		"我局按照要求设置一级指标、二级指标、三级指标和指标值，共编报绩效目标11个，涉及资金6626万元，指标完成情况良好。",
		"部门整体绩效指标得分95分，指标完成值与年初指标值相比提高2个百分点，得分情况较好，全年执行率99%。",
	} {
		if r := reader.Running(text, record.Origin{}); r != nil {
			t.Errorf("%q is taken for a form: %+v", text, r)
		}
	}
	if !GoesOn("资产管理安全好好100%22否") || GoesOn("全年完成12次，效果好。") {
		t.Error("GoesOn")
	}
}

// TestStreamPlaces makes tables of cells at random: every cell is placed once,
// in order, and no two in one place.
func TestStreamPlaces(t *testing.T) {
	words := strings.Fields("项目名称 校舍 一级指标 二级指标 三级指标 指标值 完成值 得分 分值 指标性质 ≥ 10 100% 产出指标 数量指标 满意度指标(10分) 合计 总分 " +
		"年初预算数 全年预算数 全年执行数 执行率 年度资金总额 其他资金 预期目标 实际完成情况 备注 文字。")
	reader := NewReader(field.New())
	const rounds = 2000
	for seed := range rounds {
		rng := rand.New(rand.NewPCG(1, uint64(seed)))
		st := &stream{sheet: &sheet{View: &View{Table: &document.Table{}}, reader: reader, out: &Records{}}, blanks: seed%2 == 0}
		for range 5 + rng.IntN(60) {
			st.texts = append(st.texts, words[rng.IntN(len(words))])
		}
		made := st.table()
		places := map[[2]int]bool{}
		for i, c := range made.Cells {
			if i >= len(st.texts) || c.Text != st.texts[i] || places[[2]int{c.Row, c.Col}] || c.Row >= made.Rows || c.Col >= made.Cols {
				t.Fatalf("seed %d: cell %d is %+v in %d rows", seed, i, c, made.Rows)
			}
			places[[2]int{c.Row, c.Col}] = true
		}
		if len(made.Cells) != len(st.texts) {
			t.Fatalf("seed %d: %d cells of %d", seed, len(made.Cells), len(st.texts))
		}
	}
}
