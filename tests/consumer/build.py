#!/usr/bin/env python3
"""Builds and runs the consumer project as a subproject, against an installed shared library through
pkg-config, and against the installed static library: build.py SOURCE_ROOT BUILD_ROOT

The build directories are kept in BUILD_ROOT/consumer, so that a second run compiles only what changed.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

SOURCE, BUILD = Path(sys.argv[1]), Path(sys.argv[2])
HERE = Path(__file__).resolve().parent
WORK = BUILD / "consumer"
INSTALLED = WORK / "root"


def run(*command, **environment):
    done = subprocess.run([str(word) for word in command], env={**os.environ, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout)
        sys.exit(f"failed: {' '.join(str(word) for word in command)}")
    return done.stdout


def needed_libraries(program):
    return [line for line in run("readelf", "-d", program).splitlines() if "(NEEDED)" in line]


def consumer_tree(name, with_subproject):
    """A copy of the consumer, because Meson looks for subprojects inside the project."""
    tree = WORK / name / "project"
    tree.mkdir(parents=True, exist_ok=True)
    for file in ("meson.build", "consumer.cpp"):
        if not (tree / file).exists() or (tree / file).read_bytes() != (HERE / file).read_bytes():
            shutil.copyfile(HERE / file, tree / file)
    link = tree / "subprojects" / "strandcord"
    if with_subproject and not link.is_symlink():
        link.parent.mkdir()
        link.symlink_to(SOURCE, target_is_directory=True)
    return tree


def build(name, options, with_subproject=False, **environment):
    started = time.monotonic()
    tree, directory = consumer_tree(name, with_subproject), WORK / name / "build"
    if not (directory / "build.ninja").exists():
        run("meson", "setup", directory, tree, "-Doptimization=0", "-Ddebug=false", *options, **environment)
    run("ninja", "-C", directory, "consumer", **environment)
    program = directory / "consumer"
    said = run(program, **environment).strip()
    shared = any("libstrandcord" in line for line in needed_libraries(program))
    print(f"{name}: {time.monotonic() - started:.1f} s, {'shared' if shared else 'static'}: {said}", flush=True)
    return shared


def main():
    options = {o["name"]: o["value"] for o in json.loads(run("meson", "introspect", "--buildoptions", BUILD))}
    if options["default_library"] != "both" or not options.get("pkgconfig.relocatable"):
        print("needs a build with -Ddefault_library=both -Dpkgconfig.relocatable=true, as tests/run.sh makes it")
        return 77

    shutil.rmtree(INSTALLED, ignore_errors=True)
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", DESTDIR=str(INSTALLED))
    libraries = next(INSTALLED.rglob("libstrandcord.so")).parent
    environment = {"PKG_CONFIG_PATH": str(libraries / "pkgconfig"), "LD_LIBRARY_PATH": str(libraries)}

    problems = []
    # What was installed may have changed without the consumer's own build noticing.
    for name in ("shared", "static"):
        shutil.rmtree(WORK / name, ignore_errors=True)
    if not build("shared", ["--wrap-mode=nofallback"], **environment):
        problems.append("the pkg-config build does not use libstrandcord.so")
    if build("static", ["--wrap-mode=nofallback", "-Dprefer_static=true"], **environment):
        problems.append("the static build uses libstrandcord.so")
    if build("subproject", ["--force-fallback-for=strandcord,strandcord-testing", "-Dunity=subprojects"], with_subproject=True):
        problems.append("the subproject is not static by default")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
