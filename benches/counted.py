#!/usr/bin/env python3
"""How often what a figure counts is right, beside a gold that names a unit and a concept for each figure.

    python3 benches/counted.py GOLD.jsonl [--copydesk target/release/copydesk] [--wrong 20]

GOLD.jsonl has a sentence a line: {"id", "text", "figures": [{"start", "end", "value", "value_high", "unit",
"unit_text", "concept"}]}, offsets in characters. Looked at are figures that both have, at one place and of one value.

Such a gold splits what copydesk calls `counted` in two: of "three ferries of Acme sank" the unit is "ferry" and the
concept "Acme"; of "shares rose 5 percent" the unit is "percent" and the concept "shares". So a head is counted right
where it is a word of the concept, and, for plain counts, where it is the unit's noun; both are told, and where gold
and copydesk agree that nothing is named. The rest is wrong, or names something else that the sentence says
(`--wrong` prints some).
"""

import argparse
import json
import re
import subprocess

SMALL = {"of", "the", "a", "an", "in"}


def words(text):
    """The words of a phrase, in their singular as far as endings tell."""
    found = set()
    for word in re.findall(r"[^\W_]+", (text or "").lower()):
        for end, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
            if word.endswith(end) and len(word) > len(end) + 2 and not word.endswith("ss"):
                word = word[: -len(end)] + instead
                break
        found.add({"people": "person", "men": "man", "women": "woman", "children": "child"}.get(word, word))
    return found - SMALL


def values(figure):
    """The amounts a figure names, the lower first."""
    value, high = figure.get("value"), figure.get("high", figure.get("value_high"))
    low = value if value is not None else figure.get("low")
    found = [v for v in (low, high) if v is not None]
    return sorted(set(found))


def same(one, other):
    one, other = values(one), values(other)
    return len(one) == len(other) and all(abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1) for a, b in zip(one, other))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--copydesk", default="target/release/copydesk")
    parser.add_argument("--wrong", type=int, default=0)
    given = parser.parse_args()
    with open(given.gold, encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines if line.strip()]
    plain = "".join(json.dumps({"id": g["id"], "text": g["text"]}) + "\n" for g in gold)
    run = subprocess.run([given.copydesk, "extract", "--plain", "-"], input=plain.encode(), stdout=subprocess.PIPE, check=True)
    answers = {a["id"]: a["figures"] for a in map(json.loads, run.stdout.decode().splitlines())}
    concept = unit = nothing = 0
    wrong = []
    for sentence in gold:
        free = list(answers.get(sentence["id"], []))
        placed = (figure for figure in sentence["figures"] if figure["start"] is not None)
        for want in placed:
            overlapping = (f for f in free if f["start"] < want["end"] and want["start"] < f["end"] and same(want, f))
            got = next(overlapping, None)
            if got is None:
                continue
            free.remove(got)
            head = words(got.get("counted_head") or got.get("counted"))
            if not head and not words(want.get("concept")):
                nothing += 1
            elif head & words(want.get("concept")):
                concept += 1
            elif got["kind"] == "count" and head & (words(want.get("unit")) | words(want.get("unit_text"))):
                unit += 1
            else:
                wrong.append((want, got, sentence["text"]))
    right, all_of_them = concept + unit + nothing, concept + unit + nothing + len(wrong)
    print(f"{all_of_them} figures at one place and of one value; the head of what is counted is")
    print(f"  {concept:4} a word of the concept")
    print(f"  {unit:4} the unit's noun, of plain counts")
    print(f"  {nothing:4} none, as in the gold")
    print(f"  {len(wrong):4} another: right {right} of {all_of_them}, {100 * right / max(all_of_them, 1):.1f} percent")
    for want, got, text in wrong[: given.wrong]:
        print(f"- {got['text']!r}: {got.get('counted')!r}, gold {want.get('concept')!r} ({want.get('unit')!r}) | {text}")


if __name__ == "__main__":
    main()
