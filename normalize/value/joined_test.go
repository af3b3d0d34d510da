package value

import (
	"slices"
	"testing"

	"yusuan/normalize/record"
)

// joinedCases hold numbers that are printed in parts, bounded from both sides,
// in words, or so that they cannot be read.
var joinedCases = []struct {
	in   string
	want []string
}{
	{"80分≤得分＜90分", []string{"quantity ge n=80 upper=90 raw=分 unit={score} qualifier=得分"}},
	{"95%＜x≤100%", []string{"quantity gt n=95 upper=100] raw=% unit=%"}},
	{"95≤x≤100", []string{"quantity ge n=95 upper=100] [unit_missing]"}},
	{"逾100人", []string{"quantity gt n=100 raw=人 unit={person}"}},
	{"10万+", []string{"quantity gt n=10 exp=4 base=100000 raw=万 [unit_missing unit_scaled]"}},
	{"误差≤±5%", []string{"quantity le n=5 raw=% unit=% qualifier=误差 [plus_minus quantity_in_text]"}},
	{"控制在5%", []string{"quantity le n=5 raw=% unit=%"}},
	{"1小时30分", []string{"quantity eq? n=90 raw=分钟 unit=min [comparator_implied number_compound]"}},
	{"≤2小时30分钟", []string{"quantity le n=150 raw=分钟 unit=min [number_compound]"}},
	{"1200人（次）", []string{"quantity eq? n=1200 raw=人（次） unit={person-time} [comparator_implied]"}},
	{"PM2.5≤35μg/m³", []string{"quantity le n=35 raw=μg/m³ unit=ug/m3 qualifier=PM2.5 [quantity_in_text]"}},
	{"百分之百", []string{"quantity eq? n=100 raw=百分之 unit=% [comparator_implied]"}},
	{"千分之三", []string{"quantity eq? n=3 raw=千分之 unit=[ppth] [comparator_implied]"}},
	{"不低于九成", []string{"quantity ge n=9 exp=1 base=90 raw=成 unit=% [unit_scaled]"}},
	{"一百零五", []string{"quantity eq? n=105 [comparator_implied unit_missing]"}},
	{"优", []string{"qualitative  grade=优 words=优"}},
	{"良好", []string{"qualitative  grade=良 words=良好"}},
	{"≥95%（优）", []string{"graded ge n=95 raw=% unit=% grade=优"}},
	{"1 234.56万元", []string{"quantity eq? n=1234.56 exp=4 base=12345600 raw=万元 unit=CNY [comparator_implied number_spaced unit_scaled]"}},
	{"≥ 9 5%", []string{"qualitative  words=≥ 9 5% [number_unread]"}},
	{"12,34元", []string{"qualitative  words=12,34元 [number_unread]"}},
	{"3·5万元", []string{"qualitative  words=3·5万元 [number_unread]"}},
	{"1亿2千万元", []string{"quantity eq? n=12 exp=7 base=120000000 raw=千万元 unit=CNY [comparator_implied number_compound unit_scaled]"}},
	{"1.2个亿", []string{"quantity eq? n=1.2 exp=8 base=120000000 raw=亿 [comparator_implied unit_missing unit_scaled]"}},
	{".5%", []string{"quantity eq? n=0.5 raw=% unit=% [comparator_implied]"}},
	{"一亿二千万元", []string{"qualitative  words=一亿二千万元 [number_unread]"}},
	{"1亿二千万元", []string{"qualitative  words=1亿二千万元 [number_unread]"}},
	{"3万5", []string{"qualitative  words=3万5 [number_unread]"}},
	{"3万5元", []string{"qualitative  words=3万5元 [number_unread]"}},
	{"3万500元", []string{"quantity eq? n=30500 raw=元 unit=CNY [comparator_implied number_compound]"}},
	{"20万30万元", []string{"qualitative  words=20万30万元 [number_unread]"}},
	{"5千万元-1亿2千万元", []string{"quantity ge n=5 upper=12] exp=7 base=50000000 raw=千万元 unit=CNY [unit_scaled]"}},
	{"1亿2千万余元", []string{"quantity gt n=12 exp=7 base=120000000 raw=千万元 unit=CNY [number_compound unit_scaled]"}},
	{"3个亿元项目", []string{"quantity eq? n=3 raw=个 unit={count} qualifier=亿元项目 [comparator_implied quantity_in_text]"}},
	{"投入3个亿", []string{"quantity eq? n=3 exp=8 base=300000000 raw=亿 qualifier=投入 [comparator_implied quantity_in_text unit_missing unit_scaled]"}},
	{"投入3个亿用于建设", []string{"quantity eq? n=3 exp=8 base=300000000 raw=亿 qualifier=投入 [comparator_implied quantity_in_text unit_missing unit_scaled]"}},
	{"1.2个亿元", []string{"quantity eq? n=1.2 exp=8 base=120000000 raw=亿元 unit=CNY [comparator_implied unit_scaled]"}},
	{"1,234 .56万元", []string{"qualitative  words=1,234 .56万元 [number_unread]"}},
	{"3 .5万元", []string{"qualitative  words=3 .5万元 [number_unread]"}},
	{"收入3. 5万元", []string{"qualitative  words=收入3. 5万元 [number_unread]"}},
	{"≥.5%", []string{"quantity ge n=0.5 raw=% unit=%"}},
	{"3. 5个单位", []string{"quantity eq? n=5 raw=个 unit={count} qualifier=单位 [comparator_implied quantity_in_text]"}},
	{"1 234 567人", []string{"quantity eq? n=1234567 raw=人 unit={person} [comparator_implied number_spaced]"}},
	{"8 100%", []string{"qualitative  words=8 100% [number_unread]"}},
	{"1 200万元", []string{"quantity eq? n=1200 exp=4 base=12000000 raw=万元 unit=CNY [comparator_implied number_spaced unit_scaled]"}},
	{"0310 8012345人", []string{"qualitative  words=0310 8012345人 [number_unread]"}},
	{"12，345，678元", []string{"qualitative  words=12，345，678元 [number_unread]"}},
	{"1，234.5万元", []string{"qualitative  words=1，234.5万元 [number_unread]"}},
	{"1，234.50万元", []string{"quantity eq? n=1234.50 exp=4 base=12345000 raw=万元 unit=CNY [comparator_implied unit_scaled]"}},
	{"≥80%且≤90%", []string{"quantity ge n=80 upper=90] raw=% unit=%"}},
	{"90分＞得分≥80分", []string{"quantity ge n=80 upper=90 raw=分 unit={score} qualifier=得分"}},
	{"100%≥x≥95%", []string{"quantity ge n=95 upper=100] raw=% unit=%"}},
	{"5天<审批时间<=10天", []string{"quantity gt n=5 upper=10] raw=天 unit=d qualifier=审批时间"}},
	{"优：95≤x≤100；良：85≤x<95", []string{"graded ge n=95 upper=100] grade=优 [compound unit_missing]", "graded ge n=85 upper=95 grade=良 [compound unit_missing]"}},
	{"100+人", []string{"quantity gt n=100 raw=人 unit={person}"}},
	{"1+3+N", []string{"qualitative  words=1+3+N [number_unread]"}},
	{"2人+3人", []string{"quantity eq? n=2 raw=人 unit={person} [comparator_implied compound]", "quantity eq? n=3 raw=人 unit={person} [comparator_implied compound]"}},
	{"10万+人", []string{"quantity gt n=10 exp=4 base=100000 raw=万人 unit={person} [unit_scaled]"}},
	{"100人+", []string{"quantity gt n=100 raw=人 unit={person}"}},
	{"±5%", []string{"quantity le n=5 raw=% unit=% [plus_minus]"}},
	{"误差在±5%以内", []string{"quantity le n=5 raw=% unit=% qualifier=误差在 [plus_minus quantity_in_text]"}},
	{"控制在5%以内", []string{"quantity le n=5 raw=% unit=%"}},
	{"控制在90-95%", []string{"quantity ge n=90 upper=95] raw=% unit=%"}},
	{"控制在100人左右", []string{"quantity approx n=100 raw=人 unit={person}"}},
	{"控制在95%以上", []string{"quantity ge n=95 raw=% unit=%"}},
	{"1年6个月", []string{"quantity eq? n=18 raw=个月 unit=mo [comparator_implied number_compound]"}},
	{"1分30秒", []string{"quantity eq? n=90 raw=秒 unit=s [comparator_implied number_compound]"}},
	{"3天12小时", []string{"quantity eq? n=84 raw=小时 unit=h [comparator_implied number_compound]"}},
	{"1小时30人", []string{"quantity eq? n=1 raw=小时 unit=h [comparator_implied compound]", "quantity eq? n=30 raw=人 unit={person} [comparator_implied compound]"}},
	{"5户（次）", []string{"quantity eq? n=5 raw=户（次） unit={household-time} [comparator_implied]"}},
	{"5名（次）", []string{"quantity eq? n=5 raw=名 unit={person} qualifier=（次） [comparator_implied quantity_in_text]"}},
	{"12台（套）", []string{"quantity eq? n=12 raw=台（套） unit={set} [comparator_implied]"}},
	{"8mg/L", []string{"quantity eq? n=8 raw=mg/L unit=mg/L [comparator_implied]"}},
	{"≤75微克/立方米", []string{"quantity le n=75 raw=微克/立方米 unit=ug/m3"}},
	{"35xx/yy³", []string{"qualitative  words=35xx/yy³ [number_unread]"}},
	{"九成以上", []string{"quantity ge n=9 exp=1 base=90 raw=成 unit=% [unit_scaled]"}},
	{"9成", []string{"quantity eq? n=9 exp=1 base=90 raw=成 unit=% [comparator_implied unit_scaled]"}},
	{"九成五", []string{"qualitative  words=九成五 [number_unread]"}},
	{"万分之五", []string{"qualitative  words=万分之五 [number_unread]"}},
	{"千分之5", []string{"quantity eq? n=5 raw=千分之 unit=[ppth] [comparator_implied]"}},
	{"百分之百", []string{"quantity eq? n=100 raw=百分之 unit=% [comparator_implied]"}},
	{"一百", []string{"quantity eq? n=100 [comparator_implied unit_missing]"}},
	{"三万", []string{"quantity eq? n=3 exp=4 base=30000 raw=万 [comparator_implied unit_missing unit_scaled]"}},
	{"不低于三万", []string{"quantity ge n=3 exp=4 base=30000 raw=万 [unit_missing unit_scaled]"}},
	{"全国人大三次会议", []string{"qualitative  words=全国人大三次会议"}},
	{"召开三次会议", []string{"quantity eq? n=3 raw=次 unit={occurrence} qualifier=会议 [comparator_implied quantity_in_text]"}},
	{"十三届全国人大四次会议精神", []string{"qualitative  words=十三届全国人大四次会议精神"}},
	{"优秀", []string{"qualitative  grade=优 words=优秀"}},
	{"良", []string{"qualitative  grade=良 words=良"}},
	{"≥95%(优秀)", []string{"graded ge n=95 raw=% unit=% grade=优"}},
	{"误差不超过±0.5%", []string{"quantity le n=0.5 raw=% unit=% qualifier=误差 [plus_minus quantity_in_text]"}},
	{"5成员", []string{"qualitative  words=5成员 [number_unread]"}},
	{"12345.67 （单位：万元）", []string{"quantity eq? n=12345.67 exp=4 base=123456700 raw=万元 unit=CNY [comparator_implied unit_scaled]"}},
	{"25（计量单位：台）", []string{"quantity eq? n=25 raw=台 unit={device} [comparator_implied]"}},
	{"1.234.56万元", []string{"qualitative  words=1.234.56万元 [number_unread]"}},
	{"0.5 0.6万元", []string{"qualitative  words=0.5 0.6万元 [number_unread]"}},
	{"3 000元", []string{"quantity eq? n=3000 raw=元 unit=CNY [comparator_implied number_spaced]"}},
	{"3\t000元", []string{"qualitative  words=3\t000元 [number_unread]"}},
	{"2 000元/人", []string{"quantity eq? n=2000 raw=元/人 unit=CNY per=person [comparator_implied number_spaced]"}},
}

func TestParseJoined(t *testing.T) {
	for _, c := range joinedCases {
		var got []string
		for _, v := range Parse(c.in, Hint{}) {
			got = append(got, describe(v))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Parse(%q)\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestGradeAlone(t *testing.T) {
	for in, want := range map[string]string{"优": "优", "优秀": "优", "良好": "良", "中等": "中", "较差": "差", "优先": "", "良好率": ""} {
		got := Parse(in, Hint{})
		if len(got) != 1 || got[0].Kind != record.Qualitative || got[0].Grade != want || got[0].Qualitative != in {
			t.Errorf("Parse(%q) = %+v, want grade %q", in, got, want)
		}
	}
}
