#include <strandcord/shard.hpp>

#include "bot/engine.hpp"
#include "gateway/commands.hpp"
#include "runtime/run_on.hpp"
#include "runtime/watched_executor.hpp"

#include <boost/asio/this_coro.hpp>

#include <exception>
#include <utility>

namespace strandcord {

namespace {

using target = std::shared_ptr<gateway::shard>;

target find(const std::weak_ptr<bot_engine>& owner, shard_id which) {
    const auto engine = owner.lock();
    auto found = engine ? engine->find(which.index) : nullptr;
    if (!found)
        throw error{errc::shutting_down,
                    "shard " + std::to_string(which.index) + " does not run here any more"};
    return found;
}

task<gateway::answer> ask(target where, gateway::request what) {
    // Or reading would pause for a handler that waits for what is read next.
    const boost::asio::any_io_executor here = co_await boost::asio::this_coro::executor;
    const owner_waits counted_elsewhere{here};
    task<gateway::answer> asking = where->ask(std::move(what));
    gateway::answer got = co_await run_on(where->strand(), std::move(asking));
    co_return std::move(got);
}

// Here and below the request is made when the coroutine runs, so that whatever is wrong with it is
// thrown out of `co_await` like everything else.
template <class Make>
task<> only_send(std::weak_ptr<bot_engine> owner, shard_id which, Make make) {
    target where = find(owner, which);
    // A shard of that index may be of another count by now.
    gateway::request what = gateway::plain_request{make(where->status().shard)};
    task<gateway::answer> asking = ask(std::move(where), std::move(what));
    co_await std::move(asking);
}

template <class T>
task<T> wait_for(std::weak_ptr<bot_engine> owner, shard_id which, gateway::request what) {
    target where = find(owner, which);
    task<gateway::answer> asking = ask(std::move(where), std::move(what));
    gateway::answer got = co_await std::move(asking);
    co_return std::get<T>(std::move(got));
}

task<member_list> members(std::weak_ptr<bot_engine> owner, shard_id which, gateway::request what) {
    try {
        task<member_list> waiting = wait_for<member_list>(owner, which, std::move(what));
        member_list got = co_await std::move(waiting);
        co_return std::move(got);
    } catch (const gateway::incomplete_answer& e) {
        throw incomplete_members{e.code(), e.what(), std::get<member_list>(std::move(e.got()))};
    }
}

task<> learn(target where, snowflake user) {
    where->learn_self(user);
    co_return;
}

task<snowflake> self_of(target where) {
    co_return where->self();
}

task<std::vector<std::string>> record_of(target where) {
    co_return where->flight_record();
}

task<std::vector<std::string>> flight_record_of(std::weak_ptr<bot_engine> owner, shard_id which) {
    target where = find(owner, which);
    task<std::vector<std::string>> reading = record_of(where);
    co_return co_await run_on(where->strand(), std::move(reading));
}

/// A process that resumed another one's session has not seen READY.
task<> make_self_known(std::weak_ptr<bot_engine> owner, target where) {
    const snowflake known = co_await run_on(where->strand(), self_of(where));
    const auto engine = owner.lock();
    if (known || !engine)
        co_return;
    const rest_client rest = engine->rest();
    const user self = co_await rest.get_current_user();
    co_await run_on(where->strand(), learn(where, self.id));
}

task<voice_connection_info> voice(std::weak_ptr<bot_engine> owner, shard_id which,
                                  gateway::request what) {
    target where = find(owner, which);
    co_await make_self_known(owner, std::move(where));
    task<voice_connection_info> waiting =
        wait_for<voice_connection_info>(std::move(owner), which, std::move(what));
    voice_connection_info got = co_await std::move(waiting);
    co_return std::move(got);
}

} // namespace

shard_status shard::status() const {
    const auto engine = owner_.lock();
    const auto found = engine ? engine->find(id_.index) : nullptr;
    if (found)
        return found->status();
    shard_status gone;
    gone.shard = id_;
    gone.state = shard_state::stopped;
    return gone;
}

task<> shard::update_presence(presence_draft draft) const {
    auto make = [draft = std::move(draft)](shard_id) {
        return gateway::presence_command(draft, wall_clock());
    };
    return only_send(owner_, id_, std::move(make));
}

task<> shard::update_voice_state(snowflake guild, std::optional<snowflake> channel, bool mute,
                                 bool deaf) const {
    auto make = [=](shard_id here) {
        gateway::check_guild(guild, here);
        return gateway::voice_state_command(guild, channel, mute, deaf);
    };
    return only_send(owner_, id_, std::move(make));
}

task<> shard::send(std::string payload) const {
    auto make = [payload = std::move(payload)](shard_id) { return payload; };
    return only_send(owner_, id_, std::move(make));
}

task<std::vector<std::string>> shard::flight_record() const {
    return flight_record_of(owner_, id_);
}

task<voice_connection_info> shard::join_voice(snowflake guild, snowflake channel, bool mute,
                                              bool deaf, std::chrono::milliseconds patience) const {
    gateway::request what = gateway::voice_request{guild, channel, mute, deaf, patience};
    return voice(owner_, id_, std::move(what));
}

task<member_list> shard::request_members(member_request what) const {
    return members(owner_, id_, gateway::request{std::move(what)});
}

task<std::vector<soundboard_sounds_data>>
shard::request_soundboard_sounds(std::vector<snowflake> guilds,
                                 std::chrono::milliseconds patience) const {
    gateway::request what = gateway::sounds_request{std::move(guilds), patience};
    return wait_for<std::vector<soundboard_sounds_data>>(owner_, id_, std::move(what));
}

task<channel_info_data> shard::request_channel_info(snowflake guild, channel_info_fields fields,
                                                    std::chrono::milliseconds patience) const {
    gateway::request what = gateway::channel_info_request{guild, fields, patience};
    return wait_for<channel_info_data>(owner_, id_, std::move(what));
}

void shard::stop() const {
    control(shards::shard_order::stop);
}
void shard::start() const {
    control(shards::shard_order::start);
}
void shard::restart() const {
    control(shards::shard_order::restart);
}
void shard::reconnect() const {
    control(shards::shard_order::reconnect);
}

void shard::control(shards::shard_order order) const {
    if (const auto engine = owner_.lock())
        engine->control(id_.index, order);
}

} // namespace strandcord
