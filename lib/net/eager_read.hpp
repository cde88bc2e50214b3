#pragma once

#include "net/any_stream.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

#include <utility>

namespace strandcord::net {

/// Lets a read whose bytes are already here end within the call that starts it. Asio's rule that
/// every operation ends later costs a turn of the event loop, and with it a system call, for every
/// small message. Only what the read itself posts while it is being started runs at once, a bounded
/// number of times, and never a read from the network: so others get their turn.
class eager_read {
public:
    eager_read(boost::asio::any_io_executor executor, any_stream& stream)
        : dispatching_{std::move(executor)}
        , posting_{boost::asio::require(dispatching_, boost::asio::execution::blocking.never)}
        , stream_{stream} {}
    eager_read(const eager_read&) = delete;
    eager_read& operator=(const eager_read&) = delete;

    /// Runs `start`, which starts the read.
    template <class Start>
    void run(Start start) {
        const turn while_starting{*this};
        start();
    }

private:
    friend class eager_executor;

    struct turn {
        explicit turn(eager_read& read) noexcept
            : stream{read.stream_}, outer{std::exchange(starting_, &read)} {
            stream.allow_immediate(steps);
        }
        ~turn() {
            stream.allow_immediate(0);
            starting_ = outer;
        }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;

        any_stream& stream;
        const eager_read* outer;
    };

    // Each may nest within the one before, so this bounds the stack, too.
    static constexpr int steps = 16;
    static inline thread_local const eager_read* starting_ = nullptr;

    boost::asio::any_io_executor dispatching_;
    boost::asio::any_io_executor posting_;
    any_stream& stream_;
};

/// The executor to associate with the read's handler. Must not outlive its `eager_read`, which the
/// handler keeps alive.
class eager_executor {
public:
    explicit eager_executor(const eager_read& read) noexcept : read_{&read} {}

    template <class Function>
    void execute(Function&& function) const {
        if (eager_read::starting_ == read_ && read_->stream_.take_immediate()) {
            auto now = std::forward<Function>(function);
            now();
        } else {
            (later_ ? read_->posting_ : read_->dispatching_)
                .execute(std::forward<Function>(function));
        }
    }

    eager_executor require(boost::asio::execution::blocking_t::never_t) const noexcept {
        eager_executor other{*this};
        other.later_ = true;
        return other;
    }
    eager_executor require(boost::asio::execution::blocking_t::possibly_t) const noexcept {
        eager_executor other{*this};
        other.later_ = false;
        return other;
    }
    boost::asio::execution_context& query(boost::asio::execution::context_t) const {
        return boost::asio::query(read_->dispatching_, boost::asio::execution::context);
    }

    friend bool operator==(const eager_executor&, const eager_executor&) noexcept = default;

private:
    const eager_read* read_;
    bool later_ = false;
};

} // namespace strandcord::net
