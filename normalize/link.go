package normalize

import (
	"fmt"
	"strings"
	"unicode"

	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// link connects the records of one document: organisations with the codes
// that forms print beside their names, procurement rows with the projects
// that they name.
func (w *work) link() {
	w.linkOrganizations()
	w.linkProcurement()
}

// linkOrganizations gives organisations the code that stands before the same
// name elsewhere: 316002邯郸市人社局机关.
func (w *work) linkOrganizations() {
	codes := map[string]string{}
	for _, r := range w.read {
		if r.Unit.Code != "" {
			codes[vocab.Key(r.Unit.Name)] = r.Unit.Code
		}
	}
	for _, p := range w.out.Projects {
		if p.UnitCode != "" {
			codes[vocab.Key(p.UnitName)] = p.UnitCode
		}
	}
	for i := range w.out.Organizations {
		o := &w.out.Organizations[i]
		if o.Code == "" {
			o.Code = codes[vocab.Key(o.Name)]
		}
	}
}

// NameSimilarity is how alike the names of a procurement row's project and of
// a target form's project must be to be one project, as twice their common
// characters in order over all characters. Chosen on the real pairs
// 专业技术资格评审费 / 专业技术资格审查及评审费 (0.93) and
// 金保工程线路租金、服务外包费用和设备更新及维护 / 金保工程线路租金、设备更新及维护
// (0.80), against different projects of one department, which reach 0.62.
const NameSimilarity = 0.75

// linkProcurement finds the project that each procurement row names: by the
// name itself, or by a similar name when the budget is the same. A link by
// likeness is noted, and none is made when two projects would do.
func (w *work) linkProcurement() {
	byName := map[string]*record.Project{}
	for i := range w.out.Projects {
		p := &w.out.Projects[i]
		byName[nameKey(p.Name)] = p
	}
	said := map[string]bool{}
	for i := range w.out.Procurement {
		row := &w.out.Procurement[i]
		if row.ProjectName == "" {
			continue
		}
		if p := byName[nameKey(row.ProjectName)]; p != nil {
			row.ProjectCode = p.Code
			continue
		}
		p, score, rivals := w.similarProject(row)
		if said[row.ProjectName] {
			if p != nil && rivals == 0 {
				row.ProjectCode = p.Code
			}
			continue
		}
		said[row.ProjectName] = true
		switch {
		case p == nil:
			if len(w.out.Projects) > 0 {
				w.note(row.Origin, "procurement.project_unknown", "no target form of this document names the project "+row.ProjectName)
			}
		case rivals > 0:
			w.note(row.Origin, "procurement.link_ambiguous", fmt.Sprintf("the project %s is like %d projects of this document; none is linked", row.ProjectName, rivals+1))
		default:
			row.ProjectCode = p.Code
			w.note(row.Origin, "procurement.link_doubtful", fmt.Sprintf("the project %s was linked to %s (%s) by likeness %.2f and equal budget", row.ProjectName, p.Name, p.Code, score))
		}
	}
}

// similarProject returns the project whose name is most like the row's and
// whose budget does not differ, and how many others are as like.
func (w *work) similarProject(row *record.Procurement) (best *record.Project, score float64, rivals int) {
	name := nameKey(row.ProjectName)
	for i := range w.out.Projects {
		p := &w.out.Projects[i]
		if !row.ProjectTotal.IsNull() && !p.Total.IsNull() && row.ProjectTotal.Cmp(p.Total) != 0 {
			continue
		}
		s := similarity(name, nameKey(p.Name))
		switch {
		case s < NameSimilarity || s < score:
		case s == score:
			rivals++
		default:
			best, score, rivals = p, s, 0
		}
	}
	return best, score, rivals
}

// nameKey is a name without blanks, widths and punctuation.
func nameKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return r
	}, vocab.Key(s))
}

// similarity is twice the length of the longest common subsequence over the
// length of both strings, in runes.
func similarity(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for _, r := range x {
		diagonal := 0
		for j, q := range y {
			above := row[j+1]
			if r == q {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return 2 * float64(row[len(y)]) / float64(len(x)+len(y))
}
