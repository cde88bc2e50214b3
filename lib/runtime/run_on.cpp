#include "runtime/run_on.hpp"

#include "runtime/contained.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>

namespace strandcord {
namespace {

namespace asio = boost::asio;

/// Shared by both sides, so that a cancellation under way never outlives what it cancels.
struct crossing {
    asio::cancellation_signal signal; ///< touched on the other executor only, once started
    std::exception_ptr failure;
};

/// Completes on the caller's executor when `work` has ended on the other one.
task<> cross(std::shared_ptr<crossing> state, asio::any_io_executor where, task<> work) {
    auto initiate = [](auto handler, std::shared_ptr<crossing> shared, asio::any_io_executor other,
                       task<> inner) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([shared, other](asio::cancellation_type type) {
                asio::post(other, [shared, type] { shared->signal.emit(type); });
            });
        auto home = asio::get_associated_executor(handler);
        auto back = [shared, home = asio::make_work_guard(home),
                     handler = std::move(handler)](std::exception_ptr failure) mutable {
            if (failure)
                shared->failure = failure;
            asio::post(home.get_executor(), std::move(handler));
        };
        asio::co_spawn(other, contained(std::move(inner), shared->failure),
                       asio::bind_cancellation_slot(shared->signal.slot(), std::move(back)));
    };
    return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        initiate, asio::use_awaitable, std::move(state), std::move(where), std::move(work));
}

} // namespace

task<> run_on(asio::any_io_executor where, task<> work) {
    auto state = std::make_shared<crossing>();
    co_await cross(state, std::move(where), std::move(work));
    if (state->failure)
        std::rethrow_exception(state->failure);
}

} // namespace strandcord
