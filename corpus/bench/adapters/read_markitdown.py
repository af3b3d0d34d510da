"""MarkItDown: the Markdown that it makes."""

import sys

import markitdown

sys.stdout.buffer.write(markitdown.MarkItDown().convert(sys.argv[1]).markdown.encode(errors="replace"))
