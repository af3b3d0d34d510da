"""docling: its document model, tables with spans. OCR is off: the files are
born digital."""

import sys

import grid
from docling.datamodel.base_models import InputFormat
from docling.datamodel.pipeline_options import PdfPipelineOptions
from docling.document_converter import DocumentConverter, PdfFormatOption

options = PdfPipelineOptions(do_ocr=False, do_table_structure=True)
converter = DocumentConverter(format_options={InputFormat.PDF: PdfFormatOption(pipeline_options=options)})
document = converter.convert(sys.argv[1]).document
tables = []
for table in document.tables:
    page = table.prov[0].page_no if table.prov else 0
    tables.append((page, [[c.start_row_offset_idx, c.start_col_offset_idx, c.row_span, c.col_span, c.text] for c in table.data.table_cells]))
grid.emit(document.export_to_markdown(escape_html=False, escape_underscores=False), tables)
