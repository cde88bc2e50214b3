#pragma once

#include "gateway/shard.hpp"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>

namespace strandcord::shards {

class crossing;
enum class side : std::uint8_t;

/// What one shard delivers to: tells when the shard is ready, and passes everything on; while its
/// set replaces another or is replaced, by the rules of `takeover`. On the shard's strand.
class relay final : public gateway::event_sink, public std::enable_shared_from_this<relay> {
public:
    relay(boost::asio::any_io_executor strand, std::unique_ptr<gateway::event_sink> inner,
          std::function<void()> ready);
    ~relay() override;

    /// Null: events go straight through again.
    void cross(std::shared_ptr<crossing> via, side mine);
    void on_dispatch(const gateway::dispatch& event) override;
    bool full() const noexcept override { return inner_->full(); }
    task<> room() override { return inner_->room(); }
    std::int64_t finished(std::int64_t received) const noexcept override;

    /// A frame that was held, now delivered.
    void deliver(const std::shared_ptr<std::string>& frame);
    const boost::asio::any_io_executor& strand() const noexcept { return strand_; }

private:
    boost::asio::any_io_executor strand_;
    std::unique_ptr<gateway::event_sink> inner_;
    std::function<void()> ready_;
    std::shared_ptr<crossing> crossing_;
    side side_{};
    codec::frame_parser parser_; ///< of frames that were held
    /// The first event that did not go straight through: what comes after it may still be held.
    std::atomic<std::int64_t> held_from_{std::numeric_limits<std::int64_t>::max()};
};

} // namespace strandcord::shards
