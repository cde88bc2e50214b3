#pragma once

#include <strandcord/delivery.hpp>
#include <strandcord/describe.hpp>
#include <strandcord/event.hpp>
#include <strandcord/events/raw.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/task.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// Names one registration; `off` takes it.
enum class handler_id : std::uint64_t {};

/// One handler that failed.
struct handler_failure {
    std::string handler = {}; ///< where it was registered: `file.cpp:12`
    std::string what = {};
    std::exception_ptr exception = {};
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
    ~event_slot() {
        if (destroy_)
            destroy_(storage_);
    }

    template <class Event>
    Event& emplace(delivery base) {
        static_assert(sizeof(Event) == sizeof(delivery));
        auto* made = ::new (static_cast<void*>(storage_)) Event{std::move(base)};
        destroy_ = [](void* where) noexcept { static_cast<Event*>(where)->~Event(); };
        return *made;
    }

private:
    alignas(delivery) std::byte storage_[sizeof(delivery)];
    void (*destroy_)(void*) noexcept = nullptr;
};

/// A registered handler: the whole bridge between user types and the compiled library.
struct handler {
    std::string event = {};                      ///< empty: every event
    const codec::type_desc* type = nullptr;      ///< null: not decoded
    std::shared_ptr<void> (*create)() = nullptr; ///< an empty T
    task<> (*invoke)(void* fn, event_slot& slot, delivery what) = nullptr;
    std::shared_ptr<void> fn = {}; ///< outlives every coroutine made from it
    intents needs = {};
    const char* file = "";
    unsigned line = 0;
};

template <class E, class T, class Handler>
handler make_handler(Handler fn, std::source_location where) {
    handler made;
    made.event = std::string{E::name};
    if constexpr (!std::is_void_v<T>) {
        made.type = &codec::describe<T>();
        if constexpr (requires { codec::table<T>::is_model; })
            made.create = &codec::table<T>::create;
        else
            made.create = []() -> std::shared_ptr<void> { return std::make_shared<T>(); };
    }
    made.invoke = [](void* callable, event_slot& slot, delivery what) -> task<> {
        auto& given = slot.emplace<event<E, T>>(std::move(what));
        return (*static_cast<Handler*>(callable))(given);
    };
    made.fn = std::make_shared<Handler>(std::move(fn));
    made.needs = E::needs;
    made.file = where.file_name();
    made.line = where.line();
    return made;
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
    /// the shard's strand.
    template <class E, class T = typename E::data, class Handler>
    handler_id on(Handler fn, std::source_location where = std::source_location::current()) {
        static_assert(std::is_invocable_v<Handler&, event<E, T>&>,
                      "a handler takes one sc::event<E, T>, for example `[](auto message) -> "
                      "sc::task<> { ... }`");
        static_assert(std::is_same_v<std::invoke_result_t<Handler&, event<E, T>&>, task<>>,
                      "a handler is a coroutine that returns sc::task<>: write `-> sc::task<>`");
        return add(detail::make_handler<E, T>(std::move(fn), where));
    }

    /// Calls `fn(sc::event<sc::any_event>)` for every event, also those strandcord has no type for.
    template <class Handler>
    handler_id on_any(Handler fn, std::source_location where = std::source_location::current()) {
        return on<any_event>(std::move(fn), where);
    }

    /// The same for one event by its name on the wire, with nothing decoded: `raw()` has the JSON.
    template <class Handler>
    handler_id on_raw(std::string_view name, Handler fn,
                      std::source_location where = std::source_location::current()) {
        detail::handler made = detail::make_handler<any_event, void>(std::move(fn), where);
        made.event = std::string{name};
        return add(std::move(made));
    }

    /// Called with all failures of one event together, on the shard's strand; must not throw. They
    /// are logged in any case.
    void on_error(std::function<void(const event_failures&)> fn);

    /// Removes a registration; false when it is gone already.
    bool off(handler_id which);
    /// What the registered handlers need, privileged intents included.
    intents needs() const;

    struct state;
    state& internals() const noexcept { return *state_; }

private:
    handler_id add(detail::handler made);
    std::unique_ptr<state> state_;
};

} // namespace strandcord
