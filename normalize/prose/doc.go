// Package prose reads the amounts that sentences state (文字说明中的数量):
// 2020年预算收入11456.26万元，较2019年预算减少32963.82万元.
//
// A text is cut into clauses at its punctuation, brackets that hold amounts
// being texts of their own. In each clause the quantities are found by
// package value; what is left of the clause says what is measured, for which
// period, and whether the number is a level or a change against another
// period. What a clause leaves unsaid is taken from the clauses before it, as
// a reader would.
//
// Dates, ordinals, codes, names in quotation marks and the limits of
// definitions (单价在50万元以上的设备) are not amounts. A metric is what is
// printed, without the words that only join it to the sentence; where a
// sentence names none it is "".
//
// Periods: a year, quarter or day governs what follows it, in its paragraph,
// until another is named; years in names and titles and in 2019年起 do not.
// 本年 and 今年 stand for Context.FiscalYear, 当年 and 全年 for the year that is
// being spoken of, 上年末 for the last day of the year before the fiscal year.
// What 上年 is compared with is the year before the one being spoken of, or
// before the fiscal year. Where the text names no period there is none.
package prose
