#include <strandcord/effective_permissions.hpp>

#include <catch2/catch.hpp>

namespace sc = strandcord;
using sc::permission;
using sc::permissions;

namespace {

constexpr permissions talks = permission::view_channel | permission::send_messages;

// Guild 1, whose owner is 9; the member is 5.
struct scene {
    std::vector<sc::role> roles;
    std::vector<sc::snowflake> member_roles;
    sc::channel channel;
    sc::snowflake user = 5;
    bool timed_out = false;

    scene() {
        add(1, talks);
        member_roles.clear();
        channel.type = sc::channel_type::guild_text;
        channel.permission_overwrites.emplace();
    }
    void add(std::uint64_t id, permissions allowed) {
        sc::role role;
        role.id = id;
        role.permissions = allowed;
        roles.push_back(role);
        member_roles.push_back(id);
    }
    void overwrite(std::uint64_t id, permissions allow, permissions deny,
                   sc::overwrite_type type = sc::overwrite_type::role) {
        channel.permission_overwrites->push_back({id, type, allow, deny});
    }
    sc::permission_subject subject() const { return {1, 9, user, member_roles, roles, timed_out}; }
    permissions in_guild() const { return permissions_in(subject()); }
    permissions in_channel() const { return permissions_in(subject(), channel); }
};

} // namespace

TEST_CASE("PERM-1 the owner has every permission, whatever the roles and the channel say") {
    scene s;
    s.user = 9;
    s.overwrite(9, {}, permissions::all(), sc::overwrite_type::member);
    CHECK(s.in_guild() == permissions::all());
    CHECK(s.in_channel() == permissions::all());
}

TEST_CASE("PERM-2 the base is that of @everyone and of each role of the member") {
    scene s;
    s.add(2, permission::kick_members);
    s.add(3, permission::ban_members);
    s.add(4, permission::manage_guild);
    s.member_roles.pop_back();
    CHECK(s.in_guild() == (talks | permission::kick_members | permission::ban_members));
}

TEST_CASE("PERM-3 an administrator skips the overwrites") {
    scene s;
    s.add(2, permission::administrator);
    s.overwrite(1, {}, talks);
    CHECK(s.in_channel() == permissions::all());
}

TEST_CASE("PERM-4 PERM-5 everyone, then the roles together, then the member") {
    scene s;
    s.add(2, {});
    s.add(3, {});
    s.overwrite(1, {}, permission::send_messages);
    CHECK_FALSE(s.in_channel().has(permission::send_messages));
    // One role denies what another allows: allowed, whichever is higher.
    s.overwrite(2, {}, permission::send_messages);
    s.overwrite(3, permission::send_messages, {});
    CHECK(s.in_channel().has(permission::send_messages));
    s.overwrite(5, {}, permission::send_messages, sc::overwrite_type::member);
    CHECK_FALSE(s.in_channel().has(permission::send_messages));
    // A role of somebody else, and a member's overwrite with the id of a role.
    s.overwrite(7, permission::manage_channels, {});
    s.overwrite(2, permission::manage_channels, {}, sc::overwrite_type::member);
    CHECK_FALSE(s.in_channel().has(permission::manage_channels));
    s.channel.permission_overwrites.reset();
    CHECK(s.in_channel() == s.in_guild());
}

TEST_CASE("PERM-6 what needs a missing permission is missing too") {
    scene s;
    s.roles[0].permissions |= permission::attach_files | permission::mention_everyone |
                              permission::add_reactions | permission::manage_channels;
    CHECK(s.in_channel().has(permission::attach_files));
    s.overwrite(1, {}, permission::send_messages);
    CHECK_FALSE(s.in_channel().has(permission::attach_files));
    CHECK_FALSE(s.in_channel().has(permission::mention_everyone));
    CHECK(s.in_channel().has(permission::add_reactions));
    s.channel.type = sc::channel_type::guild_voice;
    CHECK_FALSE(s.in_channel().has(permission::manage_channels));
    s.channel.type = sc::channel_type::guild_text;
    s.overwrite(5, {}, permission::view_channel, sc::overwrite_type::member);
    CHECK(s.in_channel().empty());
}

TEST_CASE("PERM-7 a thread goes by its parent, and sending in it is a permission of its own") {
    scene s;
    s.roles[0].permissions |= permission::send_messages_in_threads | permission::attach_files;
    s.overwrite(1, {}, permission::send_messages);
    sc::channel thread;
    thread.type = sc::channel_type::public_thread;
    const auto in_thread = [&](bool is_member) {
        return permissions_in_thread(s.subject(), thread, s.channel, is_member);
    };
    CHECK(in_thread(false).has(permission::send_messages | permission::attach_files));
    thread.type = sc::channel_type::private_thread;
    CHECK(in_thread(false).empty());
    CHECK(in_thread(true).has(permission::send_messages));
    s.overwrite(5, permission::manage_threads, {}, sc::overwrite_type::member);
    CHECK(in_thread(false).has(permission::send_messages));
    s.overwrite(1, {}, permission::send_messages_in_threads);
    s.channel.permission_overwrites->erase(s.channel.permission_overwrites->begin());
    CHECK_FALSE(in_thread(true).has(permission::send_messages));
}

TEST_CASE("PERM-8 a timeout leaves seeing and reading, but not of an administrator") {
    scene s;
    s.roles[0].permissions |= permission::read_message_history | permission::kick_members;
    s.timed_out = true;
    CHECK(s.in_guild() == (permission::view_channel | permission::read_message_history));
    CHECK(s.in_channel() == (permission::view_channel | permission::read_message_history));
    s.add(2, permission::administrator);
    CHECK(s.in_channel() == permissions::all());

    const auto now = *sc::parse_timestamp("2026-01-01T00:00:00Z");
    sc::guild_member member;
    CHECK_FALSE(sc::is_timed_out(member, now));
    member.communication_disabled_until = std::nullopt;
    CHECK_FALSE(sc::is_timed_out(member, now));
    member.communication_disabled_until = *sc::parse_timestamp("2025-12-31T00:00:00Z");
    CHECK_FALSE(sc::is_timed_out(member, now));
    member.communication_disabled_until = *sc::parse_timestamp("2026-01-01T00:00:01Z");
    CHECK(sc::is_timed_out(member, now));
    member.user = sc::user{};
    member.user->id = 5;
    sc::guild guild;
    guild.id = 1;
    CHECK(sc::subject_of(guild, member, now).timed_out);
    CHECK(sc::subject_of(guild, member, now).user_id == sc::snowflake{5});
}

TEST_CASE("PERM-9 no permission implies another one") {
    scene s;
    s.roles[0].permissions |= permission::manage_messages | permission::manage_guild_expressions |
                              permission::manage_events | permission::manage_threads;
    CHECK_FALSE(s.in_channel().has(permission::pin_messages));
    CHECK_FALSE(s.in_channel().has(permission::create_guild_expressions));
    CHECK_FALSE(s.in_channel().has(permission::create_events));
    CHECK_FALSE(s.in_channel().has(permission::bypass_slowmode));
}
