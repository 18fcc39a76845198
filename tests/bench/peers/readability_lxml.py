"""readability-lxml's reading of the pages of a folder, as JSON lines (extraction_pages.h says which).

Measured is the processor time of what it does with a page's bytes: parse, choose, clean. Turning its HTML into text is not.
"""
import glob
import gzip
import json
import logging
import os
import sys
import time

import lxml.etree
import lxml.html
from readability import Document

BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "pre", "blockquote", "br", "dt", "dd",
          "section", "article", "table", "ul", "ol", "figure", "figcaption"}


def text_of(html):
    """The text, a space at each end of a block so that its words do not run together with the next one's."""
    tree = lxml.html.fromstring(html)
    parts = []
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        block = element.tag in BLOCKS
        if event == "start":
            parts.append(" " if block else "")
            parts.append(element.text or "" if isinstance(element.tag, str) else "")
        else:
            parts.append(" " if block else "")
            parts.append(element.tail or "")
    return "".join(parts)


def read(html):
    begin = time.process_time()
    document = Document(html)
    summary = document.summary(html_partial=True)
    title = document.short_title()
    return time.process_time() - begin, summary, title


def main():
    logging.disable(logging.CRITICAL)
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "html", "*.html.gz"))):
        line = {"page": os.path.basename(path)[:-len(".html.gz")]}
        with gzip.open(path) as file:
            html = file.read()
        try:
            seconds, summary, title = read(html)
            line.update(text=text_of(summary), title=title, author=None, published=None, seconds=seconds)
        except Exception as error:  # a page that it cannot read counts as read empty
            print(f"{path}: {error}", file=sys.stderr)
        print(json.dumps(line))


if __name__ == "__main__":
    main()
