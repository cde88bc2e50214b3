#include <strandcord/effective_permissions.hpp>

#include <algorithm>

namespace strandcord {

namespace {

constexpr permissions sees = permission::view_channel;
constexpr permissions of_timed_out = permission::view_channel | permission::read_message_history;
constexpr permissions of_senders = permission::mention_everyone | permission::send_tts_messages |
                                   permission::attach_files | permission::embed_links;

bool is_voice(channel_type type) noexcept {
    return type == channel_type::guild_voice || type == channel_type::guild_stage_voice;
}

bool above_all(const permission_subject& who, permissions base) noexcept {
    return (who.user_id != snowflake{} && who.user_id == who.owner_id) ||
           base.has(permission::administrator);
}

permissions of_roles(const permission_subject& who) noexcept {
    permissions base;
    for (const role& one : who.roles)
        if (one.id == who.guild_id || std::find(who.member_roles.begin(), who.member_roles.end(),
                                                one.id) != who.member_roles.end())
            base |= one.permissions;
    return base;
}

// Role positions play no part: all denials of roles together, then all that roles allow.
permissions overwritten(const permission_subject& who, permissions base,
                        const channel& where) noexcept {
    if (!where.permission_overwrites)
        return base;
    permissions role_deny;
    permissions role_allow;
    const permission_overwrite* everyone = nullptr;
    const permission_overwrite* own = nullptr;
    for (const permission_overwrite& one : *where.permission_overwrites) {
        if (one.type == overwrite_type::member) {
            if (one.id == who.user_id)
                own = &one;
        } else if (one.id == who.guild_id) {
            everyone = &one;
        } else if (std::find(who.member_roles.begin(), who.member_roles.end(), one.id) !=
                   who.member_roles.end()) {
            role_deny |= one.deny;
            role_allow |= one.allow;
        }
    }
    if (everyone)
        base = (base & ~everyone->deny) | everyone->allow;
    base = (base & ~role_deny) | role_allow;
    if (own)
        base = (base & ~own->deny) | own->allow;
    return base;
}

// Of a member who is neither owner nor administrator, before what follows from missing ones.
permissions in_channel(const permission_subject& who, permissions base,
                       const channel& where) noexcept {
    permissions left = overwritten(who, base, where);
    return who.timed_out ? left & of_timed_out : left;
}

permissions without_implied(permissions left, channel_type type) noexcept {
    if (!left.has(sees))
        return {};
    if (is_voice(type) && !left.has(permission::connect))
        return left & sees;
    if (!left.has(permission::send_messages))
        left &= ~of_senders;
    return left;
}

} // namespace

bool is_timed_out(const guild_member& who, timestamp now) noexcept {
    return who.communication_disabled_until && *who.communication_disabled_until > now;
}

permission_subject subject_of(const guild& where, const guild_member& who, timestamp now) {
    return {where.id,  where.owner_id, who.user.value().id,
            who.roles, where.roles,    is_timed_out(who, now)};
}

permissions permissions_in(const permission_subject& who) noexcept {
    const permissions base = of_roles(who);
    if (above_all(who, base))
        return permissions::all();
    return who.timed_out ? base & of_timed_out : base;
}

permissions permissions_in(const permission_subject& who, const channel& where) noexcept {
    const permissions base = of_roles(who);
    if (above_all(who, base))
        return permissions::all();
    return without_implied(in_channel(who, base, where), where.type);
}

permissions permissions_in_thread(const permission_subject& who, const channel& thread,
                                  const channel& parent, bool is_member) noexcept {
    const permissions base = of_roles(who);
    if (above_all(who, base))
        return permissions::all();
    permissions left = in_channel(who, base, parent);
    if (thread.type == channel_type::private_thread && !is_member &&
        !left.has(permission::manage_threads))
        return {};
    left &= ~permissions{permission::send_messages};
    if (left.has(permission::send_messages_in_threads))
        left |= permission::send_messages;
    return without_implied(left, thread.type);
}

} // namespace strandcord
