package value

import (
	"slices"
	"strings"
	"testing"
)

func TestMoneyUnit(t *testing.T) {
	for _, c := range []struct {
		in, raw string
		exp     int
		ok      bool
	}{
		{"单位：万元", "万元", 4, true},
		{"金额单位：元", "元", 0, true},
		{"价值（金额单位：万元）", "万元", 4, true},
		{"单 位 ： 万 元", "万元", 4, true},
		{"单位:千元", "千元", 3, true},
		{"单位：百元", "百元", 2, true},
		{"单位：亿元", "亿元", 8, true},
		{"计量单位：台、金额单位：万元", "万元", 4, true},
		{"单位：万元、%", "万元", 4, true},
		{"年度预算数（万元）", "万元", 4, true},
		{"项目资金(元)", "元", 0, true},
		{"单位：人民币万元", "万元", 4, true},
		{"万元", "万元", 4, true},
		{"编制单位：某市财政局", "", 0, false},
		{"单位：元氏县财政局", "", 0, false},
		{"预算收入100万元", "", 0, false},
		{"单位：台", "", 0, false},
		{"", "", 0, false},
	} {
		raw, exp, ok := MoneyUnit(c.in)
		if raw != c.raw || exp != c.exp || ok != c.ok {
			t.Errorf("MoneyUnit(%q) = %q, %d, %v; want %q, %d, %v", c.in, raw, exp, ok, c.raw, c.exp, c.ok)
		}
	}
}

// findCases hold a sentence in which 【】 stand around what must be found, and
// what each find means.
var findCases = []struct {
	in   string
	want []string
}{
	{"预算收入【11456.26万元】，其中：基金收入【0万元】", []string{
		"quantity eq? n=11456.26 exp=4 base=114562600 raw=万元 unit=CNY" + implied,
		"quantity eq? n=0 exp=4 base=0 raw=万元 unit=CNY" + implied}},
	{"转移劳动力【4万人以上】，满意率【达到95%以上】", []string{
		"quantity ge n=4 exp=4 base=40000 raw=万人 unit={person}", "quantity ge n=95 raw=% unit=%"}},
	{"活动【不少于10场】，调整【约28000人】", []string{
		"quantity ge n=10 raw=场 unit={event}", "quantity approx n=28000 raw=人 unit={person}"}},
	{"家庭保持动态为【零】。", []string{"quantity eq? n=0 qualifier=动态 [comparator_implied unit_missing]"}},
	{"组织【两项】创业活动，举办【一期】师资班，一期工程完工", []string{
		"quantity eq? n=2 raw=项 unit={item}" + implied, "quantity eq? n=1 raw=期 unit={session}" + implied}},
	{"按【每生每学年500元】计算，【每人每年补助 300 元】", []string{
		"quantity eq? n=500 raw=元 unit=CNY per=student,school_year" + implied,
		"quantity eq? n=300 raw=元 unit=CNY per=person,year" + implied}},
	{"增加【77.70 %】，提高【3个百分点】，是上年的【2.5倍】", []string{
		"quantity eq? n=77.70 raw=% unit=%" + implied,
		"quantity eq? n=3 raw=个百分点 unit={percentage-point}" + implied,
		"quantity eq? n=2.5 raw=倍 unit={fold}" + implied}},
	{"单价【50万元（含）以上】的设备【0台/套】", []string{
		"quantity ge n=50 exp=4 base=500000 raw=万元 unit=CNY", "quantity eq? n=0 raw=台/套 unit={set}" + implied}},
	{"每【100人】配备【2名】", []string{"quantity eq? n=100 raw=人 unit={person} [comparator_implied denominator]",
		"quantity eq? n=2 raw=名 unit={person}" + implied}},
	// What is no quantity.
	{"一般公共预算、“三公”经费、三支一扶、两委、一是统一思想，第一批，十三五，进一步", nil},
	{"增强“八个本领”，落实一户一策，一人一档，建立一个窗口", nil},
	{"1、收入 （二）支出 第三条 第3条 3.1.2项 A4纸 5G网络 PM2.5", nil},
	{"冀财〔2019〕145号，[2020]3号，电话0310-8012345，12333人社热线", nil},
	{"公共安全支出（204类）司法（06款）行政运行（01项）", nil},
	{"比例1:3，占1/3，7×24小时，id=502364", nil},
	{"公约【5条】，附近【3个】", []string{"quantity eq? n=5 raw=条 unit={item}" + implied, "quantity eq? n=3 raw=个 unit={count}" + implied}},
	// Dates are marked, quantities beside them stay.
	{"【2020年】购置【3辆】，【2019年12月31日】止", []string{"date", "quantity eq? n=3 raw=辆 unit={vehicle}" + implied, "date"}},
	{"4．【2023年】部门预算表", []string{"date"}},
	{"【2020】享受资助学生【2296人】，购置【2020台】", []string{"date",
		"quantity eq? n=2296 raw=人 unit={person}" + implied, "quantity eq? n=2020 raw=台 unit={device}" + implied}},
	{"近五年投入，【近5000人】参加，【10日】前报送，【5日内】办结", []string{
		"quantity approx n=5000 raw=人 unit={person}", "date", "quantity le n=5 raw=日 unit=d"}},
	{"由【80%】提高到【95%】，共【12，345人】", []string{"quantity eq? n=80 raw=% unit=%" + implied,
		"quantity eq? n=95 raw=% unit=%" + implied, "qualitative  words=12，345人 [number_unread]"}},
	// Numbers in parts, and numbers that cannot be read.
	{"投入【1亿2000万元】，拨付【3万5千元】，共【1.2个亿】。", []string{
		"quantity eq? n=12000 exp=4 base=120000000 raw=万元 unit=CNY [comparator_implied number_compound]",
		"quantity eq? n=35 exp=3 base=35000 raw=千元 unit=CNY [comparator_implied number_compound]",
		"quantity eq? n=1.2 exp=8 base=120000000 raw=亿 [comparator_implied unit_missing]"}},
	{"本年收入【1 234.56万元】，增长【.5%】，减少【3·5万元】，剩余【12,34元】", []string{
		"quantity eq? n=1234.56 exp=4 base=12345600 raw=万元 unit=CNY [comparator_implied number_spaced]",
		"qualitative  words=.5% [number_unread]", "qualitative  words=3·5万元 [number_unread]",
		"qualitative  words=12,34元 [number_unread]"}},
	{"本年收入【12345.67 （单位：万元）】", []string{"quantity eq? n=12345.67 exp=4 base=123456700 raw=万元 unit=CNY" + implied}},
	{"全国人大三次会议、政协十届二次全体会议精神，召开【三次】会议", []string{"quantity eq? n=3 raw=次 unit={occurrence}" + implied}},
	{"收入 总计【16,745.59 支】，金额【202010100.00%】", []string{"qualitative  words=16,745.59 支 [number_unread]",
		"qualitative  words=202010100.00% [number_unread]"}},
	{"附件1 【2020年】购置【3辆】，用时【1小时30分】", []string{"date", "quantity eq? n=3 raw=辆 unit={vehicle}" + implied,
		"quantity eq? n=90 raw=分钟 unit=min [comparator_implied number_compound]"}},
}

func TestFind(t *testing.T) {
	for _, c := range findCases {
		text, spans := unmark(c.in)
		var got []string
		found := Find(text)
		for i, q := range found {
			if q.Date {
				got = append(got, "date")
			} else {
				got = append(got, describe(q.Value))
			}
			if i < len(spans) && (q.Start != spans[i][0] || q.End != spans[i][1]) {
				t.Errorf("%s: %q stands at %d to %d, want %v", text, q.Text, q.Start, q.End, spans[i])
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Find(%q)\n got %q\nwant %q", text, got, c.want)
		}
	}
}

// unmark takes the markers out and returns the rune offsets that they stood at.
func unmark(s string) (string, [][2]int) {
	var out []rune
	var spans [][2]int
	start := 0
	for _, r := range s {
		switch r {
		case '【':
			start = len(out)
		case '】':
			spans = append(spans, [2]int{start, len(out)})
		default:
			out = append(out, r)
		}
	}
	return string(out), spans
}

func TestFindNumberSpan(t *testing.T) {
	for in, want := range map[string]string{
		"不少于1,300.50万元以上": "1,300.50",
		"增长-5%":           "-5",
		"百分之九十五":          "九十五",
		"每人每年补助三百元":       "三百",
		"90%～95%":         "90",
	} {
		q := Find(in)
		if len(q) != 1 || string([]rune(in)[q[0].NumberStart:q[0].NumberEnd]) != want {
			t.Errorf("%q: %+v, want the number at %q", in, q, want)
		}
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2020年预算":         "2020年=2020",
		"2020 年度":         "2020 年度=2020",
		"2019年12月31日":     "2019年12月31日=2019-12-31",
		"２０１９年３月":         "２０１９年３月=2019-03",
		"二〇二〇年三月":         "二〇二〇年三月=2020-03",
		"3月底6月底":          "3月底=--03 6月底=--06",
		"2018-2020年":      "2018-2020年=2018/2020",
		"2023年1-6月":       "2023年1-6月=2023-01/2023-06",
		"2023年第二季度":       "2023年第二季度=2023-Q2",
		"四季度":             "四季度=--Q4",
		"2023-12-31":      "2023-12-31=2023-12-31",
		"2025.1.1":        "2025.1.1=2025-01-01",
		"每月10日前":          "10日=---10",
		"1月1日至12月31日":     "1月1日=--01-01 12月31日=--12-31",
		"2020享受资助":        "2020=2020?",
		"2018、2019和2020年": "2018=2018 2019=2019 2020年=2020",
		"2018、2019、20人":   "",
		"3个月、5年、20年、15日内、三年行动":           "",
		"13月、2020元、〔2019〕3号、2020台，1990户": "",
		"2020个": "",
	} {
		var got []string
		for _, d := range Dates(in) {
			s := d.Text + "=" + d.ISO
			if d.Bare {
				s += "?"
			}
			if string([]rune(in)[d.Start:d.End]) != d.Text {
				t.Errorf("%q: %+v is somewhere else", in, d)
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Dates(%q) = %q, want %q", in, strings.Join(got, " "), want)
		}
	}
}

func TestPerPhrase(t *testing.T) {
	for in, want := range map[string]string{
		"按每生每学年标准":  "student,school_year 每生每学年",
		"年组织初次鉴定":   "year 年组织",
		"2020年组织鉴定": "",
		"人均补助":      "person 人均",
		"每个工作日":     "workday 每个工作日",
		"每100人":     "",
	} {
		per, start, end, ok := PerPhrase(in)
		got := ""
		if ok {
			got = per + " " + string([]rune(in)[start:end])
		}
		if got != want {
			t.Errorf("PerPhrase(%q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	b.ReportAllocs()
	const s = "2020年预算收支安排11456.26万元，较2019年预算减少32963.82万元，减少74.21%。其中：基本支出减少1156.82万元，减少20.63%，主要为机构改革人员划转；" +
		"深入推进机关事业单位养老保险制度改革，完善企业职工基本养老保险制度，完善城乡居民基本养老保险制度和被征地农民参加养老保险政策。"
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Find(s)
	}
}
