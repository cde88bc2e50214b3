#pragma once

// An executor that runs everything on another one, as one named owner's, and tells the owner when a
// function of it took long. Rules:
// - what the owner's coroutines start inherits it, so every turn of a coroutine is seen, and
// whoever
//   is awaited can find out for whom;
// - a function that runs inside another one, because the strand is there already, is not counted as
//   time of the outer one: a culprit is named, not the one before it;
// - the clock is the coarse one: reading it costs next to nothing, and long means long.

#include "core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>
#include <memory>
#include <type_traits>
#include <utility>

namespace strandcord {

/// Whose functions are run. Kept alive by everything that may still run.
class executor_owner {
public:
    /// A function that runs this long without a wait makes everything on its strand late.
    static constexpr std::chrono::milliseconds long_turn{100};

    explicit executor_owner(boost::asio::any_io_executor where) noexcept
        : where_{std::move(where)} {}
    virtual ~executor_owner() = default;
    /// On the executor, after the function.
    virtual void on_long_turn(runtime_clock::duration length) noexcept = 0;
    /// On the executor: a coroutine of it begins, or ends, to wait for what others bring about.
    virtual void on_waiting(bool begins) noexcept = 0;
    /// What its functions run on.
    const boost::asio::any_io_executor& where() const noexcept { return where_; }

private:
    const boost::asio::any_io_executor where_;
};

/// Measures one function from its construction to its destruction, without what ran inside.
class turn {
public:
    explicit turn(executor_owner& owner) noexcept;
    ~turn();
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

private:
    executor_owner& owner_;
    runtime_clock::duration outside_; ///< what ran inside the function around this one
    runtime_clock::time_point began_;
};

/// `Plain`: as the owner's executor is, and small enough for `any_io_executor` to hold it without
/// an allocation. Otherwise with other properties, which Asio asks for now and then.
template <bool Plain>
class watched {
    using executor = boost::asio::any_io_executor;
    using variant = watched<false>;

public:
    explicit watched(std::shared_ptr<executor_owner> owner) noexcept
        requires Plain
        : owner_{std::move(owner)} {}
    watched(std::shared_ptr<executor_owner> owner, executor inner) noexcept
        requires(!Plain)
        : owner_{std::move(owner)}, inner_{std::move(inner)} {}

    const std::shared_ptr<executor_owner>& owner() const noexcept { return owner_; }
    const executor& inner() const noexcept {
        if constexpr (Plain)
            return owner_->where();
        else
            return inner_;
    }

    template <class Function>
    void execute(Function function) const {
        inner().execute(measured<Function>{owner_, std::move(function)});
    }
    template <class Property>
    auto query(const Property& what) const
        -> decltype(boost::asio::query(std::declval<const executor&>(), what)) {
        return boost::asio::query(inner(), what);
    }
    template <class Property>
    auto require(const Property& what) const
        -> std::enable_if_t<std::is_same_v<std::decay_t<decltype(boost::asio::require(
                                               std::declval<const executor&>(), what))>,
                                           executor>,
                            variant> {
        return variant{owner_, boost::asio::require(inner(), what)};
    }
    template <class Property>
    auto prefer(const Property& what) const
        -> std::enable_if_t<std::is_same_v<std::decay_t<decltype(boost::asio::prefer(
                                               std::declval<const executor&>(), what))>,
                                           executor>,
                            variant> {
        return variant{owner_, boost::asio::prefer(inner(), what)};
    }
    friend bool operator==(const watched& a, const watched& b) noexcept {
        return a.owner_ == b.owner_ && a.inner() == b.inner();
    }
    friend bool operator!=(const watched& a, const watched& b) noexcept { return !(a == b); }

private:
    struct nothing {};
    template <class Function>
    struct measured {
        std::shared_ptr<executor_owner> owner;
        Function function;

        void operator()() {
            const turn here{*owner};
            std::move(function)();
        }
    };

    std::shared_ptr<executor_owner> owner_;
    [[no_unique_address]] std::conditional_t<Plain, nothing, executor> inner_;
};

using watched_executor = watched<true>;

/// While it lives, the owner of `executor`, if it has one, waits for what others bring about.
class owner_waits {
public:
    explicit owner_waits(const boost::asio::any_io_executor& executor) noexcept;
    ~owner_waits();
    owner_waits(const owner_waits&) = delete;
    owner_waits& operator=(const owner_waits&) = delete;

private:
    std::shared_ptr<executor_owner> owner_;
};

/// What a watched executor runs on; any other one is its own.
const boost::asio::any_io_executor&
unwatched(const boost::asio::any_io_executor& executor) noexcept;

} // namespace strandcord
