// Package layout turns the glyphs and shapes of pages into the paragraphs and
// tables that a person sees.
//
// It works in steps, a file each, and every step is a pure function of what the
// step before found:
//
//	filter   what can be seen, each glyph once
//	turn     a page that is printed sideways, upright
//	rules    shapes that are ruling lines, snapped and joined
//	grid     lines that meet, as the edges of a grid
//	cells    grid places without an edge between them, as cells with spans
//	fill     glyphs into the cells that they stand in
//	lines    glyphs into lines, and lines into the text of a cell
//	aligned  tables without rules, by the columns of their numbers
//	running  page numbers, headers and footers
//	stitch   what goes on over a page break, as one table
//	prose    lines into paragraphs, over pages too
//	heading  which paragraphs are headings
//
// All lengths are points (1/72 inch) unless a name says em, the font's size.
package layout
