"""pdfplumber: find_tables and extract (as extract_tables does), cells by their
boxes, so that merged ones have their spans; extract_text for the text."""

import sys

import grid
import pdfplumber

texts, tables = [], []
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        texts.append(page.extract_text())
        for table in page.find_tables():
            boxes = []
            for row, said in zip(table.rows, table.extract()):
                boxes += [(*box, text) for box, text in zip(row.cells, said) if box]
            tables.append((page.page_number, grid.from_boxes(boxes)))
        page.close()
grid.emit("\n".join(texts), tables)
