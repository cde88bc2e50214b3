// The whole path from socket to handler beside the floor, in one run: `meson test --benchmark
// path`. Prints CPU nanoseconds per event and the ratios; fails when the two sides did not see the
// same events.

#include "path_cost.hpp"
#include "server.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <vector>

namespace {

double per_event(const bench::run_cost& cost) {
    return static_cast<double>(cost.cpu_ns) / static_cast<double>(cost.events);
}

struct figures {
    double floor = 0;
    double floor_read_ahead = 0;
    double path = 0;
};

double middle(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

bool compare(const char* name, bench::stream_compression kind, std::size_t events, int rounds) {
    const bench::server server{kind, events};
    std::vector<double> floor, ahead, path;
    bool same = true;
    // Alternating, so that a machine that slows down slows all of them.
    for (int i = 0; i < rounds; ++i) {
        const auto plain = bench::floor_client(server.port(), kind, events, false);
        const auto reading_ahead = bench::floor_client(server.port(), kind, events, true);
        const auto ours =
            bench::strandcord_client(server.port(), server.authority_file(), kind, events);
        same = same && plain.content_bytes == ours.content_bytes && ours.events == events;
        floor.push_back(per_event(plain));
        ahead.push_back(per_event(reading_ahead));
        path.push_back(per_event(ours));
    }
    const figures f{middle(floor), middle(ahead), middle(path)};
    std::printf("%-18s floor %7.0f ns  floor with read-ahead %7.0f ns  strandcord %7.0f ns  ratio "
                "%.2f  (read-ahead %.2f)\n",
                name, f.floor, f.floor_read_ahead, f.path, f.path / f.floor,
                f.path / f.floor_read_ahead);
    return same;
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t events = argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 50000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    try {
        bool same = compare("TLS", bench::stream_compression::none, events, rounds);
        same =
            compare("TLS + zlib-stream", bench::stream_compression::zlib, events, rounds) && same;
#ifdef STRANDCORD_HAS_ZSTD
        same =
            compare("TLS + zstd-stream", bench::stream_compression::zstd, events, rounds) && same;
#endif
        if (!same)
            std::fprintf(stderr, "the two sides did not see the same events\n");
        return same ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
