#!/usr/bin/python3
"""How fast feeds are read, against feedparser (Debian) and rss-parser (npm), on the same files in the same run:

    tests/bench/peers/install && tests/bench/peers/feeds.py FILE|FOLDER... [--bench PROGRAM]

Of a folder all .xml files are read, also below it. Every reader gets the bytes in memory and reads all of them in each of
several rounds, of which the least processor time counts. For feedparser that is with its defaults, which resolve relative addresses and
sanitize HTML; stubkeeper turns HTML into text in the same step; rss-parser leaves HTML as it is.
"""

import argparse
import json
import os
import subprocess
import sys
import time

import feedparser

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))


def files_of(arguments):
    files = []
    for argument in arguments:
        if not os.path.isdir(argument):
            files.append(argument)
            continue
        for folder, _, names in os.walk(argument):
            files += [os.path.join(folder, name) for name in names if name.endswith(".xml")]
    return sorted(files)


def of_feedparser(files, rounds):
    feeds = []
    for file in files:
        with open(file, "rb") as opened:
            feeds.append(opened.read())
    least = None
    for _ in range(rounds):
        read = items = 0
        begin = time.process_time()
        for feed in feeds:
            parsed = feedparser.parse(feed)
            read += bool(parsed.version)
            items += len(parsed.entries)
        took = (time.process_time() - begin) * 1000
        least = took if least is None else min(least, took)
    return {"feeds": len(feeds), "read": read, "items": items, "milliseconds": least}


def of_program(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feeds", nargs="+")
    parser.add_argument("--bench", default=os.path.join(ROOT, "build/release/tests/bench/stubkeeper-feeds-bench"))
    options = parser.parse_args()
    peers = os.path.join(ROOT, "build/peers")
    if not os.path.isdir(os.path.join(peers, "node_modules/rss-parser")):
        sys.exit(f"rss-parser is not in {peers}: tests/bench/peers/install")
    for argument in options.feeds:
        files = files_of([argument])
        results = {
            "stubkeeper": of_program([options.bench, "20", argument]),
            "rss-parser": of_program(["node", os.path.join(peers, "rss_parser.mjs"), "20", *files]),
            "feedparser": of_feedparser(files, 3),
        }
        ours = results["stubkeeper"]["milliseconds"]
        print(f"{argument}: {len(files)} feeds, {sum(map(os.path.getsize, files))} bytes")
        print(f"{'':<12} {'ms':>9} {'feeds read':>11} {'items':>7} {'times stubkeeper':>17}")
        for name, result in results.items():
            print(f"{name:<12} {result['milliseconds']:>9.2f} {result['read']:>11} {result['items']:>7} "
                  f"{result['milliseconds'] / ours:>17.1f}")


if __name__ == "__main__":
    main()
