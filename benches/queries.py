#!/usr/bin/env python3
"""How long every saved query takes on an archive, and which of them read it whole.

    python3 benches/queries.py ARCHIVE [--copydesk target/release/copydesk] [--rounds 3]

ARCHIVE is a large one: `cargo bench --bench pipeline -- 100000` leaves a corpus of that size under target/tmp, and
`copydesk import` makes the archive of it. Each question runs in a process of its own, CSV to nowhere: first with
nothing set, then with each parameter that has a typical value in this archive: the speaker quoted most and one
quoted rarely, the name that stands in most articles, the outlet with most articles, words that many quotes have,
deaths. Whatever has a `scan:` head may take two seconds, all else a tenth of one.

Times are of the processor, user and system, the least of all rounds: a busy machine lengthens the clock's, which
stand beside them. What takes longer than it may is marked, and the exit code is then 1.
"""

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import time

FREE, SCAN = 0.1, 2.0


def answer(args, *words):
    """What copydesk prints for a question."""
    command = [args.copydesk, *words, "-a", args.archive]
    ran = subprocess.run(command, capture_output=True, text=True)
    # 3: there is more than was asked for.
    if ran.returncode not in (0, 3):
        sys.exit(f"{command} ended with {ran.returncode}: {ran.stderr}")
    return ran.stdout


def rows(args, *words):
    return list(csv.DictReader(io.StringIO(answer(args, *words, "--csv"), newline="")))


def typical(args):
    """Values to ask for, by parameter: label and value."""
    speakers = rows(args, "query", "most-quoted", "-p", "top", "100000")
    outlets = [row["outlet"] for row in rows(args, "query", "outlets") if row["outlet"] != "(unknown)"]
    named = rows(args, "query", "mentions-of", "-p", "most", "1")[0]["name"]
    words = " ".join(rows(args, "query", "who-said-what", "-p", "most", "1")[0]["said"].split()[:2])
    most, least = speakers[0]["speaker"], speakers[-1]["speaker"]
    return {
        "speaker": [("quoted most", most), ("quoted rarely", least)],
        "name": [("in most articles", named), ("quoted rarely", least)],
        "outlet": [("with most articles", outlets[0])],
        "words": [("of a quote", words)],
        "thing": [("deaths", "death"), ("people", "person")],
        "place": [("in most articles", named)],
        "kind": [("", "person")],
        "verdict": [("", "contradict")],
        "since": [("", "2020")],
    }


def measure(args, words):
    """The least seconds of the processor and by the clock, and how many lines were answered."""
    command = [args.copydesk, *words, "--csv", "--timeout", str(args.timeout), "-a", args.archive]
    best = (float("inf"), float("inf"))
    for _ in range(args.rounds):
        start = time.monotonic()
        with open(os.devnull, "wb") as nowhere:
            child = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
            _, status, usage = os.wait4(child.pid, 0)
        took = (usage.ru_utime + usage.ru_stime, time.monotonic() - start)
        best = tuple(map(min, best, took))
    return best, os.waitstatus_to_exitcode(status)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--copydesk", default="target/release/copydesk")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--timeout", type=int, default=30, help="seconds after which a question is given up")
    args = parser.parse_args()
    values = typical(args)
    print(f"{'question':<58}{'reads':>8}{'processor':>12}{'clock':>10}")
    slow = 0
    for query in json.loads(answer(args, "query", "--json")):
        name = query["name"]
        head = answer(args, "query", name, "--sql")
        allowed = SCAN if "\n-- scan:" in head else FREE
        asked = [(name, [])]
        for parameter in json.loads(query["parameters"]):
            for label, value in values.get(parameter["name"], []):
                shown = f"{name} -p {parameter['name']} '{value}'"
                asked.append((shown, ["-p", parameter["name"], value]))
        for shown, words in asked:
            (processor, clock), code = measure(args, ["query", name, *words])
            # 3: there is more than was asked for.
            late = processor > allowed or code not in (0, 3)
            slow += late
            reads = "whole" if allowed == SCAN else "some"
            mark = f"  over {allowed} s" if processor > allowed else f"  ended with {code}" if code not in (0, 3) else ""
            print(f"{shown[:57]:<58}{reads:>8}{processor * 1e3:>9.0f} ms{clock * 1e3:>7.0f} ms{mark}", flush=True)
    print(f"{slow} took longer than they may" if slow else "all in time")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
