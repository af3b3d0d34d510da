package field

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"yusuan/normalize/vocab"
)

func TestResolve(t *testing.T) {
	for _, c := range []struct{ form, label, canonical, method, tokens, concepts string }{
		// The confusable four: one head, four concepts.
		{"procurement", "采购项目名称", "project_name", Alias, "采购|项目|名称", "PROCUREMENT PROJECT NAME"},
		{"procurement", "项目名称", "project_name", Alias, "项目|名称", "PROJECT NAME"},
		{"procurement", "品目名称", "item_name", Alias, "品目|名称", "ITEM NAME"},
		{"performance_target", "专项资金名称", "project_name", Alias, "专项资金|名称", "SPECIAL_FUND NAME"},
		{"procurement", "政府采购项目名称", "project_name", Segment, "政府采购|项目|名称", "PROCUREMENT PROJECT NAME"},
		{"procurement", "政府采购品目分类编码", "catalogue_code", Segment, "政府采购|品目|分类|编码", "PROCUREMENT ITEM CLASSIFICATION CODE"},

		// 单位 is an organisation, a unit of measure, or a money unit.
		{"organizations", "单位名称", "name", Alias, "单位|名称", "UNIT NAME"},
		{"", "单位名称", "unit_name", Alias, "单位|名称", "UNIT NAME"},
		{"procurement", "计量单位", "unit_raw", Alias, "计量|单位", "MEASURE UNIT"},
		{"performance_target", "度量单位", "unit", Alias, "度量|单位", "MEASURE UNIT"},
		{"procurement", "数量\n单位", "unit_raw", Alias, "数量\n|单位", "QUANTITY UNIT"},
		{"", "单位：万元", "money_unit", Segment, "单位|：|万元", "UNIT NOISE MONEY"},
		{"", "金额单位：元", "money_unit", Segment, "金额|单位|：|元", "AMOUNT UNIT NOISE MONEY"},
		{"performance_target", "单位项目", "", None, "单位|项目", "UNIT PROJECT"},
		{"performance_target", "项目单位", "unit_name", Alias, "项目|单位", "PROJECT UNIT"},

		// The same label means something else in another form.
		{"procurement", "合计", "fiscal_total", Alias, "合计", "TOTAL"},
		{"revenue", "合计", "total", Alias, "合计", "TOTAL"},
		{"fixed_assets", "项　目", "item", Alias, "项　目", "PROJECT"},
		{"three_public", "项 目", "name", Alias, "项 目", "PROJECT"},
		{"performance_target", "预算数", "total", Alias, "预算|数", "BUDGET NUM"},
		{"three_public", "预 算 数", "budget_amount", Alias, "预 算 |数", "BUDGET NUM"},
		{"revenue_expenditure", "项目名称", "name", Alias, "项目|名称", "PROJECT NAME"},
		{"procurement", "一般公共预算拨款收入", "general_public", Alias, "一般公共预算|拨款|收入", "GENERAL_PUBLIC APPROPRIATION REVENUE"},
		{"revenue", "一般公共预算拨款收入", "general_public_budget", Alias, "一般公共预算|拨款|收入", "GENERAL_PUBLIC APPROPRIATION REVENUE"},

		// Words that are labels in statutory tables and values elsewhere.
		{"three_public", "会议费", "meeting", Alias, "会议|费", "MEETING FEE"},
		{"performance_target", "会议费", "", None, "会议|费", "MEETING FEE"},
		{"revenue", "项", "code", Alias, "项", ""},
		{"procurement", "项", "", None, "项", ""},

		// Units and notes at the end, list numbers, 其中, quotes.
		{"fixed_assets", "价值（金额单位：万元）", "value", Alias, "价值|（|金额|单位|：|万元|）", "WORTH NOISE AMOUNT UNIT NOISE MONEY NOISE"},
		{"fixed_assets", "价值 金额单位：万元", "value", Alias, "价值 |金额|单位|：|万元", "WORTH AMOUNT UNIT NOISE MONEY"},
		{"performance_evaluation", "全年执行数（B）", "executed", Alias, "全年|执行|数|（|B|）", "FULL_YEAR EXECUTE NUM NOISE  NOISE"},
		{"performance_evaluation", "全年执行数(b)", "executed", Alias, "全年|执行|数|(|b|)", "FULL_YEAR EXECUTE NUM NOISE  NOISE"},
		{"performance_target", "资金支出计划（％）", "spending_plan", Alias, "资金|支出|计划|（|％|）", "FUND EXPENDITURE PLAN NOISE RATE NOISE"},
		{"general_public_expenditure", "增减（%）", "change_rate", Alias, "增减|（|%|）", "CHANGE NOISE RATE NOISE"},
		{"general_public_expenditure", "增减（万元）", "change_amount", Alias, "增减|（|万元|）", "CHANGE NOISE MONEY NOISE"},
		{"revenue_expenditure", "三、国有资本经营预算拨款收入", "state_capital", Alias, "三|、|国有资本经营预算|拨款|收入", " NOISE STATE_CAPITAL APPROPRIATION REVENUE"},
		{"three_public", "（二）公务接待费", "official_reception", Alias, "（|二|）|公务接待|费", "NOISE  NOISE RECEPTION FEE"},
		{"three_public", "①公务用车购置费", "vehicle_purchase", Alias, "①|公务用车|购置|费", "NOISE VEHICLE PURCHASE FEE"},
		{"three_public", "㈠公务用车购置费", "vehicle_purchase", Alias, "㈠|公务用车|购置|费", "NOISE VEHICLE PURCHASE FEE"},
		{"performance_target", "其中：当年财政拨款", "year_fiscal", Alias, "其中|：|当年|财政|拨款", "NOISE NOISE THIS_YEAR FISCAL APPROPRIATION"},
		{"three_public", "2023年“三公”经费预算数", "three_public", Segment, "2023|年|“|三公|”|经费|预算|数", "NUMBER YEAR NOISE THREE_PUBLIC NOISE EXPENSE BUDGET NUM"},

		// Years: whose they are stays in the tokens.
		{"general_public_expenditure", "2023年预算数", "budget_amount", Segment, "2023|年|预算|数", "NUMBER YEAR BUDGET NUM"},
		{"general_public_expenditure", "2022年执行数", "executed", Segment, "2022|年|执行|数", "NUMBER YEAR EXECUTE NUM"},
		{"performance_target", "2023年度预算数", "year_total", Segment, "2023|年度|预算|数", "NUMBER YEAR BUDGET NUM"},
		{"performance_target", "11月底", "through_month", Segment, "11|月|底", "NUMBER MONTH END"},
		{"fixed_assets", "截止时间：2019年12月31日", "as_of", Segment, "截止|时间|：|2019|年|12|月|31|日", "DEADLINE DATE NOISE NUMBER YEAR NUMBER MONTH NUMBER DAY"},
		{"general_public_expenditure", "2024年预算数比2023年执行数增减%", "change_rate", Segment, "2024|年|预算|数|比|2023|年|执行|数|增减|%", "NUMBER YEAR BUDGET NUM COMPARE NUMBER YEAR EXECUTE NUM CHANGE RATE"},

		// Statutory tables.
		{"basic_expenditure", "政府预算支出经济分类科目编码", "code", Segment, "政府预算|支出|经济|分类|科目|编码", "GOVERNMENT_BUDGET EXPENDITURE ECONOMIC CLASSIFICATION SUBJECT CODE"},
		{"expenditure", "对附属单位补助支出", "subordinate_subsidy", Alias, "对|附属单位|补助|支出", "NOISE SUBORDINATE SUBSIDY EXPENDITURE"},
		{"fund_expenditure", "本年政府性基金预算财政拨款支出", "government_fund", Segment, "本年|政府性基金预算|财政|拨款|支出", "THIS_YEAR GOV_FUND FISCAL APPROPRIATION EXPENDITURE"},

		// Labels that other forms agree on hold in a form that lacks them.
		{"other", "指标值确定依据", "basis", Alias, "指标|值|确定|依据", "INDICATOR VALUE CONFIRM BASIS"},

		// Proposals.
		{"fixed_assets", "编制部门：某某市某某局", "department", Review, "编制|部门|：|某某市某某局", "PREPARE DEPARTMENT NOISE "},
		{"performance_target", "指标值确定根据", "basis", Review, "指标|值|确定|根据", "INDICATOR VALUE CONFIRM "},
		{"performance_target", "某某项目名称", "project_name", Review, "某某|项目|名称", " PROJECT NAME"},

		// Nothing like it is known, or it is no label at all.
		{"performance_target", "数量指标", "", None, "数量|指标", "QUANTITY INDICATOR"},
		{"performance_target", "服务对象满意度指标", "", None, "服务|对|象满意度|指标", "SERVICE NOISE  INDICATOR"},
		{"", "GDP增速", "", None, "GDP增速", ""},
		{"", "11,456.26", "", None, "11,456.26", "NUMBER"},
		{"", "公告11456.26号", "", None, "公告|11456.26|号", " NUMBER CODE"},
		{"", "1、", "", None, "1|、", "NUMBER NOISE"},
		{"", " \u3000\n", "", None, " \u3000\n", "NOISE"},
		{"", "", "", None, "", ""},
		{"no_such_form", "科目名称", "name", Alias, "科目|名称", "SUBJECT NAME"},
	} {
		got := New().Resolve(c.form, c.label)
		if got.Canonical != c.canonical || got.Method != c.method {
			t.Errorf("Resolve(%q, %q) = %q by %s, want %q by %s", c.form, c.label, got.Canonical, got.Method, c.canonical, c.method)
		}
		if tokens := strings.Join(got.Tokens, "|"); tokens != c.tokens {
			t.Errorf("Resolve(%q, %q): tokens %q, want %q", c.form, c.label, tokens, c.tokens)
		}
		if concepts := strings.Join(got.Concepts, " "); concepts != c.concepts {
			t.Errorf("Resolve(%q, %q): concepts %q, want %q", c.form, c.label, concepts, c.concepts)
		}
	}
}

// TestVocabularyResolves runs every label of the vocabulary through the
// resolver: it must come out as the alias that it is, and keys must not
// collide once quotes are left out.
func TestVocabularyResolves(t *testing.T) {
	r := New()
	for _, rule := range vocab.FieldRules() {
		if rule.Method != vocab.ByAlias {
			continue
		}
		form := rule.Form
		if form == vocab.AnyForm {
			form = "other"
		}
		if got := r.Resolve(form, rule.Match); got.Canonical != rule.Field || got.Method != Alias {
			t.Errorf("Resolve(%q, %q) = %q by %s, want %q", form, rule.Match, got.Canonical, got.Method, rule.Field)
		}
	}
}

// TestPatternsAgree runs the labels of the vocabulary through the patterns
// alone. Where patterns of the label's own form find a field it must be the
// one that the alias names: otherwise a variant of the label would come out
// differently from the label.
func TestPatternsAgree(t *testing.T) {
	r := New()
	for _, rule := range vocab.FieldRules() {
		if rule.Method != vocab.ByAlias {
			continue
		}
		l := newLabel(rule.Match)
		concepts, unknown := view{len(l.norm), true}.significant(l, r.t.cut(l))
		if unknown > 0 {
			continue
		}
		scope := map[string][]pattern{rule.Form: r.t.patterns[rule.Form]}
		f, certain := (&tables{patterns: scope}).match(rule.Form, concepts)
		if f != "" && (f != rule.Field || !certain) {
			t.Errorf("%s %q is %s, its concepts %q match %s (certain: %v)", rule.Form, rule.Match, rule.Field, concepts, f, certain)
		}
	}
}

func TestConcurrent(t *testing.T) {
	r := New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, label := range []string{"采购项目名称", "2023年预算数", "指标值确定根据"} {
				for range 200 {
					if r.Resolve("performance_target", label).Canonical == "" {
						t.Errorf("%s was not resolved", label)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

// FuzzResolve checks what holds for every text: no panic, tokens that join to
// the label and cut no rune in two, a concept for each, a field exactly if
// something was found.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{"采购项目名称", "价值（金额单位：万元）", " 项\u3000目\u200b", "㈠①⒈㎡", "1,234.56万元", "(((", "一、二、", "PM2.5", "\xff项\xfe目", "é\u0301ﬁ", "单位：元", "²½٣"} {
		f.Add("procurement", s)
	}
	r := New()
	f.Fuzz(func(t *testing.T, form, label string) {
		got := r.Resolve(form, label)
		if joined := strings.Join(got.Tokens, ""); joined != label {
			t.Errorf("tokens %q join to %q, not to %q", got.Tokens, joined, label)
		}
		if len(got.Tokens) != len(got.Concepts) {
			t.Errorf("%d tokens, %d concepts", len(got.Tokens), len(got.Concepts))
		}
		for _, token := range got.Tokens {
			if token == "" || utf8.ValidString(label) && !utf8.ValidString(token) {
				t.Errorf("bad token in %q", got.Tokens)
			}
		}
		if (got.Canonical == "") != (got.Method == None) {
			t.Errorf("field %q by %q", got.Canonical, got.Method)
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	r := New()
	for _, c := range []struct{ name, label string }{
		{"alias", "指标值确定依据"}, {"segment", "2023年预算数"}, {"review", "指标值确定根据"},
		{"none", "资助单位数量比例情况"}, {"sentence", strings.Repeat("完成年度目标并及时拨付资金，", 10)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Resolve("performance_target", c.label)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	vocab.FieldRules()
	vocab.Morphemes()
	b.ReportAllocs()
	for b.Loop() {
		load()
	}
}
