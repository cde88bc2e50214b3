#include <strandcord/bot.hpp>

#include "bot/engine.hpp"

namespace strandcord {

bot::bot(bot_config config, abi::tag)
    : engine_{std::make_shared<bot_engine>(std::nullopt, std::move(config), std::string{})} {}

bot::bot(boost::asio::any_io_executor executor, bot_config config, abi::tag)
    : engine_{std::make_shared<bot_engine>(std::move(executor), std::move(config), std::string{})} {
}

bot::~bot() {
    engine_->stop();
}

dispatcher& bot::events() noexcept {
    return engine_->events();
}
task<> bot::run() {
    return run_engine(engine_);
}
void bot::stop() {
    engine_->stop();
}
task<std::vector<resume_point>> bot::hand_over() {
    return hand_over_engine(engine_);
}
rest_client bot::rest() const {
    return engine_->rest();
}
std::vector<shard_status> bot::status() const {
    return engine_->status();
}
strandcord::shard bot::shard(int index) const {
    return engine_->shard_at(index);
}
strandcord::shard bot::shard_of(snowflake guild) const {
    return engine_->shard_for(guild);
}
void bot::update_presence(presence_draft draft) {
    engine_->update_presence(draft);
}
void bot::send(int shard_index, std::string payload) {
    engine_->send(shard_index, std::move(payload));
}
void bot::broadcast(std::string payload) {
    engine_->broadcast(std::move(payload));
}
task<bool> bot::autoscale() {
    return engine_->autoscale();
}
task<> bot::reshard(shard_plan plan) {
    return engine_->reshard(std::move(plan));
}
intents bot::effective_intents() const {
    return engine_->effective();
}
memory_cache& bot::cache() const noexcept {
    return engine_->cache();
}

std::string bot::state_json() const {
    return engine_->state_json();
}
meter& bot::metrics() const noexcept {
    return engine_->metrics();
}

} // namespace strandcord
