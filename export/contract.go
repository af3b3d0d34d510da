package export

import (
	"bytes"

	"go.yaml.in/yaml/v3"
)

// contractVersion is the version of the Open Data Contract Standard that
// datacontract.yaml speaks.
const contractVersion = "v3.1.0"

type contract struct {
	APIVersion  string           `yaml:"apiVersion"`
	Kind        string           `yaml:"kind"`
	ID          string           `yaml:"id"`
	Name        string           `yaml:"name"`
	Version     string           `yaml:"version"`
	Status      string           `yaml:"status"`
	Description purpose          `yaml:"description"`
	Servers     []contractServer `yaml:"servers"`
	Schema      []contractTable  `yaml:"schema"`
}

type purpose struct {
	Purpose string `yaml:"purpose"`
}

// contractServer says where the tables are; {model} is a table's name.
type contractServer struct {
	Server string `yaml:"server"`
	Type   string `yaml:"type"`
	Path   string `yaml:"path"`
	Format string `yaml:"format"`
}

type contractTable struct {
	Name         string             `yaml:"name"`
	PhysicalName string             `yaml:"physicalName"`
	PhysicalType string             `yaml:"physicalType"`
	BusinessName string             `yaml:"businessName"`
	Description  string             `yaml:"description"`
	Properties   []contractProperty `yaml:"properties"`
}

type contractProperty struct {
	Name          string             `yaml:"name,omitempty"`
	BusinessName  string             `yaml:"businessName,omitempty"`
	LogicalType   string             `yaml:"logicalType"`
	PhysicalType  string             `yaml:"physicalType"`
	Required      bool               `yaml:"required"`
	PrimaryKey    bool               `yaml:"primaryKey,omitempty"`
	Unique        bool               `yaml:"unique,omitempty"`
	Partitioned   bool               `yaml:"partitioned,omitempty"`
	Description   string             `yaml:"description,omitempty"`
	Relationships []relationship     `yaml:"relationships,omitempty"`
	Items         *contractProperty  `yaml:"items,omitempty"`
	Properties    []contractProperty `yaml:"properties,omitempty"`
	Custom        []customProperty   `yaml:"customProperties,omitempty"`
}

type relationship struct {
	Type string `yaml:"type"`
	To   string `yaml:"to"`
}

type customProperty struct {
	Property string `yaml:"property"`
	Value    string `yaml:"value"`
}

// draw returns the datacontract.yaml of a dataset. It changes with the schema,
// and when the dataset is linked.
func draw(m *Manifest) (contract, error) {
	c := contract{
		APIVersion: contractVersion, Kind: "DataContract", ID: datasetName, Name: datasetTitle,
		Version: m.version(), Status: "active", Description: purpose{datasetDescription},
		Servers: []contractServer{{Server: "dataset", Type: "local", Path: "{model}/**/*.parquet", Format: "parquet"}},
	}
	keys := keyTables(m)
	for _, t := range m.Tables() {
		pattern := m.Pattern(t.Name)
		if pattern == "" {
			continue
		}
		x := contractTable{Name: t.Name, PhysicalName: t.Name, PhysicalType: "file", BusinessName: t.Title, Description: t.Description}
		for _, column := range t.Columns {
			typ, err := ParseType(column.Type)
			if err != nil {
				return c, err
			}
			p := contractType(column.Name, column.Type, typ)
			p.BusinessName, p.Description, p.Required = column.Title, column.Description, !column.Nullable
			p.Partitioned = column.Name == "fiscal_year" && pattern != t.Name+"/*.parquet"
			if column.Unit != "" {
				p.Custom = []customProperty{{"unit", column.Unit}}
			}
			if of := keys[column.Name]; of == t.Name {
				p.PrimaryKey, p.Unique = true, true
			} else if of != "" {
				p.Relationships = []relationship{{"foreignKey", of + "." + column.Name}}
			}
			x.Properties = append(x.Properties, p)
		}
		c.Schema = append(c.Schema, x)
	}
	return c, nil
}

// contractType returns the property of a type, with what is in it.
func contractType(name, physical string, t Type) contractProperty {
	p := contractProperty{Name: name, PhysicalType: physical, Required: true}
	switch t.Name {
	case "LIST":
		p.LogicalType, p.PhysicalType = "array", t.Name // the rest stands in its items
		item := contractType("", t.Element.String(), *t.Element)
		p.Items = &item
	case "STRUCT":
		p.LogicalType, p.PhysicalType = "object", t.Name
		for _, f := range t.Fields {
			p.Properties = append(p.Properties, contractType(f.Name, f.Type.String(), f.Type))
		}
	default:
		p.LogicalType = frictionlessType(physical)
	}
	return p
}

// encodeYAML is the one way in which the dataset's YAML file is printed.
func encodeYAML(v any) ([]byte, error) {
	const indent = 2
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(indent)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	err := e.Close()
	return b.Bytes(), err
}
