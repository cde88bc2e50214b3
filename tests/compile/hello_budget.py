#!/usr/bin/env python3
"""What compiling the smallest bot costs: hello_budget.py INCLUDE_DIR SOURCE COMPILER...

The memory is asserted. The time depends on what else the machine does, so it is reported; it fails only when no busy
machine explains it."""

import os
import resource
import sys
import tempfile
import time

import compiling

MEMORY_MIB = 300
SECONDS = 2.5
ABSURD_SECONDS = 20


def main():
    include, source, compiler = sys.argv[1], sys.argv[2], compiling.without_cache(sys.argv[3:])
    if not os.path.exists(source):
        print(f"there is no {source}")
        return compiling.SKIP
    best = None
    # The first run warms the page cache.
    for _ in range(3):
        with tempfile.TemporaryDirectory() as scratch:
            before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            code, said = compiling.run([*compiler, compiling.LANGUAGE, "-O0", "-I", include, "-c", source,
                                        "-o", os.path.join(scratch, "hello.o")])
            wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        if code != 0:
            print(said)
            return 1
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, (cpu, wall)) if best else (cpu, wall)
    memory = after.ru_maxrss / 1024
    print(f"{os.path.basename(source)} at -O0: {best[0]:.2f} s of CPU, {best[1]:.2f} s of time "
          f"(budget when idle: {SECONDS} s), {memory:.0f} MiB (budget: {MEMORY_MIB} MiB)")
    if memory > MEMORY_MIB:
        print("over the memory budget")
        return 1
    if best[0] > ABSURD_SECONDS:
        print("far over the time budget")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
