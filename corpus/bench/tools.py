"""The tools that are compared: what each reads, how it is run on one file, and
how what it prints becomes text and tables.

A tool is run as its documentation says for tables. The process that is timed
is the one whose output is scored; turning its output into the scorer's form
happens afterwards and costs it nothing.
"""

import pathlib

import common
import parse


class Tool:
    """One way to read files: name, peer of peers.json it needs, formats, what it
    finds, command for a file, and the function that reads its output. made names
    the file that it writes into the folder, when it does not print."""

    def __init__(self, name, peer, formats, finds, command, read, made=None, slow=False):
        self.name, self.peer, self.formats, self.finds = name, peer, formats, finds
        self.command, self.read, self.made, self.slow = command, read, made, slow

    def version(self, versions):
        """The version that is installed, None when it is not."""
        if self.peer == "yusuan":
            return "this commit"
        v = versions.get(self.peer, {})
        return v.get("version") if v.get("ok") else None

    def error(self, versions):
        """Why it is not installed."""
        return versions.get(self.peer, {}).get("error", "install.py has not tried it")

    def said(self, printed, file, folder):
        """The bytes to read: what it printed, or the file that it made."""
        if not self.made:
            return printed
        path = pathlib.Path(folder) / self.made(pathlib.Path(file))
        return path.read_bytes() if path.exists() else b""


def library(name, peer, formats, finds, script, read=parse.own):
    """A Python library: a script under adapters/ in its environment."""
    return Tool(name, peer, formats, finds, lambda f, _: [common.python(peer), common.HERE / "adapters" / script, f], read, slow=True)


def office(f, folder):
    """LibreOffice keeps a profile; making it does not count."""
    return ["soffice", f"-env:UserInstallation=file://{common.OUT}/profile/{pathlib.Path(folder).name[:1]}", "--headless", "--norestore",
            "--convert-to", "html:HTML (StarWriter)", "--outdir", folder, f]


def data(f, folder):
    """OpenDataLoader writes into a folder; the jar is what its package runs."""
    return ["java", "-jar", next(common.site("opendataloader").glob("opendataloader_pdf/**/*.jar"), "missing"), "-f", "json", "-q", "-o", folder, f]


PDF, DOCX, DOC = "pdf", "docx", "doc"

TOOLS = [
    Tool("yusuan", "yusuan", [PDF, DOCX, DOC], "text and tables", lambda f, _: [common.YUSUAN, "extract", "--format", "json", f], parse.yusuan),
    Tool("pdftotext -bbox-layout", "poppler", [PDF], "text", lambda f, _: ["pdftotext", "-bbox-layout", f, "-"], parse.boxes),
    Tool("mutool stext", "mupdf", [PDF], "text", lambda f, _: ["mutool", "draw", "-q", "-F", "stext", "-o", "-", f], parse.stext),
    library("PyMuPDF find_tables", "pymupdf", [PDF], "text and tables", "read_pymupdf.py"),
    Tool("PyMuPDF find_tables, no model", "pymupdf", [PDF], "text and tables",
         lambda f, _: [common.python("pymupdf"), common.HERE / "adapters" / "read_pymupdf.py", f, "lines"], parse.own, slow=True),
    library("pdfplumber", "pdfplumber", [PDF], "text and tables", "read_pdfplumber.py"),
    library("camelot lattice", "camelot", [PDF], "tables", "read_camelot.py"),
    Tool("tabula-java lattice", "tabula", [PDF], "tables",
         lambda f, _: ["java", "-jar", common.jar("tabula"), "-l", "-p", "all", "-f", "JSON", "-u", f], parse.tabula, slow=True),
    Tool("OpenDataLoader", "opendataloader", [PDF], "text and tables", data, parse.opendataloader, lambda f: f.stem + ".json", slow=True),
    Tool("docling PDF", "docling-pdf", [PDF], "text and tables", lambda f, _: [common.python("docling"), common.HERE / "adapters" / "read_docling.py", f], parse.own, slow=True),
    library("docling", "docling", [DOCX], "text and tables", "read_docling.py"),
    Tool("pandoc", "pandoc", [DOCX], "text and tables", lambda f, _: [common.program("pandoc"), "-f", "docx", "-t", "json", f], parse.pandoc, slow=True),
    library("python-docx", "python-docx", [DOCX], "text and tables", "read_python_docx.py"),
    library("docx2python", "docx2python", [DOCX], "text and tables", "read_docx2python.py"),
    library("mammoth", "mammoth", [DOCX], "text and tables", "read_mammoth.py", parse.markup),
    library("MarkItDown", "markitdown", [DOCX], "text and tables", "read_markitdown.py", parse.markdown),
    Tool("Apache Tika", "tika", [DOCX, DOC], "text and tables", lambda f, _: ["java", "-jar", common.jar("tika"), "--encoding=UTF-8", "--xml", f], parse.markup, slow=True),
    Tool("LibreOffice", "libreoffice", [DOCX, DOC], "text and tables", office, parse.markup, lambda f: f.stem + ".html", slow=True),
    Tool("antiword DocBook", "antiword", [DOC], "text and tables", lambda f, _: ["antiword", "-m", "UTF-8.txt", "-x", "db", f], parse.docbook),
    Tool("antiword -w 0", "antiword", [DOC], "text", lambda f, _: ["antiword", "-m", "UTF-8.txt", "-w", "0", f], parse.text),
    Tool("catdoc", "catdoc", [DOC], "text", lambda f, _: ["catdoc", "-d", "utf-8", "-w", f], parse.text),
]
