#include "testing/json.hpp"
#include "testing/world.hpp"

namespace strandcord::testing {

void world::react(snowflake user, snowflake id, snowflake message, std::string_view emoji,
                  bool added) {
    const auto& where = channel(id);
    const auto* what = find_message(id, message);
    json_object out;
    out.id("user_id", user).id("channel_id", id).id("message_id", message);
    if (where.guild) {
        out.id("guild_id", where.guild);
        const auto& members = guild(where.guild).members;
        const auto found = members.find(user);
        if (added && found != members.end())
            out.raw("member", member_json(found->second, true));
    }
    out.raw("emoji", emoji_json(emoji));
    if (added && what)
        out.id("message_author_id", what->author);
    out.boolean("burst", false).number("type", 0);
    publish_({added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", std::move(out).done(),
              where.guild});
}

void world::type(snowflake user, snowflake id) {
    const auto& where = channel(id);
    json_object out;
    out.id("channel_id", id).id("user_id", user);
    out.number("timestamp", now_seconds());
    if (where.guild) {
        out.id("guild_id", where.guild);
        const auto& members = guild(where.guild).members;
        const auto found = members.find(user);
        if (found != members.end())
            out.raw("member", member_json(found->second, true));
    }
    publish_({"TYPING_START", std::move(out).done(), where.guild});
}

snowflake world::interact(snowflake user, snowflake id, int type, std::string_view data,
                          snowflake message, std::string_view token) {
    auto& where = channel(id);
    if (where.guild)
        add_member(where.guild, user);
    const auto made = next_id();
    json_object out;
    out.id("id", made).id("application_id", application_id()).number("type", type);
    out.raw("data", data).text("token", token).number("version", 1);
    out.id("channel_id", id).raw("channel", channel_json(where, true));
    if (where.guild) {
        json_object member;
        member.splice(member_json(guild(where.guild).members.at(user), true));
        member.text("permissions", "2147483647");
        out.id("guild_id", where.guild).raw("member", std::move(member).done());
        json_object part;
        part.id("id", where.guild).text("locale", "en-US").raw("features", "[]");
        out.raw("guild", std::move(part).done()).text("guild_locale", "en-US");
    } else {
        out.raw("user", user_json(users_.at(user)));
    }
    out.text("locale", "en-US").text("app_permissions", "2147483647");
    out.raw("entitlements", "[]").raw("authorizing_integration_owners", "{}");
    out.number("context", where.guild ? 0 : 1).number("attachment_size_limit", 10485760);
    if (const auto* shown = find_message(id, message))
        out.raw("message", shown->json);
    publish_({"INTERACTION_CREATE", std::move(out).done(), where.guild});
    return made;
}

} // namespace strandcord::testing
