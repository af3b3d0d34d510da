package export

import (
	"strings"
)

// The profiles of Frictionless Data Package v2.
const (
	packageProfile  = "https://datapackage.org/profiles/2.0/datapackage.json"
	resourceProfile = "https://datapackage.org/profiles/2.0/dataresource.json"
	schemaProfile   = "https://datapackage.org/profiles/2.0/tableschema.json"
)

// What the dataset is called wherever it is described.
const (
	datasetName        = "yusuan"
	datasetTitle       = "部门预决算公开数据集"
	datasetDescription = "各级政府部门公开的预算、决算文档的结构化数据，金额以元为单位。"
	parquetMediaType   = "application/vnd.apache.parquet"
)

// description is a file that describes the dataset for other programs, written
// from the row types by every commit.
type description struct {
	name string
	// check is what Verify calls a difference.
	check  string
	encode func(*Manifest) ([]byte, error)
}

// descriptions are all that there are.
func descriptions() []description {
	return []description{
		{datapackageName, "datapackage", func(m *Manifest) ([]byte, error) { return encodeJSON(describe(m)) }},
		{croissantName, "croissant", func(m *Manifest) ([]byte, error) {
			c, err := bake(m)
			if err != nil {
				return nil, err
			}
			return encodeJSON(c)
		}},
		{contractName, "datacontract", func(m *Manifest) ([]byte, error) {
			c, err := draw(m)
			if err != nil {
				return nil, err
			}
			return encodeYAML(c)
		}},
	}
}

type dataPackage struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Schema      string      `json:"$schema"`
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Path        []string    `json:"path"`
	Format      string      `json:"format"`
	MediaType   string      `json:"mediatype"`
	Table       tableSchema `json:"schema"`
}

type tableSchema struct {
	Schema string `json:"$schema"`
	// MissingValues is empty: "" is a text here, nulls are nulls.
	MissingValues []string    `json:"missingValues"`
	Fields        []fieldSpec `json:"fields"`
}

type fieldSpec struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Unit        string       `json:"unit,omitempty"`
	ParquetType string       `json:"parquetType"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool `json:"required"`
}

// describe returns the datapackage.json of a dataset.
func describe(m *Manifest) dataPackage {
	p := dataPackage{
		Schema: packageProfile, Name: datasetName, Title: datasetTitle,
		Description: datasetDescription,
		Version:     m.version(),
	}
	for _, t := range m.Tables() {
		r := describeResource(&t)
		if whole := t.Name + "/" + wholePart; m.file(whole) != nil {
			r.Path = []string{whole}
			p.Resources = append(p.Resources, r)
			continue
		}
		for _, part := range m.parts() {
			r.Path = append(r.Path, part.path(t.Name))
		}
		p.Resources = append(p.Resources, r)
	}
	return p
}

// describeResource describes a table without its files.
func describeResource(t *Table) resource {
	r := resource{
		Schema: resourceProfile, Name: t.Name, Type: "table", Title: t.Title, Description: t.Description,
		Format: "parquet", MediaType: parquetMediaType,
		Table: tableSchema{Schema: schemaProfile, MissingValues: []string{}},
	}
	for _, c := range t.Columns {
		f := fieldSpec{Name: c.Name, Type: frictionlessType(c.Type), Title: c.Title, Description: c.Description,
			Unit: c.Unit, ParquetType: c.Type}
		if !c.Nullable {
			f.Constraints = &constraints{Required: true}
		}
		r.Table.Fields = append(r.Table.Fields, f)
	}
	return r
}

// frictionlessType returns the Table Schema type of a Parquet type.
func frictionlessType(parquet string) string {
	base, _, _ := strings.Cut(parquet, "(")
	base, _, _ = strings.Cut(base, "<")
	switch base {
	case "INT32", "INT64":
		return "integer"
	case "DECIMAL", "FLOAT":
		return "number"
	case "BOOLEAN":
		return "boolean"
	case "DATE":
		return "date"
	case "LIST":
		return "array"
	default:
		return "string"
	}
}
