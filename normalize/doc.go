// Package normalize is the door of the second stage: what a document means.
//
//	doc ──outline──▶ headings ──form──▶ records of tables ──prose──▶ amounts ──link──▶ codes ──reconcile──▶ Disclosure
//
// Input is a [document.Document] as the extract stage hands it on, output a
// [record.Disclosure]: typed records, each with the place it came from and the
// text as printed beside every normalised value. The stage does no I/O and
// gives the same records for the same document. It repairs nothing: what it
// could not read, or had to guess, is a note; what the source itself gets wrong
// is a finding.
//
//	n := normalize.New()
//	d := n.Document(doc)
//	fmt.Println(d.Identity.Department, len(d.Indicators))
package normalize
