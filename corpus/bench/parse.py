"""Reads what the peers print into text and tables.

Every function takes the bytes that a tool printed and returns (text, tables):
tables are {"page", "last_page", "cells": [[row, col, rowspan, colspan, text]]},
rows and columns from 0, in reading order; the page is 0 where a tool does not
know it. A tool that knows no tables gives none.
"""

import html.parser
import json
import re
import xml.etree.ElementTree as ET


def table(cells, page=0):
    """A table on one page."""
    return {"page": page, "last_page": page, "cells": sorted(cells)}


def compact(found):
    """A table without the columns of the grid in which no cell begins: nobody
    sees them, and tools differ in whether they count them."""
    begins = sorted({c[1] for c in found["cells"]})
    place = {col: i for i, col in enumerate(begins)}
    cells = [[r, place[c], rows, sum(1 for b in begins if c <= b < c + cols), said] for r, c, rows, cols, said in found["cells"]]
    return {**found, "cells": cells}


def decoded(said):
    """Text of bytes; UTF-16 only with its mark."""
    if said[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return said.decode("utf-16", errors="replace")
    return said.decode("utf-8", errors="replace")


def text(said):
    """Plain text."""
    return decoded(said), []


def own(said):
    """The JSON of a reader under adapters/."""
    value = json.loads(said)
    return value["text"], value["tables"]


def yusuan(said):
    """The JSON of yusuan extract. The text of a nested table is in its outer
    cell already; a cell's page is in its box."""
    texts, tables = [], []
    for block in json.loads(said)["blocks"]:
        if block["type"] != "table":
            texts.append(block.get("label", "") + block.get("text", ""))
            continue
        cells = [[c["row"], c["col"], c["row_span"], c["col_span"], c.get("text", "")] for c in block["cells"]]
        if block.get("outer", -1) < 0:
            texts += [c[4] for c in cells]
        first = block.get("page") or 0
        last = max([c.get("page") or 0 for c in block["cells"]] + [block.get("last_page") or 0, first])
        tables.append({"page": first, "last_page": last, "cells": cells})
    return "\n".join(texts), tables


class Grid:
    """Lays rows of cells with spans into a grid, as HTML defines it."""

    def __init__(self):
        self.cells, self.taken, self.row, self.col = [], set(), -1, 0

    def next_row(self):
        self.row, self.col = self.row + 1, 0

    def cell(self, rows, cols, said):
        """Puts a cell at the first free place of the row."""
        self.row = max(self.row, 0)
        while (self.row, self.col) in self.taken:
            self.col += 1
        rows, cols = max(1, min(rows, 5000)), max(1, min(cols, 1000))
        self.taken.update((self.row + r, self.col + c) for r in range(rows) for c in range(cols))
        self.cells.append([self.row, self.col, rows, cols, said])
        self.col += cols


class Html(html.parser.HTMLParser):
    """Tables, nested ones too, and text of HTML."""

    BREAKS = {"p", "br", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "title"}
    SILENT = {"style", "script", "head"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.tables, self.open, self.silent = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag in self.SILENT:
            self.silent += 1
        if tag == "table":
            grid = Grid()
            self.open.append([grid, None])
            self.tables.append(grid)
        elif tag == "tr" and self.open:
            self.close_cell()
            self.open[-1][0].next_row()
        elif tag in ("td", "th") and self.open:
            self.close_cell()
            spans = dict(attrs)
            self.open[-1][1] = [number(spans.get("rowspan")), number(spans.get("colspan")), []]
        if tag in self.BREAKS:
            self.say("\n")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in ("td", "th", "tr", "table") and self.open:
            self.close_cell()
        if tag == "table" and self.open:
            self.open.pop()
        if tag in self.BREAKS:
            self.say("\n")

    def handle_data(self, data):
        if not self.silent:
            self.say(data)

    def say(self, data):
        """Text belongs to the document and to every cell that is open."""
        self.texts.append(data)
        for _, cell in self.open:
            if cell:
                cell[2].append(data)

    def close_cell(self):
        """Ends the open cell of the innermost table."""
        grid, cell = self.open[-1]
        if cell:
            grid.cell(cell[0], cell[1], "".join(cell[2]).strip())
            self.open[-1][1] = None


def number(value):
    """A span of HTML; what is no number is 1."""
    return int(value) if value and value.isdigit() else 1


def markup(said):
    """HTML, and XHTML."""
    parser = Html()
    parser.feed(decoded(said))
    parser.close()
    return "".join(parser.texts), [table(g.cells) for g in parser.tables if g.cells]


def markdown(said):
    """Markdown with pipe tables; a row that is longer than its header stays. A
    blank header stands only because Markdown wants one. A backslash or an entity
    that only escapes is taken away."""
    document, tables, rows = decoded(said), [], []
    lines = document.splitlines()
    for line in [*lines, ""]:
        line = line.strip()
        if line.startswith("|") and line.endswith("|") and len(line) > 1:
            rows.append([unescape(c) for c in re.split(r"(?<!\\)\|", line[1:-1])])
            continue
        if rows:
            kept = [r for r in rows if not all(re.fullmatch(r":?-{3,}:?", c) for c in r)]
            kept = kept[0 if any(kept[0]) else 1 :]
            tables.append(table([[i, j, 1, 1, c] for i, r in enumerate(kept) for j, c in enumerate(r)]))
            rows = []
    return unescape(document), tables


def unescape(said):
    """A cell of Markdown as it reads."""
    return html.unescape(re.sub(r"<br ?/?>", "\n", re.sub(r"\\([\\`*_{}\[\]()#+\-.!|>~])", r"\1", said))).strip()


def pandoc(said):
    """pandoc's JSON: every table has a head, bodies and a foot of rows of cells
    [attr, alignment, rowspan, colspan, blocks]."""
    texts, tables = [], []

    def words(node):
        """All text below a node, with the tables in it collected."""
        if isinstance(node, list):
            return "".join(words(n) for n in node)
        if not isinstance(node, dict):
            return ""
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            return content
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if kind in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
            return content[-1]
        if kind == "Table":
            return grid(content)
        if kind == "Note":
            texts.append(words(content))
            return ""
        return words(content) + ("\n" if kind in ("Para", "Plain", "Header") else "")

    def grid(content):
        laid, at = Grid(), len(tables)
        tables.append(laid)
        head, bodies, foot = content[3][1], content[4], content[5][1]
        parts = [head] + [rows for body in bodies for rows in (body[2], body[3])] + [foot]
        for row in (row for part in parts for row in part):
            laid.next_row()
            for cell in row[1]:
                laid.cell(cell[2], cell[3], words(cell[4]).strip())
        return "\n".join(c[4] for c in tables[at].cells) + "\n"

    body = words(json.loads(said)["blocks"])
    return body + "\n".join(texts), [table(g.cells) for g in tables if g.cells]


def tree(said):
    """XML, what is not allowed in it taken out; broken XML is cut where it
    breaks."""
    clean = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", decoded(said))
    clean = re.sub(r"&#(x0*([0-8bcefBCEF]|1[0-9a-fA-F])|0*([0-8]|1[124-9]|2\d|3[01]));", "", clean)
    parser = ET.XMLPullParser(["start"])
    try:
        parser.feed(re.sub(r"<!DOCTYPE[^>]*>|<\?xml[^>]*\?>", "", clean))
    except ET.ParseError:
        pass
    try:
        return next((node for _, node in parser.read_events()), ET.Element("nothing"))
    except ET.ParseError:
        return ET.Element("nothing")


def docbook(said):
    """antiword's DocBook: rows of entries, spanned columns by namest, nameend;
    it draws every row for itself."""
    texts, tables = [], []
    root = tree(said)
    for node in root.iter():
        if node.tag in ("para", "title", "entry", "surname"):
            texts.append("".join(node.itertext()).strip())
        if node.tag in ("informaltable", "table"):
            laid = Grid()
            for row in node.iter("row"):
                laid.next_row()
                for entry in row.iter("entry"):
                    laid.cell(1 + number(entry.get("morerows")) * ("morerows" in entry.keys()), columns(entry), "".join(entry.itertext()).strip())
            tables.append(table(laid.cells))
    return "\n".join(texts), tables


def columns(entry):
    """How many columns an entry of DocBook spans."""
    ends = [re.sub(r"\D", "", entry.get(k) or "") for k in ("namest", "nameend")]
    return int(ends[1]) - int(ends[0]) + 1 if all(ends) else 1


def boxes(said):
    """pdftotext -bbox-layout: words in lines, no tables."""
    root = tree(said.replace(b' xmlns="http://www.w3.org/1999/xhtml"', b""))
    return "\n".join(" ".join((w.text or "") for w in line.iter("word")) for line in root.iter("line")), []


def stext(said):
    """mutool draw -F stext: characters in lines, no tables."""
    return "\n".join("".join(c.get("c", "") for c in line.iter("char")) for line in tree(said).iter("line")), []


def tabula(said):
    """tabula's JSON: rows of cells with boxes; a place that a merged cell takes
    is a box without a size."""
    import sys

    sys.path.insert(0, str(__import__("pathlib").Path(__file__).parent / "adapters"))
    import grid

    tables = []
    for t in json.loads(said or b"[]"):
        found = [(c["left"], c["top"], c["left"] + c["width"], c["top"] + c["height"], c["text"].replace("\r", "\n")) for row in t["data"] for c in row]
        tables.append(table(grid.from_boxes(found), t.get("page_number") or t.get("page") or 0))
    return "\n".join(c[4] for t in tables for c in t["cells"]), tables


def opendataloader(said):
    """OpenDataLoader's JSON: elements with kids; tables have rows of cells with
    their numbers and spans."""
    texts, tables = [], []

    def words(node):
        parts = [node["content"]] if isinstance(node.get("content"), str) else []
        return "\n".join(parts + [words(k) for key in ("kids", "list items", "rows", "cells") for k in node.get(key, []) if isinstance(k, dict)])

    def walk(node):
        if node.get("type") == "table":
            cells = [[c["row number"] - 1, c["column number"] - 1, c.get("row span", 1), c.get("column span", 1), words(c)]
                     for row in node.get("rows", []) for c in row.get("cells", [])]
            tables.append(table(cells, node.get("page number", 0)))
        for key in ("kids", "list items", "rows", "cells"):
            for kid in node.get(key, []):
                if isinstance(kid, dict):
                    walk(kid)

    root = json.loads(said)
    walk(root)
    texts.append(words(root))
    return "\n".join(texts), tables
