#!/usr/bin/python3
"""What stubkeeper decides from a robots.txt, against protego (the parser of Scrapy).

    tests/bench/peers/robots.py build/dev/stubkeeper [CASES [SEED]]

First the hand-written cases: each has the paragraph of RFC 9309 that decides it, and stubkeeper must decide as it says;
where protego does not, that is printed. Then CASES (20000) generated ones, eight addresses each. Three of four are plain,
and there the two must agree to the last; each of the others has one thing that protego is known to read otherwise.
Exit code 1 where one of these does not hold. Needs python3-protego (Debian).
"""

import collections
import json
import os
import random
import subprocess
import sys
import tempfile

try:
    from protego import Protego
except ImportError:
    sys.exit("protego is not installed: apt-get install python3-protego")

ORIGIN = "https://example.org"


def rule(path, kind="Disallow", agent="*"):
    return f"User-agent: {agent}\n{kind}: {path}\n"


# (what it shows, paragraph, robots.txt, agent, address, allowed)
HAND_WRITTEN = [
    ("a group is found by its product token, whatever its case", "2.2.1", rule("/a", agent="FooBot"), "foobot", "/a", False),
    ("a token that only contains the agent's is another", "2.2.1", rule("/a", agent="foobot-news"), "foobot", "/a", True),
    ("a token that the agent's contains is another", "2.2.1", rule("/a", agent="bot"), "foobot", "/a", True),
    ("groups of one agent are one group", "2.2.1", rule("/a", agent="xena") + "\n" + rule("/b", agent="xena"), "xena", "/b", False),
    ("a named group goes before the star", "2.2.1", rule("/") + "\n" + rule("/b", agent="xena"), "xena", "/a", True),
    ("the star is for who is not named", "2.2.1", rule("/b", agent="xena") + "\n" + rule("/"), "yuri", "/a", False),
    ("a named group without rules allows all", "2.2.2", rule("/") + "\nUser-agent: xena\nDisallow:\n", "xena", "/a", True),
    ("the longest match decides", "2.2.2", "User-agent: *\nDisallow: /a\nAllow: /a/b\n", "xena", "/a/b", True),
    ("its place in the file does not", "2.2.2", "User-agent: *\nAllow: /a/b\nDisallow: /a\n", "xena", "/a/b", True),
    ("of equal rules the one that allows", "2.2.2", "User-agent: *\nDisallow: /a\nAllow: /a\n", "xena", "/a", True),
    ("no match allows", "2.2.2", rule("/a"), "xena", "/b", True),
    ("paths have case", "2.2.2", rule("/A"), "xena", "/a", True),
    ("robots.txt itself is allowed", "2.2.2", rule("/"), "xena", "/robots.txt", True),
    ("octets outside of ASCII are as encoded", "2.2.2", rule("/foo/bar/ツ"), "xena", "/foo/bar/%E3%83%84", False),
    ("whichever side encodes them", "2.2.2", rule("/foo/bar/%E3%83%84"), "xena", "/foo/bar/ツ", False),
    ("encoded letters are letters", "2.2.2", rule("/foo/bar/%62%61%7A"), "xena", "/foo/bar/baz", False),
    ("an encoded slash is no slash", "2.2.2", rule("/a/b"), "xena", "/a%2Fb", True),
    ("reserved ones of a query are as encoded", "2.2.2", rule("/foo/bar?baz=https://foo.bar"), "xena",
     "/foo/bar?baz=https%3A%2F%2Ffoo.bar", False),
    ("hexadecimal digits have no case", "2.2.2", rule("/a?b=%c3%a9"), "xena", "/a?b=%C3%A9", False),
    ("a star is any octets", "2.2.3", rule("/this/*/exactly"), "xena", "/this/and/that/exactly", False),
    ("also of a part of a character", "2.2.3", rule("/caf%C3*%A9"), "xena", "/café", False),
    ("or none", "2.2.3", rule("/a*b"), "xena", "/ab", False),
    ("a dollar at the end is the end", "2.2.3", rule("/this/path/exactly$"), "xena", "/this/path/exactly/not", True),
    ("and nothing else", "2.2.3", rule("/price$"), "xena", "/price$list", True),
    ("a dollar before the end is a dollar", "2.2.3", rule("/a$b"), "xena", "/a$b", False),
    ("an encoded star is a star", "2.2.3", rule("/path/file-with-a-%2A.html"), "xena", "/path/file-with-a-*.html", False),
    ("and not any octets", "2.2.3", rule("/path/file-with-a-%2A.html"), "xena", "/path/file-with-a-b.html", True),
    ("an encoded dollar is a dollar", "2.2.3", rule("/path/foo-%24"), "xena", "/path/foo-$", False),
    ("a comment ends a line", "2.2.3", rule("/a # /b"), "xena", "/a", False),
    ("Sitemap ends no group", "2.2.4",
     "User-agent: xena\nSitemap: https://example.org/s.xml\nUser-agent: yuri\nDisallow: /a\n", "xena", "/a", False),
    ("nor does Crawl-delay", "2.2.4", "User-agent: xena\nCrawl-delay: 5\n\nUser-agent: yuri\nDisallow: /a\n", "xena", "/a", False),
    ("nor a record that nobody knows", "2.2.4", "User-agent: xena\nFoo: bar\nUser-agent: yuri\nDisallow: /a\n", "xena", "/a", False),
    ("empty lines end no group", "2.1", "User-agent: xena\n\n\nDisallow: /a\n", "xena", "/a", False),
    ("a pattern begins with a slash (or a star)", "2.1", rule("a"), "xena", "/a", True),
    ("a rule before any group is nobody's", "2.1", "Disallow: /\n" + rule("/a", agent="xena"), "yuri", "/", True),
    ("a colon with white space about it", "2.1", "User-agent : *\nDisallow\t: /a\n", "xena", "/a", False),
    ("lines end with CR alone", "2.1", "User-agent: *\rDisallow: /a\r", "xena", "/a", False),
    ("a byte order mark is no part of a name", "2.3", "\ufeff" + rule("/a"), "xena", "/a", False),
    ("a misspelt name is no rule", "2.1", "User-agent: *\nDisalow: /a\n", "xena", "/a", True),
    ("a name without its colon is no rule", "2.1", "User-agent: *\nDisallow /a\n", "xena", "/a", True),
    ("index.html is not its folder", "2.2.2", "User-agent: *\nDisallow: /\nAllow: /a/index.html\n", "xena", "/a/", False),
    ("a question mark counts", "2.2.2", rule("/a?"), "xena", "/a", True),
    ("and an empty query has one", "2.2.2", rule("/a$"), "xena", "/a?", True),
]

# What protego reads otherwise, one of which a case that is not plain may have.
QUIRKS = {
    "record between agents": "§2.2.4: another record ends no group; for protego it does",
    "reserved character": "§2.2.2: protego counts ':' in a path as \"%3A\", three octets, when it looks for the longest match",
    "encoding in a query": "§2.2.2: protego compares queries as they stand",
    "literal dollar": "§2.2.3: a final '$' is the end; protego takes it for a dollar as well",
    "dollar behind a query": "§2.2.3: of \"/a?b$\" protego makes \"/a$?b\"",
    "index.html": "§2.2.2: protego takes \"Allow: /a/index.html\" also for /a/",
    "no slash": "§2.1: a pattern begins with a slash; protego puts one before a pattern that has none",
    "empty query": "§2.2.2: protego drops a '?' with nothing behind it",
    "double slash": "§2.2.2: protego takes what follows \"//\" at the beginning for a host",
    "stray percent": "§2.2.2 is silent on a '%' that encodes nothing; it is read here as \"%25\"",
}

SEGMENTS = ["a", "b", "ab", "page", "x.html", "~joe", "%7Ejoe", "caf%C3%A9", "café", "caf%c3%a9", "ツ", "%62", "a%2Fb", "a-b_c", "A"]
RESERVED = [":", "@", "!", "(", ",", "%3A", "=", "&", "%26"]
AGENTS = ["alpha", "Beta", "gamma-news", "*"]


class Case:
    """A robots.txt, an agent and addresses; `quirk` is the one thing in it that may be read differently, or None."""

    def __init__(self, source):
        self.random = source
        self.quirk = source.choice(list(QUIRKS)) if source.randrange(4) == 0 else None
        self.patterns = []
        self.robots = self.file()
        self.agent = source.choice(["alpha", "beta", "gamma-news", "delta"])
        self.urls = [ORIGIN + (self.path() if i % 2 else self.path_like_a_pattern()) for i in range(8)]

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def quirky(self, name, one_in):
        return self.quirk == name and self.chance(one_in)

    def segment(self):
        if self.quirky("index.html", 4):
            return "index.html"
        text = self.random.choice(SEGMENTS)
        if self.quirky("reserved character", 3):
            text += self.random.choice(RESERVED)
        if self.quirky("stray percent", 3):
            text += "%"
        return text

    def query(self):
        if self.quirky("empty query", 2):
            return "?"
        text = "?q=" + self.random.choice(["1", "2", "ab"])
        if self.quirky("encoding in a query", 1):
            text += self.random.choice(["%61", "é", "%C3%A9", "%c3%a9", "/a", "%2Fa", "$"])
        return text

    def path(self):
        text = "".join("/" + self.segment() for _ in range(self.random.randint(1, 3)))
        if self.chance(4):
            text += "/"
        if self.quirky("double slash", 3):
            text = "/" + text
        if self.quirky("literal dollar", 3):
            text += "$"
        return text + (self.query() if self.chance(4) else "")

    def path_like_a_pattern(self):
        if not self.patterns:
            return self.path()
        text = self.random.choice(self.patterns)
        if not text.startswith("/"):
            text = "/" + text
        text = text.replace("*", self.random.choice(["", "a", "x/y"]))
        if text.endswith("$") and self.quirk != "literal dollar":
            text = text[:-1]
        return text if "?" in text or self.chance(2) else text + self.random.choice(["/", "b", "/b"])

    def pattern(self):
        text = "/" if self.chance(8) else self.path()
        for _ in range(self.random.choice([0, 0, 1, 1, 2])):
            at = self.random.randint(1, len(text))
            # Not into the middle of an encoded character, whose octets protego cannot read alone.
            if "%" not in text[max(at - 3, 0):at + 1]:
                text = text[:at] + "*" + text[at:]
        if (self.chance(5) and "?" not in text) or self.quirky("literal dollar", 2):
            text += "$"
        elif self.quirky("dollar behind a query", 1) and "?" in text:
            text += "$"
        return text[1:] if self.quirky("no slash", 3) and not text.startswith("/*") else text

    def file(self):
        lines = []
        for _ in range(self.random.randint(1, 4)):
            for i in range(self.random.choice([1, 1, 1, 2, 3])):
                if i > 0 and self.quirky("record between agents", 2):
                    lines.append(self.random.choice(["Crawl-delay: 2", "Sitemap: https://example.org/s.xml", "X: y"]))
                name = self.random.choice(["User-agent", "user-agent", "USER-AGENT "])
                lines.append(f"{name}: {self.random.choice(AGENTS)}")
            for _ in range(self.random.randint(1, 5)):
                if self.chance(12):
                    lines.append(self.random.choice(["# a comment", "", "nonsense"]))
                name = self.random.choice(["Disallow", "Disallow", "Allow", "allow", "disallow "])
                value = "" if self.chance(15) else self.pattern()
                self.patterns += [value] if value else []
                lines.append(f"{name}:{self.random.choice(['', ' ', '  '])}{value}{self.random.choice(['', '', ' # why', ' '])}")
            if self.chance(2):
                lines.append("")
        return self.random.choice(["\n", "\n", "\r\n", "\r"]).join(lines) + "\n"


def decisions(program, cases):
    """stubkeeper's, one list of booleans a case."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        for robots, agent, urls in cases:
            file.write(json.dumps({"robots": robots, "agent": agent, "urls": urls}) + "\n")
    try:
        answer = subprocess.run([program, "robots", "--batch", file.name], check=True, capture_output=True, text=True)
    finally:
        os.unlink(file.name)
    return [[d["allowed"] for d in json.loads(line)["decisions"]] for line in answer.stdout.splitlines()]


def hand_written(program):
    ours = decisions(program, [(robots, agent, [ORIGIN + path]) for _, _, robots, agent, path, _ in HAND_WRITTEN])
    wrong = 0
    differ = 0
    for (shows, paragraph, robots, agent, path, allowed), [decided] in zip(HAND_WRITTEN, ours):
        if decided != allowed:
            wrong += 1
            print(f"WRONG  §{paragraph}: {shows}: {path} is {'allowed' if decided else 'disallowed'}")
        elif Protego.parse(robots).can_fetch(ORIGIN + path, agent) != allowed:
            differ += 1
            print(f"protego differs  §{paragraph}: {shows}")
    print(f"hand-written: {len(HAND_WRITTEN) - wrong} of {len(HAND_WRITTEN)} as RFC 9309 says; protego otherwise in {differ}\n")
    return wrong


def generated(program, count, seed):
    cases = [Case(random.Random(f"{seed}/{i}")) for i in range(count)]
    ours = decisions(program, [(case.robots, case.agent, case.urls) for case in cases])
    compared, agreed, disallowed = collections.Counter(), collections.Counter(), 0
    wrong = []
    for case, mine in zip(cases, ours):
        theirs = Protego.parse(case.robots)
        for url, allowed in zip(case.urls, mine):
            same = theirs.can_fetch(url, case.agent) == allowed
            compared[case.quirk] += 1
            agreed[case.quirk] += same
            disallowed += not allowed
            if not same and case.quirk is None:
                wrong.append((case, url, allowed))
    print(f"generated: {sum(compared.values())} decisions, {disallowed} of them to disallow")
    for quirk, paragraph in [(None, "plain"), *QUIRKS.items()]:
        print(f"{agreed[quirk]:>7} of {compared[quirk]:>7} agree  {paragraph}")
    for case, url, allowed in wrong[:3]:
        print(f"\nDIFFERENT in a plain case: {url} for {case.agent} is {'allowed' if allowed else 'disallowed'}\n{case.robots!r}")
    return len(wrong)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    wrong = hand_written(program) + generated(program, count, sys.argv[3] if len(sys.argv) > 3 else "stubkeeper")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
