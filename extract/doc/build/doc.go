// Package build writes files of Word 97 to 2003, and of Word 6, from a readable
// description.
// It serves tests and samples: real documents are not committed, and the odd
// parts of the format (fast-saved pieces, lists, revisions, tables, damage) are
// seldom found one at a time. No reader imports it; of the program only the
// generator of invented disclosures (corpus/synth) does.
//
// [Parse] turns a description into the bytes of a file. What it writes follows
// [MS-DOC] (the Word binary format), [MS-CFB] (the compound file around it),
// [MS-OLEPS] (the title) and [MS-ODRAW] (the shapes of text boxes), and opens
// in Word-compatible programs as long as the description is sane; the
// description may also be insane, for that is what many tests need.
//
// # Notation
//
// A description is a list of lines. Blank lines count for nothing, and "#" at
// the start of a word begins a comment. A line that is indented deeper than the
// one above belongs to it. An example that has a little of everything:
//
//	style 1 "heading 1" sti=1 base=0 POutLvl=0 CFBold=1
//	list 1001
//	  level nfc=chineseCountingThousand start=1 follow=nothing "%1、"
//	lfo list=1001
//
//	p istd=1 PIlvl=0 PIlfo=1 "单位概况"
//	p "安排" [CFRMarkDel=1 "八十"] [CFRMarkIns=1 "九十"] "万元{foot}，见{field} PAGE {sep}3{end}页"
//	row 0,1000,2000,4000 | "项目" | horz=2 "金额" | horz=1 ""
//	row 0,1000,2000,4000 | "水费" / "电费" | "1" | "2"
//	p "完"
//	footnote "{note} 含税"
//
// Words of a line are separated by blanks:
//
//	"text"          text; what "{…}" in it means is said below
//	[SPRM… "text"]  a run: text with character properties of its own
//	NAME=VALUE      a property, or a setting of the directive
//	NAME            a setting that needs no value
//
// Numbers are decimal or, with 0x, hexadecimal. Lists of numbers are joined by
// commas.
//
// # Paragraphs
//
//	p [istd=N] [end=NAME] [huge] [SPRM…] [mark[SPRM…]] "text" [SPRM… "text"] …
//
// Paragraph sprms (names that begin with P) and table sprms (T) go to the
// paragraph. A character sprm (C) outside brackets holds for every character of
// the paragraph with its mark; in "mark[…]" for the mark alone. The mark is a
// paragraph mark (U+000D) unless end= names another character: cell, page,
// section (U+000C, and a section ends there), none (no mark at all), or
// a code in hexadecimal. "huge" puts the properties into the Data stream behind
// a sprmPHugePapx, which also happens to properties too long for a page.
//
// In a text, braces hold what cannot be typed. "*" means that the character gets
// sprmCFSpec=1, without which it is no special character.
//
//	{tab} 0009  {br} 000B  {page} 000C  {par} 000D  {cell} 0007  {column} 000E
//	{nbh} 001E, the non-breaking hyphen    {sh} 001F, the soft hyphen
//	{nbsp} 00A0    {pic} 0001*    {note} 0002*    {sym} 0028*
//	{field} 0013*  {sep} 0014*  {end} 0015*: the three marks of a field
//	{foot} 0002*, {endnote} 0002*, {comment} 0005*: the reference of the next
//	    note of its kind; {foot:※} refers to it with a mark of its own
//	{shape:1025} 0008*: the anchor of the shape 1025, see textbox
//	{F0A7}: the character of this code, two to four digits, never special
//	{bytes:B5A5}: a character for each byte, for 8-bit pieces that hold another
//	    code page than 1252
//
// # Tables
//
//	row EDGES [SETTING…] [SPRM…] | CELL | CELL …
//
// EDGES are the cell boundaries in twips, one more than the row defines cells
// (sprmTDefTable), or "-" for a row without a sprmTDefTable. Any number of cells
// may follow. A cell holds one or more paragraphs, "/" between them; each is
// written as behind "p". The cells may also stand on lines of their own, which is
// how a cell holds a table:
//
//	row 0,2000,6000
//	  | "外"
//	  | "前"
//	    row 0,1000,2000 | "内一" | "内二"
//	    p "后"
//
// A cell ends with a paragraph; behind a nested table an empty one is added.
// At the start of a cell may stand
//
//	horz=N             the two bits TC80.horzMerge as a number: 2 or 3 is the
//	                   first of merged cells, 1 one of the others (a reading
//	                   the other way round, 1 first, is known from other programs)
//	vert=restart|cont  the bits TC80.vertMerge: 3, 1, or a number
//	tc=N               further bits of TCGRF
//
// The row's settings are
//
//	itap=no     no sprmPItap, as Word 97 writes; only for rows of depth 1
//	depth=N     another nesting depth than the indentation says
//	tcs=N       only the first N cells get a TC80
//	before[SPRM…]  properties in front of the sprmTDefTable
//	istd=N, huge, mark[…]  as for a paragraph, for the row mark
//
// Table and paragraph sprms of the row stand in its row mark, behind the
// sprmTDefTable; character sprms hold for the whole row. Behind a row that ends the
// text comes an empty paragraph, as Word has it, unless a last line `p end=none`
// prevents it. A row spelled out would be
//
//	p end=cell PFInTable=1 PItap=1 "甲"
//	p end=cell PFInTable=1 PItap=1 "乙"
//	p end=cell PFInTable=1 PFTtp=1 PItap=1 TDefTable=0,1000,2000
//
// # Properties
//
// A sprm is written with its name in [MS-DOC] without "sprm", and its operand:
// PIlfo=1, CSymbol=3,0xF0FE, TMerge=0,2, TVertMerge=1,restart, TInsert=1,2,500.
// TDefTable=0,1000,2000;0x20,0 gives the TCGRF of the cells behind the
// semicolon. PIstdPermute and CIstdPermute take istdFirst, istdLast and the new
// styles. CPicLocation and PTableProps take @NAME, a place in the Data stream.
// Any other is written by opcode and operand bytes: 0x2416=01; the length byte
// of an operand of variable length is one of the bytes.
//
// # Styles, fonts, lists
//
//	style ISTD "name" [kind=paragraph|character|table|list] [base=N] [next=N] [sti=N] [SPRM…]
//	font "name" [charset=N]
//	list LSID [simple] [styles=ISTD,…]
//	  level [nfc=N] [start=N] [follow=tab|space|nothing] [legal] [restart=N] [SPRM…] "text"
//	lfo list=LSID
//	  override LEVEL [start=N]
//	  override LEVEL format [nfc=…] … "text"
//
// Without a style 0 or 10 those of Word (Normal, Default Paragraph Font) are
// added, and without any font four: Times New Roman, Symbol, Arial, 宋体. Fonts count from 0 and lfo from 1 in the order written. "%1" to "%9"
// in the text of a level stand for the numbers of the levels (stored as U+0000
// to U+0008); nfc is a number of MSONFC, or one of decimal, upperRoman,
// lowerRoman, upperLetter, lowerLetter, circle, bullet, chineseCounting,
// chineseLegal, chineseCountingThousand, none. restart=N sets ilvlRestartLim and
// fNoRestart. styles= gives rgistdPara, the styles linked with the levels. Of a
// list that is not simple the levels not written are decimal and without text.
//
// # Other text
//
//	footnote TEXT        endnote TEXT        comment TEXT
//	header SECTION KIND TEXT
//	textbox ID TEXT
//
// TEXT is written as behind "p", or as indented blocks. The notes are taken in
// the order of their references. SECTION counts from 1; KIND is even-header,
// odd-header, even-footer, odd-footer, first-header or first-footer; section 0
// has the kinds footnote-separator, footnote-continuation, footnote-notice,
// endnote-separator, endnote-continuation, endnote-notice.
//
// # Pieces
//
//	piece 8|16 [prm0 SPRM | prm1 SPRM… | prm=N] [fc=N]
//	order 2,0,1
//
// "piece" ends a piece of the piece table before the next character and says how the
// text behind it is stored: with 8 or 16 bits a character. In the middle of a
// paragraph it is written "piece[8 …]". Without any there is one piece of 16 bits.
// prm0 is a single sprm of the short list of Prm0, prm1 a list of sprms stored in
// the Clx; prm= and fc= overwrite the fields of the Pcd. "order" lists the pieces,
// counted from 0, in the order in which the WordDocument stream holds them.
//
// # Streams and damage
//
//	title codepage=N "text"  or  title codepage=N hex=…
//	form NAME check|choice|text [result=N] [default=N] ["entry" …]
//	data NAME hex=…          or  data NAME SPRM…
//	stream "name" hex=…      or  stream "name" "text"
//	word6
//	fib NAME=VALUE …
//	patch TARGET+OFFSET HH HH …
//	cut STREAM LENGTH
//	drop STREAM
//
// "word6" writes a file of Word 6: text of 8 bits (in the code page of the day:
// {bytes:…}), one-byte codes of properties, shorter descriptors of cells, tables in
// the WordDocument stream, and neither lists nor text boxes; "fib" sets only
// the fields that both have. "title" writes the summary information ([MS-OLEPS]); text is stored for the
// code pages 1200, 1252 and 65001, for others the bytes are given. "form" puts the FFData of a
// form field into the Data stream, "data" any bytes or a PrcData; [CFData=1
// CPicLocation=@NAME "{pic}"] refers to it. "fib" sets a field of the FIB after
// everything else has been computed: wIdent, nFib, lid, pnNext, lKey,
// nFibBack, lidFE, cbRgFcLcb, the flags (fComplex, fEncrypted, fWhichTblStm, …), ccpText and the like,
// and the pairs fcClx, lcbClx and so on. "patch" overwrites bytes; TARGET is a
// stream ({05}SummaryInformation), "file" for the compound file, or the name of a pair of the FIB (Clx+5),
// or Text, Papx, Chpx: the place where those begin in the WordDocument
// stream. "cut" shortens a stream, or "file".
package build
