#!/usr/bin/env python3
"""What a bot includes stays light: headers_light.py INCLUDE_DIR SOURCE COMPILER...

Fails when compiling SOURCE reads a file of Beast, OpenSSL, simdjson or fmt, or one of Asio's contexts, timers,
sockets or TLS streams; prints the chain of strandcord headers to look at."""

import os
import re
import sys

import compiling

HEAVY = re.compile(
    r"/(boost/beast|openssl|fmt)/"
    r"|/simdjson[^/]*$"
    r"|/boost/asio/(ip|ssl|local|posix|generic|experimental)/"
    r"|/boost/asio/(ssl|io_context|steady_timer|system_timer|basic_waitable_timer|deadline_timer|signal_set|"
    r"co_spawn|thread_pool|streambuf|read|write|connect|basic_[a-z_]*socket[a-z_]*)\.hpp$"
)


def main():
    include, source, compiler = sys.argv[1], sys.argv[2], sys.argv[3:]
    if not os.path.exists(source):
        print(f"there is no {source}")
        return compiling.SKIP
    read = compiling.dependencies(compiler, source, include)
    heavy = sorted({path for path in read if HEAVY.search(path)})
    for path in heavy:
        print(f"heavy header: {path}")
    if heavy:
        ours = sorted(path for path in read if path.startswith(include))
        print("read among others by one of:\n  " + "\n  ".join(ours))
    print(f"{len(read)} files read, {len(heavy)} of them heavy")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
