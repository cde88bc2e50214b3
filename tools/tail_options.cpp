#include "tail_options.hpp"

#include <strandcord/version.hpp>

#include <charconv>
#include <cstdio>
#include <getopt.h>
#include <string_view>
#include <utility>

namespace sc = strandcord;

namespace {

constexpr const char* help = R"(usage: strandcord-tail [options]

Connects to Discord as a bot and prints each event as one line of JSON on stdout, in order of arrival:
  {"shard":0,"s":1,"t":"READY","d":{...}}
The log goes to stderr. SIGINT and SIGTERM close the connections and end the program.

options:
  --compress KIND     none, zlib-stream or zstd-stream (default: the best this build has)
  --shards N|auto     how many shards to run (default: auto, as many as Discord recommends)
  --filter NAME,...   print these events only, for example MESSAGE_CREATE,READY
  --no-data           leave `d` out
  --log LEVEL         trace, debug, info, warning, error or off (default: warning); others for single parts may
                      follow: info,gateway=debug,rest=off
  --version           print the version and exit
  --help              print this and exit

environment:
  DISCORD_BOT_TOKEN         the bot's token, without "Bot "
  DISCORD_API_BASE          another address for REST, http:// or https:// (default: Discord's)
  DISCORD_GATEWAY_INTENTS   a number or names such as guilds,guild_messages (default: all that need no switch
                            in the developer portal)
  SSL_CERT_FILE, SSL_CERT_DIR   where OpenSSL finds the certificates to trust

exit code: 0 after a signal, 2 when the bot cannot run or the command line is wrong, 1 when stdout is closed.
)";

void complain(const std::string& sentence) {
    std::fprintf(stderr, "strandcord-tail: %s; see --help\n", sentence.c_str());
}

bool read_compression(std::string_view text, sc::compression& out) {
    if (text == "none")
        out = sc::compression::none;
    else if (text == "zlib-stream")
        out = sc::compression::zlib_stream;
    else if (text == "zstd-stream")
        out = sc::compression::zstd_stream;
    else {
        complain("--compress is none, zlib-stream or zstd-stream, not '" + std::string{text} + "'");
        return false;
    }
    return true;
}

bool read_shards(std::string_view text, sc::shard_plan& out) {
    if (text == "auto")
        return true;
    int count = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (failed != std::errc{} || end != text.data() + text.size() || count < 1) {
        complain("--shards is a number of at least 1, or auto, not '" + std::string{text} + "'");
        return false;
    }
    out = sc::shard_plan::fixed(count);
    return true;
}

bool read_filter(std::string_view text, std::set<std::string, std::less<>>& out) {
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto name = text.substr(0, comma);
        if (name.empty() ||
            name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != name.npos) {
            complain("--filter takes event names in upper case such as MESSAGE_CREATE, not '" +
                     std::string{name} + "'");
            return false;
        }
        out.emplace(name);
        text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
    }
    if (out.empty())
        complain("--filter needs at least one event name");
    return !out.empty();
}

} // namespace

std::optional<tail_options> read_tail_options(int argc, char** argv, int& exit_code) {
    enum { compress = 1, shards, filter, no_data, log, version, show_help };
    static const option known[] = {
        {"compress", required_argument, nullptr, compress},
        {"shards", required_argument, nullptr, shards},
        {"filter", required_argument, nullptr, filter},
        {"no-data", no_argument, nullptr, no_data},
        {"log", required_argument, nullptr, log},
        {"version", no_argument, nullptr, version},
        {"help", no_argument, nullptr, show_help},
        {nullptr, 0, nullptr, 0},
    };
    tail_options out;
    exit_code = 2;
    int which = 0;
    while ((which = getopt_long(argc, argv, "", known, nullptr)) != -1) {
        switch (which) {
        case compress:
            if (!read_compression(optarg, out.compress))
                return {};
            break;
        case shards:
            if (!read_shards(optarg, out.shards))
                return {};
            break;
        case filter:
            if (!read_filter(optarg, out.filter))
                return {};
            break;
        case no_data:
            out.data = false;
            break;
        case log: {
            auto levels = sc::log_levels::parse(optarg);
            if (!levels) {
                complain("--log is trace, debug, info, warning, error or off, and may go on with "
                         "others for single parts, as in info,gateway=debug; not '" +
                         std::string{optarg} + "'");
                return {};
            }
            out.log = std::move(*levels);
            break;
        }
        case version:
            std::printf("strandcord-tail %s\n", STRANDCORD_VERSION);
            exit_code = 0;
            return {};
        case show_help:
            std::fputs(help, stdout);
            exit_code = 0;
            return {};
        default:
            std::fputs("see strandcord-tail --help\n", stderr); // getopt named the option
            return {};
        }
    }
    if (optind < argc) {
        complain("what is '" + std::string{argv[optind]} + "'? There are only options");
        return {};
    }
    return out;
}
