#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when core includes a Qt header, or when an include points up the arrows of the house.

Usage: architecture.py SOURCE_DIR. Prints each offending include as file:line.
"""
import re
import sys
from pathlib import Path

# Lowest first; rooms in one set are neighbours and do not include each other.
LEVELS = [
    {"base"},
    {"policy", "features"},
    {"providers", "retrieval", "judging"},
    {"routers"},
    {"cascade"},
    {"workspace"},
    {"replay", "learning", "exchange", "sandbox", "load"},
]
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
# Neighbours that may look at each other in one direction.
NEIGHBOURS = {("judging", "retrieval")}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in {".h", ".cpp"})


def core_problems(root):
    core = root / "core"
    for path in sources(core):
        room = path.relative_to(core).parts[0]
        if room not in LEVEL_OF:
            yield f"{path}:1: the room core/{room} is not in the house"
            continue
        for number, kind, target in includes(path):
            where = f"{path}:{number}"
            if re.match(r"(Q[A-Z]\w*|Qt\w*/.*)$", target):
                yield f"{where}: core includes the Qt header {target}"
            if kind != '"':
                continue
            first = target.split("/")[0]
            if first in ("ui", "app"):
                yield f"{where}: core includes {target}, which lies above it"
            elif first in LEVEL_OF and first != room:
                if LEVEL_OF[first] > LEVEL_OF[room]:
                    yield f"{where}: {room} includes {target}, which lies above it"
                elif LEVEL_OF[first] == LEVEL_OF[room] and (room, first) not in NEIGHBOURS:
                    yield f"{where}: {room} includes its neighbour {target}"


def ui_problems(root):
    for path in sources(root / "ui"):
        for number, kind, target in includes(path):
            if kind == '"' and target.startswith("app/"):
                yield f"{path}:{number}: ui includes {target}, which lies above it"
            if re.match(r"(sqlite3\.h|curl/|sys/socket\.h|QSql|QTcp|QNetwork)", target):
                yield f"{path}:{number}: ui opens sockets or databases by itself: {target}"


def main():
    root = Path(sys.argv[1])
    problems = list(core_problems(root)) + list(ui_problems(root))
    if not sources(root / "core"):
        problems.append("no sources found under core/")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
