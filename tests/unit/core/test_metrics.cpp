#include <strandcord/metrics.hpp>

#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;

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

TEST_CASE("a snapshot is a value: all numbers, which what is counted later does not change") {
    registry metrics;
    metrics.add(counter::zombies, 2);
    metrics.set(gauge::shards_ready, 4);
    metrics.observe(timing::heartbeat, 3us);
    const auto then = metrics.snapshot();
    metrics.add(counter::zombies);
    metrics.set(gauge::shards_ready, 0);
    metrics.observe(timing::heartbeat, 3us);
    CHECK(then[counter::zombies] == 2);
    CHECK(then[gauge::shards_ready] == 4);
    CHECK(then[timing::heartbeat].count() == 1);
    CHECK(then[timing::event_total].count() == 0);
    CHECK(metrics.snapshot()[counter::zombies] == 3);
    CHECK_THROWS_AS(then[counter::count_], std::out_of_range);
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
    for (int i = 0; i < static_cast<int>(timing::count_); ++i)
        take(to_string(static_cast<timing>(i)));
    CHECK(to_string(timing::count_) == "unknown");
    CHECK(to_string(counter::count_) == "unknown");
    CHECK(to_string(gauge::count_) == "unknown");
}

TEST_CASE("names stand beside the instruments they belong to") {
    CHECK(to_string(counter::events_received) == "events_received");
    CHECK(to_string(counter::rest_failures) == "rest_failures");
    CHECK(to_string(counter::identifies) == "identifies");
    CHECK(to_string(timing::heartbeat) == "heartbeat");
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
    const int lines_of_histogram = static_cast<int>(duration_histogram::bounds) + 3;
    CHECK(samples == static_cast<int>(counter::count_) + static_cast<int>(gauge::count_) +
                         static_cast<int>(timing::count_) * lines_of_histogram);
}

TEST_CASE("a duration counts in the first bucket whose bound it keeps") {
    registry metrics;
    metrics.observe(timing::handler_run, 0ns);
    metrics.observe(timing::handler_run, 1us);
    metrics.observe(timing::handler_run, 1001ns);
    metrics.observe(timing::handler_run, 4us);
    metrics.observe(timing::handler_run, 4001ns);
    metrics.observe(timing::handler_run, 1h);
    const auto seen = metrics.value(timing::handler_run);
    CHECK(seen.buckets[0] == 2);
    CHECK(seen.buckets[1] == 2);
    CHECK(seen.buckets[2] == 1);
    CHECK(seen.buckets[duration_histogram::bounds] == 1);
    CHECK(seen.count() == 6);
    CHECK(seen.sum == 1h + 10002ns);
    CHECK(metrics.value(timing::event_decode).count() == 0);
    for (std::size_t i = 0; i < duration_histogram::bounds; ++i) {
        registry one;
        one.observe(timing::event_total, duration_histogram::bound(i));
        one.observe(timing::event_total, duration_histogram::bound(i) + 1ns);
        CHECK(one.value(timing::event_total).buckets[i] == 1);
        CHECK(one.value(timing::event_total).buckets[i + 1] == 1);
    }
}

TEST_CASE("a quantile is the bound of the bucket that it falls into") {
    registry metrics;
    CHECK(metrics.value(timing::event_total).quantile(0.5) == 0ns);
    for (int i = 0; i < 99; ++i)
        metrics.observe(timing::event_total, 3us);
    metrics.observe(timing::event_total, 1h);
    CHECK(metrics.value(timing::event_total).quantile(0.5) == 4us);
    CHECK(metrics.value(timing::event_total).quantile(0.99) == 4us);
    CHECK(metrics.value(timing::event_total).quantile(1) ==
          duration_histogram::bound(duration_histogram::bounds - 1));
}

TEST_CASE("a timing is a histogram in seconds for Prometheus, its buckets adding up") {
    registry metrics;
    metrics.observe(timing::event_decode, 1us);
    metrics.observe(timing::event_decode, 1500ms);
    const std::string text = metrics.prometheus();
    CHECK_THAT(text,
               Catch::Contains("# TYPE strandcord_event_decode_seconds histogram\n"
                               "strandcord_event_decode_seconds_bucket{le=\"0.000001\"} 1\n"
                               "strandcord_event_decode_seconds_bucket{le=\"0.000004\"} 1\n"));
    CHECK_THAT(text,
               Catch::Contains("_bucket{le=\"1.048576\"} 1\n"
                               "strandcord_event_decode_seconds_bucket{le=\"4.194304\"} 2\n"));
    CHECK_THAT(text, Catch::Contains("strandcord_event_decode_seconds_bucket{le=\"+Inf\"} 2\n"
                                     "strandcord_event_decode_seconds_sum 1.500001\n"
                                     "strandcord_event_decode_seconds_count 2\n"));
    CHECK_THAT(text, Catch::Contains("strandcord_event_total_seconds_sum 0\n"));
}

TEST_CASE("all values as one JSON object") {
    registry metrics;
    metrics.add(counter::events_received, 12);
    metrics.set(gauge::handlers_in_flight, -1);
    metrics.observe(timing::event_decode, 1us);
    metrics.observe(timing::event_decode, 1500ms);
    const std::string text = metrics.json();
    CHECK_THAT(text,
               Catch::StartsWith(R"({"counters":{"events_received":12,"events_dispatched":0,)"));
    CHECK_THAT(text, Catch::Contains(R"(},"gauges":{"shards_ready":0,"handlers_in_flight":-1,)"));
    CHECK_THAT(text, Catch::Contains(R"("event_decode":{"count":2,"sum_seconds":1.500001,)"
                                     R"("p50_seconds":0.000001,"p99_seconds":4.194304})"));
    CHECK_THAT(text, Catch::EndsWith("}}}"));
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
