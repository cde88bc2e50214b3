#pragma once

#include <strandcord/snowflake.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// Which members of a guild to ask the gateway for:
/// `sc::member_request::by_name(guild, "ada", 10).with_presences()`.
/// What is wrong with one is said by the call that sends it (`errc::invalid_argument`).
/// Discord documentation: events/gateway-events, "Request Guild Members".
class member_request {
public:
    /// Everybody. Needs the privileged intent guild_members. Discord answers once per guild in 30
    /// seconds; later requests wait.
    static member_request all(snowflake guild) { return member_request{guild}; }
    /// Whose user name begins so, at most `limit` of them, from 1 to 100. An empty
    /// prefix needs the privileged intent guild_members.
    static member_request by_name(snowflake guild, std::string prefix, int limit = 100) {
        member_request out{guild};
        out.prefix_ = std::move(prefix);
        out.limit_ = limit;
        return out;
    }
    /// These users, at least one and at most 100; those who are not there come back as `not_found`.
    static member_request by_ids(snowflake guild, std::vector<snowflake> users) {
        member_request out{guild};
        out.users_ = std::move(users);
        return out;
    }

    /// Their presences too. Needs the privileged intent guild_presences.
    member_request&& with_presences() && {
        presences_ = true;
        return std::move(*this);
    }
    /// How long Discord may say nothing before the request is given up: from the moment it goes
    /// out, and again after every part of the answer.
    member_request&& patience(std::chrono::milliseconds length) && {
        patience_ = length;
        return std::move(*this);
    }

    snowflake guild() const noexcept { return guild_; }
    bool asks_all() const noexcept { return !prefix_ && !users_; }
    const std::optional<std::string>& prefix() const& noexcept { return prefix_; }
    int limit() const noexcept { return limit_; }
    const std::optional<std::vector<snowflake>>& users() const& noexcept { return users_; }
    bool wants_presences() const noexcept { return presences_; }
    std::chrono::milliseconds patience() const noexcept { return patience_; }

private:
    explicit member_request(snowflake guild) noexcept : guild_{guild} {}
    snowflake guild_;
    std::optional<std::string> prefix_;
    int limit_ = 0;
    std::optional<std::vector<snowflake>> users_;
    bool presences_ = false;
    std::chrono::milliseconds patience_ = std::chrono::seconds{30};
};

// An aggregate temporary inside a co_await expression is destroyed twice by GCC 12.
static_assert(!std::is_aggregate_v<member_request>);

} // namespace strandcord
