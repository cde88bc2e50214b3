#include <strandcord/metrics.hpp>

#include <catch2/catch.hpp>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace strandcord;

TEST_CASE("counters count and gauges go both ways") {
    registry metrics;
    CHECK(metrics.value(counter::zombies) == 0);
    metrics.add(counter::zombies);
    metrics.add(counter::bytes_received, 4096);
    metrics.add(counter::bytes_received, 4);
    metrics.set(gauge::shards_ready, 4);
    metrics.change(gauge::shards_ready, -1);
    metrics.change(gauge::handlers_in_flight, 2);
    CHECK(metrics.value(counter::zombies) == 1);
    CHECK(metrics.value(counter::bytes_received) == 4100);
    CHECK(metrics.value(gauge::shards_ready) == 3);
    CHECK(metrics.value(gauge::handlers_in_flight) == 2);
}

TEST_CASE("every instrument has a name of its own that Prometheus accepts") {
    std::set<std::string> names;
    const auto take = [&](std::string_view name) {
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
        CHECK(names.insert(std::string{name}).second);
    };
    for (int i = 0; i < static_cast<int>(counter::count_); ++i)
        take(to_string(static_cast<counter>(i)));
    for (int i = 0; i < static_cast<int>(gauge::count_); ++i)
        take(to_string(static_cast<gauge>(i)));
    CHECK(to_string(counter::count_) == "unknown");
    CHECK(to_string(gauge::count_) == "unknown");
}

TEST_CASE("names stand beside the instruments they belong to") {
    CHECK(to_string(counter::events_received) == "events_received");
    CHECK(to_string(counter::rest_failures) == "rest_failures");
    CHECK(to_string(counter::identifies) == "identifies");
    CHECK(to_string(gauge::heartbeat_latency_us) == "heartbeat_latency_microseconds");
}

TEST_CASE("the Prometheus text gives help, type and value of every instrument") {
    registry metrics;
    metrics.add(counter::events_received, 12);
    metrics.set(gauge::handlers_in_flight, -1);
    const std::string text = metrics.prometheus();
    CHECK_THAT(text,
               Catch::Contains("# HELP strandcord_events_received_total Dispatches received from "
                               "the gateway.\n"
                               "# TYPE strandcord_events_received_total counter\n"
                               "strandcord_events_received_total 12\n"));
    CHECK_THAT(text, Catch::Contains("# TYPE strandcord_handlers_in_flight gauge\n"
                                     "strandcord_handlers_in_flight -1\n"));
    std::istringstream lines{text};
    int samples = 0;
    for (std::string line; std::getline(lines, line);)
        samples += line.rfind("strandcord_", 0) == 0;
    CHECK(samples == static_cast<int>(counter::count_) + static_cast<int>(gauge::count_));
}

TEST_CASE("threads count together") {
    registry metrics;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n)
                metrics.add(counter::payloads_sent);
        });
    for (auto& one : threads)
        one.join();
    CHECK(metrics.value(counter::payloads_sent) == 4000);
}
