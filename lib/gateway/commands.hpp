#pragma once

// What a client sends, as complete payloads. What is wrong with an argument is thrown as `error`
// (`errc::invalid_argument`), one sentence.

#include <strandcord/draft/member_request.hpp>
#include <strandcord/draft/presence.hpp>
#include <strandcord/events/channel.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/shard_plan.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::gateway {

/// `d` of op 3, which Identify takes too. `now`: what an idle presence without `since` is since.
std::string presence_data(const presence_draft& draft, timestamp now);
std::string presence_command(const presence_draft& draft, timestamp now);
/// Op 4; without a channel: leaves.
std::string voice_state_command(snowflake guild, std::optional<snowflake> channel, bool mute,
                                bool deaf);
/// Op 8.
std::string members_command(const member_request& what, std::string_view nonce);
/// Op 31.
std::string sounds_command(const std::vector<snowflake>& guilds);
/// Op 43.
std::string channel_info_command(snowflake guild, channel_info_fields fields);

/// Whether Discord would answer this one on a shard with these intents (GW-REQ-1 to GW-REQ-5).
void check_member_request(const member_request& what, intents asked);
/// A command has no effect on another shard than the guild's (GW-SEND-8).
void check_guild(snowflake guild, shard_id shard);

} // namespace strandcord::gateway
