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
#include <boost/asio/query.hpp>
#include <boost/asio/strand.hpp>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace strandcord {

/// What watched executors run on: made once for all owners, with the strand taken out of its
/// wrapping, so that no function is wrapped twice and no property costs an allocation.
class watched_place {
public:
    explicit watched_place(boost::asio::any_io_executor where);

    /// `Never`: not inside the call.
    template <bool Never>
    const boost::asio::any_io_executor& executor() const noexcept {
        return Never ? never_ : usual_;
    }
    template <bool Never, class Function>
    void execute(Function function) const {
        if (const auto& strand = Never ? never_strand_ : strand_) {
            // What the strand does too, but not before it has asked an executor that allocates for
            // the answer.
            if (!Never && strand->running_in_this_thread())
                std::move(function)();
            else
                strand->execute(std::move(function));
        } else {
            executor<Never>().execute(std::move(function));
        }
    }

private:
    using strand = boost::asio::strand<boost::asio::any_io_executor>;

    boost::asio::any_io_executor usual_;
    boost::asio::any_io_executor never_;
    std::optional<strand> strand_;
    std::optional<strand> never_strand_;
};

/// Whose functions are run. Kept alive by everything that may still run.
class executor_owner {
public:
    /// A function that runs this long without a wait makes everything on its strand late.
    static constexpr std::chrono::milliseconds long_turn{100};

    explicit executor_owner(std::shared_ptr<const watched_place> where) noexcept
        : where_{std::move(where)} {}
    virtual ~executor_owner() = default;
    /// On the executor, after the function.
    virtual void on_long_turn(runtime_clock::duration length) noexcept = 0;
    /// On the executor: a coroutine of it begins, or ends, to wait for what others bring about.
    virtual void on_waiting(bool begins) noexcept = 0;
    /// What its functions run on.
    const watched_place& where() const noexcept { return *where_; }

private:
    const std::shared_ptr<const watched_place> where_;
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

/// Small enough for `any_io_executor` to hold it without an allocation, with either property. It
/// does not count as work of its context: whoever runs handlers waits for them, and does.
template <bool Never>
class watched {
public:
    explicit watched(std::shared_ptr<executor_owner> owner) noexcept : owner_{std::move(owner)} {}

    const std::shared_ptr<executor_owner>& owner() const noexcept { return owner_; }
    const boost::asio::any_io_executor& inner() const noexcept {
        return owner_->where().template executor<Never>();
    }

    template <class Function>
    void execute(Function function) const {
        owner_->where().template execute<Never>(measured<Function>{owner_, std::move(function)});
    }
    template <class Property>
    auto query(const Property& what) const
        -> decltype(boost::asio::query(std::declval<const boost::asio::any_io_executor&>(), what)) {
        return boost::asio::query(inner(), what);
    }
    boost::asio::execution::blocking_t query(boost::asio::execution::blocking_t) const noexcept {
        if constexpr (Never)
            return boost::asio::execution::blocking.never;
        else
            return boost::asio::execution::blocking.possibly;
    }
    watched<true> require(boost::asio::execution::blocking_t::never_t) const noexcept {
        return watched<true>{owner_};
    }
    watched<false> require(boost::asio::execution::blocking_t::possibly_t) const noexcept {
        return watched<false>{owner_};
    }
    friend bool operator==(const watched& a, const watched& b) noexcept {
        return a.owner_ == b.owner_;
    }
    friend bool operator!=(const watched& a, const watched& b) noexcept { return !(a == b); }

private:
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
};

using watched_executor = watched<false>;

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
