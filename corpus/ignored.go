package corpus

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// Ignored is something among the inputs that is not read.
type Ignored struct {
	// URI is its name, made as those of documents are; that of a folder, all of
	// which is left out, ends with "/".
	URI string
	// Why is one of the reasons.
	Why string

	// place tells it from all others.
	place string
}

// The reasons for which something among the inputs is not read.
const (
	// IgnoredHidden is for names that begin with a dot.
	IgnoredHidden = "hidden"
	// IgnoredLock is for the files that office programs leave beside a document
	// that is open: ~$name.docx.
	IgnoredLock = "lock"
	// IgnoredSystem is for what file managers leave: Thumbs.db, desktop.ini,
	// __MACOSX.
	IgnoredSystem = "system"
	// IgnoredLink is for links that lead out of the folder, to a folder, or
	// nowhere.
	IgnoredLink = "link"
	// IgnoredSpecial is for pipes, devices and whatever else has no end.
	IgnoredSpecial = "special"
)

// ignored tells why a name is none of a document's, "" if it may be one.
func ignored(name string) (why string) {
	switch {
	case strings.HasPrefix(name, "~$"):
		return IgnoredLock
	case strings.HasPrefix(name, "."):
		return IgnoredHidden
	case name == "Thumbs.db", name == "desktop.ini", name == "__MACOSX":
		return IgnoredSystem
	}
	return ""
}

// ignoredMember is the entry of an archive, or the folder with it, that is left
// out; nil if the entry may be a document.
func ignoredMember(archive *File, name string) *Ignored {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if why := ignored(part); why != "" {
			within := strings.Join(parts[:i+1], "/")
			x := &Ignored{URI: archive.URI + "/" + within, Why: why, place: filepath.Join(archive.Path, filepath.FromSlash(within))}
			if i+1 < len(parts) {
				x.URI += "/"
			}
			return x
		}
	}
	return nil
}

// onceEach sorts what is left out by URI, and drops what several inputs hold, or
// what is named for each file in it.
func onceEach(all []Ignored) []Ignored {
	slices.SortStableFunc(all, func(a, b Ignored) int { return cmp.Compare(a.URI, b.URI) })
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(x Ignored) bool {
		again := seen[x.place]
		seen[x.place] = true
		return again
	})
}
