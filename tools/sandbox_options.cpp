#include "sandbox_options.hpp"

#include <strandcord/error.hpp>
#include <strandcord/version.hpp>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <getopt.h>
#include <limits>
#include <string>
#include <string_view>

namespace sc = strandcord;

namespace {

constexpr const char* help = R"(usage: strandcord-sandbox [options]

An emulated Discord on a port of this machine: gateway and REST, for bots of any library. It prints
the environment that points a bot at it, then what happens, one line each. When every shard of a bot
is there, events begin. SIGINT and SIGTERM end it: it makes no more events, waits until those made
are delivered, and prints a summary.

options:
  --port N               port of 127.0.0.1 (default: any free one)
  --tls, --no-tls        https and wss with a certificate of its own (default: http and ws)
  --token TOKEN          the token that bots must bring (default: emulated-token)
  --privileged NAME,...  privileged intents that are switched on: message_content, guild_members,
                         guild_presences, all or none (default: all)
  --shards N             how many shards it recommends (default: 1)
  --max-concurrency N    how many shards may identify within 5 seconds (default: 1)

  --guilds N             guilds (default: 8)
  --channels N           channels of each guild (default: 4)
  --users N              users who do something (default: 20)
  --members N            members of each guild, all of them sent in GUILD_CREATE (default: 200)
  --seed N               the same seed makes the same world (default: 1)

  --rate N               events per second; 0: none are made up (default: 10)
  --events FILE          play these events once instead, one a line:
                         {"t":"MESSAGE_CREATE","d":{...},"guild_id":"123","after_ms":10}
                         guild_id and after_ms may be left out
  --conversation         a user says !ping every second, and !bye at the end
  --drop-after SECONDS   close connections with 4000 so long after events began, once
  --drop-shard N         only that of this shard
  --duration SECONDS     end so long after events began

  --version              print the version and exit
  --help                 print this and exit

Messages that are made up begin with # and a running number from 1; their nonce is the time in
microseconds since 1970.

exit code: 0 after a signal or the duration, 1 when it failed while it ran, 2 when the command line or the
file is wrong or the port is taken.
)";

void complain(const std::string& sentence) {
    std::fprintf(stderr, "strandcord-sandbox: %s\n", sentence.c_str());
}

template <class Number>
bool read_number(const char* name, std::string_view text, Number least, Number most, Number& out) {
    Number read{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (failed == std::errc{} && end == text.data() + text.size() && read >= least &&
        read <= most) {
        out = read;
        return true;
    }
    complain(std::string{name} + " takes a number from " + std::to_string(least) + " to " +
             std::to_string(most) + ", not '" + std::string{text} + "'; see --help");
    return false;
}

bool read_decimal(const char* name, std::string_view text, double most, double& out) {
    double read = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (failed == std::errc{} && end == text.data() + text.size() && std::isfinite(read) &&
        read >= 0 && read <= most) {
        out = read;
        return true;
    }
    complain(std::string{name} + " takes a number from 0 to " +
             std::to_string(static_cast<long>(most)) + ", not '" + std::string{text} +
             "'; see --help");
    return false;
}

bool read_seconds(const char* name, std::string_view text,
                  std::optional<std::chrono::nanoseconds>& out) {
    constexpr double year = 366.0 * 24 * 60 * 60;
    double seconds = 0;
    if (!read_decimal(name, text, year, seconds))
        return false;
    out = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>{seconds});
    return true;
}

bool read_privileged(std::string_view text, sc::intents& out) {
    if (text == "all" || text == "none") {
        out = text == "all" ? sc::intents::privileged() : sc::intents{};
        return true;
    }
    try {
        out = sc::intents::parse(text);
    } catch (const sc::error& e) {
        complain(std::string{"--privileged: "} + e.what());
        return false;
    }
    if (sc::intents::privileged().has(out))
        return true;
    complain("--privileged takes message_content, guild_members, guild_presences, all or none, "
             "not '" +
             std::string{text} + "'; see --help");
    return false;
}

bool read_events(const std::string& name, std::vector<sc::testing::scripted_event>& out) {
    std::ifstream file{name};
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        try {
            if (auto event = sc::testing::parse_scripted_event(line))
                out.push_back(std::move(*event));
        } catch (const sc::error& e) {
            complain(name + ":" + std::to_string(number) + ": " + e.what());
            return false;
        }
    }
    // A directory opens, and fails at the first read.
    if (!file.is_open() || file.bad() || !file.eof()) {
        complain("cannot read the file of events '" + name + "'");
        return false;
    }
    if (out.empty())
        complain("the file of events '" + name + "' has none");
    return !out.empty();
}

enum choice {
    port = 1,
    tls,
    no_tls,
    token,
    privileged,
    shards,
    max_concurrency,
    guilds,
    channels,
    users,
    members,
    seed,
    rate,
    events,
    conversation,
    drop_after,
    drop_shard,
    duration,
    version,
    show_help
};

const option known[] = {
    {"port", required_argument, nullptr, port},
    {"tls", no_argument, nullptr, tls},
    {"no-tls", no_argument, nullptr, no_tls},
    {"token", required_argument, nullptr, token},
    {"privileged", required_argument, nullptr, privileged},
    {"shards", required_argument, nullptr, shards},
    {"max-concurrency", required_argument, nullptr, max_concurrency},
    {"guilds", required_argument, nullptr, guilds},
    {"channels", required_argument, nullptr, channels},
    {"users", required_argument, nullptr, users},
    {"members", required_argument, nullptr, members},
    {"seed", required_argument, nullptr, seed},
    {"rate", required_argument, nullptr, rate},
    {"events", required_argument, nullptr, events},
    {"conversation", no_argument, nullptr, conversation},
    {"drop-after", required_argument, nullptr, drop_after},
    {"drop-shard", required_argument, nullptr, drop_shard},
    {"duration", required_argument, nullptr, duration},
    {"version", no_argument, nullptr, version},
    {"help", no_argument, nullptr, show_help},
    {nullptr, 0, nullptr, 0},
};

/// One option with a value; false when the value is wrong.
bool take(int which, const char* value, sandbox_options& out) {
    constexpr std::size_t many = 100000;
    switch (which) {
    case port:
        return read_number<std::uint16_t>("--port", value, 0, 65535, out.where.port);
    case token:
        out.emulator.token = value;
        if (*value == '\0')
            complain("--token must not be empty");
        return *value != '\0';
    case privileged:
        return read_privileged(value, out.emulator.privileged);
    case shards:
        return read_number("--shards", value, 1, 10000, out.emulator.recommended_shards);
    case max_concurrency:
        return read_number("--max-concurrency", value, 1, 10000, out.emulator.max_concurrency);
    case guilds:
        return read_number<std::size_t>("--guilds", value, 1, many, out.population.guilds);
    case channels:
        return read_number<std::size_t>("--channels", value, 1, 500, out.population.channels);
    case users:
        return read_number<std::size_t>("--users", value, 1, many, out.population.users);
    case members:
        return read_number<std::size_t>("--members", value, 0, many, out.population.members);
    case seed:
        return read_number<std::uint64_t>(
            "--seed", value, 0, std::numeric_limits<std::uint64_t>::max(), out.population.seed);
    case rate:
        return read_decimal("--rate", value, 1'000'000, out.rate);
    case events:
        return read_events(value, out.events);
    case drop_after:
        return read_seconds("--drop-after", value, out.drop_after);
    case drop_shard:
        return read_number("--drop-shard", value, 0, 9999, out.drop_shard);
    default:
        return read_seconds("--duration", value, out.duration);
    }
}

} // namespace

std::optional<sandbox_options> read_sandbox_options(int argc, char** argv, int& exit_code) {
    sandbox_options out;
    out.emulator.all_members = true;
    exit_code = 2;
    int which = 0;
    while ((which = getopt_long(argc, argv, "", known, nullptr)) != -1) {
        switch (which) {
        case '?':
            complain("see --help"); // getopt named the option
            return {};
        case version:
            std::printf("strandcord-sandbox %s\n", STRANDCORD_VERSION);
            exit_code = 0;
            return {};
        case show_help:
            std::fputs(help, stdout);
            exit_code = 0;
            return {};
        case tls:
        case no_tls:
            out.where.tls = which == tls;
            break;
        case conversation:
            out.conversation = true;
            break;
        default:
            if (!take(which, optarg, out))
                return {};
        }
    }
    if (optind < argc) {
        complain("what is '" + std::string{argv[optind]} + "'? There are only options; see --help");
        return {};
    }
    if (out.drop_shard >= 0 && !out.drop_after) {
        complain("--drop-shard needs --drop-after; see --help");
        return {};
    }
    out.emulator.seed = out.population.seed;
    return out;
}
