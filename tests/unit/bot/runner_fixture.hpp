#pragma once

#include "bot/handler_runner.hpp"
#include "support/log_capture.hpp"
#include "support/virtual_context.hpp"

#include <strandcord/strandcord.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace strandcord::test {

/// A handler runner fed by hand: what a shard would deliver, without a shard.
class runner_fixture {
public:
    explicit runner_fixture(handler_options options = {}, const cache_options& keep = {})
        : cache{keep}
        , runner_{loop.executor(), shard_id{2, 4},
                  runner_services{&events.internals(),
                                  rest_client{loop.executor(), rest_config{.token = "a.b.c"}},
                                  logs.log(), counters, options, session_commit::finished,
                                  cache.internals()}} {}
    ~runner_fixture() { loop.run(runner_.drain({})); }

    /// Parses and delivers a frame as a shard does, on the strand.
    void deliver(std::string_view type, std::string_view data) {
        auto frame = std::make_shared<std::string>("{\"t\":\"" + std::string{type} +
                                                   "\",\"s\":" + std::to_string(++sequence) +
                                                   ",\"op\":0,\"d\":" + std::string{data} + "}");
        codec::envelope envelope;
        REQUIRE_FALSE(parser_.parse(*frame, envelope));
        loop.run(deliver_on_strand(frame, envelope));
        loop.settle();
    }
    void message(std::string_view content) {
        deliver("MESSAGE_CREATE",
                R"({"id":"11","channel_id":"22","content":)" + to_json(std::string{content}) + "}");
    }

    virtual_context loop;
    log_capture logs;
    std::shared_ptr<registry> counters = std::make_shared<registry>();
    dispatcher events;
    memory_cache cache; ///< keeps nothing unless told to
    std::int64_t sequence = 0;
    std::chrono::nanoseconds read_ago{}; ///< the last byte of what is delivered; zero: unknown

    handler_runner& runner() noexcept { return runner_; }

private:
    task<> deliver_on_strand(std::shared_ptr<std::string> frame, codec::envelope envelope) {
        gateway::dispatch event{envelope.type, sequence, frame, parser_};
        if (read_ago.count() != 0)
            event.received = runtime_clock::now() - read_ago;
        runner_.on_dispatch(event);
        co_return;
    }

    codec::frame_parser parser_;
    handler_runner runner_;
};

} // namespace strandcord::test
