package build

import "slices"

// boxTables writes the anchors of shapes, the texts of text boxes, and drawings
// that say which shape shows which text. A reader of text needs no drawing: the
// anchor ([MS-DOC] 2.9.253, Spa) and the text (2.9.106, FTXBXS) have the shape's
// number in common.
func (w *writer) boxTables() {
	var anchors plc
	var shapes []int
	main := w.parts[mainPart]
	for i, c := range w.chars[:main.last] {
		if c.ref.kind == shapeRef {
			anchors.add(i, spa(c.ref.id))
			shapes = append(shapes, c.ref.id)
		}
	}
	if shapes != nil {
		w.put("PlcSpaMom", anchors.bytes(main.last))
		w.put("DggInfo", w.drawings(shapes))
	}
	starts := w.parts[boxPart].stories
	if starts == nil {
		return
	}
	var texts plc
	for i, b := range w.file.boxes {
		texts.add(starts[i], ftxbxs(b.id, 1, 0))
	}
	// The last entry is never a text box: it can be used for the next one.
	texts.add(starts[len(starts)-1], ftxbxs(0, -1, 1))
	w.put("PlcftxbxTxt", texts.bytes(w.parts[boxPart].length()))
}

// spa anchors a shape of four by two centimetres to its column and paragraph,
// with text around it.
func spa(id int) []byte {
	out := words32(id, 0, 0, 2268, 1134)
	out = append(out, words16(2<<1|2<<3|2<<5)...)
	return append(out, words32(0)...)
}

func ftxbxs(id, chain, reusable int) []byte {
	out := words32(chain, 0)
	out = append(out, words16(reusable)...)
	return append(out, words32(-1, id, 0)...)
}

// The records of drawings, [MS-ODRAW] 2.2.
const (
	drawingGroup    = 0xF000
	drawing         = 0xF002
	shapeGroup      = 0xF003
	shapeContainer  = 0xF004
	groupData       = 0xF006
	drawingData     = 0xF008
	shapeGroupData  = 0xF009
	shapeData       = 0xF00A
	shapeProperties = 0xF00B
	clientText      = 0xF00D
	clientAnchor    = 0xF010
	clientData      = 0xF011
)

// record writes a record with its header; container records have version 15.
func record(kind, version, instance int, parts ...[]byte) []byte {
	body := slices.Concat(parts...)
	out := words16(version|instance<<4, kind)
	out = append(out, words32(len(body))...)
	return append(out, body...)
}

// drawings is the OfficeArtContent, [MS-DOC] 2.9.171: a group for the document and
// one drawing with a rectangle for every anchor.
func (w *writer) drawings(ids []int) []byte {
	top := slices.Max(ids) + 1
	group := record(drawingGroup, 15, 0,
		record(groupData, 0, 0, words32(top, 2, len(ids)+1, 1, 1, len(ids)+1)))
	shapes := [][]byte{record(shapeContainer, 15, 0,
		record(shapeGroupData, 1, 0, words32(0, 0, 0, 0)),
		record(shapeData, 2, 0, words32(1024, 5)))}
	for _, id := range ids {
		shapes = append(shapes, w.shape(id))
	}
	art := record(drawing, 15, 0,
		record(drawingData, 0, 1, words32(len(ids)+1, top-1)),
		record(shapeGroup, 15, 0, shapes...))
	return slices.Concat(group, []byte{0}, art)
}

// shape is a text box if there is a text for it, else a rectangle.
func (w *writer) shape(id int) []byte {
	const textBox, rectangle, hasAnchorAndType = 202, 1, 0xA00
	i := slices.IndexFunc(w.file.boxes, func(b box) bool { return b.id == id })
	if i < 0 {
		return record(shapeContainer, 15, 0,
			record(shapeData, 2, rectangle, words32(id, hasAnchorAndType)),
			record(clientAnchor, 0, 0, words32(0)), record(clientData, 0, 0, words32(1)))
	}
	text := (i + 1) << 16
	const textID = 0x80 // the property lTxid, [MS-ODRAW] 2.3.21.1
	return record(shapeContainer, 15, 0,
		record(shapeData, 2, textBox, words32(id, hasAnchorAndType)),
		record(shapeProperties, 3, 1, words16(textID), words32(text)),
		record(clientAnchor, 0, 0, words32(0)), record(clientData, 0, 0, words32(1)),
		record(clientText, 0, 0, words32(text)))
}
