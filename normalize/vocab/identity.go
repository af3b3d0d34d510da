package vocab

import (
	_ "embed"
	"slices"
	"sync"
	"unicode/utf8"
)

//go:embed identity.tsv
var identityTSV string

// IdentityWords returns the words of every class by which a disclosure is
// identified, longest first. The classes are
//
//   - budget_name: terms that hold 预算 or 部门预算 and do not say what is
//     disclosed (一般公共预算财政拨款支出决算表 belongs to an account)
//   - about: what headings say behind the name of the body that they are about
//   - contents: the headings of a list of contents
//   - decree: what stands before a title in the title of a notice about it
//   - evaluation: what disclosures of results are called, which are neither
//     budgets nor accounts
//   - issuer: labels of the issuer's name (编制部门：…); the value is the level
//     that the label implies, "" for none, with a "?" if it stands above the
//     forms of units, too
//   - office: what a body's own staff is called behind its name (某局机关)
//   - own: words for a department's own unit, behind its name (某局本级)
//   - stop: where a name ends in a form whose cells ran together
//   - superior: labels of the department and the unit of a project
//   - year: labels of the fiscal year (预算年度：2025)
var IdentityWords = sync.OnceValue(func() map[string][]Phrase {
	out := map[string][]Phrase{}
	for _, r := range rows(identityTSV) {
		out[r[0]] = append(out[r[0]], Phrase{Form: r[1], Value: r[2]})
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b Phrase) int {
			return utf8.RuneCountInString(b.Form) - utf8.RuneCountInString(a.Form)
		})
	}
	return out
})
