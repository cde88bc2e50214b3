#include "net/memory_pipe.hpp"

#include "net/complete.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/prepend.hpp>
#include <boost/asio/query.hpp>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <set>

namespace strandcord::net {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

class pipe_end;

// What flows one way. Guarded by the pipe's mutex.
struct flow {
    std::string bytes = {};
    std::size_t taken = 0;
    bool ended = false;
    bool reset = false;

    std::size_t unread() const noexcept { return bytes.size() - taken; }

    std::size_t take(asio::mutable_buffer where) {
        const std::size_t size = std::min(where.size(), unread());
        std::memcpy(where.data(), bytes.data() + taken, size);
        taken += size;
        if (taken == bytes.size())
            drop();
        return size;
    }
    void put(const char* data, std::size_t size) {
        if (taken != 0 && taken >= bytes.size() / 2) {
            bytes.erase(0, taken);
            taken = 0;
        }
        bytes.append(data, size);
    }
    // A large payload does not pin its memory.
    void drop() {
        constexpr std::size_t kept = 64U * 1024;
        if (bytes.capacity() > kept)
            std::string{}.swap(bytes);
        bytes.clear();
        taken = 0;
    }
};

struct pipe_state {
    std::mutex mutex;
    flow flows[2];
    std::weak_ptr<pipe_end> ends[2];
    std::size_t capacity = unlimited_pipe;
};

// A read or write that waits. Belongs to its end's executor; keeps that executor's context running.
struct waiting {
    waiting() = default;
    waiting(waiting&&) = default;
    // The assignment of any_completion_handler in Boost 1.81 calls itself without end.
    waiting& operator=(waiting&& other) noexcept {
        handler.swap(other.handler);
        work.swap(other.work);
        std::swap(data, other.data);
        std::swap(size, other.size);
        return *this;
    }

    transfer_handler handler = nullptr;
    asio::any_io_executor work = {};
    void* data = nullptr;
    std::size_t size = 0;
};

// The ends that live on one execution context.
struct residents {
    std::mutex mutex;
    std::set<pipe_end*> ends;
};

// A waiting handler owns its coroutine, which owns the pipe, which owns the handler: a context that
// is destroyed meanwhile must cut this circle, as it does for sockets.
class pipe_service final : public asio::execution_context::service {
public:
    using key_type = pipe_service;
    static asio::execution_context::id id;

    explicit pipe_service(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    std::shared_ptr<residents> ends = std::make_shared<residents>();

private:
    void shutdown() override;
};

asio::execution_context::id pipe_service::id;

class pipe_end final : public stream_base {
public:
    pipe_end(std::shared_ptr<pipe_state> state, std::size_t side, asio::any_io_executor executor)
        : state_{std::move(state)}
        , side_{side}
        , executor_{std::move(executor)}
        , residents_{
              asio::use_service<pipe_service>(asio::query(executor_, asio::execution::context))
                  .ends} {
        const std::lock_guard lock{residents_->mutex};
        residents_->ends.insert(this);
    }
    ~pipe_end() override {
        const std::lock_guard lock{residents_->mutex};
        residents_->ends.erase(this);
    }

    // Gives the waiting handlers up, uncalled.
    std::pair<waiting, waiting> release() noexcept {
        return {std::exchange(read_, waiting{}), std::exchange(write_, waiting{})};
    }

    asio::any_io_executor executor() const noexcept override { return executor_; }

    void read_some(asio::mutable_buffer where, transfer_handler handler) override {
        start(read_, where.data(), where.size(), std::move(handler), &pipe_end::try_read);
    }
    void write_some(asio::const_buffer what, transfer_handler handler) override {
        // Only read from again.
        start(write_, const_cast<void*>(what.data()), what.size(), std::move(handler),
              &pipe_end::try_write);
    }
    void shutdown(end_handler handler) override {
        {
            const std::lock_guard lock{state_->mutex};
            outgoing().ended = true;
        }
        wake_peer();
        complete_later(std::move(handler), executor_, {});
    }
    void close() noexcept override { drop(false); }
    void reset() noexcept override { drop(true); }

private:
    struct outcome {
        bool done = false;
        error_code failure = {};
        std::size_t transferred = 0;
    };
    using attempt = outcome (pipe_end::*)(const waiting&);

    flow& incoming() noexcept { return state_->flows[1 - side_]; }
    flow& outgoing() noexcept { return state_->flows[side_]; }

    void start(waiting& place, void* data, std::size_t size, transfer_handler handler,
               attempt try_now) {
        waiting operation;
        operation.data = data;
        operation.size = size;
        const outcome result = (this->*try_now)(operation);
        if (result.done) {
            complete_later(std::move(handler), executor_, result.failure, result.transferred);
            return;
        }
        operation.handler.swap(handler);
        operation.work = asio::prefer(executor_, asio::execution::outstanding_work.tracked);
        auto slot = operation.handler.get_cancellation_slot();
        if (slot.is_connected()) {
            std::weak_ptr<stream_base> weak = weak_from_this();
            slot.assign([this, weak, &place](asio::cancellation_type) {
                if (const auto alive = weak.lock())
                    abandon(place);
            });
        }
        place = std::move(operation);
    }

    void abandon(waiting& place) {
        if (!place.handler)
            return;
        waiting ended = std::exchange(place, waiting{});
        complete_later(std::move(ended.handler), executor_, asio::error::operation_aborted, 0);
    }

    void end_early(waiting& place) {
        if (!place.handler)
            return;
        clear_slot(place);
        abandon(place);
    }

    static void clear_slot(waiting& place) {
        auto slot = place.handler.get_cancellation_slot();
        if (slot.is_connected())
            slot.clear();
    }

    outcome try_read(const waiting& operation) {
        if (closed_)
            return {true, asio::error::operation_aborted, 0};
        outcome result;
        bool room = false;
        {
            const std::lock_guard lock{state_->mutex};
            flow& from = incoming();
            if (from.reset) {
                result = {true, asio::error::connection_reset, 0};
            } else if (from.unread() != 0) {
                const std::size_t size = from.take({operation.data, operation.size});
                result = {true, {}, size};
                room = state_->capacity != unlimited_pipe;
            } else if (from.ended) {
                result = {true, asio::error::eof, 0};
            }
        }
        if (room)
            wake_peer();
        return result;
    }

    outcome try_write(const waiting& operation) {
        if (closed_)
            return {true, asio::error::operation_aborted, 0};
        std::size_t size = 0;
        {
            const std::lock_guard lock{state_->mutex};
            flow& into = outgoing();
            if (incoming().reset)
                return {true, asio::error::connection_reset, 0};
            if (into.ended || state_->ends[1 - side_].expired())
                return {true, asio::error::broken_pipe, 0};
            const std::size_t used = into.unread();
            size = used < state_->capacity ? std::min(operation.size, state_->capacity - used) : 0;
            if (size == 0)
                return {};
            into.put(static_cast<const char*>(operation.data), size);
        }
        wake_peer();
        return {true, {}, size};
    }

    // The peer looks for itself, on its own executor, so an operation is touched only there.
    void wake_peer() {
        std::shared_ptr<pipe_end> peer;
        {
            const std::lock_guard lock{state_->mutex};
            peer = state_->ends[1 - side_].lock();
        }
        if (peer)
            asio::post(peer->executor_, [peer] { peer->look(); });
    }

    void look() {
        proceed(read_, &pipe_end::try_read);
        proceed(write_, &pipe_end::try_write);
    }

    void proceed(waiting& place, attempt try_now) {
        if (!place.handler)
            return;
        const outcome result = (this->*try_now)(place);
        if (!result.done)
            return;
        clear_slot(place);
        waiting ended = std::exchange(place, waiting{});
        asio::dispatch(executor_,
                       asio::prepend(std::move(ended.handler), result.failure, result.transferred));
    }

    void drop(bool with_reset) noexcept {
        if (std::exchange(closed_, true))
            return;
        {
            const std::lock_guard lock{state_->mutex};
            outgoing().ended = true;
            outgoing().reset = with_reset;
            state_->ends[side_].reset();
        }
        end_early(read_);
        end_early(write_);
        wake_peer();
    }

    std::shared_ptr<pipe_state> state_;
    std::size_t side_;
    asio::any_io_executor executor_;
    std::shared_ptr<residents> residents_;
    bool closed_ = false;
    waiting read_;
    waiting write_;
};

void pipe_service::shutdown() {
    // Destroyed after the lock is gone: this may destroy ends.
    std::vector<std::pair<waiting, waiting>> released;
    {
        const std::lock_guard lock{ends->mutex};
        for (pipe_end* end : ends->ends)
            released.push_back(end->release());
    }
}

} // namespace

std::pair<any_stream, any_stream>
make_memory_pipe(asio::any_io_executor first, asio::any_io_executor second, std::size_t capacity) {
    const auto state = std::make_shared<pipe_state>();
    state->capacity = capacity;
    const auto a = std::make_shared<pipe_end>(state, 0, std::move(first));
    const auto b = std::make_shared<pipe_end>(state, 1, std::move(second));
    state->ends[0] = a;
    state->ends[1] = b;
    return {any_stream{a}, any_stream{b}};
}

} // namespace strandcord::net
