#include "testing/event_intents.hpp"
#include "testing/hub.hpp"
#include "testing/json.hpp"

#include <algorithm>

namespace strandcord::testing {

using detail::hub;

void gateway_control::drop(std::uint16_t code, int shard) {
    hub_->act([=](hub& self) { self.gateway.drop(code, shard); });
}

void gateway_control::reset(int shard) {
    hub_->act([=](hub& self) { self.gateway.reset(shard, false); });
}

void gateway_control::reset_in_frame(int shard) {
    hub_->act([=](hub& self) { self.gateway.reset(shard, true); });
}

void gateway_control::refuse_connections(int times, int status,
                                         std::chrono::milliseconds retry_after) {
    hub_->act([=](hub& self) { self.gateway.refuse_connections(times, {status, retry_after}); });
}

void gateway_control::kill_resume_host(bool dead) {
    hub_->act([=](hub& self) { self.gateway.kill_host(self.addresses.gateway.resume_host, dead); });
}

void gateway_control::kill_main_host(bool dead) {
    hub_->act([=](hub& self) { self.gateway.kill_host(self.addresses.gateway.main_host, dead); });
}

void gateway_control::invalidate(bool resumable, int shard) {
    hub_->act([=](hub& self) { self.gateway.invalidate(resumable, shard); });
}

void gateway_control::request_reconnect(int shard) {
    hub_->act([=](hub& self) { self.gateway.send_op(7, shard); });
}

void gateway_control::request_heartbeat(int shard) {
    hub_->act([=](hub& self) { self.gateway.send_op(1, shard); });
}

void gateway_control::stop_acknowledging(bool stop) {
    hub_->act([=](hub& self) { self.gateway.set_acknowledging(!stop); });
}

void gateway_control::withhold_hello(bool withhold) {
    hub_->act([=](hub& self) { self.gateway.withhold_hello(withhold); });
}

void gateway_control::withhold_ready(bool withhold) {
    hub_->act([=](hub& self) { self.gateway.withhold_ready(withhold); });
}

void gateway_control::fail_identify(bool resumable, int times) {
    hub_->act([=](hub& self) { self.gateway.fail_identify(resumable, times); });
}

void gateway_control::close_on_identify(std::uint16_t code, int times) {
    hub_->act([=](hub& self) { self.gateway.close_on_identify(code, times); });
}

void gateway_control::close_on_resume(std::uint16_t code, int times) {
    hub_->act([=](hub& self) { self.gateway.close_on_resume(code, times); });
}

void gateway_control::reconnect_before_hello(int times) {
    hub_->act([=](hub& self) { self.gateway.reconnect_before_hello(times); });
}

void gateway_control::withhold_answers(bool withhold) {
    hub_->act([=](hub& self) { self.gateway.withhold_answers(withhold); });
}

void gateway_control::limit_member_requests(std::chrono::milliseconds retry_after, int times) {
    hub_->act([=](hub& self) { self.gateway.limit_member_requests(retry_after, times); });
}

void gateway_control::heartbeat_interval(std::chrono::milliseconds interval) {
    hub_->act([=](hub& self) { self.gateway.set_heartbeat_interval(interval); });
}

void gateway_control::forget_sessions() {
    hub_->act([](hub& self) { self.gateway.forget_sessions(); });
}

void gateway_control::dispatch(std::string_view type, std::string_view json, snowflake guild) {
    event what;
    what.type = type;
    what.data = json;
    what.guild = guild;
    hub_->act([&what](hub& self) {
        if (what.type == "GUILD_MEMBER_UPDATE") {
            const auto whole = json_value::parse(what.data);
            const auto* who = whole ? whole->find("user") : nullptr;
            what.about_bot = who && who->text_of("id") == to_string(self.state.bot().id);
        }
        // A message by the bot or to it keeps its content, as if the world had made it.
        if (carries_content(what.type)) {
            const auto whole = json_value::parse(what.data);
            const auto own = to_string(self.state.bot().id);
            const auto* author = whole ? whole->find("author") : nullptr;
            const auto* mentions = whole ? whole->find("mentions") : nullptr;
            what.content_for_all = author && author->text_of("id") == own;
            if (mentions)
                for (const auto& each : mentions->items())
                    what.content_for_all = what.content_for_all || each.text_of("id") == own;
        }
        self.state.publish(std::move(what));
    });
}

bool gateway_control::dispatch_to(int shard, std::string_view type, std::string_view json) {
    return hub_->act([=](hub& self) { return self.gateway.dispatch_to(shard, type, json); });
}

void gateway_control::send_raw(std::string_view text, int shard) {
    hub_->act([=](hub& self) { self.gateway.send_raw(text, shard); });
}

void gateway_control::send_bytes(std::string_view bytes, bool binary, int shard) {
    hub_->act([=](hub& self) { self.gateway.send_bytes(bytes, binary, shard); });
}

void gateway_control::bomb(std::size_t size, int shard) {
    hub_->act([=](hub& self) { self.gateway.bomb(size, shard); });
}

void gateway_control::corrupt_next(int shard) {
    hub_->act([=](hub& self) { self.gateway.corrupt_next(shard); });
}

void gateway_control::truncate_next(int shard) {
    hub_->act([=](hub& self) { self.gateway.truncate_next(shard); });
}

void gateway_control::duplicate_next(int count, int shard) {
    hub_->act([=](hub& self) { self.gateway.duplicate_next(count, shard); });
}

void gateway_control::delay(std::chrono::milliseconds late, int shard) {
    hub_->act([=](hub& self) { self.gateway.delay(late, shard); });
}

std::size_t gateway_control::identifies() const {
    return hub_->locked([](hub& self) { return self.gateway.observed().identifies; });
}

std::size_t gateway_control::resumes() const {
    return hub_->locked([](hub& self) { return self.gateway.observed().resumes; });
}

std::size_t gateway_control::heartbeats() const {
    return hub_->locked([](hub& self) { return self.gateway.observed().heartbeats; });
}

std::size_t gateway_control::connections() const {
    return hub_->locked([](hub& self) { return self.gateway.open_connections(); });
}

std::size_t gateway_control::dispatches() const {
    return hub_->locked([](hub& self) { return self.gateway.observed().dispatches; });
}

namespace {

template <class T>
std::vector<T> copied(const std::deque<T>& from) {
    return {from.begin(), from.end()};
}

} // namespace

std::vector<handshake> gateway_control::handshakes() const {
    return hub_->locked([](hub& self) { return copied(self.gateway.observed().handshakes); });
}

std::vector<client_frame> gateway_control::frames() const {
    return hub_->locked([](hub& self) { return copied(self.gateway.observed().frames); });
}

std::vector<client_frame> gateway_control::frames(int op) const {
    auto out = frames();
    std::erase_if(out, [op](const client_frame& each) { return each.op != op; });
    return out;
}

std::vector<client_close> gateway_control::closes() const {
    return hub_->locked([](hub& self) { return copied(self.gateway.observed().closes); });
}

std::vector<std::string> gateway_control::violations() const {
    return hub_->locked([](hub& self) { return copied(self.gateway.observed().violations); });
}

void gateway_control::forget_seen() {
    hub_->locked([](hub& self) { self.gateway.forget_seen(); });
}

void rest_control::fail_next(int status, std::chrono::milliseconds retry_after) {
    fail_next({}, status, retry_after);
}

void rest_control::fail_next(std::string_view route, int status,
                             std::chrono::milliseconds retry_after) {
    rest_answer answer;
    answer.status = status;
    answer.late = retry_after;
    hub_->act([&](hub& self) { self.rest.answer_next(route, 1, answer); });
}

void rest_control::answer_next(std::string_view route, int status, std::string_view body,
                               int times) {
    const auto answer = json_answer(status, std::string{body});
    hub_->act([&](hub& self) { self.rest.answer_next(route, times, answer); });
}

void rest_control::drop_next(int times, std::string_view route) {
    hub_->act([=](hub& self) { self.rest.drop_next(times, route); });
}

void rest_control::refuse(bool refused) {
    hub_->act([=](hub& self) { self.rest.refuse(refused); });
}

void rest_control::delay(std::chrono::milliseconds late, std::string_view route) {
    hub_->act([=](hub& self) { self.rest.delay(late, route); });
}

void rest_control::revoke_token(bool revoked) {
    hub_->act([=](hub& self) {
        self.rest.revoke_token(revoked);
        self.gateway.revoke_token(revoked);
    });
}

void rest_control::limit(std::string_view route, int count, std::chrono::milliseconds per) {
    hub_->act([=](hub& self) { self.rest.limit(route, count, per); });
}

void rest_control::recommend_shards(int count) {
    hub_->act([=](hub& self) { self.rest.recommend_shards(count); });
}

void rest_control::max_concurrency(int identifies_per_5_seconds) {
    hub_->act([=](hub& self) {
        self.rest.set_max_concurrency(identifies_per_5_seconds);
        self.gateway.set_max_concurrency(identifies_per_5_seconds);
    });
}

void rest_control::start_limit(int remaining, int total, std::chrono::milliseconds reset_after) {
    hub_->act([=](hub& self) {
        self.rest.set_start_limit(total, reset_after);
        self.gateway.set_start_limit(remaining);
    });
}

std::vector<seen_request> rest_control::requests() const {
    return hub_->locked([](hub& self) { return copied(self.rest.observed().requests); });
}

std::vector<seen_request> rest_control::requests(std::string_view route) const {
    auto out = requests();
    const auto prefix = hub_->addresses.api_prefix.size();
    std::erase_if(out, [route, prefix](const seen_request& each) {
        const auto path = each.target.substr(std::min(prefix, each.target.size()));
        return (each.method + " " + path).find(route) == std::string::npos;
    });
    return out;
}

std::vector<interaction_answer> rest_control::answers() const {
    return hub_->locked([](hub& self) { return copied(self.rest.observed().answers); });
}

std::vector<std::string> rest_control::violations() const {
    return hub_->locked([](hub& self) { return copied(self.rest.observed().violations); });
}

void rest_control::forget_seen() {
    hub_->locked([](hub& self) { self.rest.forget_seen(); });
}

} // namespace strandcord::testing
