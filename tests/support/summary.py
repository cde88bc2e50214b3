#!/usr/bin/env python3
"""Counts what `meson test` ran: summary.py [--plain-counts] TESTLOG.json

Prints why each skipped test was skipped, which tests failed, and then `N passed, N failed, N skipped`, or with
--plain-counts the three numbers.
A Catch2 executable counts with its test cases. The exit code is 1 when something failed or nothing ran.
"""

import json
import re
import sys

ALL_PASSED = re.compile(r"^All tests passed \(.* in (\d+) test cases?\)", re.M)
SOME_FAILED = re.compile(r"^test cases:\s*(\d+)(?:\s*\|\s*(\d+) passed)?(?:\s*\|\s*(\d+) failed)?", re.M)


def catch_counts(output):
    """(passed, failed) of a Catch2 run, or None when the output is not one's."""
    passed = ALL_PASSED.findall(output)
    if passed:
        return int(passed[-1]), 0
    failed = SOME_FAILED.findall(output)
    if failed:
        return int(failed[-1][1] or 0), int(failed[-1][2] or 0)
    return None


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def count(entries):
    passed, failed, skipped = 0, 0, 0
    for entry in entries:
        output = entry.get("stdout") or ""
        result = entry["result"]
        cases = catch_counts(output)
        if result == "SKIP":
            skipped += 1
            print(f"skipped: {entry['name']}: {last_line(output + entry.get('stderr', ''))}")
        elif result in ("OK", "EXPECTEDFAIL"):
            passed += cases[0] if cases else 1
        else:
            passed += cases[0] if cases else 0
            failed += max(1, cases[1] if cases else 1)
            print(f"failed: {entry['name']} ({result.lower()})")
    return passed, failed, skipped


def main():
    arguments = sys.argv[1:]
    plain = "--plain-counts" in arguments
    path = [a for a in arguments if a != "--plain-counts"][0]
    try:
        with open(path, encoding="utf-8") as log:
            entries = [json.loads(line) for line in log if line.strip()]
    except OSError:
        entries = []
    passed, failed, skipped = count(entries)
    if plain:
        print(passed, failed, skipped)
    else:
        print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
