#include "gateway/close_codes.hpp"

#include <algorithm>
#include <iterator>

namespace strandcord::gateway {
namespace {

using enum after_close;

constexpr close_rule rules[] = {
    {0, resume, false, false, "the connection broke"},
    {1000, resume, false, false, "normal"},
    {1001, resume, false, false, "going away"},
    {1002, resume, false, true, "protocol error"},
    {1003, resume, false, true, "unsupported data"},
    {1005, resume, false, false, "closed without a code"},
    {1006, resume, false, false, "the connection broke"},
    {1007, resume, false, true, "bad data"},
    {1008, resume, false, true, "policy violation"},
    {1009, resume, false, true, "message too big"},
    {1011, resume, false, false, "server error"},
    {1012, resume, false, false, "service restart"},
    {1013, resume, true, false, "try again later"},
    {1014, resume, true, false, "bad gateway"},
    {1015, resume, false, false, "TLS failure"},
    {4000, resume, false, false, "unknown error"},
    {4001, resume, false, true, "unknown opcode"},
    {4002, resume, false, true, "decode error"},
    {4003, identify, false, false, "not authenticated"},
    {4004, fatal, false, false, "authentication failed"},
    {4005, resume, false, true, "already authenticated"},
    {4006, identify, false, false, "session no longer valid"},
    {4007, identify, false, false, "invalid sequence"},
    {4008, resume, true, true, "rate limited"},
    {4009, identify, false, false, "session timed out"},
    {4010, fatal, false, false, "invalid shard"},
    {4011, fatal, false, false, "sharding required"},
    {4012, fatal, false, false, "invalid API version"},
    {4013, fatal, false, false, "invalid intents"},
    {4014, fatal, false, false, "disallowed intents"},
};

} // namespace

close_rule rule_for(std::uint16_t code) noexcept {
    const auto* found = std::find_if(std::begin(rules), std::end(rules),
                                     [code](const close_rule& rule) { return rule.code == code; });
    if (found != std::end(rules))
        return *found;
    return {code, resume, true, false, "not a documented code"};
}

} // namespace strandcord::gateway
