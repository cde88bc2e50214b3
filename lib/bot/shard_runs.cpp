#include "bot/shard_runs.hpp"

#include "bot/handler_run.hpp"

#include <boost/asio/post.hpp>

namespace strandcord::bot_detail {

shard_runs::shard_runs(boost::asio::any_io_executor strand)
    : changed_{std::move(strand), timer::time_point::max()} {}

void shard_runs::add(handler_run& run) noexcept {
    const std::lock_guard lock{mutex_};
    run.older = newest_;
    (newest_ ? newest_->newer : oldest_) = &run;
    newest_ = &run;
}

void shard_runs::remove(handler_run& run) noexcept {
    const std::lock_guard lock{mutex_};
    (run.older ? run.older->newer : oldest_) = run.newer;
    (run.newer ? run.newer->older : newest_) = run.older;
    run.older = run.newer = nullptr;
}

void shard_runs::collect(beginnings& into) const {
    const std::lock_guard lock{mutex_};
    for (const handler_run* one = oldest_; one; one = one->newer) {
        const auto [known, fresh] = into.try_emplace(one->handler.get(), one->started);
        if (!fresh && one->started < known->second)
            known->second = one->started;
    }
}

void shard_runs::wake() {
    // `changed_` may be touched on its strand only.
    boost::asio::post(changed_.get_executor(),
                      [self = shared_from_this()] { self->changed_.cancel(); });
}

} // namespace strandcord::bot_detail
