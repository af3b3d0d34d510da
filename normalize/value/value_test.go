package value

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/normalize/record"
)

// describe prints every column of a value that is not empty.
func describe(v record.Value) string {
	var b strings.Builder
	b.WriteString(v.Kind)
	put := func(name, s string) {
		if s != "" {
			fmt.Fprintf(&b, " %s=%s", name, s)
		}
	}
	b.WriteString(" " + v.Comparator)
	if v.ComparatorImplied {
		b.WriteString("?")
	}
	put("n", v.Number.String())
	if !v.Upper.IsNull() {
		put("upper", v.Upper.String())
		if v.UpperInclusive {
			b.WriteString("]")
		}
	}
	if v.ScaleExp != 0 {
		put("exp", fmt.Sprint(v.ScaleExp))
		put("base", v.Base.String())
	} else if v.Base != v.Number {
		put("base", v.Base.String())
	}
	put("raw", v.UnitRaw)
	put("unit", v.Unit)
	put("inferred", v.UnitInferred)
	put("grade", v.Grade)
	put("per", v.Per)
	put("qualifier", v.Qualifier)
	put("words", v.Qualitative)
	flags := slices.Clone(v.Flags)
	slices.Sort(flags)
	if len(flags) > 0 {
		b.WriteString(" [" + strings.Join(flags, " ") + "]")
	}
	return b.String()
}

const implied = " [comparator_implied]"

var parseCases = []struct {
	in   string
	want []string
}{
	// Signs, words and misprints.
	{"≥95百分比", []string{"quantity ge n=95 raw=百分比 unit=%"}},
	{"≧90%", []string{"quantity ge n=90 raw=% unit=%"}},
	{"⩾ 90 ％", []string{"quantity ge n=90 raw=％ unit=%"}},
	{">=90%", []string{"quantity ge n=90 raw=% unit=%"}},
	{"=>90%", []string{"quantity ge n=90 raw=% unit=%"}},
	{"〉=90%", []string{"quantity ge n=90 raw=% unit=% [sign_misprint]"}},
	{"〉90%", []string{"quantity gt n=90 raw=% unit=% [sign_misprint]"}},
	{"‹5次", []string{"quantity lt n=5 raw=次 unit={occurrence} [sign_misprint]"}},
	{"＞6.00(次)", []string{"quantity gt n=6.00 raw=次 unit={occurrence}"}},
	{"≦5天", []string{"quantity le n=5 raw=天 unit=d"}},
	{"＝8个", []string{"quantity eq n=8 raw=个 unit={count}"}},
	{"不低于80%", []string{"quantity ge n=80 raw=% unit=%"}},
	{"不少于3场次", []string{"quantity ge n=3 raw=场次 unit={event}"}},
	{"大于等于5个", []string{"quantity ge n=5 raw=个 unit={count}"}},
	{"高于90%", []string{"quantity gt n=90 raw=% unit=%"}},
	{"不超过30万元", []string{"quantity le n=30 exp=4 base=300000 raw=万元 unit=CNY [unit_scaled]"}},
	{"低于2%", []string{"quantity lt n=2 raw=% unit=%"}},
	{"不足10人", []string{"quantity lt n=10 raw=人 unit={person}"}},
	{"达到95%以上", []string{"quantity ge n=95 raw=% unit=%"}},
	{"达95%", []string{"quantity eq? n=95 raw=% unit=%" + implied}},
	{"95%（含）以上", []string{"quantity ge n=95 raw=% unit=%"}},
	{"5个工作日以内", []string{"quantity le n=5 raw=个工作日 unit={workday}"}},
	{"24小时内", []string{"quantity le n=24 raw=小时 unit=h"}},
	{"约100人", []string{"quantity approx n=100 raw=人 unit={person}"}},
	{"100人左右", []string{"quantity approx n=100 raw=人 unit={person}"}},
	{"300余家", []string{"quantity gt n=300 raw=家 unit={organization}"}},
	{"3万余人", []string{"quantity gt n=3 exp=4 base=30000 raw=万人 unit={person} [unit_scaled]"}},
	{"≥90%以上", []string{"quantity ge n=90 raw=% unit=%"}},
	{"超过90%以上", []string{"quantity gt n=90 raw=% unit=% [comparator_conflict]"}},
	{"-5%", []string{"quantity eq? n=-5 raw=% unit=%" + implied}},
	{"≤-0.5‰", []string{"quantity le n=-0.5 raw=‰ unit=[ppth]"}},
	// Ranges.
	{"90-95%", []string{"quantity ge n=90 upper=95] raw=% unit=%"}},
	{"90%～95%", []string{"quantity ge n=90 upper=95] raw=% unit=%"}},
	{"5至10天", []string{"quantity ge n=5 upper=10] raw=天 unit=d"}},
	{"2—3次", []string{"quantity ge n=2 upper=3] raw=次 unit={occurrence}"}},
	{"5-10万元", []string{"quantity ge n=5 upper=10] exp=4 base=50000 raw=万元 unit=CNY [unit_scaled]"}},
	{"5万-10万元", []string{"quantity ge n=5 upper=10] exp=4 base=50000 raw=万元 unit=CNY [unit_scaled]"}},
	{"5千-1万元", []string{"quantity ge n=5 upper=10] exp=3 base=5000 raw=千元 unit=CNY [unit_scaled]"}},
	{"5000元至1万元", []string{"quantity ge n=5000 upper=10000] raw=元 unit=CNY"}},
	{"≥90%且≤100%", []string{"quantity ge n=90 upper=100] raw=% unit=%"}},
	{">90%,<100%", []string{"quantity gt n=90 upper=100 raw=% unit=%"}},
	{"90-100优", []string{"graded ge n=90 upper=100] grade=优 [unit_missing]"}},
	// Units and scales.
	{"≥13459.00(平方米)", []string{"quantity ge n=13459.00 raw=平方米 unit=m2"}},
	{"=5.00(万人次)", []string{"quantity eq n=5.00 exp=4 base=50000 raw=万人次 unit={person-time} [unit_scaled]"}},
	{"90.00(度)", []string{"quantity eq? n=90.00 raw=度 [comparator_implied unit_doubtful]"}},
	{"1,234.00千元", []string{"quantity eq? n=1234.00 exp=3 base=1234000 raw=千元 unit=CNY [comparator_implied unit_scaled]"}},
	{"1，234.50百元", []string{"quantity eq? n=1234.50 exp=2 base=123450 raw=百元 unit=CNY [comparator_implied unit_scaled]"}},
	{"１．５亿元", []string{"quantity eq? n=1.5 exp=8 base=150000000 raw=亿元 unit=CNY [comparator_implied unit_scaled]"}},
	{"5百人", []string{"quantity eq? n=5 exp=2 base=500 raw=百人 unit={person} [comparator_implied unit_scaled]"}},
	{"2千克", []string{"quantity eq? n=2 raw=千克 unit=kg" + implied}},
	{"3个百分点", []string{"quantity eq? n=3 raw=个百分点 unit={percentage-point}" + implied}},
	{"20万", []string{"quantity eq? n=20 exp=4 base=200000 raw=万 [comparator_implied unit_missing unit_scaled]"}},
	{"≥95", []string{"quantity ge n=95 [unit_missing]"}},
	{"≤12月", []string{"quantity le n=12 raw=月 unit=mo"}},
	{"≥95佰分比", []string{"quantity ge n=95 raw=佰分比 unit=% [unit_typo]"}},
	{"≥95百分笔", []string{"quantity ge n=95 raw=百分笔 unit=% [unit_typo]"}},
	{"≥95设施设备正常使用率", []string{"quantity ge n=95 raw=设施设备正常使用率 inferred=% [unit_is_metric_name]"}},
	{"≥3大行动", []string{"quantity ge n=3 raw=大行动 [unit_unknown]"}},
	{"百分之九十五以上", []string{"quantity ge n=95 raw=百分之 unit=%"}},
	// Grades.
	{"≥95优", []string{"graded ge n=95 grade=优 [unit_missing]"}},
	{"<70差", []string{"graded lt n=70 grade=差 [unit_missing]"}},
	{"≥85分良好", []string{"graded ge n=85 raw=分 unit={score} grade=良"}},
	{"优≥95、良≥85", []string{"graded ge n=95 grade=优 [compound unit_missing]", "graded ge n=85 grade=良 [compound unit_missing]"}},
	// Per-phrases.
	{"每生每学年500元", []string{"quantity eq? n=500 raw=元 unit=CNY per=student,school_year" + implied}},
	{"每人每年补助500元", []string{"quantity eq? n=500 raw=元 unit=CNY per=person,year" + implied}},
	{"每周≥3次", []string{"quantity ge n=3 raw=次 unit={occurrence} per=week"}},
	{"≤500元/人·年", []string{"quantity le n=500 raw=元/人·年 unit=CNY per=person,year"}},
	{"0台/套", []string{"quantity eq? n=0 raw=台/套 unit={set}" + implied}},
	{"年组织鉴定2500人次", []string{"quantity eq? n=2500 raw=人次 unit={person-time} per=year qualifier=年组织鉴定 [comparator_implied quantity_in_text]"}},
	// Chinese numerals.
	{"两项", []string{"quantity eq? n=2 raw=项 unit={item}" + implied}},
	{"一年内", []string{"quantity le n=1 raw=年 unit=a"}},
	{"三十五人", []string{"quantity eq? n=35 raw=人 unit={person}" + implied}},
	{"一百零五户", []string{"quantity eq? n=105 raw=户 unit={household}" + implied}},
	{"零", []string{"quantity eq? n=0 [comparator_implied unit_missing]"}},
	{"一次性完成", []string{"qualitative  words=一次性完成"}},
	{"三公经费只减不增", []string{"qualitative  words=三公经费只减不增"}},
	{"零事故", []string{"qualitative  words=零事故"}},
	// Compound cells, and quantities in words.
	{"慰问人数不少于100人,宣传用品不少于20000份", []string{
		"quantity ge n=100 raw=人 unit={person} qualifier=慰问人数 [compound]",
		"quantity ge n=20000 raw=份 unit={document} qualifier=宣传用品 [compound]"}},
	{"培训率达90%以上；全年无事故。", []string{
		"quantity ge n=90 raw=% unit=% qualifier=培训率 [compound]", "qualitative  words=全年无事故 [compound]"}},
	{"1、培训5次\n2、印刷20份", []string{
		"quantity eq? n=5 raw=次 unit={occurrence} qualifier=培训 [comparator_implied compound]",
		"quantity eq? n=20 raw=份 unit={document} qualifier=印刷 [comparator_implied compound]"}},
	{"①培训5次②印刷20份", []string{
		"quantity eq? n=5 raw=次 unit={occurrence} qualifier=培训 [comparator_implied compound]",
		"quantity eq? n=20 raw=份 unit={document} qualifier=印刷 [comparator_implied compound]"}},
	{"≥98%，全年无事故", []string{"quantity ge n=98 raw=% unit=% [compound]", "qualitative  words=全年无事故 [compound]"}},
	{"开展不低于5次的\n社区活动", []string{"quantity ge n=5 raw=次 unit={occurrence} qualifier=社区活动 [quantity_in_text]"}},
	{"满意率100%", []string{"quantity eq? n=100 raw=% unit=% qualifier=满意率 [comparator_implied quantity_in_text]"}},
	{"根据安排，完成训练任务", []string{"qualitative  words=根据安排，完成训练任务"}},
	// Words, dates and nothing.
	{"及时率", []string{"qualitative  words=及时率 [value_is_metric_name]"}},
	{"提高满意度", []string{"qualitative  words=提高满意度"}},
	{"提高效率", []string{"qualitative  words=提高效率"}},
	{"是", []string{"qualitative  words=是 [boolean]"}},
	{"2023年12月底前", []string{"qualitative  words=2023年12月底前"}},
	{"按照〔2019〕145号文件执行", []string{"qualitative  words=按照〔2019〕145号文件执行 [number_unread]"}},
	{"5百强企业", []string{"qualitative  words=5百强企业 [number_unread]"}},
	{"①", []string{"qualitative  words=①"}},
	{"12345678901234567890", []string{"qualitative  words=12345678901234567890 [number_unread]"}},
	{"", []string{"empty "}},
	{" 　\n", []string{"empty "}},
	{"——", []string{"empty  [placeholder]"}},
	{"/", []string{"empty  [placeholder]"}},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		var got []string
		for _, v := range Parse(c.in, Hint{}) {
			got = append(got, describe(v))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Parse(%q)\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestHint(t *testing.T) {
	for _, c := range []struct{ in, name, description, want string }{
		{"≥95%", "受助学生数", "", "quantity ge n=95 raw=% unit=% [unit_metric_mismatch]"},
		{"≥95%", "发放人数比率", "保障人数", "quantity ge n=95 raw=% unit=%"},
		{"≤24小时", "网络畅通率", "故障时间", "quantity le n=24 raw=小时 unit=h [unit_metric_mismatch]"},
		{"≥2次", "巡查频率", "", "quantity ge n=2 raw=次 unit={occurrence}"},
		{"≥90分", "群众满意度", "", "quantity ge n=90 raw=分 unit={score}"},
		{"≥95", "毛入学率（%）", "", "quantity ge n=95 inferred=% [unit_missing]"},
		{"≥95", "", "在校生占学龄人口的比例（百分比）", "quantity ge n=95 inferred=% [unit_missing]"},
		{"≥95", "满意率", "对发放的满意率", "quantity ge n=95 [unit_missing]"},
		{"≥95优", "巩固率（初、中级）", "", "graded ge n=95 grade=优 [unit_missing]"},
		{"≤30", "项目成本（万元）", "", "quantity le n=30 exp=4 base=300000 inferred=CNY [unit_missing unit_scaled]"},
		{"=300场", "开展活动300场", "", "quantity eq n=300 raw=场 unit={event} [quantity_in_name]"},
		{"全覆盖", "15个居民区全覆盖", "", "qualitative  words=全覆盖 [quantity_in_name]"},
		{"100%", "2020年两项补贴发放率", "", "quantity eq? n=100 raw=% unit=% [comparator_implied]"},
	} {
		got := Parse(c.in, Hint{c.name, c.description})
		if len(got) != 1 || describe(got[0]) != c.want {
			t.Errorf("Parse(%q, %s, %s)\n got %v\nwant %s", c.in, c.name, c.description, got, c.want)
		}
	}
}

func TestFormat(t *testing.T) {
	for in, want := range map[string]string{
		"不低于 95 ％":     "≥95％",
		"达到95%以上":      "≥95%",
		"90%～95%":      "90-95%",
		">90%且＜100%":   ">90%且<100%",
		"大于等于90%，≤95%": "90-95%",
		"每生每学年500元":    "每生每学年500元",
		"≤500元／人·年":    "≤500元／人·年",
		"95良好":         "95良",
		"＝8个":          "=8个",
		"三十五人":         "35人",
		"约100人":        "≈100人",
		"百分之九十五":       "百分之95",
		"20万":          "20万",
		"显著提升":         "显著提升",
		"——":           "",
	} {
		if got := Format(Parse(in, Hint{})[0]); got != want {
			t.Errorf("Format(Parse(%q)) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	cells := []string{"≥95百分比", "100%", "≥13459.00(平方米)", "慰问人数不少于100人,宣传用品不少于20000份", "严格按照考试方案执行", "≥95设施设备正常使用率"}
	h := Hint{"受助学生数", "按照政策要求符合享受资助的学生人数"}
	for b.Loop() {
		for _, c := range cells {
			Parse(c, h)
		}
	}
}
