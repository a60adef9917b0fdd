#!/usr/bin/env python3
"""How well stretches in quotation marks are told from words that are only marked, beside a gold of double marks.

    python3 benches/stretches.py GOLD.jsonl[.gz] [--copydesk target/release/copydesk] [--wrong 20]

GOLD.jsonl has an article a line: {"id", "text", "quotes": [{"start", "end"}], "ignore": [[start, end]]}, offsets in
characters. A stretch counts as found where both ends are the same, but for marks, punctuation and white space there.

Such a gold cuts a stretch at every double mark, and knows no others. So two results are printed. The first takes
copydesk's direct and mixed rows as they stand: a quote with another inside it is wrong, and so is each part that
gold has of it, as is a quote in single marks. The second takes both for what they are: rows in single marks are left out, a quote inside
another (`nested`) counts as a row, and one whose beginning, up to a double mark inside it, is a stretch of the gold
is right.
"""

import argparse
import gzip
import json
import re
import subprocess

DOUBLE = re.compile(r"``|''|[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]")
EDGE = " \t\r\n\u00a0\u2009\u200a\u202f\u200b\ufeff.,;:!?\u2026-\u2013\u2014()[]'\u2018\u2019\"\u201c\u201d\u201e\u201f\u00ab\u00bb`*"


def trim(text, start, end):
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def in_double_marks(text, start):
    return bool(DOUBLE.fullmatch(text[start - 1 : start]) or DOUBLE.fullmatch(text[max(0, start - 2) : start]))


def begins(text, gold, row):
    """Whether a stretch of the gold is a row's beginning, up to a double mark inside it."""
    return gold[0] == row[0] and gold[1] < row[1] and bool(DOUBLE.search(text[gold[1] : gold[1] + 4]))


def rows(article, quotes, inside):
    """What is to be found in an article, and what was."""
    text, ignored = article["text"], article.get("ignore", [])
    gold = {trim(text, q["start"], q["end"]) for q in article["quotes"]}
    found = set()
    for quote in quotes:
        kinds = ("direct", "mixed", "nested") if inside else ("direct", "mixed")
        for start, end in quote["spans"] if quote["kind"] in kinds else []:
            double = in_double_marks(text, start)
            if not double and (inside or quote["kind"] == "mixed"):
                continue
            row = trim(text, start, end)
            out = sum(max(0, min(row[1], e) - max(row[0], s)) for s, e in ignored) > 0.5 * (row[1] - row[0])
            if row[0] < row[1] and (row in gold or not out):
                found.add(row)
    parts = {}
    if inside:
        for row in found - gold:
            for part in gold - found:
                if begins(text, part, row):
                    parts[row] = part
    return gold, found, parts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--copydesk", default="target/release/copydesk")
    parser.add_argument("--wrong", type=int, default=0)
    given = parser.parse_args()
    opener = gzip.open if given.gold.endswith(".gz") else open
    with opener(given.gold, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines if line.strip()]
    plain = "".join(json.dumps({"id": a["id"], "text": a["text"]}) + "\n" for a in articles)
    run = subprocess.run([given.copydesk, "extract", "--plain", "-"], input=plain.encode(), stdout=subprocess.PIPE, check=True)
    answers = {a["id"]: a["quotes"] for a in map(json.loads, run.stdout.decode().splitlines())}
    for inside in (False, True):
        right = wanted = given_rows = 0
        wrong = []
        for article in articles:
            gold, found, parts = rows(article, answers[article["id"]], inside)
            right += len(gold & found) + len(parts)
            wanted += len(gold)
            given_rows += len(found)
            missed = gold - found - set(parts.values())
            extra = found - gold - set(parts)
            wrong += [("missed", article, *s) for s in sorted(missed)] + [("extra", article, *s) for s in sorted(extra)]
        name = "with marks inside marks" if inside else "as they stand"
        f1 = 200 * right / (wanted + given_rows)
        print(f"{name:24} F1 {f1:.1f}  right {right}, gold {wanted}, found {given_rows}, missed or extra {len(wrong)}")
        for what, article, start, end in wrong[: given.wrong] if inside else []:
            before, text = article["text"][max(0, start - 60) : start], article["text"][start:end]
            print(f"  {what:7} {article['id']}: {before!r} [{text[:80]!r}]")


if __name__ == "__main__":
    main()
