#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

struct guild_member_add_data : guild_member {
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(guild_member_add_data)

/// May come for a user who is a member already.
struct guild_member_add {
    using data = guild_member_add_data;
    static constexpr std::string_view name = "GUILD_MEMBER_ADD";
    static constexpr intents needs = intent::guild_members;
};

struct guild_member_remove_data {
    snowflake guild_id = {};
    strandcord::user user = {};
};
STRANDCORD_EXTERN_MODEL(guild_member_remove_data)

/// Left, kicked or banned.
struct guild_member_remove {
    using data = guild_member_remove_data;
    static constexpr std::string_view name = "GUILD_MEMBER_REMOVE";
    static constexpr intents needs = intent::guild_members;
};

struct guild_member_update_data {
    snowflake guild_id = {};
    std::vector<snowflake> roles = {};
    strandcord::user user = {};
    nullable<std::string> nick = {};
    nullable<std::string> avatar = {};
    nullable<std::string> banner = {};
    nullable<timestamp> joined_at = {}; ///< null for guests
    nullable<timestamp> premium_since = {};
    std::optional<bool> deaf = {};
    std::optional<bool> mute = {};
    std::optional<bool> pending = {};
    nullable<timestamp> communication_disabled_until = {}; ///< null or past: no timeout
    boxed<strandcord::avatar_decoration_data> avatar_decoration_data = {};
    boxed<strandcord::collectibles> collectibles = {};
    nullable<flag_set<member_flag>> flags = {};
};
STRANDCORD_EXTERN_MODEL(guild_member_update_data)

/// For the bot's own member it comes without the intent.
struct guild_member_update {
    using data = guild_member_update_data;
    static constexpr std::string_view name = "GUILD_MEMBER_UPDATE";
    static constexpr intents needs = intent::guild_members;
};

struct guild_members_chunk_data {
    snowflake guild_id = {};
    std::vector<guild_member> members = {}; ///< at most 1000
    std::int32_t chunk_index = 0;           ///< from 0
    std::int32_t chunk_count = 0;
    boxed<std::vector<snowflake>> not_found = {};
    boxed<std::vector<presence>> presences = {}; ///< only if asked for
    std::optional<std::string> nonce = {};
};
STRANDCORD_EXTERN_MODEL(guild_members_chunk_data)

/// A part of the answer to a member request.
struct guild_members_chunk {
    using data = guild_members_chunk_data;
    static constexpr std::string_view name = "GUILD_MEMBERS_CHUNK";
    static constexpr intents needs = {};
};

} // namespace strandcord
