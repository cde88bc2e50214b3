#include "shard_world.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::driven;

namespace {

using strings = std::vector<std::string>;

const std::string resume_frame = R"({"op":6,"d":{"token":"secret-token","session_id":"s1","seq":)";

} // namespace

TEST_CASE("a shard connects, delivers events in order, and closes with 1000 on stop, GW-CONN-16 "
          "GW-PAY-8") {
    world w;
    w.start_and_get_ready();
    CHECK(w.net->last().target == "/?v=10&encoding=json");
    CHECK(w.net->last().host == "main.example");
    strings expected{"READY"};
    for (int number = 0; number < 100; ++number) {
        expected.push_back("EVENT_" + std::to_string(number));
        w.net->send(w.net->event(expected.back()));
    }
    w.loop.wait_until([&] { return w.sink.types.size() == 101; });
    CHECK(w.sink.types == expected);
    CHECK(w.one->status().sequence == 101);
    CHECK(w.numbers->value(counter::events_received) == 101);
    CHECK(w.numbers->value(gauge::shards_ready) == 1);
    w.one->stop(false);
    w.wait_for_end();
    CHECK_FALSE(w.failure);
    CHECK(w.net->last().close_code == 1000);
    CHECK(w.one->status().state == shard_state::stopped);
    CHECK(w.numbers->value(gauge::shards_ready) == 0);
    CHECK_FALSE(w.captured.contains("secret-token"));
}

TEST_CASE("a zombie connection is closed with 4000 and resumed with replay, GW-HB-8 GW-RES-6") {
    world w;
    w.start_and_get_ready();
    w.net->acknowledges = false;
    w.net->missed = 2;
    w.loop.wait_until([&] { return w.one->status().resumes == 1 && w.sink.types.size() == 4; });
    REQUIRE(w.net->connections.size() == 2);
    CHECK(w.net->connections[0].close_code == 4000);
    CHECK(w.net->connections[0].frames.back() == R"({"op":1,"d":1})");
    CHECK(w.net->connections[1].host == "resume.example");
    CHECK(w.net->connections[1].frames.front() == resume_frame + "1}}");
    CHECK(w.sink.types == strings{"READY", "MISSED", "MISSED", "RESUMED"});
    CHECK(w.numbers->value(counter::zombies) == 1);
    w.one->stop(true);
    w.wait_for_end();
    CHECK(w.net->last().close_code == 4000);
    REQUIRE(w.one->resumable());
    CHECK(w.one->resumable()->sequence == 3);
}

TEST_CASE("heartbeats go on for hours on one connection, GW-HB-3") {
    world w;
    w.start_and_get_ready();
    w.loop.advance(2h);
    CHECK(w.net->connections.size() == 1);
    CHECK(w.net->last().frames.size() == 1 + 180);
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE(
    "a connection that breaks is resumed, a fatal close ends the shard, GW-RES-1 GW-CLOSE-31") {
    world w;
    w.settings.intents = intent::guild_members;
    w.start_and_get_ready();
    w.net->break_off();
    w.loop.wait_until([&] {
        return w.one->status().resumes == 1 && w.one->status().state == shard_state::ready;
    });
    w.net->close(4014);
    w.wait_for_end();
    REQUIRE(w.failure);
    CHECK(w.failure->code() == gateway_errc::disallowed_intents);
    CHECK_THAT(w.failure->what(), Catch::Contains("guild_members"));
    CHECK(w.failure->details().shard == 0);
    w.loop.advance(1h);
    CHECK(w.net->dials == 2);
}

TEST_CASE("cancellation ends the shard in every phase and leaves nothing, GW-CONN-18") {
    world w;
    std::function<bool()> moment = [&] { return w.net->dials == 1; };
    SECTION("dialing") {
        w.net->stalls = true;
    }
    SECTION("backing off") {
        w.net->refuses = true;
        moment = [&] { return w.net->dials == 3; };
    }
    SECTION("waiting for Hello") {
        w.net->silent = true;
        moment = [&] { return w.net->current != nullptr; };
    }
    SECTION("waiting for a permit") {
        w.gate.update({1, 1000, 0, 24h});
        moment = [&] { return w.one->status().state == shard_state::identifying; };
    }
    SECTION("identifying") {
        w.net->answers_identify = false;
        moment = [&] { return !w.net->connections.empty() && w.net->last().frames.size() == 1; };
    }
    SECTION("ready") {
        moment = [&] { return w.one->status().state == shard_state::ready; };
    }
    SECTION("reading is paused") {
        w.sink.crowded = true;
        moment = [&] { return w.one->status().state == shard_state::ready; };
    }
    SECTION("closing") {
        moment = [&] {
            if (w.one->status().state == shard_state::ready)
                w.net->send(R"({"op":7,"d":null})");
            return w.one->status().state == shard_state::ready;
        };
    }
    auto running = w.start();
    w.loop.wait_until(moment);
    const auto before = w.loop.elapsed();
    running.cancel();
    w.wait_for_end();
    CHECK(w.loop.elapsed() - before <= 3s);
    CHECK_FALSE(w.failure);
    CHECK(w.one->status().state == shard_state::stopped);
    if (!w.net->connections.empty() && !w.net->last().over)
        w.loop.wait_until([&] { return w.net->last().over; });
}

TEST_CASE("a server that never answers the close is left after the close timeout, GW-CONN-15 "
          "GW-CONN-14") {
    // A pipe end that nobody reads stands for such a server.
    class deaf final : public transport {
    public:
        explicit deaf(test::virtual_context& loop) : loop_{loop} {}
        task<net::any_stream> open(endpoint) override {
            auto ends = net::make_memory_pipe(loop_.executor(), loop_.executor());
            loop_.spawn(serve(std::move(ends.second)));
            co_return std::move(ends.first);
        }

    private:
        task<> serve(net::any_stream stream) {
            net::http_server_connection http{std::move(stream)};
            const std::optional<net::http_request> request = co_await http.read();
            net::websocket_options options;
            task<net::websocket> accepting = net::websocket::accept(std::move(http), options);
            net::websocket socket = co_await std::move(accepting);
            co_await socket.write(R"({"op":7})");
            co_await sleep_for(10min);
        }
        test::virtual_context& loop_;
    };
    world w;
    const auto deaf_server = std::make_shared<deaf>(w.loop);
    shard_services services;
    services.net = deaf_server;
    services.metrics = w.numbers;
    services.sink = &w.sink;
    services.gate = &w.gate;
    services.jitter = [] { return 0.25; };
    gateway::shard one{w.loop.executor(), w.settings, services};
    w.loop.spawn(one.run());
    w.loop.wait_until([&] { return w.numbers->value(counter::connects) == 1; });
    const auto begin = w.loop.elapsed();
    w.loop.wait_until([&] { return w.numbers->value(counter::connects) == 2; });
    CHECK(w.loop.elapsed() - begin == 3s + 875ms);
    one.stop(false);
    w.loop.wait_until([&] { return one.status().state == shard_state::stopped; });
}

TEST_CASE("zlib-stream is inflated, damage closes with 4000 and resumes, GW-COMP-7 GW-COMP-11") {
    world w;
    w.settings.options.compress = compression::zlib_stream;
    w.net->compresses = true;
    w.start_and_get_ready();
    CHECK(w.net->last().target == "/?v=10&encoding=json&compress=zlib-stream");
    const std::string big(3U * 1024 * 1024, 'x');
    w.net->send(w.net->event("BIG", '"' + big + '"'));
    w.loop.wait_until([&] { return w.sink.types.size() == 2; });
    CHECK(w.numbers->value(counter::bytes_inflated) > big.size());
    CHECK(w.numbers->value(counter::bytes_received) < big.size());
    w.net->damages = true;
    w.net->send(w.net->event("DAMAGED"));
    w.loop.wait_until([&] { return w.sink.types.size() == 3; });
    CHECK(w.sink.types == strings{"READY", "BIG", "RESUMED"});
    CHECK(w.net->connections[0].close_code == 4000);
    CHECK(w.net->last().frames.front() == resume_frame + "2}}");
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("a payload over the bound closes and resumes, GW-COMP-12") {
    world w;
    w.settings.options.maximum_payload = 100'000;
    w.settings.options.compress = GENERATE(compression::none, compression::zlib_stream);
    w.net->compresses = w.settings.options.compress != compression::none;
    w.start_and_get_ready();
    w.net->send(w.net->event("BIG", '"' + std::string(100'001, 'x') + '"'));
    w.loop.wait_until([&] { return w.one->status().resumes == 1 && w.sink.types.size() == 2; });
    CHECK(w.sink.types == strings{"READY", "RESUMED"});
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("a peer that takes no bytes is dropped after the write timeout, and resumed, GW-BYE-2") {
    world w;
    w.settings.options.write_timeout = 5s;
    w.net->pipe_capacity = 8192;
    w.start_and_get_ready();
    w.net->reads = false;
    for (int number = 0; number < 5; ++number)
        CHECK_FALSE(w.one->submit(R"({"op":8,"d":")" + std::string(4000, 'x') + "\"}"));
    const auto begin = w.loop.elapsed();
    w.loop.wait_until([&] { return w.numbers->value(counter::disconnects) == 1; });
    CHECK(w.loop.elapsed() - begin == 5s);
    CHECK(w.captured.contains("Writing failed"));
    w.net->reads = true;
    w.loop.wait_until([&] { return w.one->status().state == shard_state::ready; });
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("a full sink pauses reading, heartbeats go on, nothing is lost, GW-HB-18 GW-DISP-7") {
    world w;
    w.start_and_get_ready();
    w.loop.wait_until([&] { return !w.net->last().frames.empty(); });
    w.sink.crowded = true;
    for (int number = 0; number < 5; ++number)
        w.net->send(w.net->event("EVENT"));
    w.loop.advance(45s);
    CHECK(w.sink.types.size() == 2);
    CHECK(w.net->last().frames.size() == 2);
    w.loop.advance(30s);
    CHECK(w.net->last().frames.size() == 3);
    w.sink.crowded = false;
    w.loop.wait_until([&] { return w.sink.types.size() == 6; });
    w.loop.advance(10min);
    CHECK(w.net->connections.size() == 1);
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("a frame that a handler keeps is not written again; one that nobody keeps is reused") {
    world w;
    w.start_and_get_ready();
    std::vector<const std::string*> frames;
    w.sink.on_event = [&](const dispatch& event) { frames.push_back(event.frame.get()); };
    for (const bool keeps : {false, true}) {
        w.sink.keeps = keeps;
        const auto before = w.sink.types.size();
        for (int number = 0; number < 3; ++number)
            w.net->send(w.net->event("EVENT", std::to_string(number)));
        w.loop.wait_until([&] { return w.sink.types.size() == before + 3; });
    }
    REQUIRE(frames.size() == 6);
    CHECK(frames[0] == frames[1]);
    CHECK(frames[1] == frames[2]);
    CHECK(frames[3] != frames[4]);
    REQUIRE(w.sink.kept.size() == 3);
    for (int number = 0; number < 3; ++number)
        CHECK(w.sink.kept[static_cast<std::size_t>(number)].second == std::to_string(number));
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("submit and stop may be called from inside a dispatch, GW-SEND-6") {
    world w;
    w.sink.on_event = [&](const dispatch& event) {
        if (event.type == "READY") {
            CHECK_FALSE(w.one->submit(R"({"op":3,"d":{}})"));
            CHECK(w.one->submit(std::string(5000, 'x')) == errc::payload_too_large);
            w.one->stop(false);
        }
    };
    w.start();
    w.wait_for_end();
    CHECK_FALSE(w.failure);
    w.loop.wait_until([&] { return w.net->last().over; });
    CHECK(w.net->last().close_code == 1000);
    CHECK(w.net->last().frames.back() == R"({"op":3,"d":{}})");
    CHECK(w.one->submit("{}") == errc::shutting_down);
}

TEST_CASE("the hook sees every payload in both directions, and may throw") {
    world w;
    std::vector<std::pair<payload_direction, std::string>> seen;
    w.settings.options.on_payload = [&](int shard, payload_direction direction,
                                        std::string_view text) {
        CHECK(shard == 0);
        seen.emplace_back(direction, text);
        throw std::runtime_error{"a bad hook"};
    };
    w.start_and_get_ready();
    REQUIRE(seen.size() == 3);
    CHECK(seen[0] == std::pair{payload_direction::received,
                               std::string{R"({"op":10,"d":{"heartbeat_interval":40000}})"}});
    CHECK(seen[1].first == payload_direction::sent);
    CHECK_THAT(seen[1].second, Catch::StartsWith(R"({"op":2,)"));
    CHECK_THAT(seen[2].second, Catch::Contains("READY"));
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("garbage is skipped and reported, GW-PAY-9") {
    world w;
    w.start_and_get_ready();
    w.net->send("this is no JSON");
    w.net->send(w.net->event("AFTER"));
    w.loop.wait_until([&] { return w.sink.types.size() == 2; });
    CHECK(w.numbers->value(counter::malformed_payloads) == 1);
    CHECK(w.captured.contains("this is no JSON"));
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("what is wrong in an event's data matters when somebody reads it, GW-PAY-9") {
    world w;
    w.sink.reads_data = GENERATE(true, false);
    w.start_and_get_ready();
    w.net->send(w.net->event("BROKEN", R"({"a":tru})"));
    w.net->send(w.net->event("AFTER"));
    if (w.sink.reads_data)
        // Two tries to get it by a Resume, then Discord's own mistake is skipped.
        w.loop.wait_until([&] { return w.numbers->value(counter::malformed_payloads) != 0; });
    else
        w.loop.wait_until([&] { return w.sink.types.size() == 3; });
    CHECK(w.numbers->value(counter::malformed_payloads) == (w.sink.reads_data ? 1 : 0));
    w.one->stop(false);
    w.wait_for_end();
}

TEST_CASE("wrong settings are one error, before anything is dialed") {
    world w;
    w.settings.shard = {4, 2};
    w.start();
    w.wait_for_end();
    REQUIRE(w.failure);
    CHECK(w.failure->code() == errc::invalid_configuration);
    CHECK(w.net->dials == 0);
}
