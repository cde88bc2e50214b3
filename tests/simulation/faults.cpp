#include "simulation.hpp"

namespace strandcord::simulation {
namespace {

using namespace std::chrono_literals;
using testing::every_shard;

bool ends_session(std::uint16_t code) {
    return code == 4003 || code == 4006 || code == 4007 || code == 4009;
}

/// Op 9 false, to who has a session.
void invalidate(simulation& s) {
    const int target = s.any_target();
    for (int shard = 0; shard < s.shards(); ++shard)
        if (target == every_shard || target == shard)
            s.gateway().invalidate(false, shard);
}

/// Any code that does not end the bot; 0 is a close frame without one.
std::uint16_t any_code(simulation& s) {
    return s.one_of<std::uint16_t>({0,    1000, 1001, 1002, 1003, 1007, 1008, 1009,
                                    1011, 1012, 1013, 1014, 4000, 4001, 4002, 4003,
                                    4005, 4006, 4007, 4008, 4009, 3000, 4020, 4999});
}

void drop(simulation& s) {
    const auto code = any_code(s);
    const int target = s.any_target();
    if (ends_session(code))
        s.excuse(target, "close code " + std::to_string(code));
    s.say("  code " + std::to_string(code) + " shard " + std::to_string(target));
    s.gateway().drop(code, target);
}

void reset(simulation& s) {
    s.gateway().reset(s.any_target());
}

void reset_in_frame(simulation& s) {
    s.gateway().reset_in_frame(s.any_target());
}

void stall(simulation& s) {
    const int target = s.any_target();
    s.gateway().delay(std::chrono::duration_cast<std::chrono::milliseconds>(s.between(1s, 60s)),
                      target);
    s.later(s.between(5s, 90s), [&s, target] { s.gateway().delay(0ms, target); });
}

void half_open(simulation& s) {
    s.gateway().stop_acknowledging();
    s.later(s.between(30s, 150s), [&s] { s.gateway().stop_acknowledging(false); });
}

void duplicate(simulation& s) {
    s.gateway().duplicate_next(1 + s.any(5), s.any_target());
}

void corrupt(simulation& s) {
    const int target = s.any_target();
    s.damaged(target);
    s.gateway().corrupt_next(target);
}

void truncate(simulation& s) {
    const int target = s.any_target();
    s.damaged(target);
    s.gateway().truncate_next(target);
}

void bomb(simulation& s) {
    const int target = s.any_target();
    s.damaged(target);
    s.gateway().bomb(300'000, target);
}

void garbage(simulation& s) {
    s.gateway().send_raw(s.one_of<const char*>({"{{{", "", "[]", R"({"op":99})", R"({"op":0})"}),
                         s.any_target());
}

void reconnect(simulation& s) {
    s.gateway().request_reconnect(s.any_target());
}

void reconnect_first(simulation& s) {
    s.gateway().reconnect_before_hello(1 + s.any(3));
    s.gateway().drop(4000, s.any_target());
}

void invalid_resumable(simulation& s) {
    s.gateway().invalidate(true, s.any_target());
}

void forget(simulation& s) {
    s.gateway().forget_sessions();
    s.gateway().drop(4000, every_shard);
}

void ask_heartbeats(simulation& s) {
    for (int times = 1 + s.any(4); times > 0; --times)
        if (const int shard = s.any_shard(); s.may_ask(shard))
            s.gateway().request_heartbeat(shard);
}

void refuse_identify(simulation& s) {
    s.gateway().fail_identify(s.chance(50), 1 + s.any(3));
    invalidate(s);
}

void close_identify(simulation& s) {
    s.gateway().close_on_identify(any_code(s), 1 + s.any(2));
    invalidate(s);
}

void close_resume(simulation& s) {
    const auto code = any_code(s);
    const int target = s.any_target();
    if (ends_session(code))
        s.a_resume_will_end();
    s.gateway().close_on_resume(code, 1);
    s.gateway().drop(4000, target);
}

void refuse(simulation& s) {
    const int status = s.one_of({0, 429, 500, 502, 503, 520});
    s.gateway().refuse_connections(1 + s.any(6), status, status == 429 ? 20s : 0s);
    s.gateway().drop(4000, s.any_target());
}

void resume_host_dies(simulation& s) {
    s.gateway().kill_resume_host();
    s.gateway().drop(4000, s.any_target());
    s.later(s.between(5s, 4min), [&s] { s.gateway().kill_resume_host(false); });
}

void main_host_dies(simulation& s) {
    s.gateway().kill_main_host();
    if (s.chance(50))
        invalidate(s);
    s.later(s.between(5s, 3min), [&s] { s.gateway().kill_main_host(false); });
}

void both_hosts_die(simulation& s) {
    s.gateway().kill_main_host();
    s.gateway().kill_resume_host();
    s.gateway().drop(0, s.any_target());
    s.later(s.between(5s, 6min), [&s] {
        s.gateway().kill_main_host(false);
        s.gateway().kill_resume_host(false);
    });
}

void no_hello(simulation& s) {
    s.gateway().withhold_hello();
    s.gateway().drop(4000, s.any_target());
    s.later(s.between(5s, 2min), [&s] { s.gateway().withhold_hello(false); });
}

void no_ready(simulation& s) {
    s.gateway().withhold_ready();
    invalidate(s);
    s.later(s.between(5s, 3min), [&s] { s.gateway().withhold_ready(false); });
}

void rest_fails(simulation& s) {
    for (int times = 1 + s.any(5); times > 0; --times) {
        const int status = s.one_of({429, 500, 502, 503, 504});
        s.rest().fail_next(status, status == 429 ? 3s : 0s);
    }
}

void rest_drops(simulation& s) {
    s.rest().drop_next(1 + s.any(3));
}

void rest_dies(simulation& s) {
    s.rest().refuse();
    s.later(s.between(5s, 2min), [&s] { s.rest().refuse(false); });
}

} // namespace

const std::vector<fault>& all_faults() {
    static const std::vector<fault> all{
        {"drop with a code", 12, drop},
        {"TCP reset", 6, reset},
        {"reset in mid-frame", 5, reset_in_frame},
        {"frames late", 5, stall},
        {"no acknowledgements", 2, half_open},
        {"frames twice", 6, duplicate},
        {"a byte changed", 5, corrupt},
        {"a message cut", 5, truncate},
        {"a bomb", 1, bomb},
        {"garbage", 3, garbage},
        {"op 7", 6, reconnect},
        {"op 7 before Hello", 2, reconnect_first},
        {"op 9 true", 5, invalid_resumable},
        {"op 9 false", 3, invalidate},
        {"sessions forgotten", 1, forget},
        {"heartbeats asked for", 3, ask_heartbeats},
        {"Identify refused by op 9", 2, refuse_identify},
        {"Identify refused by a close", 2, close_identify},
        {"Resume refused by a close", 3, close_resume},
        {"connections refused", 4, refuse},
        {"resume host dead", 3, resume_host_dies},
        {"main host dead", 2, main_host_dies},
        {"both hosts dead", 2, both_hosts_die},
        {"no Hello", 2, no_hello},
        {"no READY", 2, no_ready},
        {"REST 429 and 5xx", 3, rest_fails},
        {"REST dropped", 2, rest_drops},
        {"REST dead", 2, rest_dies},
    };
    return all;
}

} // namespace strandcord::simulation
