#pragma once

#include <strandcord/delivery.hpp>
#include <strandcord/describe.hpp>
#include <strandcord/event.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/task.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace strandcord {

namespace detail {

class listener;
class listeners;

/// What somebody wants to hear of.
struct interest {
    std::string_view event = {};                 ///< empty: every event
    const codec::type_desc* type = nullptr;      ///< null: not decoded
    std::shared_ptr<void> (*create)() = nullptr; ///< an empty T
    intents needs = {};
};

template <class T>
constexpr std::shared_ptr<void> (*creator() noexcept)() {
    if constexpr (requires { codec::table<T>::is_model; })
        return &codec::table<T>::create;
    else
        return []() -> std::shared_ptr<void> { return std::make_shared<T>(); };
}

template <class E, class T>
constexpr interest interest_in() noexcept {
    interest out{E::name, nullptr, nullptr, E::needs};
    if constexpr (!std::is_void_v<T>) {
        out.type = &codec::describe<T>();
        out.create = creator<T>();
    }
    return out;
}

using accepts = bool (*)(void* predicate, const delivery& what);

std::shared_ptr<listener> listen(const std::shared_ptr<listeners>& where, const interest& what,
                                 std::size_t bound);
std::uint64_t lost_by(const listener& which) noexcept;
/// The next one heard; nothing when it is over.
task<std::optional<delivery>> next_heard(std::shared_ptr<listener> which);
task<std::optional<delivery>> first_heard(std::shared_ptr<listeners> where, const interest* what,
                                          accepts test, void* predicate,
                                          std::chrono::nanoseconds limit);

template <class E, class T>
inline constexpr interest interest_of = interest_in<E, T>();

template <class E, class T>
std::optional<event<E, T>> typed(std::optional<delivery> heard) {
    std::optional<event<E, T>> out;
    if (heard)
        out.emplace(std::move(*heard));
    return out;
}

template <class E, class T, class Predicate>
bool accepts_with(void* predicate, const delivery& what) {
    const event<E, T> given{what};
    return static_cast<bool>((*static_cast<Predicate*>(predicate))(given));
}

template <class E, class T, class Predicate>
task<std::optional<event<E, T>>> wait_until(std::shared_ptr<listeners> where, Predicate predicate,
                                            std::chrono::nanoseconds limit) {
    task<std::optional<delivery>> hearing = first_heard(
        std::move(where), &interest_of<E, T>, &accepts_with<E, T, Predicate>, &predicate, limit);
    std::optional<delivery> heard = co_await std::move(hearing);
    co_return typed<E, T>(std::move(heard));
}

} // namespace detail

/// Every event `E` from its making on, in order, of all shards that run here. It is fed before
/// handlers start and takes part in no bound but its own: when `bound` events are waiting to be
/// taken, the oldest of them is lost.
///
///     auto messages = bot.stream<sc::message_create>(100);
///     while (auto message = co_await messages.next())
///         archive(**message);
template <class E, class T = typename E::data>
class stream {
public:
    /// The next event; nothing when the bot stopped and all were taken. Cancellation: throws
    /// `cause::cancelled`, and nothing is lost. Any executor; one call at a time.
    task<std::optional<event<E, T>>> next() { return take(listener_); }
    /// How many were lost because nobody took them in time. Any thread.
    std::uint64_t lost() const noexcept { return detail::lost_by(*listener_); }

    /// For the dispatcher.
    explicit stream(std::shared_ptr<detail::listener> from) noexcept : listener_{std::move(from)} {}

private:
    static task<std::optional<event<E, T>>> take(std::shared_ptr<detail::listener> from) {
        task<std::optional<delivery>> hearing = detail::next_heard(std::move(from));
        std::optional<delivery> heard = co_await std::move(hearing);
        co_return detail::typed<E, T>(std::move(heard));
    }

    std::shared_ptr<detail::listener> listener_;
};

} // namespace strandcord
