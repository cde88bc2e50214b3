#pragma once

// A requests machine and its clock, in the words of a test. `sends()` takes what it wants sent and
// says that it went out.

#include "gateway/requests.hpp"
#include "support/log_capture.hpp"

#include <strandcord/json.hpp>

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::gateway::asked {

using namespace std::chrono_literals;

/// On shard 0 of 1.
inline constexpr snowflake home{41771983444115456};
inline constexpr snowflake away{81384788765712384};

struct script {
    explicit script(intents with = intents::all(), shard_id shard = {0, 1})
        : machine{shard, with, 0xABCDEF01, logs.log(), counters} {}

    requests::id_type opens(request what) { return machine.open(std::move(what), now); }
    requests::id_type asks(member_request what) { return opens(request{std::move(what)}); }
    /// What it wants sent.
    std::vector<std::string> sends() {
        std::vector<std::string> out;
        while (auto command = machine.next()) {
            out.push_back(command->text);
            machine.on_outcome(command->id, {}, now);
        }
        return out;
    }
    void hears(std::string_view type, std::string_view data) {
        machine.on_dispatch(type, data, now);
    }
    void waits(requests::duration length) {
        now += length;
        machine.on_time(now);
    }
    std::vector<requests::settled> ends() {
        std::vector<requests::settled> out;
        while (auto one = machine.next_settled())
            out.push_back(std::move(*one));
        return out;
    }
    requests::settled end() {
        auto all = ends();
        REQUIRE(all.size() == 1);
        return std::move(all.front());
    }

    test::log_capture logs;
    std::shared_ptr<registry> counters = std::make_shared<registry>();
    requests::time_point now{1h};
    requests machine;
};

/// The nonce of a frame of ours.
inline std::string nonce_of(const std::string& frame) {
    const auto at = frame.find("\"nonce\":\"");
    REQUIRE(at != std::string::npos);
    const auto begin = at + 9;
    return frame.substr(begin, frame.find('"', begin) - begin);
}

/// A chunk whose only member is number `member`; without a nonce when it is empty.
inline std::string chunk(int index, int count, int member, const std::string& nonce,
                         snowflake of = home, const std::string& more = {}) {
    std::string out = R"({"guild_id":")" + to_string(of) + R"(","members":[{"user":{"id":")" +
                      std::to_string(member) + R"("},"roles":[]}],"chunk_index":)" +
                      std::to_string(index) + R"(,"chunk_count":)" + std::to_string(count);
    if (!nonce.empty())
        out += R"(,"nonce":")" + nonce + "\"";
    return out + more + "}";
}

inline std::vector<std::uint64_t> ids_of(const member_list& list) {
    std::vector<std::uint64_t> out;
    for (const auto& one : list.members)
        out.push_back(one.user->id.value);
    return out;
}

inline std::string limited(const std::string& seconds, const std::string& nonce,
                           snowflake of = home) {
    std::string out = R"({"opcode":8,"retry_after":)" + seconds + R"(,"meta":{"guild_id":")" +
                      to_string(of) + "\"";
    if (!nonce.empty())
        out += R"(,"nonce":")" + nonce + "\"";
    return out + "}}";
}

} // namespace strandcord::gateway::asked
