#!/usr/bin/env python3
"""version.hpp says what meson.build says: version.py VERSION_HPP VERSION"""

import re
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    parts = [re.search(rf"#define STRANDCORD_VERSION_{part} (\d+)", text).group(1)
             for part in ("MAJOR", "MINOR", "PATCH")]
    whole = re.search(r'#define STRANDCORD_VERSION "([^"]+)"', text).group(1)
    for said in (".".join(parts), whole):
        if said != sys.argv[2]:
            print(f"version.hpp says {said}, meson.build says {sys.argv[2]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
