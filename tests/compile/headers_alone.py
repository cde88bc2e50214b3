#!/usr/bin/env python3
"""Every public header compiles by itself, twice in one file, without a warning:
headers_alone.py SCRATCH INCLUDE_DIR COMPILER..."""

import sys
from pathlib import Path

import compiling


def main():
    scratch, include, compiler = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    scratch.mkdir(parents=True, exist_ok=True)
    arguments = [compiling.LANGUAGE, *compiling.WARNINGS, "-O0", "-g0", "-I", str(include)]
    headers = sorted(path.relative_to(include) for path in include.rglob("*.hpp"))

    def check(header):
        name = str(header).replace("/", "__")
        source = scratch / f"{name}.cpp"
        text = f"#include <{header}>\n#include <{header}>\n"
        if not source.exists() or source.read_text() != text:
            source.write_text(text)
        # An object file rather than -fsyntax-only, because that is what a compiler cache keeps.
        return compiling.run([*compiler, *arguments, "-c", str(source), "-o", str(scratch / f"{name}.o")])

    failed = 0
    for header, (code, said) in zip(headers, compiling.in_parallel(check, headers)):
        if code != 0:
            failed += 1
            print(f"{header} does not compile alone:\n{said}")
    print(f"{len(headers) - failed} of {len(headers)} public headers compile alone")
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
