#!/usr/bin/env python3
"""Every source that a build directory knows and has not compiled is checked for errors and warnings, without making
code of it: syntax.py BUILD_DIRECTORY JOBS"""

import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys


def check(entry):
    words = shlex.split(entry["command"])
    words = words[1:] if os.path.basename(words[0]) == "ccache" else words
    # Dependency files are of no use, and code is not wanted.
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MQ"):
            skip = True
        elif word not in ("-MD", "-c"):
            kept.append(word)
    done = subprocess.run([*kept, "-fsyntax-only"], cwd=entry["directory"], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return entry["file"], done.returncode, done.stdout


def main():
    build, jobs = sys.argv[1], int(sys.argv[2])
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    left = [one for one in entries if re.search(r"\.cpp$", one["file"])
            and not os.path.exists(os.path.join(one["directory"], one["output"]))]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for name, code, said in pool.map(check, left):
            if code != 0:
                failed += 1
                print(f"{name}:\n{said}")
    print(f"{len(left)} of {len(entries)} sources checked without making code, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
