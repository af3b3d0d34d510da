package normalize

import (
	"strings"

	"yusuan/normalize/form"
	"yusuan/normalize/record"
	"yusuan/normalize/vocab"
)

// region finds the issuing government: by the department's name, then by the
// title and the first sentences, then by the file's name.
func (w *work) region(titleBlock int) {
	id := &w.out.Identity
	claims, unclear := regionClaims(w.regionNames(), id.FiscalYear)
	own := w.settle("region", claims, sameRegion)
	if own == "" && unclear != "" && w.given.RegionCode == "" {
		o := record.Whole
		o.Block = titleBlock
		w.note(o, "identity.region_ambiguous", "several regions bear the name that "+unclear+" begins with")
		return
	}
	id.RegionCode = w.override("region", own, w.given.RegionCode, nil)
	r, ok := vocab.RegionByCode(id.RegionCode, id.FiscalYear)
	id.RegionName = r.FullName
	switch {
	case id.RegionCode == "":
		w.note(record.Whole, "identity.region_missing", "no region of GB/T 2260 begins the department's name, the title or the file's name")
	case !ok:
		w.note(record.Whole, "identity.region_unknown", "the catalogue's region "+id.RegionCode+" is no code of GB/T 2260")
	}
}

// regionNames collects the names that may begin with the region.
func (w *work) regionNames() []claim {
	id := &w.out.Identity
	names := []claim{{value: id.Department, from: "the department's name"}, {value: id.Title, from: inTitle}}
	for _, p := range w.out.Paragraphs[:min(titleBlocks, len(w.out.Paragraphs))] {
		line := form.Name(p.Text)
		names = append(names, claim{value: line, from: inText, weak: true})
		if _, labelled, ok := strings.Cut(line, "："); ok {
			names = append(names, claim{value: labelled, from: inText, weak: true})
		}
	}
	for _, o := range w.out.Organizations {
		names = append(names, claim{value: o.Name, from: inTables, weak: true})
	}
	// File names put marks between the regions: 四川-大英县司法局-2023.
	return append(names, claim{value: strings.NewReplacer("-", "", "_", "", " ", "").Replace(w.baseName()), from: inName})
}

// regionClaims reads the regions that names begin with. Where the first of them
// begins with the name of several, unclear is that name, and only claims that
// bear the same name are made: those of others are not the issuer's.
func regionClaims(names []claim, year int) (claims []claim, unclear string) {
	for _, c := range names {
		if c.weak && len(claims) > 0 {
			continue // it would fill a gap, and there is none
		}
		name := strings.TrimLeft(c.value, "0123456789年度 ")
		name = strings.TrimPrefix(strings.TrimPrefix(name, "中国共产党"), "中共")
		r, found, ambiguous := vocab.FindRegion(name, year)
		if ambiguous && unclear == "" && len(claims) == 0 {
			unclear = name
		}
		if found && (unclear == "" || strings.HasPrefix(unclear, r.Name)) {
			claims = append(claims, claim{value: r.Code, from: c.from, weak: c.weak})
		}
	}
	return claims, unclear
}

// sameRegion tells whether one region is part of the other.
func sameRegion(a, b string) bool {
	a, b = strings.TrimRight(a, "0"), strings.TrimRight(b, "0")
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}
