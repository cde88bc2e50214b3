#include "testing/io_plan.hpp"

#include "net/complete.hpp"
#include "testing/keeping.hpp"

#include <boost/asio/error.hpp>

namespace strandcord::testing {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

std::string_view in_words(io_failure how) noexcept {
    switch (how) {
    case io_failure::error:
        return "fails";
    case io_failure::short_transfer:
        return "moves one byte";
    case io_failure::stall:
        return "stalls";
    case io_failure::cancelled:
        return "goes well, but run() is cancelled";
    }
    return {};
}

class planned final : public net::stream_base {
public:
    planned(net::any_stream inner, std::shared_ptr<io_plan> plan, std::string host)
        : inner_{std::move(inner)}, plan_{std::move(plan)}, host_{std::move(host)} {
        plan_->opened();
    }
    ~planned() override { plan_->closed(); }

    asio::any_io_executor executor() const noexcept override { return inner_.get_executor(); }

    void read_some(asio::mutable_buffer where, net::transfer_handler handler) override {
        const auto turn = plan_->next("a read", host_);
        if (turn == io_failure::short_transfer)
            where = asio::buffer(where, 1);
        else if (turn)
            return misbehave(*turn, std::move(handler), reading_);
        inner_.async_read_some(where, keeping(shared_from_this(), std::move(handler)));
    }
    void write_some(asio::const_buffer what, net::transfer_handler handler) override {
        const auto turn = plan_->next("a write", host_);
        if (turn == io_failure::short_transfer)
            what = asio::buffer(what, 1);
        else if (turn)
            return misbehave(*turn, std::move(handler), writing_);
        inner_.async_write_some(what, keeping(shared_from_this(), std::move(handler)));
    }
    void shutdown(net::end_handler handler) override {
        inner_.async_shutdown(keeping(shared_from_this(), std::move(handler)));
    }
    void close() noexcept override {
        inner_.close();
        end_stalled();
    }
    void reset() noexcept override {
        inner_.reset();
        end_stalled();
    }

private:
    void misbehave(io_failure how, net::transfer_handler handler, net::transfer_handler& stalled) {
        if (how == io_failure::error) {
            inner_.reset();
            net::complete_later(std::move(handler), executor(), asio::error::connection_reset, 0);
        } else {
            auto slot = handler.get_cancellation_slot();
            if (slot.is_connected()) {
                std::weak_ptr<net::stream_base> weak = weak_from_this();
                slot.assign([this, weak, &stalled](asio::cancellation_type) {
                    if (const auto alive = weak.lock())
                        abandon(stalled);
                });
            }
            stalled.swap(handler);
        }
    }

    void abandon(net::transfer_handler& stalled) {
        if (!stalled)
            return;
        net::transfer_handler ended;
        ended.swap(stalled);
        net::complete_later(std::move(ended), executor(), asio::error::operation_aborted, 0);
    }

    void end_stalled() noexcept {
        for (auto* one : {&reading_, &writing_}) {
            if (!*one)
                continue;
            auto slot = one->get_cancellation_slot();
            if (slot.is_connected())
                slot.clear();
            abandon(*one);
        }
    }

    net::any_stream inner_;
    std::shared_ptr<io_plan> plan_;
    std::string host_;
    net::transfer_handler reading_ = nullptr;
    net::transfer_handler writing_ = nullptr;
};

} // namespace

std::optional<io_failure> io_plan::next(std::string_view what, std::string_view host) {
    if (++operations_ != number_)
        return std::nullopt;
    failed_ = "operation " + std::to_string(number_) + ", " + std::string{what} + " of " +
              std::string{host} + ", " + std::string{in_words(how_)};
    if (how_ == io_failure::cancelled) {
        cancel_runs();
        return std::nullopt;
    }
    return how_;
}

net::any_stream planned_stream(net::any_stream inner, std::shared_ptr<io_plan> plan,
                               std::string host) {
    return net::any_stream{
        std::make_shared<planned>(std::move(inner), std::move(plan), std::move(host))};
}

task<> planned_opening(std::shared_ptr<io_plan> plan, std::string host) {
    const auto turn = plan->next("an opening", host);
    if (turn == io_failure::error)
        throw error{asio::error::connection_refused, host + " refuses connections."};
    if (turn == io_failure::stall)
        co_await sleep_for(std::chrono::hours{24 * 365});
}

} // namespace strandcord::testing
