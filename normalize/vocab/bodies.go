package vocab

import (
	_ "embed"
	"sync"
)

//go:embed bodies.tsv
var bodiesTSV string

// The classes of bodies.tsv.
const (
	// BodyShort is a short name and the full one: 人社局, 人力资源和社会保障局.
	BodyShort = "short"
	// BodyRename is a name and the one that followed it, since a year.
	BodyRename = "rename"
	// BodyMerger is the name of a body that became part of another one, since a
	// year: others did, too.
	BodyMerger = "merger"
	// BodyAbsorbed is the name of a body that became part of another one which was
	// there before, perhaps under another name, since a year.
	BodyAbsorbed = "absorbed"
)

// BodyName is what one name of public bodies has to do with another; neither
// has the region in front.
type BodyName struct {
	// Class is one of the classes.
	Class string
	// Name is the short or the old name, Other the full or the new one.
	Name, Other string
	// Year is when the new name came, 0 of a short name.
	Year int
	// Level is province, prefecture or county where a short name means another
	// body at each of them, else "".
	Level string
}

// BodyNames returns the short names and the renames of public bodies.
var BodyNames = sync.OnceValue(func() []BodyName {
	var out []BodyName
	for _, r := range rows(bodiesTSV) {
		out = append(out, BodyName{Class: r[0], Name: r[1], Other: r[2], Year: numberOr(r[3], 0), Level: r[4]})
	}
	return out
})
