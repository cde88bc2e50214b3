#pragma once

// A bot of many shards on the emulated Discord, on a clock of its own, under faults that follow
// from a seed. The same seed makes the same run, to the letter.

#include "ledger.hpp"

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace strandcord::simulation {

using elapsed = std::chrono::nanoseconds;

/// How long and how wild a run is.
struct shape {
    int shards = 0;
    int max_concurrency = 1;
    elapsed length{};
    elapsed event_every{}; ///< on average, over all shards
    elapsed fault_every{}; ///< on average
    std::chrono::milliseconds heartbeat{41250};
    int starts_left = 1000; ///< Identifies until the allowance returns
    elapsed starts_return = std::chrono::hours{24};
    compression compress = compression::automatic;
    std::size_t in_flight = 32;
};

/// A few shards, 10 to 30 minutes, a fault every few seconds.
shape short_form(std::uint64_t seed);
/// 200 shards, 24 hours, a fault every minute.
shape long_form(std::uint64_t seed);

struct outcome {
    std::vector<std::string> problems = {};
    elapsed passed{};
    std::uint64_t events = 0;   ///< that Discord sent
    std::uint64_t arrivals = 0; ///< at handlers
    std::uint64_t identifies = 0;
    std::uint64_t resumes = 0;
    std::uint64_t heartbeats = 0;
    std::uint64_t sessions_lost = 0;
    std::map<std::string, std::uint64_t> faults = {};
    std::uint64_t fingerprint = 0;
};

/// Receives every line of what happens, with the time in front.
using line_sink = std::function<void(const std::string&)>;

class simulation {
public:
    simulation(std::uint64_t seed, const shape& how, line_sink log);
    ~simulation();
    simulation(const simulation&) = delete;
    simulation& operator=(const simulation&) = delete;

    outcome run();

    // For the faults:
    testing::gateway_control& gateway() { return discord_.gateway(); }
    testing::rest_control& rest() { return discord_.rest(); }
    /// 0 to `below` - 1.
    int any(int below);
    bool chance(int percent) { return any(100) < percent; }
    template <class T>
    T one_of(std::initializer_list<T> all) {
        return *(all.begin() + any(static_cast<int>(all.size())));
    }
    elapsed between(elapsed least, elapsed most);
    int shards() const noexcept { return shape_.shards; }
    int any_shard() { return any(shape_.shards); }
    /// One shard, or now and then all of them.
    int any_target();
    /// Does something when that time has passed, or at the end of the faults.
    void later(elapsed wait, std::function<void()> what);
    void excuse(int target, const std::string& why);
    /// Whether the shard may be asked for a heartbeat: the limiter keeps three slots a minute for
    /// that, and Discord's wish may come late and twice.
    bool may_ask(int shard);
    /// Some Resume will be answered by a code that ends its session.
    void a_resume_will_end() { ++ending_resumes_; }
    /// A compressed stream was damaged there. Three in a row cost the session.
    void damaged(int target);
    void say(const std::string& text);

private:
    struct due {
        elapsed when{};
        std::function<void()> what = {};
    };

    bot_config configuration();
    void install_handlers();
    task<> on_event(int shard, std::uint64_t number);
    void begin_session(int shard, const std::string& session);
    bool resumable(const std::string& session);
    void send_event();
    void send_commands();
    void inject_fault();
    void run_agenda(elapsed until);
    void advance_to(elapsed when);
    void check_bounds();
    bool all_ready() const;
    void stop_faults();
    void check_end();
    void problem(const std::string& sentence);
    elapsed now() { return discord_.clock().elapsed(); }
    snowflake guild_of(int shard) const;

    shape shape_;
    line_sink log_;
    std::minstd_rand random_;
    testing::discord discord_;
    std::shared_ptr<registry> counters_ = std::make_shared<registry>();
    std::optional<bot> bot_;
    ledger ledger_;
    std::vector<due> agenda_;
    std::map<int, int> damages_;   ///< of each shard, since an event last arrived
    std::map<int, elapsed> asked_; ///< for a heartbeat, each shard
    int ending_resumes_ = 0;
    std::vector<std::string> problems_;
    std::map<std::string, std::uint64_t> faults_;
    std::uint64_t events_ = 0;
    std::uint64_t rest_calls_ = 0;
    std::uint64_t rest_ended_ = 0;
};

/// One kind of fault: a name, how often beside the others, and what it does.
struct fault {
    const char* name;
    int weight;
    void (*inject)(simulation&);
};
const std::vector<fault>& all_faults();

} // namespace strandcord::simulation
