// Package synth writes budget disclosures whose records it knows.
//
// A [Generator] makes the disclosures of invented departments of real places.
// Each [Document] holds the records it was written from and prints itself in
// four ways: as a Word file (.docx), as one of Word 97 (.doc), as the pages of
// a PDF file, and as the text that Apache Tika renders from a .doc. Whoever
// reads those bytes must find the records again; the package itself knows no
// reader, so that a mistake of a reader cannot hide in the truth.
//
//	g := synth.New(synth.Settings{Seed: 1})
//	d := g.Document(0)
//	bytes, truth := d.Docx(), d.Truth
//
// The disclosures have the notations and the oddities of real ones: 95 in
// seven ways, units that are missing, misspelt or the name of the metric,
// merged and blank level cells, blanks inside 合　计, amounts in 元 and 万元,
// deleted text, text split over runs in the middle of a word, and lists that
// the word processor numbers. Everything is drawn from the seed and the
// document's number alone: no clock, no map order, no global state.
package synth
