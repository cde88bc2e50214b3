"""Which test shows which requirement of the gateway.

    conformance.py ROOT            checks; fails when the page is stale
    conformance.py --write ROOT    writes docs/reference/conformance.md
    conformance.py --self-test

A test shows a requirement by naming its id: in the name of a C++ test or section, in a comment in or above it, or
anywhere in a Python test. `GW-HB-2 to GW-HB-4` names three. Tests of the emulator do not count: they show what the
emulator does, not what the library does.
"""

import pathlib
import re
import sys

PAGE = pathlib.Path("docs/reference/conformance.md")
IDENTIFIER = re.compile(r"GW-([A-Z]+)-(\d+)(?:\s+to\s+GW-([A-Z]+)-(\d+))?")
TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"|\b(?:TEST_CASE|TEMPLATE_TEST_CASE|SECTION)\s*\(""",
    re.DOTALL)
LITERALS = re.compile(r'(?:\s*"((?:\\.|[^"\\\n])*)")+')
IDS_IN_NAME = re.compile(r"[\s,:(]*GW-[A-Z]+-\d+(?:\s+to\s+GW-[A-Z]+-\d+)?(?:[\s,]+GW-[A-Z]+-\d+)*\)?:?\s*")
UNCOUNTED = ("tests/unit/testing/", "tests/bench/", "tests/conformance/", "tests/support/")

KINDS = {
    "out of scope": "Out of scope",
    "not shown by a test": "Not shown by a test",
    "not shown yet": "Not shown yet",
}
# Shown by tests, but as what the library does.
OTHERWISE = "decided otherwise"


class Problem(Exception):
    pass


def ids_in(text):
    out = []
    for group, first, to_group, last in IDENTIFIER.findall(text):
        if to_group and to_group != group:
            raise Problem(f"a range from GW-{group} to GW-{to_group}")
        out += [f"GW-{group}-{n}" for n in range(int(first), int(last or first) + 1)]
    return out


def plain(name):
    """The name of a test without the ids in it."""
    return " ".join(IDS_IN_NAME.sub(" ", name).split()).strip(" ,:")


def in_cpp(text):
    """Pairs of id and name of test."""
    found, test, waiting = [], "", []
    for token in TOKEN.finditer(text):
        word = token.group()
        if word.startswith(("//", "/*")):
            # At the margin a comment belongs to the test below it.
            at_margin = token.start() == 0 or text[token.start() - 1] == "\n"
            if at_margin:
                waiting += ids_in(word.replace("//", " "))
            else:
                found += [(one, test) for one in ids_in(word)]
        elif word.endswith("("):
            literals = LITERALS.match(text, token.end())
            if not literals:
                continue
            name = "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', literals.group()))
            if word.startswith("SECTION"):
                found += [(one, test) for one in ids_in(name)]
                continue
            test = plain(name)
            found += [(one, test) for one in ids_in(name) + waiting]
            waiting = []
    return found


def in_python(text):
    found, test = [], ""
    for line in text.splitlines():
        start = re.match(r"\s*def (\w+)", line)
        if start:
            test = start[1].replace("_", " ")
        found += [(one, test) for one in ids_in(line)]
    return found


def scan(root):
    """id -> {file: [tests]}"""
    shown = {}
    for path in sorted((root / "tests").rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix not in (".cpp", ".py") or name.startswith(UNCOUNTED):
            continue
        try:
            pairs = (in_cpp if path.suffix == ".cpp" else in_python)(path.read_text())
        except Problem as problem:
            raise Problem(f"{name}: {problem}") from None
        for one, test in pairs:
            tests = shown.setdefault(one, {}).setdefault(name, [])
            if test not in tests:
                tests.append(test)
    return shown


def sections(text):
    """(heading, rows), each row a list of its parts between bars."""
    out = []
    for line in text.splitlines():
        if line.startswith("== "):
            out.append((line[3:], []))
        elif line and not line.startswith("#"):
            out[-1][1].append([part.strip() for part in line.split("|")])
    return out


def check(requirements, explained, shown):
    problems = []
    known = [row[0] for _, rows in requirements for row in rows]
    problems += [f"{one} is listed twice" for one in sorted(set(known)) if known.count(one) > 1]
    for one, places in sorted(shown.items()):
        if one not in known:
            problems.append(f"{one} is no requirement, but {', '.join(places)} names it")
    reasons = {}
    for kind, rows in explained:
        if kind not in KINDS and kind != OTHERWISE:
            problems.append(f"explained.txt: '{kind}' is no kind of explanation")
        for row in rows:
            if len(row) != 2 or not row[1]:
                problems.append(f"explained.txt: '{' | '.join(row)}' is not an id and a sentence")
                continue
            for one in ids_in(row[0]):
                if one not in known:
                    problems.append(f"explained.txt: {one} is no requirement")
                elif one in reasons:
                    problems.append(f"explained.txt: {one} is explained twice")
                elif kind == OTHERWISE:
                    if one not in shown:
                        problems.append(f"explained.txt: no test shows what {one} is instead")
                elif one in shown:
                    problems.append(f"explained.txt: {one} is shown by {', '.join(shown[one])}: take it out")
                reasons[one] = (kind, row[1])
    for one in known:
        if one not in shown and one not in reasons:
            problems.append(f"{one} is shown by no test and not explained")
    return problems, reasons


def table_text(text):
    return text.replace("|", "\\|").replace("<", "\\<")


def page(requirements, reasons, shown):
    total = sum(len(rows) for _, rows in requirements)
    otherwise = sum(1 for kind, _ in reasons.values() if kind == OTHERWISE)
    counts = {kind: sum(1 for k, _ in reasons.values() if k == kind) for kind in KINDS}
    out = [
        "# Gateway requirements and their tests",
        "",
        "Written by `tests/conformance/conformance.py --write .` from the names and comments of the tests; a test fails "
        "when it is stale. *From* says who asks for it: Discord's documentation, RFC 6455, what other client libraries "
        "(peers) learned, or our own decision. Tests of the emulator do not count.",
        "",
        f"{total} requirements: {total - len(reasons) + otherwise} are shown by tests"
        + (f" ({otherwise} of them as decided otherwise, see the end)" if otherwise else "")
        + "".join(f", {counts[kind]} {words}" for kind, words in (
            ("not shown by a test", "are explained below"),
            ("out of scope", "are out of scope"),
            ("not shown yet", "are not shown yet")) if counts[kind])
        + ".",
        "",
    ]
    for heading, rows in requirements:
        out += [f"## {heading}", "", "| Id | From | Rule | Shown by |", "|---|---|---|---|"]
        for one, origin, rule in rows:
            if one in shown:
                places = "<br>".join(
                    f"`{file.removeprefix('tests/')}`: " + "; ".join(table_text(test) or "the whole" for test in tests)
                    for file, tests in shown[one].items())
            else:
                places = f"*{KINDS[reasons[one][0]].lower()}, see the end*"
            out.append(f"| {one} | {origin} | {table_text(rule)} | {places} |")
        out.append("")
    for kind, heading in {OTHERWISE: "Decided otherwise", **KINDS}.items():
        if all(one != kind for one, _ in reasons.values()):
            continue
        out += [f"## {heading}", "", "| Id | Why |", "|---|---|"]
        known = [row[0] for _, rows in requirements for row in rows]
        out += [f"| {one} | {table_text(reasons[one][1])} |" for one in known if reasons.get(one, ("",))[0] == kind]
        out.append("")
    return "\n".join(out)


def self_test():
    cpp = """
// GW-HB-3: above the test
TEST_CASE("beats go on, GW-HB-1 to GW-HB-2 "
          "GW-ID-1") {
    // GW-ID-2 inside
    SECTION("a part, GW-ID-3") {}
    const char* text = "GW-ID-9";
}
TEST_CASE("another (GW-PAY-1, GW-PAY-2)") {}
"""
    assert in_cpp(cpp) == [
        ("GW-HB-1", "beats go on"), ("GW-HB-2", "beats go on"), ("GW-ID-1", "beats go on"), ("GW-HB-3", "beats go on"),
        ("GW-ID-2", "beats go on"), ("GW-ID-3", "beats go on"), ("GW-PAY-1", "another"), ("GW-PAY-2", "another"),
    ], in_cpp(cpp)
    assert in_python("def all_is_well():\n    '''GW-RES-1'''\n") == [("GW-RES-1", "all is well")]
    requirements = sections("== One\nGW-A-1 | own | a\nGW-A-2 | own | b\nGW-A-3 | own | c\n")
    explained = sections("== not shown by a test\nGW-A-2 | Because.\nGW-A-1 | Not needed.\n")
    problems, reasons = check(requirements, explained, {"GW-A-1": {"t.cpp": ["x"]}, "GW-B-1": {"t.cpp": ["x"]}})
    assert [p.split()[0] for p in problems] == ["GW-B-1", "explained.txt:", "GW-A-3"], problems
    assert check(requirements, sections("== decided otherwise\nGW-A-1 | So.\nGW-A-2 | So.\n"),
                 {"GW-A-1": {"t.cpp": ["x"]}, "GW-A-3": {"t.cpp": ["x"]}})[0] == [
        "explained.txt: no test shows what GW-A-2 is instead"]
    assert "GW-A-2" in page(requirements, {"GW-A-2": reasons["GW-A-2"]}, {"GW-A-1": {"t.cpp": ["x"]}, "GW-A-3": {"t.cpp": [""]}})


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(arguments[-1])
    here = root / "tests" / "conformance"
    requirements = sections((here / "requirements.txt").read_text())
    explained = sections((here / "explained.txt").read_text())
    try:
        shown = scan(root)
        problems, reasons = check(requirements, explained, shown)
    except Problem as problem:
        problems = [str(problem)]
    if problems:
        print("\n".join(problems))
        return 1
    wanted = page(requirements, reasons, shown)
    if "--write" in arguments:
        (root / PAGE).parent.mkdir(parents=True, exist_ok=True)
        (root / PAGE).write_text(wanted)
    elif not (root / PAGE).exists() or (root / PAGE).read_text() != wanted:
        print(f"{PAGE} is stale: run python3 tests/conformance/conformance.py --write .")
        return 1
    for one, (kind, _) in reasons.items():
        if kind == "not shown yet":
            print(f"{one} is not shown yet")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
