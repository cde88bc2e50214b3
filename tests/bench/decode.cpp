// Decoding beside the floor, in one run: `meson test --benchmark decode`. CPU nanoseconds per
// event, per byte and per field, for an event that nobody handles, a projection of three fields and
// the whole model, beside simdjson reading op, s, t (and d.content of a message).

#include "codec/envelope.hpp"
#include "cpu_clock.hpp"
#include "floor.hpp"
#include "payloads.hpp"
#include "payloads_guild.hpp"

#include <strandcord/events/guild.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/presence.hpp>

#include <algorithm>
#include <boost/describe.hpp>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace bench {

struct three_of_message {
    strandcord::snowflake id, channel_id;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(three_of_message, (), (id, channel_id, content))

struct three_of_presence {
    strandcord::snowflake guild_id;
    std::string status;
    strandcord::client_status client_status;
};
BOOST_DESCRIBE_STRUCT(three_of_presence, (), (guild_id, status, client_status))

struct three_of_guild {
    strandcord::snowflake id;
    std::string name;
    std::int64_t member_count = 0;
};
BOOST_DESCRIBE_STRUCT(three_of_guild, (), (id, name, member_count))

} // namespace bench

namespace {

using namespace strandcord;
using frames = std::vector<std::string>;

std::size_t sink = 0; // what was read, so that nothing is optimised away
codec::frame_parser parser;

double per_event(frames& all, const std::function<void(std::string&)>& work) {
    const auto start = bench::thread_cpu();
    for (auto& frame : all)
        work(frame);
    return static_cast<double>(bench::thread_cpu() - start) / static_cast<double>(all.size());
}

template <class T>
void decode(std::string& frame) {
    codec::envelope envelope;
    codec::decode_report report;
    T object{};
    if (parser.parse(frame, envelope) ||
        parser.decode_data(codec::describe<T>(), &object, report) || !report.empty())
        std::abort();
    sink += envelope.data.size();
}

void envelope_only(std::string& frame) {
    codec::envelope envelope;
    if (parser.parse_head(frame, envelope))
        std::abort();
    sink += envelope.type.size();
}

struct work {
    const char* name;
    std::function<void(std::string&)> once;
    std::vector<double> costs = {};

    double cost() {
        std::sort(costs.begin(), costs.end());
        return costs[costs.size() / 2];
    }
};

template <class Whole, class Three>
void compare(const char* name, frames all, int rounds) {
    for (auto& frame : all)
        frame.reserve(frame.size() + 64);
    std::vector<work> works{
        {"op, s, t (floor)",
         [](std::string& frame) {
             sink += bench::read_three(frame.data(), frame.size(), frame.capacity()).type.size();
         }},
        {"nobody handles it", envelope_only},
        {"three fields", decode<Three>},
        {"whole model", decode<Whole>},
    };
    if constexpr (std::is_same_v<Whole, message>)
        works.push_back(
            {"op, s, t, content (floor)", [](std::string& frame) {
                 sink +=
                     bench::read_four(frame.data(), frame.size(), frame.capacity()).content.size();
             }});
    for (int i = 0; i < rounds; ++i)
        for (auto& one : works)
            one.costs.push_back(per_event(all, one.once));

    const auto bytes = static_cast<double>(all[0].size());
    double fields = 0;
    for (std::size_t i = 0; i + 1 < all[0].size(); ++i)
        fields += all[0][i] == '"' && all[0][i + 1] == ':' ? 1 : 0;
    std::printf("%s of %.0f bytes and %.0f fields\n", name, bytes, fields);
    const double floor = works[0].cost();
    for (auto& one : works)
        std::printf("  %-26s %10.0f ns  %6.3f ns a byte  %6.1f ns a field  %5.2f of the floor\n",
                    one.name, one.cost(), one.cost() / bytes, one.cost() / fields,
                    one.cost() / floor);
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    frames messages, presences;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        messages.push_back(bench::message_create(static_cast<std::int64_t>(i) + 1, i));
        presences.push_back(bench::presence_update(static_cast<std::int64_t>(i) + 1, i));
    }
    compare<message, bench::three_of_message>("MESSAGE_CREATE", messages, rounds);
    compare<presence, bench::three_of_presence>("PRESENCE_UPDATE", presences, rounds);
    compare<guild_create_data, bench::three_of_guild>(
        "GUILD_CREATE", frames(10, bench::guild_create(1'000'000)), rounds);
    return sink == 0 ? 1 : 0;
}
