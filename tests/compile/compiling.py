"""What the compile-time tests share: running the project's compiler over small inputs."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
LANGUAGE = "-std=c++20"
SKIP = 77



def without_cache(compiler):
    return [word for word in compiler if os.path.basename(word) != "ccache"]


def environment():
    """English messages, and none of the tricks that Meson plays on the allocator of its tests."""
    return {**{name: value for name, value in os.environ.items() if name != "MALLOC_PERTURB_"}, "LC_ALL": "C"}


def run(command, text=None):
    """(exit code, everything it said)"""
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=environment())
    return done.returncode, done.stdout


def in_parallel(function, items):
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(function, items))


def dependencies(compiler, source, include):
    """Every file that compiling `source` reads."""
    code, said = run([*without_cache(compiler), LANGUAGE, "-I", include, "-M", source])
    if code != 0:
        raise SystemExit(said)
    return said.replace("\\\n", " ").split()[1:]
