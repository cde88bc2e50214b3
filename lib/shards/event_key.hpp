#pragma once

#include "codec/tokens.hpp"

#include <strandcord/snowflake.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace strandcord::shards {

/// By what the same event is known when it comes to two sessions.
struct event_key {
    snowflake guild = {}; ///< zero: outside guilds
    /// Of the name and every member of `d`, in whatever order they stand.
    std::uint64_t hash = 0;

    friend bool operator==(const event_key&, const event_key&) = default;
};

/// Reads keys from raw events. Not thread-safe.
class event_reader {
public:
    event_key key(std::string_view type, std::string_view data);

private:
    using token = codec::token_list::token;

    bool scan(std::string_view data);
    snowflake top_level_id(std::string_view name) const;
    token next_member(token name) const noexcept;

    codec::token_list tokens_;
    std::string text_;
};

} // namespace strandcord::shards
