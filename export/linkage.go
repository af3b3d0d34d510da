package export

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// The types of entities.
const (
	EntityDepartment = "department"
	EntityUnit       = "unit"
	EntityProject    = "project"
	EntityIndicator  = "indicator"
	EntityAccount    = "account"
)

// How a place was linked to its entity.
const (
	MethodCode         = "code"         // the printed code, and a name that does not contradict it
	MethodName         = "name"         // the printed name
	MethodAbbreviation = "abbreviation" // a short name of the same body
	MethodRename       = "rename"       // the name of its predecessor or successor
	MethodSimilarity   = "similarity"   // a name that is nearly the same
	MethodPosition     = "position"     // the same place in a form
	MethodUser         = "user"         // a decision of the user
)

// What a row of links claims.
const (
	StatusLink     = "link"     // it is the entity
	StatusProposal = "proposal" // it may be; a person decides
)

// ScoreOne is the score 1: certain. Scores count ten-thousandths.
const ScoreOne = 10_000

// Entity is a body, project, indicator or account that stands in documents,
// perhaps of several years and under several names: a row of entities.
type Entity struct {
	ID         string   `parquet:"entity_id,dict"`
	Type       string   `parquet:"entity_type,dict"`
	Name       string   `parquet:"canonical_name,dict"`
	Aliases    []string `parquet:"aliases,list" parquet-element:",dict"`
	Code       string   `parquet:"code,dict"`
	RegionCode string   `parquet:"region_code,dict"`
	ParentID   string   `parquet:"parent_id,dict"`
	// Seed is what the id is the hash of, see [EntityID].
	Seed      string `parquet:"seed,dict"`
	FirstYear int32  `parquet:"first_year"`
	LastYear  int32  `parquet:"last_year"`
}

// Link is a place in a document where an entity stands: a row of links.
type Link struct {
	EntityID   string `parquet:"entity_id,dict"`
	EntityType string `parquet:"entity_type,dict"`
	DocumentID string `parquet:"document_id,dict"`
	RegionCode string `parquet:"region_code,dict"`
	FiscalYear int32  `parquet:"fiscal_year,optional"`
	// Table and the numbers behind it say which row is meant.
	Table     string `parquet:"table_name,dict"`
	BlockNo   int32  `parquet:"block_no"`
	TableNo   int32  `parquet:"table_no"`
	RowNo     int32  `parquet:"row_no"`
	ColNo     int32  `parquet:"col_no"`
	PageNo    int32  `parquet:"page_no"`
	ProjectNo int32  `parquet:"project_no"`
	PartNo    int32  `parquet:"part_no"`
	Name      string `parquet:"name_raw,dict"`
	Code      string `parquet:"code_raw,dict"`
	Method    string `parquet:"method,dict"`
	Status    string `parquet:"status,dict"`
	Score     int32  `parquet:"score,decimal(4:9)"`
	Evidence  string `parquet:"evidence,dict"`
}

// EntityID returns the id of the entity of a type with a seed: the first 32
// hexadecimal digits of a SHA-256.
func EntityID(typ, seed string) string {
	sum := sha256.Sum256([]byte(typ + "\n" + seed))
	return hex.EncodeToString(sum[:16])
}

// Decision is what a user says about two entities: a row of the file of
// decisions.
type Decision struct {
	// Verdict is "same" or "different".
	Verdict string `json:"decision"`
	// Type is that of both entities.
	Type string `json:"type"`
	// A and B are ids, or keys as documented with the command.
	A    string `json:"a"`
	B    string `json:"b"`
	Note string `json:"note,omitempty"`
	// Line is where it stands in its file; the dataset does not keep it.
	Line int `json:"-"`
}

// The verdicts of decisions.
const (
	DecisionSame      = "same"
	DecisionDifferent = "different"
)

// Linkage is what the manifest says of the tables entities and links.
type Linkage struct {
	// Source is the SHA-256 of the parts that the tables were computed from:
	// another one means that documents came, went or changed since then.
	Source string `json:"source"`
	// Decisions are those of the user that were followed.
	Decisions []Decision `json:"decisions"`
}

// linkSources are the tables that linkage is computed from.
var linkSources = []string{"documents", "projects", "indicators", "budget_lines", "procurement", "organizations"}

// linkSource is the Source of a manifest's parts.
func (m *Manifest) linkSource() string {
	sum := sha256.New()
	for _, f := range m.Files {
		if name, _, ok := parsePath(f.Path); ok && slices.Contains(linkSources, name) {
			sum.Write([]byte(f.Path + " " + f.SHA256 + "\n"))
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Stale tells whether the dataset has links that were computed from other
// documents than it has now.
func (m *Manifest) Stale() bool { return m.Linkage != nil && m.Linkage.Source != m.linkSource() }

// DocumentsHash identifies what the dataset has of documents: it is the
// SHA-256 of the manifest without entities and links, which follow from the
// others.
func (m *Manifest) DocumentsHash() (string, error) {
	bare := *m
	bare.Linkage = nil
	bare.Files = slices.DeleteFunc(slices.Clone(m.Files), func(f File) bool {
		_, whole := wholeNamed(f.Path)
		return whole
	})
	data, err := encodeJSON(&bare)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// entityOrder is the order of the rows of entities.
func entityOrder(a, b *Entity) int {
	return firstOf(compareText(a.Type, b.Type), compareText(a.ID, b.ID))
}

// linkOrder is the order of the rows of links.
func linkOrder(a, b *Link) int {
	if c := firstOf(compareText(a.EntityID, b.EntityID), compareText(a.DocumentID, b.DocumentID), compareText(a.Table, b.Table)); c != 0 {
		return c
	}
	x := [...]int32{a.BlockNo, a.RowNo, a.TableNo, a.ColNo, a.ProjectNo, a.PartNo}
	y := [...]int32{b.BlockNo, b.RowNo, b.TableNo, b.ColNo, b.ProjectNo, b.PartNo}
	if c := slices.Compare(x[:], y[:]); c != 0 {
		return c
	}
	return firstOf(compareText(a.Status, b.Status), compareText(a.Name, b.Name), compareText(a.Evidence, b.Evidence))
}
