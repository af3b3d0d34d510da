// Package value reads quantities: "≥95百分比" is at least 95 percent, "4万人以上"
// at least 40,000 persons. Parse reads the cell of an indicator, Find the
// quantities of a sentence, Dates its dates, Number and MoneyUnit the cells
// and captions of money tables.
//
// A quantity is, in this order, and with only the number required:
//
//	per-phrase  comparator  number  scale  unit  per-phrase  comparator
//	每生每学年    不低于       500     万     元     /人·年      以上
//
// Units are matched longest first and before scales, so that 百分比 is no 百
// with 分比 behind it. Article 1259 of the Civil Code decides inclusiveness:
// 以上, 以下, 以内 include the number; 超过, 不满, 低于 do not.
//
// What is printed never changes: positions are rune offsets into the text as
// given, and texts are slices of it. Full-width forms are folded rune by rune
// for matching only; NFKC is not used on text, for it makes a number of ①.
package value

// The flags of a value. A flag says what is odd; it never replaces a column.
const (
	// FlagComparatorImplied marks a number without comparator, taken for eq.
	FlagComparatorImplied = "comparator_implied"
	// FlagCompound marks the parts of a cell that states several things.
	FlagCompound = "compound"
	// FlagNumberUnread marks digits that say a quantity which cannot be read.
	FlagNumberUnread = "number_unread"

	flagUnitMissing    = "unit_missing"
	flagUnitTypo       = "unit_typo"
	flagUnitUnknown    = "unit_unknown"
	flagUnitIsMetric   = "unit_is_metric_name"
	flagUnitMismatch   = "unit_metric_mismatch"
	flagUnitScaled     = "unit_scaled"
	flagQuantityInName = "quantity_in_name"
	flagQuantityInText = "quantity_in_text"
	flagValueIsMetric  = "value_is_metric_name"
	flagBoolean        = "boolean"
	flagPlaceholder    = "placeholder"
	flagConflict       = "comparator_conflict"
	flagDenominator    = "denominator"
	flagBaseOverflow   = "base_overflow"
)
