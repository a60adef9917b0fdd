#!/usr/bin/env python3
"""How fast rows become CSV, beside the tools that people use on the same file, in one run.

    python3 benches/export.py ARCHIVE [--copydesk target/release/copydesk] [--rounds 5]

ARCHIVE holds a million figures and a million mentions, or as many as it has: `cargo bench --bench pipeline --
100000` leaves such a corpus under target/tmp, and `copydesk import` makes the archive of it. What is not
installed is passed over: sqlite3, sqlite-utils, and DuckDB (the Python package, with its sqlite extension:
installed, or named by --duckdb-extension; --duckdb-python names the interpreter that has the package).

Tools take turns, so that a busy machine slows all alike. Times are of the processor, user and system; the
median of all rounds. Each tool's own start is in them.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

PLAIN = "SELECT * FROM figures LIMIT 1000000"
JOIN = (
    "SELECT m.id, m.text, m.kind, m.start, m.end, m.confidence, n.name, n.evidence, a.title, a.source, a.published "
    "FROM mentions m JOIN article_entities n ON n.id = m.article_entity_id JOIN articles a ON a.id = m.article_id "
    "LIMIT 1000000"
)

DUCKDB = """
import sys, duckdb
archive, statement, out, extension = sys.argv[1:]
connection = duckdb.connect()
connection.execute("LOAD '%s'" % extension if extension else "LOAD sqlite")
connection.execute("SET threads = 1")
connection.execute("ATTACH '%s' AS archive (TYPE sqlite, READ_ONLY)" % archive)
connection.execute("USE archive")
connection.execute("COPY (%s) TO '%s' (HEADER, DELIMITER ',')" % (statement, out))
"""


def tools(args):
    """The tools at hand: name, and the command for a statement and a file; True where it writes the file itself."""
    yield "copydesk", lambda sql, out: [args.copydesk, "sql", "--timeout", "0", "--csv", sql, "-a", args.archive], False
    if shutil.which("sqlite3"):
        yield "sqlite3", lambda sql, out: ["sqlite3", "-readonly", "-csv", "-header", args.archive, sql], False
    if shutil.which(args.sqlite_utils):
        yield "sqlite-utils", lambda sql, out: [args.sqlite_utils, args.archive, sql, "--csv"], False
    python = args.duckdb_python or sys.executable
    if subprocess.run([python, "-c", "import duckdb"], capture_output=True).returncode == 0:
        extension = args.duckdb_extension or ""
        yield "DuckDB", lambda sql, out: [python, "-c", DUCKDB, args.archive, sql, out, extension], True


def measure(command, out, writes):
    """CPU seconds and peak memory in MB of one run."""
    with open(os.devnull if writes else out, "wb") as place:
        child = subprocess.Popen(command, stdout=place, stderr=subprocess.PIPE)
        _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed: {child.stderr.read().decode()[:400]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--copydesk", default="target/release/copydesk")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sqlite-utils", default="sqlite-utils")
    parser.add_argument("--duckdb-python")
    parser.add_argument("--duckdb-extension")
    parser.add_argument("--folder", default=None, help="where the CSV goes (a temporary folder)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for title, sql in [("plain table", PLAIN), ("three-table join", JOIN)]:
            found = {}
            for n in range(args.rounds):
                for name, command, writes in tools(args):
                    # The slow one need not be slow every time.
                    if name == "sqlite-utils" and n > 0:
                        continue
                    out = os.path.join(folder, "out.csv")
                    seconds, memory = measure(command(sql, out), out, writes)
                    found.setdefault(name, []).append((seconds, memory, os.path.getsize(out) / 1e6))
                    os.remove(out)
            print(f"\n{title}: {sql}\n")
            print("| tool | CPU s | of copydesk's | MB per CPU s | peak MB |\n| --- | --- | --- | --- | --- |")
            ours = statistics.median(run[0] for run in found["copydesk"])
            for name, runs in found.items():
                seconds = statistics.median(run[0] for run in runs)
                memory = max(run[1] for run in runs)
                size = runs[0][2]
                print(f"| {name} | {seconds:.2f} | {seconds / ours:.1f} | {size / seconds:.0f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
