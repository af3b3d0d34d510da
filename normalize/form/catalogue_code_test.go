package form

import (
	"testing"

	"yusuan/normalize/record"
)

// TestSplitItem cuts a code of the catalogue from the name in the same cell, and
// nothing else that begins with a letter and digits.
func TestSplitItem(t *testing.T) {
	for _, c := range []struct{ given, text, code, name string }{
		{"", "A02010105台式计算机", "A02010105", "台式计算机"},
		{"", "a02010105-台式计算机", "A02010105", "台式计算机"},
		{"", "C16040000 道路清扫和垃圾清运服务", "C16040000", "道路清扫和垃圾清运服务"},
		{"", "A02021003A4黑白打印机", "A02021003", "A4黑白打印机"},
		{"", "A0206180203空调机", "A0206180203", "空调机"},
		{"A02010105", "A02010105台式计算机", "A02010105", "台式计算机"}, // in a column of its own as well
		{"A02010104", "A02010105台式计算机", "A02010104", "A02010105台式计算机"},
		{"", "A4复印纸", "", "A4复印纸"},
		{"", "A12型设备", "", "A12型设备"},
		{"", "A4000型打印机", "", "A4000型打印机"},             // the catalogue has no A40
		{"", "A02010105", "", "A02010105"},             // no name follows
		{"", "A020101050012设备", "", "A020101050012设备"}, // too long
		{"", "台式计算机A02010105", "", "台式计算机A02010105"},
		{"", "", "", ""},
	} {
		p := record.Procurement{CatalogueCode: c.given, ItemName: c.text}
		splitItem(&p)
		if p.CatalogueCode != c.code || p.ItemName != c.name {
			t.Errorf("%s %s: %q %q, want %q %q", c.given, c.text, p.CatalogueCode, p.ItemName, c.code, c.name)
		}
	}
}
