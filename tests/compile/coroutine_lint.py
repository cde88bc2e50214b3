#!/usr/bin/env python3
"""Finds coroutine shapes that GCC 12.2 gets wrong: coroutine_lint.py DIRECTORY... | coroutine_lint.py --self-test

In our own code `co_await` stands as a statement, as the whole right side of an assignment or of a named local (also one
named in the condition of an `if` or `while`), or after `co_return`; and inside its expression there are neither braces
nor lambdas that own something. docs/gcc12.md says why. It reads text, not C++, and prefers to miss something."""

import re
import sys
from pathlib import Path

AWAIT = re.compile(r"\bco_await\b")
NOISE = re.compile(
    r'R"([^()\\\s]{0,16})\((?:.|\n)*?\)\1"'  # raw strings
    r"|//[^\n]*|/\*(?:.|\n)*?\*/"  # comments
    r'|"(?:\\.|[^"\\\n])*"'  # strings
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"  # characters, not digit separators
    r"|^[ \t]*#(?:\\\n|[^\n])*",  # the preprocessor
    re.M,
)
OPENERS, CLOSERS = "([{", ")]}"
# A brace after one of these starts a block; after anything else it starts an initialiser.
BLOCK_BEFORE = re.compile(r"([;{})>:]|\b(else|do|try|noexcept|mutable|override|final|const))\s*$")
NAMED_LOCAL = re.compile(r"^[\w:<>,.\s&*\[\]()-]*=\s*$")
CONTROL = re.compile(r"^(?:\[\[[^\]]*\]\]\s*)?(?:else\s+)?(?:if|while|for|switch)\b\s*(?:constexpr\s*)?$")
LABEL = re.compile(r"^(?:(?:case\s+[\w:]+|default)\s*:\s*)+")
# Braces around these make a trivial value, which is safe.
TRIVIAL = re.compile(r"\b(?:nano|micro|milli)?seconds$|\b(?:minutes|hours|duration|time_point|snowflake|const_buffer|mutable_buffer)$")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def enclosing(text, position):
    """Where the bracket that `position` stands in was opened, or -1."""
    depth = 0
    while position > 0:
        position -= 1
        if text[position] in CLOSERS:
            depth += 1
        elif text[position] in OPENERS:
            if depth == 0:
                return position
            depth -= 1
    return -1


def statement_start(text, opened, position):
    """The end of the statement before the one at `position`, inside the bracket opened at `opened`."""
    depth, start = 0, opened + 1
    for i in range(opened + 1, position):
        if text[i] in OPENERS:
            depth += 1
        elif text[i] in CLOSERS:
            depth -= 1
            if text[i] == "}" and depth == 0:
                start = i + 1
        elif text[i] == ";" and depth == 0:
            start = i + 1
    return start


def without_control(prefix):
    """`if (x) co_await y;` is a statement behind another one's head."""
    while True:
        prefix = LABEL.sub("", prefix.lstrip()).lstrip()
        head = re.match(r"(?:else|do|try)\b(?!\s+if)\s*", prefix)
        if head:
            prefix = prefix[head.end():]
            continue
        bracket = prefix.find("(")
        if bracket < 0 or not CONTROL.match(prefix[:bracket]):
            return prefix
        depth = 0
        for i in range(bracket, len(prefix)):
            depth += prefix[i] == "("
            depth -= prefix[i] == ")"
            if depth == 0:
                prefix = prefix[i + 1:]
                break
        else:
            return prefix


def place(text, position):
    """What is wrong with where this co_await stands."""
    opened = enclosing(text, position)
    if opened >= 0 and text[opened] == "(":
        before, inside = text[:opened], text[opened + 1:position]
        named = re.match(r"^\s*(?:const\s+)?auto\s*[&*]*\s*(?:\w+|\[[\w\s,]+\])\s*=\s*$", inside)
        if re.search(r"\b(if|while|for)\s*$", before) and named:
            return None
        if re.search(r"\b(if|while|for|switch)\s*(constexpr\s*)?$", before):
            return "co_await in a condition: name the result first"
        return "co_await inside another expression: name the result first"
    if opened >= 0 and text[opened] == "[":
        return "co_await inside another expression: name the result first"
    if opened >= 0 and not BLOCK_BEFORE.search(text[:opened]):
        return "co_await inside braces: name the result first"
    prefix = without_control(text[statement_start(text, opened, position):position])
    if "?" in prefix:
        return "co_await in a conditional expression: use if"
    if re.fullmatch(r"\s*(co_return\s*|\(void\)\s*)?", prefix) or NAMED_LOCAL.match(prefix):
        return None
    return "co_await inside another expression: name the result first"


def operand(text, position):
    """What is wrong with the expression behind this co_await."""
    i, depth = position, 0
    while i < len(text):
        letter = text[i]
        if letter == ";" and depth == 0:
            return None
        if letter == "[" and re.search(r"(?:[(,]|co_await)\s*$", text[position:i] or "("):
            closed = matching(text, i)
            for capture in text[i + 1:closed].split(","):
                capture = capture.strip()
                if capture and capture != "this" and not capture.startswith("&"):
                    return f"a temporary lambda that owns `{capture}`: name the lambda, or capture by reference"
            body = text.find("{", closed)
            i = matching(text, body) if body >= 0 else closed
        elif letter == "{":
            if not TRIVIAL.search(text[position:i]):
                return "braces in a co_await expression: name the value first"
            i = matching(text, i)
        elif letter in "([":
            depth += 1
        elif letter in CLOSERS:
            if depth == 0:
                return None
            depth -= 1
        elif letter == "?" and depth == 0:
            return "a conditional expression around co_await: use if"
        i += 1
    return None


def matching(text, opened):
    depth = 0
    for i in range(opened, len(text)):
        depth += text[i] in OPENERS
        depth -= text[i] in CLOSERS
        if depth == 0:
            return i
    return len(text) - 1


def lint(source):
    text = NOISE.sub(blank, source)
    for found in AWAIT.finditer(text):
        for problem in (place(text, found.start()), operand(text, found.end())):
            if problem:
                yield text.count("\n", 0, found.start()) + 1, problem


GOOD = """
task<> f(int x) { co_await g(); }
task<> f() { auto a = co_await g(x, std::string("{"), std::move(y)); const bool ok = co_await h(); }
task<> f() { if (ok) co_await g(); else co_await h(); for (;;) { co_await g(); } }
task<> f() { if (a) { co_await g(); } else if (b(c)) co_await g(); }
task<int> f() { co_return co_await g(); }
task<> f() { while (auto message = co_await messages.next()) use(message); }
task<> f() { auto [ec, n] = co_await g(as_tuple(use_awaitable)); ec = co_await h(); member_.x = co_await h(); }
task<> f() { co_await g([&] { return 1; }); co_await g([this](int x) -> bool { return x > 1; }, 2); co_await g([] {}); }
task<> f() { co_await sleep_for(std::chrono::seconds{1}); co_await g(a[0], b ? 1 : 2); }
task<> f() { switch (x) { case kind::a: co_await g(); break; default: co_await h(); } }
task<> f() { try { co_await g(); } catch (...) { } co_await h(); }
auto f = [x](int y) -> task<> { co_await g(x, y); };
auto f = [x]() mutable { co_await_not(if (co_awaiting)); };
task<> f() { // if (co_await g())
    call("if (co_await g({1}))", 'c', R"(co_await g({}))", 1'000'000); }
task<> f() { bot.on([](auto message) -> sc::task<> { if (message->content == "!ping") co_await message.reply("pong"); }); }
task<> f() { std::optional<std::pair<int, int>> found = co_await g(); std::vector<int>& v = *p; v[0] = co_await h(); }
"""

BAD = """
task<> f() { if (co_await ready()) g(); }
task<> f() { while (!co_await ready()) g(); }
task<> f() { switch (co_await ready()) { } }
task<> f() { for (auto& x : co_await all()) g(x); }
task<> f() { agg a{.s = co_await g()}; }
task<> f() { agg a = {co_await g()}; }
task<agg> f() { co_return agg{co_await g()}; }
task<> f() { co_await g({.content = "x"}); }
task<> f() { co_await g(agg{1, 2}); }
task<> f() { co_await g({1, 2}); }
task<> f() { auto s = flag ? co_await a() : b; }
task<> f() { auto s = co_await a() ? b : c; }
task<> f() { co_await g([x] { return x; }); }
task<> f() { co_await g(1, [&a, s = std::move(t)] { return s; }); }
task<> f() { co_await [x]() -> task<> { co_return; }(); }
task<> f() { co_spawn(co_await this_coro::executor, g(), detached); }
task<> f() { return h(co_await g()); }
task<> f() { int x = 1 + co_await g(); }
"""


def self_test():
    for snippet in re.split(r"\n(?=task|auto)", GOOD.strip()):
        for _, problem in lint(snippet):
            yield f"wrongly refused ({problem}): {snippet}"
    for snippet in BAD.strip().splitlines():
        if not list(lint(snippet)):
            yield f"wrongly accepted: {snippet}"


def main():
    if sys.argv[1] == "--self-test":
        problems = list(self_test())
    else:
        files = sorted(path for folder in sys.argv[1:] for path in Path(folder).rglob("*.[ch]pp"))
        problems = [f"{path}:{line}: {problem}" for path in files
                    for line, problem in lint(path.read_text(encoding="utf-8"))]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
