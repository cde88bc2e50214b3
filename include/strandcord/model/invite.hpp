#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/invite, "Invite Types".
enum class invite_type : std::int32_t {
    guild = 0,
    group_dm = 1,
    friend_ = 2,
};
STRANDCORD_EXTERN_ENUM(invite_type)

/// Discord documentation: resources/invite, "Invite Target Types".
enum class invite_target_type : std::int32_t {
    stream = 1,
    embedded_application = 2,
};
STRANDCORD_EXTERN_ENUM(invite_target_type)

/// Discord documentation: resources/invite, "Guild Invite Flags".
enum class invite_flag : std::uint64_t {
    is_guest_invite = 1ULL << 0,
};
STRANDCORD_EXTERN_ENUM(invite_flag)

/// With the metadata that the lists of a guild and of a channel add.
/// Discord documentation: resources/invite, "Invite Structure".
struct invite {
    invite_type type = {};
    std::string code = {};
    boxed<strandcord::guild> guild = {};
    boxed<strandcord::channel> channel = {}; ///< null for friend invites
    boxed<user> inviter = {};
    nullable<invite_target_type> target_type = {};
    boxed<user> target_user = {};
    boxed<application> target_application = {};
    std::optional<std::int64_t> approximate_presence_count = {}; ///< with `with_counts`
    std::optional<std::int64_t> approximate_member_count = {};   ///< with `with_counts`
    nullable<timestamp> expires_at = {};                         ///< null: never
    boxed<scheduled_event> guild_scheduled_event = {};
    nullable<flag_set<invite_flag>> flags = {};
    boxed<std::vector<role>> roles = {};
    std::optional<std::int32_t> uses = {};     ///< in lists only, as what follows
    std::optional<std::int32_t> max_uses = {}; ///< 0: no limit
    std::optional<std::int64_t> max_age = {};  ///< seconds, 0: for ever
    std::optional<bool> temporary = {};
    std::optional<timestamp> created_at = {};
};
STRANDCORD_EXTERN_MODEL(invite)

} // namespace strandcord
