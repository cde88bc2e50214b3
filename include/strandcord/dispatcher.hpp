#pragma once

#include <strandcord/delivery.hpp>
#include <strandcord/describe.hpp>
#include <strandcord/event.hpp>
#include <strandcord/events/raw.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/middleware.hpp>
#include <strandcord/registration.hpp>
#include <strandcord/task.hpp>
#include <strandcord/waiting.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// One handler that failed.
struct handler_failure {
    std::string handler = {}; ///< its name, or where it was registered: `file.cpp:12`
    std::string what = {};
    std::exception_ptr exception = {};
    int calls = 1; ///< so far, for this event
    /// Set it in `on_error`: the handler is called once more for this event, behind what waits for
    /// its turn already. Nothing happens when it was removed or the bot's time to stop is over.
    bool retry = false;
};

/// Everything that went wrong with one event: one aggregate, made when its last handler ended.
struct event_failures {
    std::string event = {};
    shard_id shard = {};
    std::int64_t sequence = 0;
    std::vector<handler_failure> failures = {};
};

namespace detail {

/// Keeps the event that a running handler was given, so that a handler may take it by reference.
class event_slot {
public:
    event_slot() noexcept = default;
    event_slot(const event_slot&) = delete;
    event_slot& operator=(const event_slot&) = delete;
    ~event_slot() { clear(); }

    template <class Event>
    Event& emplace(delivery base) {
        static_assert(sizeof(Event) == sizeof(delivery));
        clear();
        auto* made = ::new (static_cast<void*>(storage_)) Event{std::move(base)};
        destroy_ = [](void* where) noexcept { static_cast<Event*>(where)->~Event(); };
        return *made;
    }

private:
    void clear() noexcept {
        if (destroy_)
            std::exchange(destroy_, nullptr)(storage_);
    }

    alignas(delivery) std::byte storage_[sizeof(delivery)];
    void (*destroy_)(void*) noexcept = nullptr;
};

/// A registered handler: the whole bridge between user types and the compiled library.
struct handler {
    interest what = {};
    std::string event = {}; ///< `what.event`, or a name that the user gave; empty: every event
    task<> (*invoke)(void* fn, event_slot& slot, delivery what) = nullptr;
    std::shared_ptr<void> fn = {}; ///< outlives every coroutine made from it
};

template <class E, class T, class Handler>
task<> invoke(void* fn, event_slot& slot, delivery what) {
    auto& given = slot.emplace<event<E, T>>(std::move(what));
    return (*static_cast<Handler*>(fn))(given);
}

template <class E, class T, class Handler>
constexpr void check_handler() {
    static_assert(std::is_invocable_v<Handler&, event<E, T>&>,
                  "a handler takes one sc::event<E, T>, for example `[](auto message) -> "
                  "sc::task<> { ... }`");
    static_assert(std::is_same_v<std::invoke_result_t<Handler&, event<E, T>&>, task<>>,
                  "a handler is a coroutine that returns sc::task<>: write `-> sc::task<>`");
}

template <class E, class T, class Handler>
handler make_handler(const std::shared_ptr<Handler>& fn) {
    check_handler<E, T, Handler>();
    return handler{interest_of<E, T>, std::string{E::name}, &invoke<E, T, Handler>, fn};
}

} // namespace detail

/// Who gets which event. All members may be called from any thread, also from inside a handler. A
/// registration made while an event is being delivered counts from the next event; a removed
/// handler is not started any more, but one that runs goes on.
class dispatcher {
public:
    dispatcher();
    ~dispatcher();
    dispatcher(const dispatcher&) = delete;
    dispatcher& operator=(const dispatcher&) = delete;

    /// Calls `fn(sc::event<E, T>)`, a coroutine returning `sc::task<>`, for each event `E`. Only
    /// the fields of `T` are parsed. Handlers of one event start in the order of registration, on
    /// the shard's strand. Throws `error` (`errc::invalid_configuration`) for options that cannot
    /// be.
    template <class E, class T = typename E::data, class Handler>
    handler_id on(Handler fn, registration how = {},
                  std::source_location where = std::source_location::current()) {
        const auto shared = std::make_shared<Handler>(std::move(fn));
        return add(detail::make_handler<E, T>(shared), std::move(how), where);
    }

    /// Calls `fn(sc::event<sc::any_event>)` for every event of Discord's, also those without a
    /// type.
    template <class Handler>
    handler_id on_any(Handler fn, registration how = {},
                      std::source_location where = std::source_location::current()) {
        return on<any_event>(std::move(fn), std::move(how), where);
    }

    /// Calls `fn` for each of the events `E, More...`, with `sc::event<E>` of the one it is: a
    /// family under one registration, ordered together.
    ///
    ///     bot.on_any<sc::channel_create, sc::channel_delete>(
    ///         [](auto channel) -> sc::task<> { ... });
    template <class E, class... More, class Handler>
    handler_id on_any(Handler fn, registration how = {},
                      std::source_location where = std::source_location::current()) {
        const auto shared = std::make_shared<Handler>(std::move(fn));
        std::vector<detail::handler> family;
        family.reserve(1 + sizeof...(More));
        family.push_back(detail::make_handler<E, typename E::data>(shared));
        (family.push_back(detail::make_handler<More, typename More::data>(shared)), ...);
        return add(std::move(family), std::move(how), where);
    }

    /// The same for one event by its name on the wire, with nothing decoded: `raw()` has the JSON.
    template <class Handler>
    handler_id on_raw(std::string_view name, Handler fn, registration how = {},
                      std::source_location where = std::source_location::current()) {
        const auto shared = std::make_shared<Handler>(std::move(fn));
        detail::handler made = detail::make_handler<any_event, void>(shared);
        made.event = std::string{name};
        return add(std::move(made), std::move(how), where);
    }

    /// Runs `fn(const sc::delivery& what, sc::next_handler next)`, a coroutine, around every
    /// handler, in the order of registration from the outside in. `co_await next()` runs what is
    /// inside; it may be left out, or its exceptions caught. `off` removes it.
    ///
    ///     bot.around([](const sc::delivery& what, sc::next_handler next) -> sc::task<> {
    ///         co_await next();
    ///     });
    template <class Function>
    handler_id around(Function fn) {
        return add(detail::make_middleware(std::move(fn)));
    }

    /// Waits for the first event `E` that `predicate` (a function of `const sc::event<E, T>&`)
    /// accepts, on any shard that runs here; nothing when there was none within `limit`, or the bot
    /// stopped. It listens from when it is awaited on, and hears an event before its handlers
    /// start; a handler that waits here counts in no bound of its shard. `predicate` is called on
    /// the strand of the event's shard, never twice at a time, and under no lock; what it throws is
    /// thrown here.
    /// Cancellation: throws `cause::cancelled`. Any executor.
    template <class E, class T = typename E::data, class Predicate>
    task<std::optional<event<E, T>>> wait_for(Predicate&& predicate,
                                              std::chrono::nanoseconds limit) {
        using function = std::remove_cvref_t<Predicate>;
        static_assert(
            std::is_invocable_r_v<bool, function&, const event<E, T>&>,
            "the predicate of wait_for takes a `const sc::event<E, T>&` and gives a bool");
        static_assert(
            std::is_lvalue_reference_v<Predicate> || std::is_trivially_destructible_v<function>,
            "GCC 12 destroys what a temporary lambda owns twice: capture by reference, or "
            "give the lambda a name and pass that");
        return detail::wait_until<E, T, function>(waiting(), std::forward<Predicate>(predicate),
                                                  limit);
    }

    /// All events `E` from now on, to be taken one by one. See `stream`.
    template <class E, class T = typename E::data>
    strandcord::stream<E, T> stream(std::size_t bound = 1024) {
        return strandcord::stream<E, T>{
            detail::listen(waiting(), detail::interest_of<E, T>, bound)};
    }

    /// Called with all failures of one event together, on the shard's strand; must not throw. They
    /// are logged in any case. What it marks is called again: see `handler_failure::retry`.
    void on_error(std::function<void(event_failures&)> fn);

    /// Removes a registration; false when it is gone already.
    bool off(handler_id which);
    /// What the registered handlers need, privileged intents included.
    intents needs() const;
    /// The state of all handlers, in order of registration; one entry per event of a family.
    std::vector<handler_status> handlers() const;

    struct state;
    state& internals() const noexcept { return *state_; }

private:
    handler_id add(detail::handler made, registration how, std::source_location where);
    handler_id add(std::vector<detail::handler> made, registration how, std::source_location where);
    handler_id add(detail::middleware made);
    const std::shared_ptr<detail::listeners>& waiting() const noexcept;
    std::unique_ptr<state> state_;
};

} // namespace strandcord
