// Package docx reads Word documents in Office Open XML: .docx, .docm, .dotx
// and what WPS and LibreOffice write under these names.
//
// What it hands on is the document as a reader sees it on the page: inserted
// text is there, deleted, moved-away and hidden text is not; a field shows its
// result, a text box stands once, automatic numbering is computed.
// Headers, footers and comments are left out: they belong to the page and to
// the editors, not to the text. What headers and footers say is noted, since a
// unit may stand there, and so is whatever else is left out:
//
//	docx.alt_chunk           an imported file (altChunk) or subdocument is not read
//	docx.covered_text        a cell covered by a merge has text that nobody sees
//	docx.field_open          a field has no end
//	docx.field_without_text  a field has no stored result
//	docx.formula             a formula was written in one line
//	docx.graphic             a picture, chart or object holds no text that can be read
//	docx.header_left_out     headers or footers have words that are not in the text
//	docx.invalid_text        bytes that are no characters were replaced
//	docx.main_part_guessed   the package does not say which part is the document
//	docx.merge_orphan        a merged cell has nothing to be merged with
//	docx.nested_table        a table in a cell became a table of its own
//	docx.note_missing        a footnote or endnote that the text refers to is not there
//	docx.number_format       a list number in an unknown format was written in decimal
//	docx.part_double         the package holds several parts of one name
//	docx.part_unread         styles, numbering, notes or properties could not be read
//	docx.span_ignored        a cell claims an absurd number of columns
//	docx.unknown_symbol      a character of a symbol font has no known equivalent
package docx
