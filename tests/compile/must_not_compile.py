#!/usr/bin/env python3
"""A guard of the public API: must_not_compile.py INCLUDE_DIR SOURCE COMPILER...

SOURCE compiles as it is; with REJECT defined it does not, and the compiler's output has the promised words, which
SOURCE names in a line `// rejected: WORDS`."""

import re
import sys
from pathlib import Path

import compiling


def main():
    include, source, compiler = sys.argv[1], Path(sys.argv[2]), compiling.without_cache(sys.argv[3:])
    arguments = [*compiler, compiling.LANGUAGE, "-I", include, "-fsyntax-only", str(source)]
    promised = re.findall(r"^// rejected: (.+)$", source.read_text(), re.M)
    if not promised:
        print(f"{source.name} does not say with which words it is rejected")
        return 1

    (accepted, said), (rejected, why) = compiling.in_parallel(
        compiling.run, [[*arguments, *compiling.WARNINGS], [*arguments, "-DREJECT"]])
    if accepted != 0:
        print(f"{source.name} has to compile without REJECT:\n{said}")
        return 1
    if rejected == 0:
        print(f"{source.name} compiles with REJECT, and must not")
        return 1
    missing = [words for words in promised if words not in " ".join(why.split())]
    for words in missing:
        print(f"{source.name} is rejected without the words: {words}\n{why}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
