#!/usr/bin/env python3
"""Who may include whom: include_rules.py SOURCE_ROOT | include_rules.py --self-test

The layers of lib/ include only the layers below them, machines know neither Asio nor the network nor a clock to ask,
heavy libraries stay in the files that wrap them, and public headers include only light things. Only the include lines
are read; docs/architecture explains the rules."""

import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
PUBLIC = "strandcord/"

# A layer, and what it may include of lib/ besides itself.
LAYERS = {
    "core": [],
    "runtime": ["core"],
    "codec": ["core"],
    "net": ["core", "runtime"],
    "model": ["core", "codec"],
    "machine": ["core", "codec", "model"],
    "driver": ["core", "runtime", "codec", "net", "model", "machine"],
    "cache": ["core", "codec", "model"],
    "interactions": ["core", "runtime", "codec", "net", "model", "machine", "driver"],
    "bot": ["core", "runtime", "codec", "net", "model", "machine", "driver", "cache", "interactions"],
    # The emulator is a Discord of its own: it shares the ground and the catalogue with the library, not its protocol code.
    "testing": ["core", "runtime", "codec", "net", "model"],
}

# Files of gateway/, shards/ and rest/ that decide and never wait. The others there are drivers.
MACHINES = re.compile(
    r"^(gateway/(session|identify_queue|command_limiter|close_codes|payloads|heartbeat|gateway_url|flight_recorder|outbox|commands|requests)"
    r"|rest/(limiter|route)|shards/(planner|takeover|event_key))[^/]*\.(hpp|cpp)$"
)
# Layers of machines only, and the machines of the others.
NO_ASIO = ("machine", "cache")
# Pure functions of numbers that a machine may call although their layer waits.
PURE = {"runtime/backoff.hpp"}
DRIVER_FOLDERS = ("gateway", "shards", "rest")

# What a layer must not know, although it is a public header.
FORBIDDEN_PUBLIC = {
    "net": re.compile(r"^strandcord/(model|events|draft|testing)/|^strandcord/(bot|client|dispatcher|event|rest|intents)\.hpp$"),
    "codec": re.compile(r"^strandcord/(model|events|draft|testing)/|^strandcord/(bot|client|dispatcher|event|rest)\.hpp$"),
    "core": re.compile(r"^strandcord/(model|events|draft|testing)/|^strandcord/(bot|client|dispatcher|event|rest)\.hpp$"),
    "runtime": re.compile(r"^strandcord/(model|events|draft|testing)/|^strandcord/(client|dispatcher|event|rest)\.hpp$"),
    "machine": re.compile(r"^strandcord/testing/|^strandcord/(task|bot|client|dispatcher|event|rest)\.hpp$"),
    "cache": re.compile(r"^strandcord/(events|draft|testing)/|^strandcord/(task|bot|client|dispatcher|event|rest)\.hpp$"),
}

# A heavy library, and the only files that may include it.
HEAVY = [
    ("Beast", re.compile(r"^boost/beast"), re.compile(r"^net/")),
    ("OpenSSL", re.compile(r"^(openssl/|boost/asio/ssl)"), re.compile(r"^(net/|interactions/verify|testing/)")),
    ("simdjson", re.compile(r"^simdjson"), re.compile(r"^codec/")),
    ("fmt", re.compile(r"^fmt/"), re.compile(r"")),
    ("zlib and zstd", re.compile(r"^(zlib|zstd)\.h$"), re.compile(r"^(codec/inflate|testing/)")),
]

# Besides the standard library, whose headers have neither a folder nor a suffix.
LIGHT = re.compile(
    r"^boost/(describe|describe/.+|mp11|mp11/.+|system/.+)(\.hpp)?$"
    r"|^boost/asio/(awaitable|any_io_executor|use_awaitable|this_coro)\.hpp$"
    r"|^boost/(version|asio/version)\.hpp$"
)
ONLY_FMT_HEADER = "strandcord/format.hpp"


def layer_of(path):
    folder = path.split("/")[0]
    if folder in DRIVER_FOLDERS:
        return "machine" if MACHINES.match(path) else "driver"
    return folder


def check_lib(path, includes):
    layer = layer_of(path)
    if layer not in LAYERS:
        yield f"lib/{path}: no rule says what {layer}/ may include"
        return
    for quote, target in includes:
        if target.startswith(PUBLIC):
            forbidden = FORBIDDEN_PUBLIC.get(layer)
            if forbidden and forbidden.search(target):
                yield f"lib/{path}: {layer} must not know <{target}>"
            if layer != "testing" and target.startswith("strandcord/testing/"):
                yield f"lib/{path}: only testing includes testing"
        elif quote == '"':
            other = layer_of(target) if "/" in target else layer
            pure = layer == "machine" and target in PURE
            if other != layer and other not in LAYERS[layer] and not pure:
                yield f'lib/{path}: {layer} must not include "{target}" ({other})'
        elif layer in NO_ASIO and target.startswith("boost/asio"):
            yield f"lib/{path}: a machine must not include Asio (<{target}>)"
        for name, header, home in HEAVY:
            if header.search(target) and not home.search(path):
                yield f"lib/{path}: {name} is not included here (<{target}>)"


def check_public(path, includes):
    for quote, target in includes:
        if target.startswith(PUBLIC):
            if target.startswith("strandcord/testing/") and not path.startswith("strandcord/testing/"):
                yield f"include/{path}: only testing includes testing"
        elif quote == '"':
            yield f'include/{path}: public headers include public headers only, as <strandcord/...>: "{target}"'
        elif target.startswith("fmt/") and path == ONLY_FMT_HEADER:
            continue
        elif ("/" in target or "." in target) and not LIGHT.search(target):
            yield f"include/{path}: too heavy for a public header: <{target}>"


def asio_behind_machines(files):
    """A machine's headers, followed to the end, do not lead to Asio either."""
    includes_of = {}
    for name, includes in files.items():
        includes_of[name] = [target for _, target in includes]

    def leads_to_asio(name, path, seen):
        for target in includes_of.get(name, []):
            if target.startswith("boost/asio"):
                return [*path, target]
            if target in includes_of and target not in seen:
                seen.add(target)
                found = leads_to_asio(target, [*path, target], seen)
                if found:
                    return found
        return None

    for name in sorted(includes_of):
        if layer_of(name) in NO_ASIO:
            way = leads_to_asio(name, [name], {name})
            if way:
                yield "a machine must not include Asio: " + " -> ".join(way)


def check(files):
    """files: path as it is included (`net/http.hpp`, `strandcord/bot.hpp`) -> [(quote, target)]"""
    for path, includes in sorted(files.items()):
        yield from check_public(path, includes) if path.startswith(PUBLIC) else check_lib(path, includes)
    yield from asio_behind_machines(files)


def read(root):
    files = {}
    for folder in ("lib", "include"):
        for path in (root / folder).rglob("*.[ch]pp"):
            files[str(path.relative_to(root / folder))] = INCLUDE.findall(path.read_text(encoding="utf-8"))
    return files


def self_test():
    light = {"strandcord/error.hpp": [("<", "boost/system/error_code.hpp"), ("<", "string")],
             "strandcord/task.hpp": [("<", "boost/asio/awaitable.hpp")]}
    good = {
        "gateway/session.hpp": [('"', "codec/envelope.hpp"), ("<", "strandcord/error.hpp"), ('"', "core/clock.hpp")],
        "gateway/shard.cpp": [('"', "gateway/session.hpp"), ('"', "net/websocket.hpp"), ("<", "boost/asio/post.hpp")],
        "codec/decode.cpp": [("<", "simdjson.h")],
        "net/websocket.cpp": [("<", "boost/beast/websocket.hpp")],
        "bot/bot.cpp": [('"', "gateway/shard.hpp"), ("<", "fmt/format.h")],
        **light,
    }
    bad = {
        "core/log.cpp": [('"', "runtime/timer.hpp")],
        "net/http.cpp": [('"', "codec/decode.hpp")],
        "net/transport.hpp": [("<", "strandcord/model/user.hpp")],
        "gateway/session.cpp": [('"', "net/websocket.hpp")],
        "gateway/identify_queue.cpp": [("<", "boost/asio/post.hpp")],
        "gateway/command_limiter.cpp": [("<", "strandcord/task.hpp")],
        "shards/planner.cpp": [('"', "gateway/shard.hpp")],
        "bot/bot.cpp": [('"', "testing/world.hpp")],
        "testing/world.cpp": [('"', "gateway/session.hpp")],
        "cache/store.cpp": [("<", "boost/asio/post.hpp")],
        "cache/feed.cpp": [('"', "gateway/shard.hpp")],
        "bot/engine.cpp": [("<", "simdjson.h")],
        "model/tables.cpp": [("<", "boost/beast/core.hpp")],
        "strandcord/bot.hpp": [("<", "boost/asio/io_context.hpp")],
        "strandcord/rest.hpp": [('"', "rest/limiter.hpp")],
        "strandcord/client.hpp": [("<", "strandcord/testing/discord.hpp")],
        "strandcord/config.hpp": [("<", "openssl/ssl.h")],
        "unheard_of/file.cpp": [("<", "string")],
    }
    problems = [f"wrongly refused: {said}" for said in check(good)]
    # The rules are about who includes, so each bad file is judged alone.
    for path, includes in bad.items():
        if not list(check({path: includes, **light})):
            problems.append(f"wrongly accepted: {path} includes {includes[0][1]}")
    if not list(check({**light, "rest/limiter.hpp": [('"', "core/a.hpp")], "core/a.hpp": [("<", "strandcord/task.hpp")]})):
        problems.append("wrongly accepted: Asio behind two headers of a machine")
    return problems


def main():
    problems = self_test() if sys.argv[1] == "--self-test" else list(check(read(Path(sys.argv[1]))))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
