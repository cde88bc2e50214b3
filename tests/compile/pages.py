#!/usr/bin/env python3
"""README.md and docs/ keep their promises: pages.py SOURCE_ROOT

The README is short, its hello bot is samples/hello_bot.cpp to the letter and at most 20 lines long, and it names the two
commands. Every file that a page links exists. Every block of C++ on a page is code that the tests compile: each paragraph
of it (`...` ends one too) is found, comments and white space aside, in samples/, tests/ or include/."""

import re
import sys
from pathlib import Path

LONGEST_README = 149
LONGEST_HELLO = 20


def bare(code):
    return re.sub(r"\s+", "", re.sub(r"//[^\n]*", "", code))


def blocks_of(page):
    return re.findall(r"^```cpp\n(.*?)^```$", page, re.M | re.S)


def compiled_code(root):
    files = (file for folder in ("samples", "tests", "include") for file in sorted((root / folder).rglob("*"))
             if file.suffix in (".cpp", ".hpp"))
    # A gap between files, so that no block is found across two of them.
    return "\0".join(bare(file.read_text(encoding="utf-8")) for file in files)


def uncompiled(block, code):
    parts = re.split(r"^\s*(?:(?://\s*)?\.\.\.)?\s*$", block, flags=re.M)
    return [part for part in parts if bare(part) not in code]


def check_readme(root, readme):
    hello = (root / "samples/hello_bot.cpp").read_text(encoding="utf-8")
    if len(readme.splitlines()) > LONGEST_README:
        yield f"README.md has {len(readme.splitlines())} lines, more than {LONGEST_README}"
    if len(hello.splitlines()) > LONGEST_HELLO:
        yield f"samples/hello_bot.cpp has {len(hello.splitlines())} lines, more than {LONGEST_HELLO}"
    if hello not in blocks_of(readme):
        yield "no ```cpp block of README.md equals samples/hello_bot.cpp"
    for command in ("sh tests/run.sh", "sh samples/demo.sh"):
        if command not in readme:
            yield f"README.md does not name `{command}`"


def check_page(path, name, text, code):
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", prose):
        if "://" not in target and not (path.parent / target).exists():
            yield f"{name} links {target}, which does not exist"
    for block in blocks_of(text):
        for part in uncompiled(block, code):
            yield f"{name} has code that nothing compiles; put it into tests/compile/docs.cpp:\n{part}"


def self_test():
    code = bare("void f() {\n    g(); // why\n    h();\n}\n")
    assert uncompiled("void f() { g();\n", code) == []
    assert uncompiled("g();\n...\nh();\n", code) == []
    assert uncompiled("g();\n\nh();\n", code) == []
    assert uncompiled("g();\n// ...\nh(1);\n", code) == ["\nh(1);\n"]
    assert blocks_of("a\n```cpp\nx\n```\n```sh\ny\n```\n") == ["x\n"]


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    root = Path(sys.argv[1])
    code = compiled_code(root)
    problems = list(check_readme(root, (root / "README.md").read_text(encoding="utf-8")))
    for path in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        problems += check_page(path, path.relative_to(root), path.read_text(encoding="utf-8"), code)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
