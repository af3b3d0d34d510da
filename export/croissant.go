package export

// croissantVersion is the version of MLCommons Croissant that croissant.json
// speaks.
const croissantVersion = "http://mlcommons.org/croissant/1.1"

// croissantContext is the JSON-LD context that Croissant 1.1 prescribes.
func croissantContext() map[string]any {
	type typed = map[string]string
	c := map[string]any{
		"@language": "zh", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "dct": "http://purl.org/dc/terms/",
		"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/", "conformsTo": "dct:conformsTo",
		"data": typed{"@id": "cr:data", "@type": "@json"}, "examples": typed{"@id": "cr:examples", "@type": "@json"},
		"dataType": typed{"@id": "cr:dataType", "@type": "@vocab"},
		"name":     typed{"@container": "@language"}, "description": typed{"@container": "@language"},
	}
	for _, own := range []string{"arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty",
		"fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path",
		"recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"} {
		c[own] = "cr:" + own
	}
	return c
}

// node is a node of JSON-LD.
type node struct {
	Type        string `json:"@type"`
	ID          string `json:"@id,omitempty"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

// reference names another node.
type reference struct {
	ID string `json:"@id"`
}

type croissant struct {
	Context map[string]any `json:"@context"`
	node
	ConformsTo    string      `json:"conformsTo"`
	AlternateName string      `json:"alternateName"`
	Language      string      `json:"inLanguage"`
	Version       string      `json:"version"`
	IsLive        bool        `json:"isLiveDataset"`
	Distribution  []fileSet   `json:"distribution"`
	RecordSets    []recordSet `json:"recordSet"`
}

// fileSet is the files of a table.
type fileSet struct {
	node
	EncodingFormats []string `json:"encodingFormat"`
	Includes        string   `json:"includes"`
}

// recordSet is a table.
type recordSet struct {
	node
	Key    *reference       `json:"key,omitempty"`
	Fields []croissantField `json:"field"`
}

// croissantField is a column, or a field of a STRUCT in one.
type croissantField struct {
	node
	DataTypes  []string         `json:"dataType,omitempty"`
	IsArray    bool             `json:"isArray,omitempty"`
	ArrayShape string           `json:"arrayShape,omitempty"`
	Source     *croissantSource `json:"source,omitempty"`
	SubFields  []croissantField `json:"subField,omitempty"`
}

type croissantSource struct {
	FileSet   reference `json:"fileSet"`
	Extract   extract   `json:"extract"`
	Transform *jsonPath `json:"transform,omitempty"`
}

type extract struct {
	Column string `json:"column"`
}

type jsonPath struct {
	JSONPath string `json:"jsonPath"`
}

// bake returns the croissant.json of a dataset. Files are named by patterns,
// so that it changes with the schema, and when the dataset is linked; their hashes are in the manifest.
// It has no date, because nothing in a dataset does, and no licence, because
// that of published documents is not ours to give.
func bake(m *Manifest) (croissant, error) {
	c := croissant{
		Context: croissantContext(), ConformsTo: croissantVersion, AlternateName: datasetTitle, Language: "zh", IsLive: true,
		node:    node{Type: "sc:Dataset", Name: datasetName, Description: datasetDescription},
		Version: m.version(),
	}
	for _, t := range m.Tables() {
		pattern := m.Pattern(t.Name)
		if pattern == "" {
			continue
		}
		files := t.Name + "-files"
		c.Distribution = append(c.Distribution, fileSet{
			node: node{Type: "cr:FileSet", ID: files, Name: files, Description: t.Title},
			// The second is what it was called before it was registered, and
			// what Croissant's own reader looks for.
			EncodingFormats: []string{parquetMediaType, "application/x-parquet"}, Includes: pattern,
		})
		set := recordSet{node: node{Type: "cr:RecordSet", ID: t.Name, Name: t.Name, Description: t.Title + "：" + t.Description}}
		if key := keyOf(t.Name); key != "" {
			set.Key = &reference{t.Name + "/" + key}
		}
		for _, x := range t.Columns {
			typ, err := ParseType(x.Type)
			if err != nil {
				return c, err
			}
			f := croissantColumn(t.Name+"/"+x.Name, typ, croissantSource{FileSet: reference{files}, Extract: extract{x.Name}})
			f.Description = x.Title + "：" + x.Description
			set.Fields = append(set.Fields, f)
		}
		c.RecordSets = append(c.RecordSets, set)
	}
	return c, nil
}

// croissantColumn returns the field of a type. A LIST of STRUCT is a list in
// each of its sub-fields.
func croissantColumn(id string, t Type, from croissantSource) croissantField {
	f := croissantField{node: node{Type: "cr:Field", ID: id, Name: id}}
	if t.Name != "LIST" {
		f.DataTypes, f.Source = croissantTypes(t.Name), &from
		return f
	}
	f.IsArray, f.ArrayShape = true, "-1"
	if t.Element.Name != "STRUCT" {
		f.DataTypes, f.Source = croissantTypes(t.Element.Name), &from
		return f
	}
	for _, x := range t.Element.Fields {
		part := from
		part.Transform = &jsonPath{"$[*]." + x.Name}
		f.SubFields = append(f.SubFields, croissantColumn(id+"/"+x.Name, x.Type, part))
	}
	return f
}

// croissantTypes returns the data types of a Parquet type. Croissant has none
// for decimals: a reader of it gets floats, and is told that they are decimals.
func croissantTypes(parquet string) []string {
	switch parquet {
	case "INT32":
		return []string{"cr:Int32"}
	case "INT64":
		return []string{"cr:Int64"}
	case "FLOAT":
		return []string{"cr:Float32"}
	case "DECIMAL":
		return []string{"sc:Float", "http://www.w3.org/2001/XMLSchema#decimal"}
	case "BOOLEAN":
		return []string{"sc:Boolean"}
	case "DATE":
		return []string{"sc:Date"}
	default:
		return []string{"sc:Text"}
	}
}
