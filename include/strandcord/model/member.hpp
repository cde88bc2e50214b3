#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord {

/// Discord documentation: resources/guild, "Guild Member Flags".
enum class member_flag : std::uint64_t {
    did_rejoin = 1ULL << 0,
    completed_onboarding = 1ULL << 1,
    bypasses_verification = 1ULL << 2,
    started_onboarding = 1ULL << 3,
    is_guest = 1ULL << 4,
    started_home_actions = 1ULL << 5,
    completed_home_actions = 1ULL << 6,
    automod_quarantined_username = 1ULL << 7,
    dm_settings_upsell_acknowledged = 1ULL << 9,
    automod_quarantined_guild_tag = 1ULL << 10,
};
STRANDCORD_EXTERN_ENUM(member_flag)

/// A user in a guild. Resolved members of interactions have no `user`: it is in the map of users.
/// Discord documentation: resources/guild, "Guild Member Structure".
struct guild_member {
    boxed<strandcord::user> user = {}; ///< absent in a message's `member`
    nullable<std::string> nick = {};
    nullable<std::string> avatar = {};      ///< of this guild
    nullable<std::string> banner = {};      ///< of this guild
    std::vector<snowflake> roles = {};      ///< without `@everyone`
    nullable<timestamp> joined_at = {};     ///< null for guests
    nullable<timestamp> premium_since = {}; ///< boosting since
    bool deaf = false;
    bool mute = false;
    flag_set<member_flag> flags = {};
    std::optional<bool> pending = {}; ///< absent outside GUILD events
    std::optional<strandcord::permissions> permissions = {};
    nullable<timestamp> communication_disabled_until = {}; ///< null or past: no timeout
    boxed<strandcord::avatar_decoration_data> avatar_decoration_data = {};
    boxed<strandcord::collectibles> collectibles = {};
};
STRANDCORD_EXTERN_MODEL(guild_member)

/// Discord documentation: resources/guild, "Ban Structure".
struct ban {
    nullable<std::string> reason = {};
    strandcord::user user = {};
};
STRANDCORD_EXTERN_MODEL(ban)

} // namespace strandcord
