#include "sandbox_watch.hpp"

#include "testing/hub.hpp"
#include "testing/json.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace sc = strandcord;
using sc::testing::json_value;
using sc::testing::detail::hub;

namespace {

constexpr int heartbeat = 1;
constexpr int resume = 6;

struct sighting {
    sc::testing::gateway_server::seen gateway;
    sc::testing::rest_server::seen rest;
    std::map<std::string, sandbox_watch::session> sessions;
};

sighting take_sighting(hub& where) {
    return where.locked([](hub& self) {
        sighting out;
        out.gateway = self.gateway.observed();
        out.rest = self.rest.observed();
        self.gateway.forget_seen();
        self.rest.forget_seen();
        for (const auto& each : self.gateway.sessions().all())
            out.sessions[each.id] = {each.shard, each.sequence, 0, each.connection, each.lost_at};
        return out;
    });
}

json_value data_of(const sc::testing::client_frame& frame) {
    const auto whole = json_value::parse(frame.text);
    const auto* data = whole ? whole->find("d") : nullptr;
    return data ? *data : json_value{};
}

void print_resume(const json_value& data,
                  const std::map<std::string, sandbox_watch::session>& sessions) {
    const auto known = sessions.find(std::string{data.text_of("session_id")});
    const auto* from = data.find("seq");
    if (known == sessions.end() || !from)
        std::printf("resume of no known session\n");
    else
        std::printf("resume shard=%d/%d seq=%s\n", known->second.shard.index,
                    known->second.shard.count, from->dump().c_str());
}

bool is_reply(const sc::testing::seen_request& request) {
    const std::string_view target = request.target;
    const auto ends = [target](std::string_view with) {
        return target.size() >= with.size() && target.substr(target.size() - with.size()) == with;
    };
    return request.method == "POST" && request.status == 200 &&
           target.find("/channels/") != target.npos && ends("/messages");
}

std::string content_of(const sc::testing::seen_request& request) {
    const auto body = json_value::parse(request.body);
    return sc::testing::json_quoted(body ? body->text_of("content") : std::string_view{});
}

} // namespace

void sandbox_watch::look() {
    auto seen = take_sighting(*hub_);
    counts_.identifies += seen.gateway.identifies;
    counts_.resumes += seen.gateway.resumes;
    counts_.dispatches += seen.gateway.dispatches;
    counts_.closes += seen.gateway.closes.size();
    counts_.violations += seen.gateway.violations.size() + seen.rest.violations.size();
    counts_.replies += seen.rest.answers.size();

    for (auto& [id, each] : sessions_) {
        each.ended = seen.sessions.count(id) == 0;
        if (each.ended)
            each.connection = 0;
    }
    for (const auto& [id, now] : seen.sessions) {
        auto [known, made] = sessions_.try_emplace(id, now);
        auto& kept = known->second;
        if (made)
            std::printf("session shard=%d/%d\n", now.shard.index, now.shard.count);
        kept.sent = now.sent;
        kept.connection = now.connection;
        kept.lost_at = now.lost_at;
    }
    for (const auto& frame : seen.gateway.frames) {
        if (frame.op == resume)
            print_resume(data_of(frame), sessions_);
        if (frame.op != heartbeat)
            continue;
        const auto sequence = data_of(frame).integer().value_or(0); // null: nothing yet
        for (auto& [id, each] : sessions_)
            if (each.connection == frame.connection)
                each.confirmed = std::max(each.confirmed, sequence);
    }
    for (const auto& close : seen.gateway.closes)
        std::printf("left shard=%d code=%d\n", close.shard, static_cast<int>(close.code));
    for (const auto& request : seen.rest.requests) {
        if (!is_reply(request))
            continue;
        ++counts_.replies;
        if (talkative_)
            std::printf("reply content=%s\n", content_of(request).c_str());
    }
    for (const auto& sentence : seen.gateway.violations)
        std::printf("violation %s\n", sentence.c_str());
    for (const auto& sentence : seen.rest.violations)
        std::printf("violation %s\n", sentence.c_str());
    std::fflush(stdout);
}

std::size_t sandbox_watch::connected() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(sessions_.begin(), sessions_.end(),
                      [](auto& each) { return each.second.connection != 0; }));
}

bool sandbox_watch::complete() const {
    std::map<int, std::set<int>> present;
    for (const auto& [id, each] : sessions_)
        if (each.connection != 0)
            present[each.shard.count].insert(each.shard.index);
    return std::any_of(present.begin(), present.end(), [](const auto& each) {
        return each.second.size() == static_cast<std::size_t>(each.first);
    });
}

std::int64_t sandbox_watch::sent() const noexcept {
    std::int64_t sum = 0;
    for (const auto& [id, each] : sessions_)
        sum += each.sent;
    return sum;
}

std::int64_t sandbox_watch::unconfirmed() const noexcept {
    std::int64_t sum = 0;
    for (const auto& [id, each] : sessions_)
        if (!each.ended)
            sum += std::max<std::int64_t>(0, each.sent - each.confirmed);
    return sum;
}
