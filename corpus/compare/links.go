package compare

import (
	"slices"

	"yusuan/export"
)

// What an entity can stand in, besides whole documents.
const (
	placeLine      = iota // the table and row of a budget line
	placeProject          // the number of a project
	placeIndicator        // the table, row and part of an indicator
)

// place is a row of a document that an entity stands in.
type place struct {
	kind    int8
	a, b, c int32
}

// linked is a place with its entity.
type linkedPlace struct {
	place
	entity int32 // index of links.ids
}

func (p place) compare(q place) int {
	return slices.Compare([]int32{int32(p.kind), p.a, p.b, p.c}, []int32{int32(q.kind), q.a, q.b, q.c})
}

// links are the entities of a dataset's places. Without links there are none.
type links struct {
	// documents has the body of each document.
	documents map[string]string
	entities  map[string]entityRow
	// places are those of each document, sorted; there are many, and so they
	// are held small.
	places map[string][]linkedPlace
	ids    []string
}

// at is the entity of a place, "" if it has none.
func (k *links) at(document string, p place) string {
	of := k.places[document]
	i, ok := slices.BinarySearchFunc(of, p, func(l linkedPlace, p place) int { return l.compare(p) })
	if !ok {
		return ""
	}
	return k.ids[of[i].entity]
}

// linked tells whether the dataset has links.
func (k *links) linked() bool { return len(k.documents) > 0 }

// bodies reads the entities of documents; proposals are none.
func (k *links) bodies(l *loader) error {
	k.documents, k.entities = map[string]string{}, map[string]entityRow{}
	err := export.Scan(l.ctx, l.dir, "links", nil, func(r *linkRow) error {
		if r.Table == "documents" && r.Status == "link" {
			k.documents[r.DocumentID] = r.EntityID
		}
		return nil
	})
	if err != nil || !k.linked() {
		return err
	}
	return export.Scan(l.ctx, l.dir, "entities", nil, func(r *entityRow) error {
		if r.EntityType == "department" || r.EntityType == "unit" {
			k.entities[r.EntityID] = *r
		}
		return nil
	})
}

// readPlaces reads the entities of everything else in the documents wanted.
func (l *loader) readPlaces() error {
	k := &l.links
	if !k.linked() || k.places != nil {
		return nil
	}
	k.places = map[string][]linkedPlace{}
	byID := map[string]int32{}
	err := export.Scan(l.ctx, l.dir, "links", nil, func(r *linkRow) error {
		s := l.docs[r.DocumentID]
		if s == nil || r.Status != "link" {
			return nil
		}
		p, ok := l.placeOf(r)
		if !ok {
			return nil
		}
		n, ok := byID[r.EntityID]
		if !ok {
			n = int32(len(k.ids))
			k.ids, byID[r.EntityID] = append(k.ids, r.EntityID), n
		}
		k.places[s.ID] = append(k.places[s.ID], linkedPlace{p, n})
		return nil
	})
	for id, of := range k.places {
		slices.SortStableFunc(of, func(a, b linkedPlace) int { return a.compare(b.place) })
		k.places[id] = slices.Clip(of)
	}
	return err
}

// placeOf is the place of a link, if the query needs it.
func (l *loader) placeOf(r *linkRow) (p place, ok bool) {
	switch r.Table {
	case "budget_lines":
		return place{placeLine, r.TableNo, r.RowNo, 0}, l.part(PartLines) || l.part(PartThreePublic)
	case "projects":
		return place{placeProject, 0, r.ProjectNo, 0}, l.part(PartProjects)
	case "indicators":
		return place{placeIndicator, r.TableNo, r.RowNo, r.PartNo}, l.part(PartIndicators)
	}
	return place{}, false
}
