#pragma once

#include <strandcord/delivery.hpp>
#include <strandcord/task.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace strandcord {

namespace detail {

class handler_call;
task<> call_next(handler_call& call, std::size_t place);
std::string_view handler_of(const handler_call& call) noexcept;

} // namespace detail

/// What is inside a middleware: the next one, or the handler itself.
class next_handler {
public:
    /// Runs it; throws what it throws. It may be called not at all, or again when it has ended.
    task<> operator()() const { return detail::call_next(*call_, place_); }
    /// The name of the handler.
    std::string_view name() const noexcept { return detail::handler_of(*call_); }

    /// For the dispatcher.
    next_handler(detail::handler_call& call, std::size_t place) noexcept
        : call_{&call}, place_{place} {}

private:
    detail::handler_call* call_;
    std::size_t place_;
};

namespace detail {

/// Runs around every handler.
struct middleware {
    task<> (*invoke)(void* fn, const delivery& what, next_handler next) = nullptr;
    std::shared_ptr<void> fn = {}; ///< outlives every coroutine made from it
};

template <class Function>
middleware make_middleware(Function fn) {
    static_assert(
        std::is_invocable_r_v<task<>, Function&, const delivery&, next_handler>,
        "a middleware is a coroutine: [](const sc::delivery& what, sc::next_handler next) "
        "-> sc::task<> { co_await next(); }");
    middleware made;
    made.invoke = [](void* callable, const delivery& what, next_handler next) -> task<> {
        return (*static_cast<Function*>(callable))(what, next);
    };
    made.fn = std::make_shared<Function>(std::move(fn));
    return made;
}

} // namespace detail
} // namespace strandcord
