#include "streams.hpp"
#include "support/virtual_context.hpp"

#include "net/memory_pipe.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::test;
namespace asio = boost::asio;

namespace {

struct linked_pipe {
    explicit linked_pipe(std::size_t capacity = net::unlimited_pipe) {
        std::tie(near, far) = net::make_memory_pipe(loop.executor(), loop.executor(), capacity);
    }

    std::string read() { return loop.run(read_piece(far, failure)); }

    virtual_context loop;
    net::any_stream near;
    net::any_stream far;
    error_code failure = {};
};

task<> keep_piece(net::any_stream& stream, std::string& text, error_code& failure) {
    text = co_await read_piece(stream, failure);
}

task<> wait_for_ever(std::shared_ptr<net::any_stream> stream) {
    error_code failure;
    std::string nothing = co_await read_piece(*stream, failure);
}

task<> keep_failure(task<error_code> work, error_code& failure) {
    failure = co_await std::move(work);
}

} // namespace

TEST_CASE("a pipe carries bytes both ways") {
    linked_pipe p;
    CHECK_FALSE(p.loop.run(write_all(p.near, "hello")));
    CHECK(p.read() == "hello");
    CHECK_FALSE(p.loop.run(write_all(p.far, "back")));
    CHECK(p.loop.run(read_piece(p.near, p.failure)) == "back");
}

TEST_CASE("a pipe's read waits for the write") {
    linked_pipe p;
    std::string text;
    p.loop.spawn(keep_piece(p.far, text, p.failure));
    p.loop.settle();
    CHECK(text.empty());
    p.loop.run(write_all(p.near, "late"));
    p.loop.settle();
    CHECK(text == "late");
}

TEST_CASE("a pipe never completes inside the call that starts an operation") {
    linked_pipe p;
    char byte = 0;
    bool wrote = false;
    bool read = false;
    p.near.async_write_some(asio::buffer("x", 1), [&](error_code, std::size_t) { wrote = true; });
    CHECK_FALSE(wrote);
    p.far.async_read_some(asio::buffer(&byte, 1), [&](error_code, std::size_t) { read = true; });
    CHECK_FALSE(read);
    p.loop.settle();
    CHECK(wrote);
    CHECK(read);
    CHECK(byte == 'x');
}

TEST_CASE("the end of one direction leaves the other open") {
    linked_pipe p;
    p.loop.run(write_all(p.near, "last words"));
    p.loop.run(shut_down(p.near));
    CHECK(p.read() == "last words");
    CHECK(p.read().empty());
    CHECK(p.failure == asio::error::eof);
    CHECK_FALSE(p.loop.run(write_all(p.far, "still heard")));
    CHECK(p.loop.run(read_piece(p.near, p.failure)) == "still heard");
    CHECK(p.loop.run(write_all(p.near, "no more")) == asio::error::broken_pipe);
}

TEST_CASE("closing a pipe ends own operations as aborted and the peer's with the end") {
    linked_pipe p;
    std::string text;
    error_code own;
    error_code peer;
    p.loop.spawn(keep_piece(p.near, text, own));
    p.loop.spawn(keep_piece(p.far, text, peer));
    p.loop.settle();
    p.near.close();
    p.loop.settle();
    CHECK(own == asio::error::operation_aborted);
    CHECK(peer == asio::error::eof);
    CHECK(p.loop.run(write_all(p.near, "x")) == asio::error::operation_aborted);
    CHECK(p.loop.run(write_all(p.far, "x")) == asio::error::broken_pipe);
}

TEST_CASE("a reset is seen at once, before bytes that were not read") {
    linked_pipe p;
    p.loop.run(write_all(p.near, "lost"));
    p.near.reset();
    CHECK(p.read().empty());
    CHECK(p.failure == asio::error::connection_reset);
    CHECK(p.loop.run(write_all(p.far, "x")) == asio::error::connection_reset);
}

TEST_CASE("destroying a stream closes it") {
    linked_pipe p;
    p.near = net::any_stream{};
    CHECK(p.read().empty());
    CHECK(p.failure == asio::error::eof);
}

TEST_CASE("a waiting read of a pipe ends on cancellation and loses nothing GW-CONN-18") {
    linked_pipe p;
    CHECK(p.loop.run(with_timeout(read_piece(p.far, p.failure), 1s)).empty());
    CHECK(p.failure == asio::error::operation_aborted);
    CHECK(p.loop.elapsed() == 1s);
    p.loop.run(write_all(p.near, "kept"));
    CHECK(p.read() == "kept");
}

TEST_CASE("a write waits while the pipe is full") {
    linked_pipe p{4};
    error_code failure = errc::timed_out;
    p.loop.spawn(keep_failure(write_all(p.near, "123456"), failure));
    p.loop.settle();
    CHECK(failure == errc::timed_out);
    CHECK(p.read() == "1234");
    CHECK(p.read() == "56");
    p.loop.settle();
    CHECK_FALSE(failure);
    CHECK(p.loop.run(with_timeout(write_all(p.near, "1234567"), 1s)) ==
          asio::error::operation_aborted);
}

TEST_CASE("small reads are served from what was read ahead") {
    linked_pipe p;
    p.loop.run(write_all(p.near, "abcdef"));
    CHECK(p.loop.run(read_exactly(p.far, 2)) == "ab");
    p.near.reset(); // the rest is here already
    CHECK(p.loop.run(read_exactly(p.far, 4)) == "cdef");
    p.far.put_back("xyz");
    CHECK(p.loop.run(read_exactly(p.far, 2)) == "xy");
    p.far.put_back("12");
    CHECK(p.loop.run(read_exactly(p.far, 4)) == "12z");
}

TEST_CASE("a context that is destroyed frees operations that still wait") {
    std::weak_ptr<net::any_stream> watched;
    {
        asio::io_context context;
        auto ends = net::make_memory_pipe(context.get_executor(), context.get_executor());
        auto reader = std::make_shared<net::any_stream>(std::move(ends.second));
        watched = reader;
        asio::co_spawn(context, wait_for_ever(std::move(reader)), asio::detached);
        context.poll();
        CHECK_FALSE(watched.expired());
    }
    CHECK(watched.expired());
}

TEST_CASE("the ends of a pipe may run on different threads") {
    asio::thread_pool pool{2};
    auto [near, far] = net::make_memory_pipe(asio::make_strand(pool), asio::make_strand(pool), 100);
    constexpr std::size_t size = 100000;
    auto send = [](net::any_stream& stream) -> task<error_code> {
        error_code failure;
        for (std::size_t sent = 0; sent < size && !failure; sent += 10)
            failure = co_await write_all(stream, "0123456789");
        co_return failure;
    };
    auto receive = [](net::any_stream& stream) -> task<std::string> {
        std::string all = co_await read_exactly(stream, size);
        co_return all;
    };
    auto sent = asio::co_spawn(near.get_executor(), send(near), asio::use_future);
    auto received = asio::co_spawn(far.get_executor(), receive(far), asio::use_future);
    CHECK_FALSE(sent.get());
    CHECK(received.get().size() == size);
    pool.join();
}
