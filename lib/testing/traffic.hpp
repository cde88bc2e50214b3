#pragma once

// What a sandbox needs beyond the actors: a world from a seed, and events from a seed or a file.

#include "testing/hub.hpp"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::testing {

struct population {
    std::uint64_t seed = 1;
    std::size_t guilds = 8;
    std::size_t channels = 4;  ///< in each guild
    std::size_t users = 20;    ///< who speak
    std::size_t members = 200; ///< in each guild, silent ones included
};

struct populated {
    std::vector<snowflake> guilds = {};
    std::vector<snowflake> channels = {};
    std::vector<snowflake> users = {};
};

/// Fills the world before anyone connects. The same population makes the same ids.
populated populate(detail::hub& hub, const population& wanted);

/// Makes people do things, one at a time: mostly talk, also edit, delete, react, type and come and
/// go. The same seed makes the same events.
class traffic {
public:
    traffic(detail::hub& hub, populated where, std::uint64_t seed);

    /// One event; gives its type. Messages begin with `#` and a running number from 1, so that a
    /// reader can tell what is missing or came twice; they carry `nonce` when it is not empty.
    std::string_view next(std::string_view nonce = {});
    /// A message of this text by anybody, anywhere; gives its channel.
    snowflake say(std::string_view content, std::string_view nonce = {});
    /// Messages so far.
    std::uint64_t said() const noexcept { return said_; }

private:
    snowflake any(const std::vector<snowflake>& of);
    std::string sentence();

    detail::hub* hub_;
    populated where_;
    std::minstd_rand random_;
    std::uint64_t said_ = 0;
    snowflake last_channel_ = {};
    snowflake last_message_ = {};
};

/// One line of a traffic file: `{"t":"MESSAGE_CREATE","d":{...},"guild_id":"1","after_ms":10}`.
/// Without a `guild_id` the guild is that of `d`, or `id` of `d` for GUILD events.
struct scripted_event {
    std::string type = {};
    std::string data = {};
    snowflake guild = {};
    std::chrono::milliseconds after{};
};

/// Nothing for an empty line. Throws `error` (`errc::malformed_payload`) that says what is wrong
/// with it.
std::optional<scripted_event> parse_scripted_event(std::string_view line);
void play(detail::hub& hub, const scripted_event& what);

} // namespace strandcord::testing
