// Pings of the server, which no WebSocket server of ours sends.

#include "shard_world.hpp"
#include "unit/net/raw_websocket.hpp"

using namespace strandcord;
using namespace strandcord::gateway;
using namespace strandcord::gateway::driven;

namespace {

/// Answers Identify, then sends 200 pings.
class pinging_server final : public transport {
public:
    explicit pinging_server(test::virtual_context& loop) : loop_{loop} {}

    task<net::any_stream> open(endpoint) override {
        auto ends = net::make_memory_pipe(loop_.executor(), loop_.executor(), net::unlimited_pipe);
        loop_.spawn(serve(std::move(ends.second)));
        co_return std::move(ends.first);
    }

    int pongs = 0;
    int commands = 0;

private:
    task<> serve(net::any_stream stream) {
        const std::string request = co_await test::accept_raw(stream);
        std::string wire =
            test::frame(test::opcode::text, R"({"op":10,"d":{"heartbeat_interval":40000}})");
        error_code failed = co_await test::write_all(stream, wire);
        while (!failed) {
            const test::received_frame got = co_await test::read_frame(stream);
            if (got.payload.empty())
                break;
            pongs += got.kind == test::opcode::pong ? 1 : 0;
            commands += got.payload.starts_with(R"({"op":8,)") ? 1 : 0;
            if (!got.payload.starts_with(R"({"op":2,)"))
                continue;
            wire = test::frame(test::opcode::text,
                               R"({"op":0,"s":1,"t":"READY","d":{"session_id":"s1",)"
                               R"("resume_gateway_url":"ws://resume.example"}})");
            for (int i = 0; i < 200; ++i)
                wire += test::frame(test::opcode::ping, "p" + std::to_string(i));
            error_code again = co_await test::write_all(stream, wire);
            failed = again;
        }
    }

    test::virtual_context& loop_;
};

} // namespace

TEST_CASE("200 pings bring 200 pongs and cost no command its slot, GW-SEND-24") {
    test::virtual_context loop;
    const auto net = std::make_shared<pinging_server>(loop);
    driven::sink sink;
    queue_gate gate;
    session_settings settings;
    settings.token = "secret-token";
    settings.gateway_url = "ws://main.example";
    settings.options.compress = compression::none;
    shard_services services;
    services.net = net;
    services.metrics = std::make_shared<registry>();
    services.sink = &sink;
    services.gate = &gate;
    services.jitter = [] { return 0.25; };
    gateway::shard one{loop.executor(), settings, services};
    const auto running = loop.spawn(one.run());
    loop.wait_until([&] { return net->pongs == 200; });
    const auto begin = loop.elapsed();
    for (int i = 0; i < 110; ++i)
        REQUIRE_FALSE(one.submit(R"({"op":8,"d":{}})"));
    loop.settle();
    CHECK(net->commands == 110);
    CHECK(loop.elapsed() == begin);
    CHECK(net->pongs == 200);
    one.stop(false);
    loop.advance(10s);
    CHECK_FALSE(running.running());
}
