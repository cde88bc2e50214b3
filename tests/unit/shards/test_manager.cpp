#include "scripted_gateway.hpp"

#include "shards/manager.hpp"

#include <strandcord/metrics.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::counting_sink;
using strandcord::test::log_capture;
using strandcord::test::scripted_gateway;
using strandcord::test::virtual_context;

namespace {

/// A sink whose handlers take their time.
class busy_sink final : public gateway::event_sink {
public:
    busy_sink(int& events, int& alive, const bool& busy)
        : counted_{events}, alive_{alive}, busy_{busy} {
        ++alive_;
    }
    ~busy_sink() override { --alive_; }
    void on_dispatch(const gateway::dispatch& event) override { counted_.on_dispatch(event); }
    bool full() const noexcept override { return false; }
    task<> room() override { co_return; }
    task<> quiet() override {
        while (busy_)
            co_await sleep_for(1s);
    }

private:
    counting_sink counted_;
    int& alive_;
    const bool& busy_;
};

task<> refused(task<> work) {
    try {
        co_await std::move(work);
        FAIL("not refused");
    } catch (const error& e) {
        CHECK(e.code() == gateway_errc::invalid_shard);
    }
}

struct fleet {
    virtual_context loop;
    log_capture captured;
    std::shared_ptr<scripted_gateway> gateway = std::make_shared<scripted_gateway>(loop);
    std::vector<std::optional<error_code>>
        answers; ///< what `/gateway/bot` does first; then it answers
    gateway_bot info = make_info();
    int asked = 0;
    int events = 0;
    int alive = 0;     ///< sinks
    bool busy = false; ///< all of them
    std::vector<shard_id> sinks;
    shards::manager_settings settings;

    std::shared_ptr<shards::manager> manager;
    bool ended = false;
    std::exception_ptr why;

    static gateway_bot make_info() {
        gateway_bot out;
        out.url = "wss://gateway.example";
        out.shards = 3;
        out.session_start_limit.total = 1000;
        out.session_start_limit.remaining = 1000;
        out.session_start_limit.reset_after = 3600000;
        out.session_start_limit.max_concurrency = 1;
        return out;
    }

    task<gateway_bot> answer() {
        ++asked;
        if (!answers.empty()) {
            const auto next = answers.front();
            answers.erase(answers.begin());
            if (next)
                throw error{*next, "scripted"};
        }
        co_return info;
    }

    void make(shard_plan plan) {
        settings.token = "token-of-the-test";
        settings.intents = intent::guilds;
        settings.plan = plan;
        settings.gateway.compress = compression::none;
        settings.log = captured.log();
        shards::manager_services services;
        services.net = gateway;
        services.metrics = std::make_shared<registry>();
        services.ask_gateway_bot = [this] { return answer(); };
        services.make_sink = [this](shard_id shard, boost::asio::any_io_executor) {
            sinks.push_back(shard);
            return std::make_shared<busy_sink>(events, alive, busy);
        };
        services.jitter = [] { return 0.5; };
        manager = std::make_shared<shards::manager>(loop.executor(), settings, services);
    }

    void run(shard_plan plan) {
        make(plan);
        start();
    }
    void start() { loop.spawn(watch()); }

    task<> watch() {
        try {
            co_await manager->run();
        } catch (...) {
            why = std::current_exception();
        }
        ended = true;
    }

    std::vector<int> identified() const {
        std::vector<int> out;
        for (const auto& one : gateway->identifies)
            out.push_back(one.shard);
        return out;
    }
    bool all_ready() const {
        const auto all = manager->status();
        return !all.empty() && std::all_of(all.begin(), all.end(), [](const shard_status& one) {
            return one.state == shard_state::ready;
        });
    }
    void stop() {
        manager->stop(false);
        loop.wait_until([this] { return ended; });
    }
    error failure() const {
        REQUIRE(why);
        try {
            std::rethrow_exception(why);
        } catch (const error& e) {
            return e;
        }
    }
};

} // namespace

TEST_CASE(
    "an automatic plan asks once and starts as many shards as recommended: GW-CONN-1 GW-SHARD-3") {
    fleet f;
    f.run(shard_plan::automatic());
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.asked == 1);
    CHECK(f.identified() == std::vector<int>{0, 1, 2});
    CHECK(f.sinks == std::vector<shard_id>{{0, 3}, {1, 3}, {2, 3}});
    CHECK(f.events == 3);
    f.stop();
    CHECK_FALSE(f.why);
    CHECK(f.gateway->close_codes == std::vector<int>{1000, 1000, 1000});
    for (const auto& one : f.manager->status())
        CHECK(one.state == shard_state::stopped);
}

TEST_CASE("identifies are spaced by the concurrency that Discord allows: GW-ID-12 GW-ID-13") {
    fleet f;
    f.info.session_start_limit.max_concurrency = 2;
    f.run(shard_plan::fixed(6));
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.identified() == std::vector<int>{0, 1, 2, 3, 4, 5});
    const auto& seen = f.gateway->identifies;
    CHECK(seen[1].at < 1s);
    CHECK(seen[2].at >= 5s);
    CHECK(seen[3].at < 6s);
    CHECK(seen[4].at >= 10s);
    CHECK(seen[5].at < 12s);
    f.stop();
}

TEST_CASE("only the shards of the range run, as part of the whole: GW-SHARD-10") {
    fleet f;
    f.run(shard_plan::range(2, 3, 8));
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.sinks == std::vector<shard_id>{{2, 8}, {3, 8}});
    CHECK(f.identified() == std::vector<int>{2, 3});
    f.stop();
}

TEST_CASE("the first shard must be ready before the others connect") {
    fleet f;
    f.gateway->silent = true;
    f.run(shard_plan::fixed(4));
    f.loop.advance(30s);
    CHECK(f.gateway->dials == 1);
    f.stop();
    CHECK(f.gateway->close_codes == std::vector<int>{1000});
}

TEST_CASE("a fatal close of the first shard keeps the others from starting: GW-SHARD-11") {
    const int code = GENERATE(4004, 4010, 4011, 4012, 4013, 4014);
    fleet f;
    f.gateway->close_with[0] = code;
    f.run(shard_plan::fixed(4));
    f.loop.wait_until([&] { return f.ended; });
    CHECK(f.failure().code() == static_cast<gateway_errc>(code));
    CHECK(f.failure().details().shard == 0);
    CHECK(f.identified() == std::vector<int>{0});
    CHECK(f.gateway->dials == 1);
}

TEST_CASE(
    "a fatal close of a later shard closes the running ones and ends the manager: GW-SHARD-11") {
    fleet f;
    f.gateway->close_with[2] = 4014;
    f.run(shard_plan::fixed(5));
    f.loop.wait_until([&] { return f.ended; });
    CHECK(f.failure().code() == gateway_errc::disallowed_intents);
    CHECK(f.failure().details().shard == 2);
    CHECK(f.identified() == std::vector<int>{0, 1, 2});
    for (const auto& one : f.manager->status())
        CHECK(one.state == shard_state::stopped);
}

TEST_CASE("a refused token ends it at once, a passing fault is waited out") {
    fleet f;
    SECTION("refused") {
        f.answers = {error_code{errc::unauthorized}};
        f.run(shard_plan::automatic());
        f.loop.wait_until([&] { return f.ended; });
        CHECK(f.failure().code() == errc::unauthorized);
        CHECK(f.asked == 1);
        CHECK(f.gateway->dials == 0);
    }
    SECTION("passing") {
        f.answers = {error_code{http_errc::bad_gateway}, error_code{errc::timed_out}};
        f.run(shard_plan::automatic());
        f.loop.wait_until([&] { return f.all_ready(); });
        CHECK(f.asked == 3);
        CHECK(f.gateway->identifies[0].at >= 2s);
        CHECK(f.captured.at_least(level::warning).size() == 2);
        CHECK(f.captured.at_least(level::warning)[0].has("wait_ms"));
        f.stop();
    }
}

TEST_CASE("stop ends it in every phase") {
    fleet f;
    SECTION("before it runs") {
        f.make(shard_plan::automatic());
        f.manager->stop(false);
        f.loop.settle();
        f.start();
    }
    SECTION("while it asks") {
        f.answers.assign(100, error_code{http_errc::bad_gateway});
        f.run(shard_plan::automatic());
        f.loop.advance(10s);
        f.manager->stop(false);
    }
    SECTION("while it connects") {
        f.gateway->refuses = true;
        f.run(shard_plan::fixed(2));
        f.loop.advance(10s);
        f.manager->stop(false);
    }
    SECTION("while shards wait for their turn") {
        f.run(shard_plan::fixed(10));
        f.loop.advance(12s);
        f.manager->stop(false);
    }
    SECTION("while it runs, and twice") {
        f.run(shard_plan::automatic());
        f.loop.wait_until([&] { return f.all_ready(); });
        f.manager->stop(false);
        f.manager->stop(true);
    }
    f.loop.wait_until([&] { return f.ended; }, 10s);
    CHECK_FALSE(f.why);
}

TEST_CASE("sessions can be kept: closes with 4000") {
    fleet f;
    f.run(shard_plan::fixed(2));
    f.loop.wait_until([&] { return f.all_ready(); });
    f.manager->stop(true);
    f.loop.wait_until([&] { return f.ended; });
    CHECK(f.gateway->close_codes == std::vector<int>{4000, 4000});
}

TEST_CASE("cancelling run stops the shards and joins them") {
    fleet f;
    f.make(shard_plan::fixed(2));
    const auto child = f.loop.spawn(f.watch());
    f.loop.wait_until([&] { return f.all_ready(); });
    child.cancel();
    f.loop.wait_until([&] { return f.ended; }, 10s);
    CHECK(f.gateway->close_codes == std::vector<int>{1000, 1000});
}

TEST_CASE("the URL is asked for again when it cannot be reached, once for all shards: GW-CONN-2") {
    fleet f;
    f.info.session_start_limit.max_concurrency = 3;
    f.run(shard_plan::automatic());
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.asked == 1);
    f.gateway->refuses = true;
    f.gateway->drop_all();
    f.loop.wait_until([&] { return f.asked > 1; });
    f.loop.advance(5s);
    CHECK(f.asked <= 3);
    f.gateway->refuses = false;
    f.loop.wait_until([&] { return f.all_ready(); });
    f.stop();
}

TEST_CASE("with a URL of its own a fixed plan asks nobody") {
    fleet f;
    f.settings.gateway_url = "ws://127.0.0.1:9";
    f.run(shard_plan::fixed(1));
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.asked == 0);
    f.stop();
}

TEST_CASE("payloads go to one shard or to all, also before the plan is known: GW-SHARD-12") {
    fleet f;
    f.make(shard_plan::automatic());
    f.manager->broadcast(R"({"op":3,"d":{"status":"early"}})");
    f.start();
    f.loop.wait_until([&] { return f.gateway->others.size() == 3; });
    f.manager->submit(1, R"({"op":3,"d":{"status":"one"}})");
    f.manager->submit(9, R"({"op":3,"d":{"status":"nobody"}})");
    f.loop.wait_until([&] { return f.gateway->others.size() == 4; });
    CHECK_THAT(f.gateway->others[3], Catch::Contains("one"));
    CHECK(f.captured.contains("its shard does not run here"));
    f.stop();
}

TEST_CASE("what waits for the plan is bounded, and what is dropped is said: GW-SAFE-4") {
    fleet f;
    f.make(shard_plan::automatic());
    for (std::size_t i = 0; i < gateway::outbox::capacity + 2; ++i)
        f.manager->submit(0, R"({"op":4,"d":{"self_mute":true}})");
    f.start();
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.captured.contains("too many wait"));
    f.stop();
}

TEST_CASE("few session starts are announced before they run out: GW-ID-19") {
    fleet f;
    f.info.session_start_limit.remaining = 1;
    f.run(shard_plan::fixed(2));
    f.loop.advance(60s);
    CHECK(f.identified() == std::vector<int>{0});
    CHECK(f.captured.contains("the last ones wait up to 3600 s"));
    f.loop.advance(3600s);
    CHECK(f.identified() == std::vector<int>{0, 1});
    f.stop();
}

TEST_CASE("the token is in no log line: GW-ID-22") {
    fleet f;
    f.gateway->close_with[1] = 4004;
    f.run(shard_plan::fixed(2));
    f.loop.wait_until([&] { return f.ended; });
    CHECK_FALSE(f.captured.contains("token-of-the-test"));
    CHECK_THAT(f.failure().what(), !Catch::Contains("token-of-the-test"));
}

TEST_CASE("one shard is stopped and started again; the others and run() go on") {
    fleet f;
    f.run(shard_plan::fixed(2));
    f.loop.wait_until([&] { return f.all_ready(); });
    f.manager->control(0, shards::shard_order::stop);
    f.loop.wait_until([&] { return f.manager->status()[0].state == shard_state::stopped; });
    f.loop.advance(1min);
    CHECK(f.gateway->close_codes == std::vector<int>{1000});
    CHECK(f.manager->status()[1].state == shard_state::ready);
    CHECK_FALSE(f.ended);

    f.manager->control(0, shards::shard_order::start);
    f.manager->control(7, shards::shard_order::start); // runs elsewhere
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.identified() == std::vector<int>{0, 1, 0});

    f.manager->control(0, shards::shard_order::stop);
    f.manager->control(1, shards::shard_order::stop);
    f.loop.advance(1min);
    CHECK_FALSE(f.ended);
    f.stop();
    CHECK_FALSE(f.why);
}

TEST_CASE("a shard that is stopped before its turn does not start until it is told to") {
    fleet f;
    f.run(shard_plan::fixed(4));
    f.loop.wait_until([&] { return f.gateway->identifies.size() == 1; });
    f.manager->control(2, shards::shard_order::stop);
    f.manager->control(3, shards::shard_order::restart); // as it would anyway
    f.loop.advance(1min);
    CHECK(f.identified() == std::vector<int>{0, 1, 3});
    f.manager->control(2, shards::shard_order::start);
    f.loop.wait_until([&] { return f.all_ready(); });
    CHECK(f.identified() == std::vector<int>{0, 1, 3, 2});
    f.stop();
    CHECK_FALSE(f.why);
}

TEST_CASE("a restart begins a new session, a reconnect tries to keep it") {
    fleet f;
    f.run(shard_plan::fixed(1));
    f.loop.wait_until([&] { return f.all_ready(); });
    SECTION("restart") {
        f.manager->control(0, shards::shard_order::restart);
        f.loop.wait_until([&] { return f.gateway->identifies.size() == 2 && f.all_ready(); });
        CHECK(f.gateway->close_codes == std::vector<int>{1000});
        CHECK(f.manager->status()[0].resumes == 0);
    }
    SECTION("reconnect") {
        f.manager->control(0, shards::shard_order::reconnect);
        f.loop.wait_until([&] { return f.manager->status()[0].resumes == 1; });
        CHECK(f.gateway->close_codes.front() == 4000);
    }
    SECTION("a shard whose turn has not come is left to the plan") {
        f.manager->control(0, shards::shard_order::start);
        f.loop.advance(1min);
        CHECK(f.gateway->identifies.size() == 1);
    }
    f.stop();
}

TEST_CASE("of sets that were replaced, or failed, nothing is kept when they are quiet") {
    fleet f;
    f.run(shard_plan::fixed(2));
    f.loop.wait_until([&] { return f.all_ready(); });
    const auto reshard = [&f](int count) {
        f.loop.spawn(f.manager->reshard(shard_plan::fixed(count)));
        f.loop.advance(5min);
    };
    SECTION("replaced") {
        for (int count = 3; count <= 6; ++count) {
            reshard(count);
            CHECK(f.alive == count);
        }
    }
    SECTION("failed") {
        f.gateway->close_with[2] = 4010;
        f.loop.spawn(refused(f.manager->reshard(shard_plan::fixed(3))));
        f.loop.advance(5min);
        CHECK(f.alive == 2);
    }
    SECTION("handlers still run") {
        f.busy = true;
        reshard(3);
        CHECK(f.alive == 5);
        f.busy = false;
        f.loop.advance(2s);
        CHECK(f.alive == 3);
    }
    SECTION("and the stop comes meanwhile") {
        f.busy = true;
        reshard(3);
        f.stop();
        CHECK(f.alive == 5); // for whoever drains them
        f.manager.reset();
        CHECK(f.alive == 0);
        return;
    }
    f.stop();
    CHECK_FALSE(f.why);
}

TEST_CASE("a plan of the user's own is checked, and may fail") {
    fleet f;
    std::vector<shard_id> chosen;
    const auto choose = [&](const gateway_bot&) { return chosen; };
    SECTION("none") {}
    SECTION("one that does not exist") {
        chosen = {{2, 2}};
    }
    SECTION("one twice") {
        chosen = {{1, 2}, {1, 2}};
    }
    SECTION("of several counts") {
        chosen = {{0, 1}, {1, 2}};
    }
    f.run(shard_plan::chosen_by(choose));
    f.loop.wait_until([&] { return f.ended; });
    CHECK(f.failure().code() == errc::invalid_configuration);
    CHECK(f.gateway->dials == 0);
}
