package main

import (
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// truth is what people wrote down about a disclosure. A part that no file
// states is nil and not scored; an empty list says that there is nothing.
type truth struct {
	// Document says whose disclosure it is, by the names of the dataset.
	Document object
	Tables   []trueTable
	Lines    []trueLine
	Projects []object
	// Indicators hold the value as "expected", and its "parts" where a cell
	// states several.
	Indicators []object
	Narrative  []object
	// Organizations and Assets are those of a folder of truth.
	Organizations []object
	Assets        []object
	// everyAmount says that Narrative lists all amounts of the document.
	everyAmount bool
	// blocks are the tables as rows of cells, without columns and spans.
	blocks []table
	// texts are what must stand in the text.
	texts []string
}

// object is a JSON object of which not every field is known.
type object map[string]json.RawMessage

// has tells whether one of some fields is stated, be it as null.
func (o object) has(keys ...string) bool {
	for _, k := range keys {
		if _, ok := o[k]; ok {
			return true
		}
	}
	return false
}

// text returns the first stated field as text, "" for null.
func (o object) text(keys ...string) string {
	for _, k := range keys {
		if raw, ok := o[k]; ok {
			return plain(raw)
		}
	}
	return ""
}

// plain prints a JSON string, number or boolean; null is "".
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil { // null too
		return s
	}
	return string(raw)
}

// list returns a field that is a list of texts.
func (o object) list(key string) []string {
	var raws []json.RawMessage
	if json.Unmarshal(o[key], &raws) != nil {
		return nil
	}
	out := make([]string, len(raws))
	for i, r := range raws {
		out[i] = plain(r)
	}
	return out
}

// object returns a field that is an object, nil if it is not.
func (o object) object(key string) object {
	var v object
	if json.Unmarshal(o[key], &v) != nil {
		return nil
	}
	return v
}

// objects returns a field that is a list of objects, nil if it is not.
func (o object) objects(key string) []object {
	var v []object
	if json.Unmarshal(o[key], &v) != nil {
		return nil
	}
	return v
}

// trueTable is a table of a truth file. It is decoded twice: the grid, and
// everything else that is said about it.
type trueTable struct {
	grid  table
	about object
}

func (t *trueTable) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &t.about); err != nil {
		return err
	}
	return json.Unmarshal(data, &t.grid)
}

// trueLine is a filled money cell of a statutory table.
type trueLine struct {
	Table               int
	Code, Name, Measure string
	// Yuan is a text or a number.
	Yuan json.RawMessage `json:"amount_yuan"`
}

// isTruth tells whether a file states truth, by its name: X.truth.json,
// truth.json, or anything in a folder "truth".
func isTruth(file string) bool {
	base := path.Base(file)
	return strings.HasSuffix(base, ".truth.json") || base == "truth.json" || path.Ext(base) == ".json" && path.Base(path.Dir(file)) == "truth"
}

// add takes what a truth file states about a document into t. What the file
// holds is told by its name: X.truth.json is an object with all parts, another
// name is that of one part. It reports whether anything in it can be scored.
func (t *truth) add(file string, data []byte) (bool, error) {
	name := strings.TrimSuffix(path.Base(file), ".json")
	if strings.HasSuffix(name, ".truth") || name == "truth" {
		return true, t.whole(data)
	}
	part := map[string]any{
		"document": &t.Document, "tables": &t.Tables, "lines": &t.Lines, "projects": &t.Projects, "indicators": &t.Indicators,
		"narrative": &t.Narrative, "orgs": &t.Organizations, "organizations": &t.Organizations,
	}[name]
	switch {
	case part != nil:
		t.everyAmount = t.everyAmount || name == "narrative"
		return true, json.Unmarshal(data, part)
	case name == "assets":
		return true, t.assets(data)
	case name == "blocks":
		return true, t.addBlocks(data)
	}
	return false, nil
}

// whole takes an object with all parts.
func (t *truth) whole(data []byte) error {
	if err := json.Unmarshal(data, t); err != nil {
		return err
	}
	for _, table := range t.Tables {
		for _, c := range table.grid.Cells {
			t.texts = append(t.texts, c.text)
		}
	}
	return nil
}

// assets takes the list of assets, each with the day that stands above them.
func (t *truth) assets(data []byte) error {
	var v struct {
		Day  json.RawMessage `json:"as_of"`
		Rows []object
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	for _, row := range v.Rows {
		if v.Day != nil {
			row["as_of"] = v.Day
		}
	}
	t.Assets = v.Rows
	return nil
}

// fieldResidue is what the field code of a heading leaves in a text: TC, the
// heading once more, and switches. It is no text of the document.
var fieldResidue = regexp.MustCompile(`\s*TC\s.*\\l\s*[0-9]\s*$`)

// addBlocks takes the blocks of a text: ["p", text] is a paragraph, ["e", ""]
// an empty one, ["t", rows] a table of rows of cells of paragraphs.
func (t *truth) addBlocks(data []byte) error {
	var blocks [][]json.RawMessage
	if err := json.Unmarshal(data, &blocks); err != nil {
		return err
	}
	for i, b := range blocks {
		if len(b) != 2 {
			return fmt.Errorf("block %d: %d parts, want kind and content", i, len(b))
		}
		switch kind := plain(b[0]); kind {
		case "p", "e":
			t.texts = append(t.texts, noBlanks(fieldResidue.ReplaceAllString(plain(b[1]), "")))
		case "t":
			var rows [][][]string
			if err := json.Unmarshal(b[1], &rows); err != nil {
				return fmt.Errorf("block %d: %w", i, err)
			}
			t.blocks = append(t.blocks, fromRows(rows))
			for _, row := range rows {
				for _, c := range row {
					t.texts = append(t.texts, noBlanks(strings.Join(c, "")))
				}
			}
		default:
			return fmt.Errorf("block %d: unknown kind %q", i, kind)
		}
	}
	return nil
}

// fromRows makes a table of rows of cells of paragraphs; the columns are only
// the order in the row.
func fromRows(rows [][][]string) table {
	var t table
	for r, row := range rows {
		for k, c := range row {
			t.Cells = append(t.Cells, cell{r, k, 1, 1, noBlanks(strings.Join(c, ""))})
		}
	}
	return t
}
