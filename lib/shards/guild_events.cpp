#include "shards/guild_events.hpp"

#include <boost/describe/class.hpp>

namespace strandcord::shards {

BOOST_DESCRIBE_STRUCT(guild_notice, (), (id, unavailable, joined_at))

struct listed_guild {
    snowflake id = {};
};
BOOST_DESCRIBE_STRUCT(listed_guild, (), (id))

struct listed_guilds {
    std::vector<listed_guild> guilds = {};
};
BOOST_DESCRIBE_STRUCT(listed_guilds, (), (guilds))

namespace {

// What does not fit is the handlers' to report: they read the same data.
template <class T>
T read(const gateway::dispatch& event) {
    T out;
    codec::decode_report ignored;
    event.parser.decode_data(codec::describe<T>(), &out, ignored);
    return out;
}

} // namespace

guild_notice notice_of(const gateway::dispatch& event) {
    return read<guild_notice>(event);
}

std::vector<snowflake> guilds_of_ready(const gateway::dispatch& event) {
    std::vector<snowflake> out;
    for (const auto& one : read<listed_guilds>(event).guilds)
        out.push_back(one.id);
    return out;
}

} // namespace strandcord::shards
