// What a server writes after the upgrade, into a shard. The first byte chooses the compression and
// whether the rest are bytes of the wire, or frames: a byte of kind, one of length, the payload.

#include "gateway/identify_gate.hpp"
#include "gateway/shard.hpp"
#include "net/memory_pipe.hpp"
#include "runtime/virtual_loop.hpp"
#include "target.hpp"
#include "unit/net/raw_websocket.hpp"

using namespace strandcord;
using namespace std::chrono_literals;

namespace {

struct no_sink final : gateway::event_sink {
    void on_dispatch(const gateway::dispatch& event) override { promise(event.frame != nullptr); }
    bool full() const noexcept override { return false; }
    task<> room() override { co_return; }
};

/// The first connection gets the bytes, later ones are refused.
class one_server final : public transport {
public:
    one_server(virtual_loop& loop, std::string bytes) : loop_{loop}, bytes_{std::move(bytes)} {}

    task<net::any_stream> open(endpoint) override {
        if (std::exchange(used_, true))
            throw error{errc::connection_closed};
        auto ends = net::make_memory_pipe(loop_.executor(), loop_.executor());
        loop_.spawn(serve(std::move(ends.second)));
        co_return std::move(ends.first);
    }

private:
    task<> serve(net::any_stream stream) {
        const std::string request = co_await test::accept_raw(stream);
        const error_code failure = co_await test::write_all(stream, std::move(bytes_));
        if (failure)
            co_return;
        co_await sleep_for(30s);
    }

    virtual_loop& loop_;
    std::string bytes_;
    bool used_ = false;
};

task<> run(gateway::shard& one, bool& ended) {
    try {
        co_await one.run();
    } catch (const error&) {
        // A fatal close code.
    }
    ended = true;
}

std::string frames(std::string_view from) {
    std::string out;
    while (from.size() >= 2) {
        const auto kind = static_cast<unsigned char>(from[0]);
        const std::size_t size = static_cast<unsigned char>(from[1]);
        from.remove_prefix(2);
        out += test::frame(kind % 4 == 3 ? test::opcode::close
                                         : static_cast<test::opcode>(1 + kind % 2),
                           from.substr(0, size));
        from.remove_prefix(std::min(size, from.size()));
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const auto rest = as_text(data + 1, size - 1);
    virtual_loop loop;
    no_sink sink;
    gateway::queue_gate gate;
    gateway::session_settings settings;
    settings.token = "token";
    settings.gateway_url = "ws://gateway.example";
    settings.may_ask_url = false;
    settings.options.compress = data[0] % 2 == 0 ? compression::none : compression::zlib_stream;
    settings.options.maximum_payload = 1U << 20U;
    gateway::shard_services services;
    services.net =
        std::make_shared<one_server>(loop, (data[0] & 2U) != 0 ? std::string{rest} : frames(rest));
    services.metrics = std::make_shared<registry>();
    services.sink = &sink;
    services.gate = &gate;
    services.jitter = [] { return 0.5; };
    gateway::shard one{loop.executor(), std::move(settings), std::move(services)};
    bool ended = false;
    loop.spawn(run(one, ended));
    loop.advance(25s);
    if (!ended)
        one.stop(false);
    promise(loop.advance_until([&] { return ended; }, 1min));
    return 0;
}
