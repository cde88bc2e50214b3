#include "support/virtual_context.hpp"

#include "runtime/run_on.hpp"

#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace strandcord;
using strandcord::test::virtual_context;
namespace asio = boost::asio;

namespace {

using strand = asio::strand<asio::any_io_executor>;

task<bool> is_on(strand where) {
    co_await sleep_for(1s);
    co_return where.running_in_this_thread();
}

task<> fails() {
    co_await sleep_for(1s);
    throw std::runtime_error{"over there"};
}

task<> goes_there_and_back(strand home, strand away, bool& there, bool& back) {
    task<bool> trip = run_on(asio::any_io_executor{away}, is_on(away));
    there = co_await std::move(trip);
    back = home.running_in_this_thread();
}

} // namespace

TEST_CASE("run_on runs work on the other strand and comes back") {
    virtual_context loop;
    strand home = asio::make_strand(loop.executor());
    strand away = asio::make_strand(loop.executor());
    bool there = false;
    bool back = false;
    task_group group{asio::any_io_executor{home}};
    group.spawn(goes_there_and_back(home, away, there, back));
    loop.advance(1s);
    CHECK(group.size() == 0);
    CHECK(there);
    CHECK(back);
}

TEST_CASE("run_on passes on what the work throws") {
    virtual_context loop;
    asio::any_io_executor away = asio::make_strand(loop.executor());
    CHECK_THROWS_WITH(loop.run(run_on(away, fails())), "over there");
}

TEST_CASE("cancelling the caller of run_on cancels the work and waits for it") {
    virtual_context loop;
    asio::any_io_executor away = asio::make_strand(loop.executor());
    task_group group{loop.executor()};
    error_code outcome;
    group.spawn(run_on(away, sleep_for(1h)), [&](std::exception_ptr why) {
        try {
            if (why)
                std::rethrow_exception(why);
        } catch (const boost::system::system_error& e) {
            outcome = e.code();
        }
    });
    loop.advance(1s);
    group.cancel();
    loop.settle();
    CHECK(group.size() == 0);
    CHECK(outcome == cause::cancelled);
}
