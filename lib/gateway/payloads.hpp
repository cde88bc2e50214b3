#pragma once

// The few payloads that the session itself reads or writes.

#include <strandcord/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace strandcord::gateway {

namespace opcode {
inline constexpr int dispatch = 0;
inline constexpr int heartbeat = 1;
inline constexpr int identify = 2;
inline constexpr int presence_update = 3;
inline constexpr int voice_state_update = 4;
inline constexpr int resume = 6;
inline constexpr int reconnect = 7;
inline constexpr int request_members = 8;
inline constexpr int invalid_session = 9;
inline constexpr int hello = 10;
inline constexpr int heartbeat_ack = 11;
inline constexpr int request_soundboard_sounds = 31;
inline constexpr int request_channel_info = 43;
} // namespace opcode

/// Discord documentation: events/gateway-events, "Hello".
struct hello {
    std::int64_t heartbeat_interval = 0; ///< milliseconds
};
BOOST_DESCRIBE_STRUCT(hello, (), (heartbeat_interval))

struct ready_guild {
    snowflake id = {};
};
BOOST_DESCRIBE_STRUCT(ready_guild, (), (id))

/// What the session needs of READY. Discord documentation: events/gateway-events, "Ready".
struct ready {
    std::string session_id = {};
    std::string resume_gateway_url = {};
    std::vector<ready_guild> guilds = {};
};
BOOST_DESCRIBE_STRUCT(ready, (), (session_id, resume_gateway_url, guilds))

struct identify_properties {
    std::string os = {};
    std::string browser = {};
    std::string device = {};
};
BOOST_DESCRIBE_STRUCT(identify_properties, (), (os, browser, device))

/// Discord documentation: events/gateway-events, "Identify".
struct identify {
    std::string token = {};
    identify_properties properties = {};
    std::uint64_t intents = 0;
    int large_threshold = 50;
    std::vector<int> shard = {};
    raw_json presence = {};
};
BOOST_DESCRIBE_STRUCT(identify, (), (token, properties, intents, large_threshold, shard, presence))

/// Discord documentation: events/gateway-events, "Resume".
struct resume {
    std::string token = {};
    std::string session_id = {};
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(resume, (), (token, session_id, seq))

struct command_data {
    std::optional<snowflake> guild_id = {};
};
BOOST_DESCRIBE_STRUCT(command_data, (), (guild_id))

/// Whether `text`, a payload or a part of one, may hold a value that must not be shown.
inline bool may_hold_secrets(std::string_view text) noexcept {
    return text.find("token") != std::string_view::npos ||
           text.find("session_id") != std::string_view::npos;
}

/// A payload that a caller wrote: what decides whether it may go out here.
struct command {
    int op = -1;
    command_data d = {};
};
BOOST_DESCRIBE_STRUCT(command, (), (op, d))

} // namespace strandcord::gateway
