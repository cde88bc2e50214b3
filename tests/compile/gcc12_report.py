#!/usr/bin/env python3
"""Reports which of the broken coroutine shapes this compiler gets right: gcc12_report.py PROGRAM COMPILER...

They are documented in docs/gcc12.md. The day the oldest supported compiler gets all of them right, the guards against
them can go. Fails only when a shape could not be tried."""

import subprocess
import sys

import compiling

# Refused by GCC 12 instead of compiled wrongly.
BRACED_LIST = """
#include <boost/asio/awaitable.hpp>
#include <vector>
boost::asio::awaitable<int> sum(std::vector<int>);
boost::asio::awaitable<int> f() { co_return co_await sum({1, 2}); }
"""


def main():
    program, compiler = sys.argv[1], compiling.without_cache(sys.argv[2:])
    names = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    wrong = 0
    for name in names:
        code = subprocess.run([program, name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        if code == 2:
            print(f"{name}: unknown to {program}")
            return 1
        wrong += code != 0
        print(f"{name}: {'behaves' if code == 0 else 'destroys twice' if code == 1 else 'crashes'}")
    code, _ = compiling.run([*compiler, compiling.LANGUAGE, "-fsyntax-only", "-x", "c++", "-"], BRACED_LIST)
    wrong += code != 0
    print(f"braced_list: {'behaves' if code == 0 else 'does not compile'}")
    print(f"{wrong} of {len(names) + 1} shapes are wrong with this compiler")
    return 0 if names else 1


if __name__ == "__main__":
    sys.exit(main())
