#pragma once

#include <strandcord/model/channel.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/role.hpp>

#include <span>

namespace strandcord {

/// Whose permissions: views of what a cache or an event has. A missing role counts for nothing.
struct permission_subject {
    snowflake guild_id = {};
    snowflake owner_id = {}; ///< of the guild
    snowflake user_id = {};
    std::span<const snowflake> member_roles = {}; ///< without `@everyone`
    std::span<const role> roles = {};             ///< of the guild, with `@everyone`
    bool timed_out = false;                       ///< see `is_timed_out`
};

/// The member must have its `user`. The guild, the member and their parts must outlive the result.
permission_subject subject_of(const guild& where, const guild_member& who, timestamp now);

/// Whether a timeout is running.
bool is_timed_out(const guild_member& who, timestamp now) noexcept;

/// What a member may do in a guild, apart from its channels.
/// Discord documentation: topics/permissions, "Permission Hierarchy".
permissions permissions_in(const permission_subject& who) noexcept;

/// What a member may do in a channel that is no thread, with what follows from missing ones taken
/// out: who cannot see it can do nothing there.
/// Discord documentation: topics/permissions, "Permission Overwrites".
permissions permissions_in(const permission_subject& who, const channel& where) noexcept;

/// The same in a thread, by its parent channel's overwrites. `send_messages` then means sending in
/// the thread. In a private thread `is_member` says whether the subject has joined it.
permissions permissions_in_thread(const permission_subject& who, const channel& thread,
                                  const channel& parent, bool is_member) noexcept;

} // namespace strandcord
