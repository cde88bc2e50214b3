#include "simulation.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace strandcord::simulation;

namespace {

const char* const usage =
    "simulation [--seeds COUNT] [--first SEED] [--seed SEED] [--long] [--log]\n"
    "  --seeds COUNT   so many seeds, 40 unless said otherwise\n"
    "  --first SEED    the first of them, 1 unless said otherwise\n"
    "  --seed SEED     only this one\n"
    "  --long          200 shards and 24 hours for each seed, instead of a few shards and minutes\n"
    "  --log           every fault and every line of the library's log, with the virtual time\n";

struct options {
    std::uint64_t first = 1;
    std::uint64_t seeds = 40;
    bool whole_day = false;
    bool log = false;
};

bool read(int count, char** words, options& out) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const auto number = [&](std::uint64_t& into) {
            char* end = nullptr;
            into = ++i < count ? std::strtoull(words[i], &end, 10) : 0;
            return end != nullptr && *end == '\0';
        };
        if (word == "--long") {
            out.whole_day = true;
        } else if (word == "--log") {
            out.log = true;
        } else if (word == "--seed") {
            out.seeds = 1;
            if (!number(out.first))
                return false;
        } else if (!(word == "--seeds" && number(out.seeds)) &&
                   !(word == "--first" && number(out.first))) {
            return false;
        }
    }
    return true;
}

outcome run_one(std::uint64_t seed, const options& how) {
    line_sink log;
    if (how.log)
        log = [](const std::string& line) { std::puts(line.c_str()); };
    simulation one{seed, how.whole_day ? long_form(seed) : short_form(seed), std::move(log)};
    return one.run();
}

} // namespace

int main(int count, char** words) {
    options how;
    if (!read(count, words, how)) {
        std::fputs(usage, stderr);
        return 2;
    }
    const auto started = std::chrono::steady_clock::now();
    outcome sum;
    std::uint64_t failed = 0;
    for (std::uint64_t seed = how.first; seed < how.first + how.seeds; ++seed) {
        outcome one = run_one(seed, how);
        // A run that does not repeat is no proof; the first seed is run twice.
        if (seed == how.first && !how.log && !how.whole_day &&
            run_one(seed, how).fingerprint != one.fingerprint)
            one.problems.emplace_back("the same seed made another run");
        if (!one.problems.empty()) {
            ++failed;
            std::printf("seed %llu failed; again with its log: simulation%s --seed %llu --log\n",
                        static_cast<unsigned long long>(seed), how.whole_day ? " --long" : "",
                        static_cast<unsigned long long>(seed));
            for (const auto& problem : one.problems)
                std::printf("  %s\n", problem.c_str());
            std::fflush(stdout);
        }
        sum.passed += one.passed;
        sum.events += one.events;
        sum.arrivals += one.arrivals;
        sum.identifies += one.identifies;
        sum.resumes += one.resumes;
        sum.heartbeats += one.heartbeats;
        sum.sessions_lost += one.sessions_lost;
        for (const auto& [name, times] : one.faults)
            sum.faults[name] += times;
    }
    std::uint64_t faults = 0;
    for (const auto& [name, times] : sum.faults) {
        faults += times;
        std::printf("%8llu  %s\n", static_cast<unsigned long long>(times), name.c_str());
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf("%llu seeds, %.1f virtual hours, %llu faults, %llu events sent, %llu arrived, "
                "%llu Identifies, %llu Resumes, %llu heartbeats, %llu sessions lost, %.1f s\n"
                "%llu seeds failed\n",
                static_cast<unsigned long long>(how.seeds),
                std::chrono::duration<double>(sum.passed).count() / 3600,
                static_cast<unsigned long long>(faults),
                static_cast<unsigned long long>(sum.events),
                static_cast<unsigned long long>(sum.arrivals),
                static_cast<unsigned long long>(sum.identifies),
                static_cast<unsigned long long>(sum.resumes),
                static_cast<unsigned long long>(sum.heartbeats),
                static_cast<unsigned long long>(sum.sessions_lost), took.count(),
                static_cast<unsigned long long>(failed));
    return failed == 0 ? 0 : 1;
}
