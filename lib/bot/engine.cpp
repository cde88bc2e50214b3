#include "bot/engine.hpp"

#include "bot/checks.hpp"
#include "core/token.hpp"
#include "gateway/session.hpp"
#include "codec/inflate.hpp"
#include "runtime/run_on.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <algorithm>

namespace strandcord {

namespace asio = boost::asio;

bot_engine::bot_engine(std::optional<asio::any_io_executor> executor, bot_config config, std::string gateway_url)
    : config_{std::move(config)}
    , gateway_url_{std::move(gateway_url)}
    , executor_{std::move(executor)} {
    config_.log.add_secret(config_.token);
    if (!config_.metrics)
        config_.metrics = std::make_shared<registry>();
    // A bot with an executor can use REST before it runs, so its settings are judged now.
    if (executor_)
        prepare();
}

void bot_engine::adopt(std::shared_ptr<void> context, asio::any_io_executor executor) {
    const std::lock_guard lock{mutex_};
    context_ = std::move(context);
    executor_ = std::move(executor);
}

intents bot_engine::effective() const {
    return effective_intents(events_.needs(), config_.privileged, config_.intents);
}

void bot_engine::prepare() {
    check_token(config_.token);
    check_gateway(config_.gateway);
    check_handlers(config_.handlers);
    rest_.emplace(*executor_, rest_config{.token = config_.token,
                                          .rest = config_.rest,
                                          .log = config_.log,
                                          .metrics = config_.metrics,
                                          .transport = config_.transport});
}

task<> bot_engine::run() {
    const auto self = shared_from_this();
    const auto here = co_await asio::this_coro::executor;
    const auto manager = start(here);
    std::exception_ptr failure;
    if (manager) {
        try {
            co_await manager->run();
        } catch (...) {
            failure = std::current_exception();
        }
        // From here on nothing is left half done, whoever is impatient.
        const auto state = co_await asio::this_coro::cancellation_state;
        const bool cancelled = state.cancelled() != asio::cancellation_type::none;
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        co_await drain(cancelled ? std::chrono::nanoseconds{} : config_.handlers.grace);
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    }
    rest_client rest = this->rest();
    rest.close_idle();
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace strandcord
