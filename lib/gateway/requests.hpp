#pragma once

// What a caller asked of the gateway and waits for, of one shard. Rules:
// - drain `next()` into the session and `next_settled()` to the callers after every input;
// - whatever was opened is settled once, or given up by its caller;
// - Discord's silence is measured from the moment a command goes out, and anew after each part of
//   the answer; until then a command waits like any other;
// - a lost session fails everything that was asked of it (GW-CHUNK-9);
// - an answer that nobody waits for changes nothing.

#include "core/clock.hpp"

#include <strandcord/draft/member_request.hpp>
#include <strandcord/error.hpp>
#include <strandcord/events/channel.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/log.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/model/member_list.hpp>
#include <strandcord/model/soundboard.hpp>
#include <strandcord/model/voice.hpp>
#include <strandcord/shard_plan.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strandcord::gateway {

/// Wants nothing but to be sent.
struct plain_request {
    std::string text;
};
struct sounds_request {
    std::vector<snowflake> guilds;
    runtime_clock::duration patience{};
};
struct channel_info_request {
    snowflake guild;
    channel_info_fields fields = channel_info_fields::both;
    runtime_clock::duration patience{};
};
struct voice_request {
    snowflake guild;
    snowflake channel;
    bool mute = false;
    bool deaf = false;
    runtime_clock::duration patience{};
};
using request = std::variant<plain_request, member_request, sounds_request, channel_info_request,
                             voice_request>;
/// In the order of `request`.
using answer = std::variant<std::monostate, member_list, std::vector<soundboard_sounds_data>,
                            channel_info_data, voice_connection_info>;

class requests {
public:
    using time_point = runtime_clock::time_point;
    using duration = runtime_clock::duration;
    using id_type = std::uint64_t;

    /// Between two requests for all members of one guild (GW-REQ-7).
    static constexpr duration all_members_pause = std::chrono::seconds{30};

    struct command {
        id_type id = 0;
        std::string text;
    };
    /// With an error, `got` is what came until then.
    struct settled {
        id_type id = 0;
        error_code why = {};
        std::string message = {};
        answer got = {};
    };

    /// `seed` tells the nonces of one process from those of another that had the session before.
    requests(shard_id shard, intents asked, std::uint32_t seed, logger log,
             std::shared_ptr<meter> metrics);

    // inputs
    /// Throws `error` (`errc::invalid_argument`) for what Discord would not answer.
    id_type open(request what, time_point now);
    void give_up(id_type id);
    /// What became of a command: it went out, or why it never will.
    void on_outcome(id_type id, error_code why, time_point now);
    /// Whether `on_dispatch` has a use for the data of such an event.
    bool reads(std::string_view type) const noexcept { return type == "READY" || !open_.empty(); }
    void on_dispatch(std::string_view type, std::string_view data, time_point now);
    void on_session_lost();
    /// The shard ends.
    void on_over();
    void on_time(time_point now);
    /// The bot's own user, which READY tells as well.
    void learn_self(snowflake user) noexcept { self_ = user; }

    // outputs
    std::optional<command> next();
    std::optional<settled> next_settled();
    /// When `on_time` should be called for this one.
    std::optional<time_point> deadline(id_type id) const;
    /// Whether any deadline changed since the last call.
    bool take_moved() noexcept { return std::exchange(moved_, false); }
    bool empty() const noexcept { return open_.empty(); }
    snowflake self() const noexcept { return self_; }

private:
    struct members_state {
        member_request what;
        std::string nonce;
        bool held = true; ///< until `due`, or until another one for all members went out
        std::vector<bool> seen = {};
        std::size_t parts = 0; ///< of `seen`
        int limited = 0;       ///< times in a row that Discord said to come again later
        member_list got = {};
    };
    struct sounds_state {
        std::set<snowflake> missing;
        std::vector<soundboard_sounds_data> got = {};
    };
    struct channel_info_state {
        snowflake guild;
    };
    struct voice_state {
        voice_request what;
        std::string session_id = {};
        std::optional<voice_server> server = {};
    };
    struct open_request {
        duration patience{};
        bool sent = false;
        std::optional<time_point> due = {}; ///< see `deadline`
        std::variant<std::monostate, members_state, sounds_state, channel_info_state, voice_state>
            state = {};
    };
    using table = std::map<id_type, open_request>;

    // requests.cpp
    void settle(table::iterator which, error_code why = {}, std::string message = {},
                answer got = {});
    void fail(table::iterator which, error_code why, std::string_view sentence);
    static std::pair<std::string, answer> what_came(open_request& of);
    void set_due(open_request& of, std::optional<time_point> when);
    void heard_of(open_request& of, time_point now) { set_due(of, now + of.patience); }

    // requests_members.cpp
    void open_members(id_type id, open_request& into, member_request what, time_point now);
    void release_members(time_point now);
    std::optional<time_point> all_members_free(snowflake guild, time_point now);
    void on_members_sent(const members_state& what, time_point now);
    void on_members_chunk(std::string_view data, time_point now);
    void on_rate_limited(std::string_view data, time_point now);
    table::iterator find_members(const std::optional<std::string>& nonce, snowflake guild);

    // requests_guilds.cpp
    void open_sounds(id_type id, open_request& into, sounds_request what);
    void open_channel_info(id_type id, open_request& into, channel_info_request what);
    void open_voice(id_type id, open_request& into, voice_request what);
    void on_sounds(std::string_view data, time_point now);
    void on_channel_info(std::string_view data);
    void on_voice_state(std::string_view data, time_point now);
    void on_voice_server(std::string_view data, time_point now);
    void finish_voice(table::iterator which);

    shard_id shard_;
    intents intents_;
    std::uint32_t seed_;
    logger log_;
    std::shared_ptr<meter> metrics_;
    snowflake self_ = {};
    id_type last_id_ = 0;
    table open_;
    std::map<snowflake, time_point> all_members_free_; ///< when the next may go out
    std::deque<command> commands_;
    std::deque<settled> settled_;
    bool moved_ = false;
};

} // namespace strandcord::gateway
