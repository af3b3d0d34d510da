package compare

import (
	"yusuan/export"
)

// place is a row of the dataset that an entity stands in: the table and row of
// a line, the number of a project, the table, row and part of an indicator.
type place struct {
	document, table string
	a, b, c         int32
}

// links are the entities of a dataset's places. Without links there are none.
type links struct {
	// documents has the body of each document.
	documents map[string]string
	places    map[place]string
	entities  map[string]entityRow
}

// at is the entity of a place, "" if it has none.
func (k *links) at(p place) string { return k.places[p] }

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

// places reads the entities of everything else in the documents wanted.
func (l *loader) places() error {
	if !l.links.linked() {
		return nil
	}
	l.links.places = map[place]string{}
	return export.Scan(l.ctx, l.dir, "links", nil, func(r *linkRow) error {
		if r.Status != "link" || l.docs[r.DocumentID] == nil {
			return nil
		}
		switch r.Table {
		case "budget_lines":
			l.links.places[place{r.DocumentID, r.Table, r.TableNo, r.RowNo, 0}] = r.EntityID
		case "projects":
			l.links.places[place{r.DocumentID, r.Table, 0, r.ProjectNo, 0}] = r.EntityID
		case "indicators":
			l.links.places[place{r.DocumentID, r.Table, r.TableNo, r.RowNo, r.PartNo}] = r.EntityID
		}
		return nil
	})
}
