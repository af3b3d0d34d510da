"""python-docx: the body in order, tables by row.cells, where a merged cell is
the same element at several places; tables within cells too."""

import sys

import docx
import grid


def cells(table):
    """The cells of a table: every place of the grid holds an element, and one
    that stands at several places is merged over them."""
    places = {}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells, getattr(row, "grid_cols_before", 0)):
            places.setdefault(cell._tc, (cell, []))[1].append((r, c))
    out = []
    for cell, at in places.values():
        rows, cols = [p[0] for p in at], [p[1] for p in at]
        out.append([min(rows), min(cols), max(rows) - min(rows) + 1, max(cols) - min(cols) + 1, cell.text])
        texts.append(cell.text)
    tables.append((0, sorted(out)))
    for cell, _ in places.values():
        for inner in cell.tables:
            cells(inner)


texts, tables = [], []
for block in docx.Document(sys.argv[1]).iter_inner_content():
    if isinstance(block, docx.table.Table):
        cells(block)
    else:
        texts.append(block.text)
grid.emit("\n".join(texts), tables)
