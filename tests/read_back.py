#!/usr/bin/env python3
"""Reads a file that copydesk wrote with tools that are not ours, and prints its rows as JSON.

    read_back.py TOOL FILE

Each row is a list of cells; a cell that a tool holds for a formula is {"formula": ...}. tests/ways.rs runs it
where the tools are; exit code 77 says that one is not.
"""

import datetime
import html.parser
import json
import re
import sys


def plain(value):
    if isinstance(value, datetime.datetime) and (value.hour or value.minute or value.second):
        return value.isoformat()
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    if isinstance(value, bytes):
        return value.hex().upper()
    return value


def openpyxl(path):
    import openpyxl

    def text(value):
        # The escapes of OOXML, which openpyxl hands on as they are.
        return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), value)

    sheet = openpyxl.load_workbook(path, read_only=False).worksheets[0]
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            if cell.data_type == "f":
                cells.append({"formula": str(cell.value)})
            elif isinstance(cell.value, str):
                cells.append(text(cell.value))
            else:
                cells.append(plain(cell.value))
        yield cells


def pyarrow(path):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    yield table.column_names
    for row in zip(*[column.to_pylist() for column in table.columns]):
        yield list(map(plain, row))


def duckdb(path):
    import duckdb

    options = {"csv": ", all_varchar = true, header = true", "parquet": ""}
    ending = path.rsplit(".", 1)[1]
    reader = {"csv": "read_csv", "parquet": "read_parquet", "jsonl": "read_ndjson", "json": "read_json"}[ending]
    answer = duckdb.connect().execute(f"SELECT * FROM {reader}('{path}'{options.get(ending, '')})")
    yield [column[0] for column in answer.description]
    for row in answer.fetchall():
        yield list(map(plain, row))


def page(path):
    """The cells of an HTML page's table; tags that are not the page's own fail."""

    class Table(html.parser.HTMLParser):
        rows = []
        cell = None

        def handle_starttag(self, tag, attrs):
            assert tag not in ("script", "img", "a", "iframe", "object", "link"), tag
            if tag == "tr":
                self.rows.append([])
            elif tag in ("td", "th"):
                self.cell = ""

        def handle_endtag(self, tag):
            if tag in ("td", "th"):
                self.rows[-1].append(self.cell)
                self.cell = None

        def handle_data(self, data):
            if self.cell is not None:
                self.cell += data

    table = Table()
    with open(path, encoding="utf-8", newline="") as file:
        table.feed(file.read())
    yield from table.rows


def markdown(path):
    import os
    import tempfile

    from markdown_it import MarkdownIt

    with open(path, encoding="utf-8", newline="") as file:
        text = MarkdownIt("commonmark").enable("table").render(file.read())
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as file:
        file.write(text.replace("<br>", "\n"))
    yield from page(file.name)
    os.remove(file.name)


TOOLS = {"openpyxl": openpyxl, "pyarrow": pyarrow, "duckdb": duckdb, "html": page, "markdown": markdown}

if __name__ == "__main__":
    try:
        rows = list(TOOLS[sys.argv[1]](sys.argv[2]))
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(77)
    json.dump(rows, sys.stdout)
