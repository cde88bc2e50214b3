#!/usr/bin/env python3
"""The README keeps its promises: readme.py SOURCE_ROOT

It is short, its hello bot is samples/hello_bot.cpp to the letter and at most 20 lines long, every file it links exists,
and it names the two commands."""

import re
import sys
from pathlib import Path

LONGEST_README = 149
LONGEST_HELLO = 20


def main():
    root = Path(sys.argv[1])
    readme = (root / "README.md").read_text(encoding="utf-8")
    hello = (root / "samples/hello_bot.cpp").read_text(encoding="utf-8")
    problems = []

    if len(readme.splitlines()) > LONGEST_README:
        problems.append(f"README.md has {len(readme.splitlines())} lines, more than {LONGEST_README}")
    if len(hello.splitlines()) > LONGEST_HELLO:
        problems.append(f"samples/hello_bot.cpp has {len(hello.splitlines())} lines, more than {LONGEST_HELLO}")
    blocks = re.findall(r"^```cpp\n(.*?)^```$", readme, re.M | re.S)
    if hello not in blocks:
        problems.append("no ```cpp block of README.md equals samples/hello_bot.cpp")
    prose = re.sub(r"^```.*?^```$", "", readme, flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", prose):
        if "://" not in target and not (root / target).exists():
            problems.append(f"README.md links {target}, which does not exist")
    for command in ("sh tests/run.sh", "sh samples/demo.sh"):
        if command not in readme:
            problems.append(f"README.md does not name `{command}`")

    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
