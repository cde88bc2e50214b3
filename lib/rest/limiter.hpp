#pragma once

// Discord's rate limits as a machine: no socket, no clock, no thread. Rules:
// - a call `enter`s, asks `poll` until it is granted, then either `complete`s with the answer or
// `leave`s;
// - until a route has shown its bucket its calls go one at a time (RL-6); afterwards a bucket is
// Discord's hash
//   and the top-level resource (RL-4), and several routes may share it;
// - calls of one bucket start in the order they came (RL-7), calls of different buckets do not wait
// for each other;
// - the global limit counts starts (RL-13), a global 429 holds everything bound to it (RL-10);
// - a 401 condemns the token for good (REST-AUTH-3); too many refused requests in ten minutes stop
//   everything before Discord bans the address (RL-16);
// - after every input, wake the calls that `woken` names: they have something new to poll.

#include "core/clock.hpp"
#include "rest/route.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace strandcord::rest {

using time_point = runtime_clock::time_point;
using duration = runtime_clock::duration;
using ticket = std::uint64_t;

/// Why a call has to wait.
enum class wait_reason { none, turn, bucket, global, sub_limit };

/// `bucket limit`, `global limit`, ...
const char* to_string(wait_reason why) noexcept;

struct verdict {
    enum class kind { granted, wait, unauthorized, too_many_refused };
    kind what = kind::granted;
    wait_reason why = wait_reason::none;
    /// When to poll again; nothing: when woken.
    std::optional<time_point> until = {};

    bool operator==(const verdict&) const = default;
};

/// The part of an answer that matters here. Absent headers are absent.
struct answer_limits {
    int status = 200;
    std::string bucket = {};
    std::optional<std::int64_t> limit = {};
    std::optional<std::int64_t> remaining = {};
    std::optional<duration> reset_after = {};
    std::optional<duration> retry_after = {}; ///< 429 only
    bool global = false;                      ///< 429 only
    bool shared = false;                      ///< 429 only: the resource's limit, not the bot's
};

/// How a 429 is to be waited for; the wait itself shows in `poll`.
struct limited {
    wait_reason why = wait_reason::bucket;
    duration wait{};
    /// Set for a sub-limit (RL-12): only this call waits, until then, before it enters again.
    std::optional<time_point> alone_until = {};
};

struct limiter_settings {
    int per_second = 50;
    /// Refused answers in ten minutes after which nothing is sent any more; Discord bans at 10000.
    int refused_limit = 9500;
};

class limiter {
public:
    explicit limiter(limiter_settings settings = {}) : settings_{settings} {}

    /// At the end of its bucket's queue, or at the front for a call that was limited there.
    ticket enter(const route& where, bool at_front = false);
    verdict poll(ticket call, time_point now);
    /// The answer of a granted call came; the ticket is spent. For a 429: how it is to be waited
    /// for.
    std::optional<limited> complete(ticket call, const answer_limits& answer, time_point now);
    /// The call is given up, granted or not; no answer came.
    void leave(ticket call);

    /// Calls that should poll again, each named once.
    std::vector<ticket> woken();

    bool token_refused() const noexcept { return token_refused_; }
    /// 401, 403 and 429 answers of the last ten minutes.
    int refused(time_point now) const noexcept;
    std::size_t bucket_count() const noexcept { return buckets_.size(); }

private:
    struct bucket {
        std::deque<ticket> queue;
        int in_flight = 0;
        /// No answer has shown yet what limits this bucket.
        bool unknown = true;
        std::optional<std::int64_t> limit;
        std::optional<std::int64_t> remaining;
        std::optional<time_point> reset_at;
        std::optional<time_point> blocked_until;
    };
    struct call_state {
        route where;
        std::string key;
        bool granted = false;
    };

    std::string key_of(const route& where) const;
    bucket& bucket_for(const std::string& key);
    static std::optional<verdict> bucket_wait(bucket& one, ticket call, time_point now);
    std::optional<verdict> global_wait(time_point now);
    static void learn(bucket& one, const answer_limits& answer, time_point now);
    bucket& settle(const call_state& call, const answer_limits& answer);
    limited hold(bucket* one, const answer_limits& answer, time_point now);
    void note_refused(time_point now);
    void wake_head(const bucket& one);
    void wake_all();
    void forget_idle(time_point now);

    limiter_settings settings_;
    std::unordered_map<ticket, call_state> calls_;
    std::unordered_map<std::string, bucket> buckets_;
    /// Route name to Discord's bucket hash; an empty hash: the route answers without limits.
    std::unordered_map<std::string, std::string> hashes_;
    std::deque<time_point> starts_;
    std::optional<time_point> global_until_;
    struct refused_slot {
        time_point from;
        int count;
    };
    std::deque<refused_slot> refused_;
    std::vector<ticket> woken_;
    std::size_t forget_from_ = 1024;
    ticket last_ = 0;
    bool token_refused_ = false;
};

} // namespace strandcord::rest
