#include "ledger.hpp"

namespace strandcord::simulation {

void ledger::mix(std::uint64_t value) noexcept {
    fingerprint_ = (fingerprint_ ^ value) * 1099511628211ULL;
}

void ledger::problem(int shard, const std::string& sentence) {
    constexpr std::size_t enough = 20;
    if (problems_.size() < enough)
        problems_.push_back("shard " + std::to_string(shard) + ": " + sentence);
}

void ledger::numbered(const std::string& session, std::uint64_t number) {
    sessions_[session].numbered.push_back(number);
}

void ledger::began(int shard, const std::string& session, bool alive) {
    auto& current = current_[shard];
    if ((gaps_.erase(shard) != 0) == current.empty())
        problem(shard, current.empty() ? "a session_gap before the first session"
                                       : "no session_gap after " + current);
    if (!current.empty()) {
        ++sessions_lost_;
        if (alive && sessions_[current].excuse.empty())
            problem(shard, "gave up " + current + ", which could have been resumed");
        sessions_.erase(current);
    }
    current = session;
    mix(static_cast<std::uint64_t>(shard) << 32U);
}

void ledger::gap(int shard) {
    gaps_.insert(shard);
}

void ledger::arrived(int shard, std::uint64_t number) {
    ++arrivals_;
    mix(number * 1000 + static_cast<std::uint64_t>(shard));
    const auto& current = current_[shard];
    if (current.empty()) {
        problem(shard, "event " + std::to_string(number) + " before any READY");
        return;
    }
    auto& own = sessions_[current];
    if (own.arrived < own.numbered.size() && own.numbered[own.arrived] == number) {
        ++own.arrived;
        return;
    }
    const auto wanted = own.arrived < own.numbered.size()
                            ? std::to_string(own.numbered[own.arrived])
                            : std::string{"none"};
    problem(shard,
            "event " + std::to_string(number) + " of " + current + " arrived, due was " + wanted);
}

bool ledger::excused(const std::string& session) const {
    const auto found = sessions_.find(session);
    return found != sessions_.end() && !found->second.excuse.empty();
}

void ledger::excuse(int shard, const std::string& why) {
    const auto current = current_.find(shard);
    if (current != current_.end() && !current->second.empty())
        sessions_[current->second].excuse = why;
}

void ledger::settle_accounts() {
    for (const auto& [shard, current] : current_) {
        const auto& own = sessions_[current];
        if (own.arrived != own.numbered.size())
            problem(shard, std::to_string(own.numbered.size() - own.arrived) + " events of " +
                               current + " never arrived, the first is " +
                               std::to_string(own.numbered[own.arrived]));
    }
}

std::string ledger::session_of(int shard) const {
    const auto found = current_.find(shard);
    return found == current_.end() ? std::string{} : found->second;
}

} // namespace strandcord::simulation
