#include "net/resolve.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>

using namespace strandcord;
namespace asio = boost::asio;
using asio::ip::tcp;
using endpoints = std::vector<tcp::endpoint>;

namespace {

/// A name server that says nothing until it is told to. Never destroyed: threads still ask it.
class silent_server {
public:
    static silent_server& get() {
        static auto& one = *new silent_server;
        return one;
    }
    static endpoints ask(const std::string&, std::uint16_t port, error_code&) {
        auto& here = get();
        std::unique_lock lock{here.mutex_};
        ++here.asked_;
        here.changed_.notify_all();
        here.changed_.wait(lock, [&] { return here.speaks_; });
        --here.asked_;
        here.changed_.notify_all();
        return {tcp::endpoint{asio::ip::address_v4::loopback(), port}};
    }
    void fall_silent() {
        const std::lock_guard lock{mutex_};
        speaks_ = false;
    }
    void wait_for_question() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return asked_ == 1; });
    }
    void speak() {
        std::unique_lock lock{mutex_};
        speaks_ = true;
        changed_.notify_all();
        changed_.wait(lock, [&] { return asked_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int asked_ = 0;
    bool speaks_ = false;
};

endpoints refuse(const std::string&, std::uint16_t, error_code& failure) {
    failure = asio::error::host_not_found;
    return {};
}

/// What came of one look-up.
struct outcome {
    std::optional<endpoints> found;
    error_code failure;

    auto handler() {
        return [this](std::exception_ptr why, endpoints got) { note(why, std::move(got)); };
    }

private:
    void note(const std::exception_ptr& why, endpoints got) {
        if (!why) {
            found = std::move(got);
            return;
        }
        try {
            std::rethrow_exception(why);
        } catch (const error& e) {
            failure = e.code();
        }
    }
};

} // namespace

TEST_CASE("an answer of the name service comes back on the strand") {
    asio::io_context context;
    outcome out;
    silent_server::get().fall_silent();
    asio::co_spawn(asio::make_strand(context),
                   net::resolve("gateway.example", 443, silent_server::ask), out.handler());
    context.poll();
    silent_server::get().wait_for_question();
    CHECK_FALSE(out.found);
    silent_server::get().speak();
    context.run();
    REQUIRE(out.found);
    CHECK(*out.found == endpoints{{asio::ip::address_v4::loopback(), 443}});
}

TEST_CASE("a host that nobody knows is an error with the reason") {
    asio::io_context context;
    outcome out;
    asio::co_spawn(asio::make_strand(context), net::resolve("nowhere.example", 443, refuse),
                   out.handler());
    context.run();
    CHECK(out.failure == asio::error::host_not_found);
}

TEST_CASE("an address literal asks nobody") {
    asio::io_context context;
    outcome out;
    asio::co_spawn(asio::make_strand(context), net::resolve("127.0.0.1", 80, refuse),
                   out.handler());
    context.run();
    CHECK(*out.found == endpoints{{asio::ip::address_v4::loopback(), 80}});
}

TEST_CASE("a silent name server holds up neither a cancellation nor the end of a context") {
    silent_server::get().fall_silent();
    outcome out;
    {
        asio::io_context context;
        asio::cancellation_signal stop;
        const bool cancels = GENERATE(true, false);
        asio::co_spawn(asio::make_strand(context),
                       net::resolve("gateway.example", 443, silent_server::ask),
                       asio::bind_cancellation_slot(stop.slot(), out.handler()));
        context.poll();
        silent_server::get().wait_for_question();
        if (cancels) {
            stop.emit(asio::cancellation_type::terminal);
            context.run();
            CHECK(out.failure == errc::cancelled);
        }
    }
    // All that is over, and the name service is asked still.
    silent_server::get().wait_for_question();
    silent_server::get().speak();
    CHECK_FALSE(out.found);
}
