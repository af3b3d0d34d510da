package vocab

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed catalogue.tsv
var catalogueTSV string

// The editions of the procurement catalogue (政府采购品目分类目录).
const (
	Catalogue2013 = "2013" // 财库〔2013〕189号; only some of its items are here
	Catalogue2022 = "2022" // 财库〔2022〕31号; complete
)

// CatalogueItem is an item (品目) of the procurement catalogue.
type CatalogueItem struct {
	// Edition is Catalogue2013 or Catalogue2022.
	Edition string
	// Code is a letter and digits, A02010103.
	Code string
	Name string
	// Start is true when Name is only the beginning of the item's name.
	Start bool
}

var catalogue = sync.OnceValue(func() map[[2]string]CatalogueItem {
	out := map[[2]string]CatalogueItem{}
	for _, r := range rows(catalogueTSV) {
		out[[2]string{r[0], r[1]}] = CatalogueItem{Edition: r[0], Code: r[1], Name: r[2], Start: r[3] == "start"}
	}
	return out
})

// CatalogueItemOf returns the item of a code in an edition.
func CatalogueItemOf(edition, code string) (CatalogueItem, bool) {
	item, ok := catalogue()[[2]string{edition, code}]
	return item, ok
}

// Called tells whether a printed name is the item's: the same, or one the
// beginning of the other.
func (c CatalogueItem) Called(name string) bool {
	own, key := Key(c.Name), Key(name)
	return own != "" && key != "" && (strings.HasPrefix(own, key) || strings.HasPrefix(key, own))
}
