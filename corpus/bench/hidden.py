"""What a reader must not give: text that was deleted, moved away, or hidden.

For .docx it is taken from the XML of the file itself, for every file; edge.doc
holds the same as edge.docx, but for deleted rows, whose deletion the program
that made it did not write. pdf/encodings/invisible_Tr3.pdf draws its text
invisibly, as the text layer of a scan does: truth.json wants it, so it is no
leak.
"""

import functools
import itertools
import json
import pathlib
import re
import xml.etree.ElementTree as ET
import zipfile

import common

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEAST = 3  # characters: shorter text is found by chance


def on(properties, name):
    """Whether a property is set, as w:vanish is."""
    node = properties.find(W + name) if properties is not None else None
    return node is not None and node.get(W + "val") not in ("0", "false", "off")


def gone(node, kind):
    """How the text below a node is kept from the reader: as what is above it
    says (kind), or as the node itself says; "" when it is shown."""
    if node.tag in (W + "del", W + "moveFrom") and len(node):
        return node.tag
    if node.tag == W + "tr" and on(node.find(W + "trPr"), "del"):
        return "row"
    if node.tag == W + "r" and on(node.find(W + "rPr"), "vanish"):
        return kind or "vanish"
    return kind


def parts(document):
    """The hidden and the shown text of a document. What is hidden in different
    ways, or with shown text between, are lines of their own."""
    texts = []  # (kind, text) in order

    def walk(node, kind):
        kind = gone(node, kind)
        if node.tag in (W + "t", W + "delText"):
            texts.append((kind or ("deleted" if node.tag == W + "delText" else ""), node.text or ""))
        for child in node:
            walk(child, kind)
        if node.tag == W + "p":
            texts.append((kind, "\n"))

    walk(document, "")
    runs = [(kind, "".join(t for _, t in group)) for kind, group in itertools.groupby(texts, lambda t: t[0])]
    return [(kind, t) for kind, t in runs if kind], "".join(t for kind, t in runs if not kind)


def of_docx(file):
    """The hidden texts of a .docx, without blanks, that are not shown anywhere,
    with how they are hidden."""
    try:
        with zipfile.ZipFile(file) as archive:
            document = ET.fromstring(archive.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return []
    hidden, shown = parts(document)
    shown = re.sub(r"\s+", "", shown)
    texts = {(kind, re.sub(r"\s+", "", line)) for kind, text in hidden for line in text.splitlines()}
    return sorted((kind, t) for kind, t in texts if len(t) >= LEAST and t not in shown)


@functools.cache
def of(file):
    """The hidden texts of a file, without blanks."""
    file = pathlib.Path(file)
    if file.suffix.lower() == ".docx":
        return [t for _, t in of_docx(file)]
    beside = file.with_suffix(".docx")
    if file.suffix.lower() == ".doc" and beside.exists() and file.stem == "edge":
        return [t for kind, t in of_docx(beside) if kind != "row"]
    return []


@functools.cache
def truth():
    """The lines of text of the PDF files with odd encodings, by their name."""
    path = common.CORPUS / "pdf" / "encodings" / "truth.json"
    return json.loads(path.read_text()) if path.exists() else {}


def wanted(file):
    """The lines of text that a file with an odd encoding shows, without blanks."""
    if file.parent.name != "encodings":
        return []
    return [re.sub(r"\s+", "", line) for line in truth().get(file.name, [])]
