#!/usr/bin/env python3
"""How many words a CPU second are annotated and searched for entities, beside spaCy's small English model, in one run.

    python3 benches/names.py FOLDER [--spacy-python python3] [--model en_core_web_sm] [--rounds 3]

FOLDER holds articles, one .txt a file; both read the same files as they stand. spaCy runs with its named-entity
recognizer and what that needs alone, in one process and with one thread, over all texts in one `pipe`; copydesk runs
annotate and entities (mentions, their resolution in the article, descriptions) of `cargo bench --bench pipeline --
names`, which builds it first. The two take turns, so that a busy machine slows both alike. Times are of the processor,
user and system, without loading; the best of all rounds counts for each, and the ratio of every round is shown.
"""

import argparse
import os
import re
import subprocess
import sys

SPACY = """
import glob, resource, sys, time
import spacy
folder, model = sys.argv[1:]
texts = [open(path, encoding="utf-8").read() for path in sorted(glob.glob(folder + "/*.txt"))]
start = time.process_time()
others = ["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
nlp = spacy.load(model, exclude=others)
list(nlp.pipe(texts[:1]))
loading = time.process_time() - start
start = time.process_time()
found = sum(len(doc.ents) for doc in nlp.pipe(texts))
took = time.process_time() - start
words = sum(len(text.split()) for text in texts)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(words, took, loading * 1e3, peak, found, spacy.__version__, nlp.meta["version"])
"""


def spacy(args):
    """Words, words a CPU second, milliseconds of the first article with loading, megabytes, versions."""
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS")}
    command = [args.spacy_python, "-c", SPACY, args.folder, args.model]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **one})
    words, took, first, peak, _, version, model = done.stdout.split()
    return int(words), int(words) / float(took), float(first), float(peak), f"spaCy {version}, model {model}"


def copydesk(args):
    """Words, words a CPU second, milliseconds of the first article with loading, megabytes."""
    command = ["cargo", "bench", "--bench", "pipeline", "--", "names", os.path.abspath(args.folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told = dict(re.findall(r"^(words|first article|together|peak memory)\W+([\d.]+)", done.stdout, re.M))
    return tuple(float(told[what]) for what in ("words", "together", "first article", "peak memory"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--spacy-python", default=sys.executable, help="the interpreter that has spaCy and the model")
    parser.add_argument("--model", default="en_core_web_sm", help="the name or folder of the small English model")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    ours, theirs = [], []
    for _ in range(args.rounds):
        theirs.append(spacy(args))
        ours.append(copydesk(args))
        if theirs[-1][0] != ours[-1][0]:
            sys.exit(f"names.py: the two did not read the same text: {theirs[-1][0]} and {ours[-1][0]:.0f} words")
        ratio = ours[-1][1] / theirs[-1][1]
        print(f"round {len(ours)}: {ours[-1][1]:,.0f} and {theirs[-1][1]:,.0f} words a CPU second, {ratio:.0f} times")
    print(f"\n{theirs[0][0]:,} words; {theirs[0][4]}")
    print(f"{'':<12}{'words/CPU s':>14}{'first article':>16}{'peak memory':>14}")
    for name, runs in (("copydesk", ours), ("spaCy, NER", theirs)):
        best = max(run[1] for run in runs)
        first, peak = min(run[2] for run in runs), min(run[3] for run in runs)
        print(f"{name:<12}{best:>14,.0f}{first:>13,.0f} ms{peak:>11,.0f} MB")
    print(f"ratio of the best: {max(r[1] for r in ours) / max(r[1] for r in theirs):.0f}")


if __name__ == "__main__":
    main()
