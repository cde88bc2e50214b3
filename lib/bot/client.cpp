#include <strandcord/client.hpp>

#include "bot/engine.hpp"

namespace strandcord {

namespace {

/// One shard of a set whose other shards are somebody else's business.
bot_config as_bot(client_config&& config) {
    bot_config out{.token = std::move(config.token)};
    out.intents = config.intents;
    out.shards = shard_plan::range(config.shard.index, config.shard.index, config.shard.count);
    out.presence = std::move(config.presence);
    out.gateway = std::move(config.gateway);
    out.rest = std::move(config.rest);
    out.handlers = config.handlers;
    out.cache = std::move(config.cache);
    out.resume = std::move(config.resume);
    out.sessions = std::move(config.sessions);
    out.commit = config.commit;
    out.log = std::move(config.log);
    out.metrics = std::move(config.metrics);
    out.transport = std::move(config.transport);
    return out;
}

} // namespace

client::client(boost::asio::any_io_executor executor, client_config config) {
    std::string url = std::move(config.gateway_url);
    engine_ = std::make_shared<bot_engine>(std::move(executor), as_bot(std::move(config)),
                                           std::move(url));
}

client::~client() {
    engine_->stop();
}

dispatcher& client::events() noexcept {
    return engine_->events();
}
task<> client::run() {
    return run_engine(engine_);
}
void client::stop() {
    engine_->stop();
}
task<std::vector<resume_point>> client::hand_over() {
    return hand_over_engine(engine_);
}
void client::send(std::string payload) {
    engine_->broadcast(std::move(payload));
}
strandcord::shard client::shard() const {
    return engine_->any_shard();
}
memory_cache& client::cache() const noexcept {
    return engine_->cache();
}

std::string client::state_json() const {
    return engine_->state_json();
}
rest_client client::rest() const {
    return engine_->rest();
}

shard_status client::status() const {
    const auto all = engine_->status();
    return all.empty() ? shard_status{} : all.front();
}

} // namespace strandcord
