#!/usr/bin/env python3
"""How fast figures are read, beside the readers of quantities that people use, on the same texts in one run.

    python3 benches/figures.py TEXTS.jsonl [--copydesk target/release/copydesk] [--bench target/release/deps/pipeline-...]
        [--peers PYTHON] [--rounds 3] [--most 500]

TEXTS.jsonl holds one {"text"} a line, a sentence or an article. Copydesk is timed twice: as `copydesk extract
--plain`, the whole reading (names, quotes, who spoke, figures, dates) with its start; and, where --bench names the
binary that `cargo bench --bench pipeline --no-run` builds, its figures alone: annotating the texts and reading
figures and dates, which is what the peers do. The peers are timed in their own process once they are loaded and
warm: quantulum3 and CQE, where the interpreter named by --peers has them; what is not installed is passed over.
CQE wants spaCy, its English model and the locale en_US.UTF-8; of what it lists beside, it reads nothing (`pip install
--no-deps CQE`). It is written for sentences, and is timed as it is by default, which is faster than with places.

Times are of the processor, user and system; readers take turns, and the median of all rounds counts. Copydesk gets
the texts many times over (--times), since once would measure its start alone.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

PEER = """
import json, sys, time
texts = json.load(sys.stdin)
if sys.argv[1] == "quantulum3":
    from quantulum3 import parser
    read = parser.parse
else:
    from CQE import CQE
    read = CQE.CQE().parse
read("It cost $5 million in May.")
failed, start = 0, time.process_time()
for text in texts:
    try:
        read(text)
    except Exception:
        failed += 1
print(time.process_time() - start, failed)
"""

MODULES = {"quantulum3": "import quantulum3", "CQE": "from CQE import CQE"}


def copydesk(binary, texts, times):
    """CPU seconds for the texts once, of a run over them many times."""
    with tempfile.TemporaryFile() as lines:
        for n in range(times):
            for id, text in enumerate(texts):
                lines.write(json.dumps({"id": f"{n}-{id}", "text": text}).encode() + b"\n")
        lines.seek(0)
        with open(os.devnull, "wb") as nowhere:
            child = subprocess.Popen([binary, "extract", "--plain", "-"], stdin=lines, stdout=nowhere)
            _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{binary} extract ended with {status}")
    return (usage.ru_utime + usage.ru_stime) / times, 0


def alone(binary, texts):
    """CPU seconds of annotating the texts and reading their figures, once."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        lines.flush()
        ran = subprocess.run([binary, "--bench", "figures", lines.name], capture_output=True, text=True, check=True)
    return sum(float(line.split()[1]) for line in ran.stdout.splitlines()), 0


def peer(python, name, texts):
    """CPU seconds of a peer for the texts, and how many it failed on."""
    ran = subprocess.run([python, "-c", PEER, name], input=json.dumps(texts), capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"{name} ended with {ran.returncode}: {ran.stderr.strip().splitlines()[-1:]}")
    seconds, failed = ran.stdout.split()[-2:]
    return float(seconds), int(failed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts")
    parser.add_argument("--copydesk", default="target/release/copydesk")
    parser.add_argument("--bench", help="the binary of the bench named pipeline")
    parser.add_argument("--peers", default=sys.executable, help="the interpreter that has the peers")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=500, help="texts at most")
    parser.add_argument("--times", type=int, default=50, help="how often copydesk reads them in a round")
    args = parser.parse_args()
    with open(args.texts, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines if line.strip()][: args.most]
    readers = {"copydesk": lambda: copydesk(args.copydesk, texts, args.times)}
    if args.bench:
        readers["figures"] = lambda: alone(args.bench, texts)
    for name, module in MODULES.items():
        if subprocess.run([args.peers, "-c", module], capture_output=True).returncode == 0:
            readers[name] = lambda name=name: peer(args.peers, name, texts)
        else:
            print(f"{name} is not installed for {args.peers}: passed over", file=sys.stderr)
    rounds = [{name: read() for name, read in readers.items()} for _ in range(args.rounds)]
    words = sum(len(text.split()) for text in texts)
    ours = statistics.median(one["figures" if args.bench else "copydesk"][0] for one in rounds)
    print(f"{len(texts)} texts, {words} words, {args.rounds} rounds")
    for name in readers:
        seconds = statistics.median(one[name][0] for one in rounds)
        failed = rounds[0][name][1]
        print(
            f"{name:<12}{seconds * 1e3:>12.1f} ms{len(texts) / seconds:>12.0f} texts/s{words / seconds:>12.0f} words/s"
            f"{seconds / ours:>10.1f} times ours" + (f", failed on {failed}" if failed else "")
        )


if __name__ == "__main__":
    main()
