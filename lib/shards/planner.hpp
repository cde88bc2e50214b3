#pragma once

// How many shards run here, and which of them starts when, as a machine. Rules:
// - an automatic plan takes the count that `/gateway/bot` recommends (GW-SHARD-3);
// - the first shard starts alone; the others when it is READY, so that a bot that cannot run fails
// once (GW-SHARD-11);
// - they start in order, which is the order of the identify buckets (GW-ID-13);
// - a shard that was stopped before its turn is passed over, until it is started;
// - a shard that ended with an error, or a stop, ends the starting of the others.

#include <strandcord/error.hpp>
#include <strandcord/model/gateway.hpp>
#include <strandcord/shard_plan.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace strandcord::shards {

/// Throws `error` (`errc::invalid_configuration`) with one sentence for a plan that cannot be.
void check_plan(const shard_plan& plan);

/// Whether some shards of its count run elsewhere.
bool runs_a_part(const shard_plan& plan) noexcept;

/// Whether today's allowance of session starts is enough for so many shards. GW-ID-18, GW-ID-19.
enum class budget { enough, some_wait, impossible };
budget judge_budget(int shards, const session_start_limit& limit) noexcept;

class planner {
public:
    /// Checks the plan, see `check_plan`.
    explicit planner(const shard_plan& plan);

    // inputs
    /// `/gateway/bot` answered. Throws `error` when no shard can run under these limits.
    void on_gateway_bot(const gateway_bot& info);
    /// A fixed plan goes without limits.
    void on_no_limits();
    void on_ready(int index);
    /// `failed`: for good; else it was stopped.
    void on_ended(int index, bool failed);
    void stop() noexcept { stopped_ = true; }
    /// Passes over a shard whose turn has not come; nothing for others.
    void skip(int index);
    /// Takes that back.
    void unskip(int index);

    // outputs
    /// What it was made of.
    const shard_plan& source() const noexcept { return plan_; }
    /// The next shard to start.
    std::optional<shard_id> next();
    /// All of them, in order; empty before the count is known.
    const std::vector<shard_id>& shards() const noexcept { return shards_; }
    /// What an operator should know about the limits; empty when all is well.
    const std::string& warning() const noexcept { return warning_; }
    bool will_start_more() const noexcept { return !stopped_ && started_ < order_.size(); }
    bool is_stopped() const noexcept { return stopped_; }
    /// Whether `next()` has given this shard out.
    bool was_started(int index) const noexcept;

private:
    void lay_out(int count);
    std::vector<shard_id>::iterator find_waiting(int index);
    void take_choice(std::vector<shard_id> chosen);

    shard_plan plan_;
    std::vector<shard_id> shards_;
    std::vector<shard_id> order_; ///< those to start: the first `started_` were, the rest wait
    std::string warning_;
    std::size_t started_ = 0;
    bool first_ready_ = false;
    bool stopped_ = false;
};

} // namespace strandcord::shards
