// Package doc reads the binary Word documents of Word 97 to 2003 and of WPS
// Writer (.doc, .wps), and those of Word 6 and 95.
//
// A file is a compound file ([MS-CFB]) whose stream WordDocument begins with
// the FIB, a list of where everything else stands. The text is a row of
// characters that the piece table gathers from the stream; what a character or
// a paragraph looks like stands in tables of properties (CHPX, PAPX) by file
// offset. There are no elements: a paragraph is what ends in a mark, a cell is
// what ends in a cell mark, and a row is what the row's mark says of cell
// boundaries, so that merged columns show only when the rows of a table are
// laid over each other. The files follow the structures: container.go, fib.go,
// pieces.go, pages.go, sprm.go, styles.go, properties.go and lists.go say what
// is in the file, reader.go, story.go, run.go, fields.go, tables.go, row.go,
// grid.go, place.go and notes.go what is on the page; word6.go and title.go
// stand beside. Comments cite the sections of [MS-DOC].
//
// What is handed on is the document as a reader sees it on the page, as the
// docx reader does: inserted text is there, deleted and hidden text is not; a
// field shows its result, automatic numbering is computed. Text boxes,
// footnotes and endnotes follow the body. Headers, footers and comments are
// left out. Tables that follow each other without a paragraph between them are
// one, since nothing in the file keeps them apart. What is lost or guessed is
// noted:
//
//	doc.codepage_guessed    8-bit text was decoded as GBK although the format says otherwise
//	doc.count_wrong         the text has more characters than the file speaks of
//	doc.covered_text        a cell covered by a merge has text that nobody sees
//	doc.depth_ignored       a table claims to be nested absurdly deep
//	doc.edges_joined        boundaries of cells that nearly coincide were taken for one
//	doc.field_long          the instruction of a field runs over paragraphs, which are left out
//	doc.field_open          a field has no end
//	doc.field_without_text  a field has no stored result
//	doc.graphic             a picture, chart or object holds no text that can be read
//	doc.header_left_out     headers or footers have words that are not in the text
//	doc.invalid_text        half of a character was replaced
//	doc.lost_note           a footnote or endnote that the text refers to is not there
//	doc.lost_text           text stands outside the file, or cannot be found in it
//	doc.merge_orphan        a merged cell has nothing to be merged with
//	doc.nested_table        a table in a cell became a table of its own
//	doc.number_format       a list number in an unknown format was written in decimal
//	doc.number_missing      a list that numbers paragraphs is not defined
//	doc.old_numbering       numbers of Word 6's kind are not computed
//	doc.part_unread         styles, lists, properties or other tables could not be read
//	doc.row_cells           a row has not the cells that its properties speak of
//	doc.unknown_symbol      a character of a symbol font has no known equivalent
package doc
