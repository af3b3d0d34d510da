package record

// The kinds of value.
const (
	Quantity    = "quantity"
	Graded      = "graded"
	Qualitative = "qualitative"
	Compound    = "compound"
	Empty       = "empty"
)

// The comparators.
const (
	GE     = "ge"
	GT     = "gt"
	LE     = "le"
	LT     = "lt"
	EQ     = "eq"
	Approx = "approx"
)

// Value is one value of an indicator, or one quantity stated in prose.
type Value struct {
	// Kind is one of the kinds of value.
	Kind string
	// Comparator is one of the comparators, "" where there is no number.
	Comparator string
	// ComparatorImplied says that no sign or word was printed.
	ComparatorImplied bool
	// Number is the number as printed, before its scale; Upper the upper end
	// of a range, null if there is none.
	Number, Upper Decimal
	// UpperInclusive says that Upper itself belongs to the range.
	UpperInclusive bool
	// ScaleExp is the power of ten of 万 and 亿: 4 and 8.
	ScaleExp int
	// Base is Number × 10^ScaleExp in Unit.
	Base Decimal
	// UnitRaw is the unit as printed, scale included: 万人.
	UnitRaw string
	// Unit is its UCUM or ISO 4217 code, "" if unknown.
	Unit string
	// UnitInferred is the unit that name or description suggest where none
	// is printed.
	UnitInferred string
	// Grade is 优 良 中 差, "" if none.
	Grade string
	// Qualifier is a word that narrows the number: 动态, 同比, 力争.
	Qualifier string
	// Qualitative is the text of a value that is not a number.
	Qualitative string
	// Per is what the quantity is counted per: "student,school_year".
	Per string
	// Flags say what was odd: unit_typo, unit_missing, …
	Flags []string
}

// Has tells whether the value carries a flag.
func (v *Value) Has(flag string) bool {
	for _, f := range v.Flags {
		if f == flag {
			return true
		}
	}
	return false
}

// Amount is a quantity stated in a sentence.
type Amount struct {
	// Origin is the paragraph, or the cell in whose text it stands.
	Origin
	// Metric is what is measured, as printed, cleaned: 基本支出.
	Metric string
	// Text is the clause: 较2019年预算减少32963.82万元.
	Text string
	// Period is 2020, 2020-03-31 or "".
	Period string
	// Value has Number null where only a direction is stated (略有减少).
	Value
	// Change is "increase", "decrease" or "" (column change_direction).
	Change string
	// BasePeriod is what a change is measured against: 2019.
	BasePeriod string
	// Start and End are rune offsets of Text in the paragraph's or the
	// cell's text as extracted.
	Start, End int
}
