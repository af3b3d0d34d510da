package reconcile

import "yusuan/normalize/record"

// Rule is one kind of identity that is checked.
type Rule struct {
	// ID names the rule in findings (column rule).
	ID string
	// Severity is that of a failure that rounding does not explain.
	Severity string
	// Identity says in words what must hold.
	Identity string
}

// The rules. The words stand in the message of each finding.
var (
	ruleCode       = &Rule{"sum.code", record.SeverityError, "an item equals the items below it (类 = 款, 款 = 项)"}
	ruleTotal      = &Rule{"sum.total", record.SeverityError, "a total (合计) equals its rows"}
	ruleSide       = &Rule{"sum.side", record.SeverityError, "the total of one side (收入, 支出) equals its items"}
	ruleAcross     = &Rule{"sum.across", record.SeverityError, "合计 of a row equals the columns that it is made of"}
	ruleYears      = &Rule{"sum.years", record.SeverityError, "the year before and the change (增减额) make the year"}
	ruleBalance    = &Rule{"balance.sides", record.SeverityError, "total revenue equals total expenditure (收入总计 = 支出总计)"}
	ruleCross      = &Rule{"cross.table", record.SeverityError, "the same figure is the same in two tables"}
	rulePart       = &Rule{"cross.part", record.SeverityError, "a part in one table is not larger than its whole in another"}
	ruleProse      = &Rule{"prose.table", record.SeverityError, "a figure of the text equals that of the table"}
	ruleProseWeak  = &Rule{"prose.table", record.SeverityWarning, "a figure of the text equals that of the table"}
	ruleChange     = &Rule{"prose.change", record.SeverityError, "a change fits the figures that it is between"}
	rulePeriod     = &Rule{"prose.base_period", record.SeverityError, "a budget is compared with that of another year"}
	ruleSign       = &Rule{"prose.unit", record.SeverityWarning, "a rate is printed with its sign (%)"}
	ruleCompletion = &Rule{"prose.completion", record.SeverityError, "a rate of completion fits budget and account"}
	ruleShare      = &Rule{"prose.share", record.SeverityError, "a share fits the part and the whole (占%)"}
	ruleShareWeak  = &Rule{"prose.share", record.SeverityWarning, "a share fits the part and the whole (占%)"}
	ruleProjects   = &Rule{"prose.projects", record.SeverityError, "the target forms add up to the sum that the text states"}
	rulePurchase   = &Rule{"procurement.price", record.SeverityError, "quantity × unit price equals the amount"}
	ruleBudget     = &Rule{"procurement.budget", record.SeverityWarning, "what is bought for a project does not cost more than its budget"}
	ruleFunds      = &Rule{"project.funds", record.SeverityError, "the funds of a project add up: no part is larger than its whole"}
	rulePlan       = &Rule{"project.plan", record.SeverityError, "a spending plan does not fall and ends at 100 %"}
	ruleMissing    = &Rule{"project.missing", record.SeverityWarning, "a project that one table names is in the other"}
	ruleGrades     = &Rule{"indicator.grades", record.SeverityError, "the thresholds of 优, 良, 中, 差 neither overlap nor leave a gap"}
)

// Rules returns the rules in the order in which they are checked.
func Rules() []Rule {
	var out []Rule
	for _, r := range []*Rule{ruleCode, ruleTotal, ruleSide, ruleAcross, ruleYears, ruleBalance, ruleCross, rulePart, ruleProse, ruleChange,
		rulePeriod, ruleSign, ruleCompletion, ruleShare, ruleProjects, rulePurchase, ruleBudget, ruleFunds, rulePlan, ruleMissing, ruleGrades} {
		out = append(out, *r)
	}
	return out
}
