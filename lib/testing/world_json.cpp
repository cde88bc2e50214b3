#include "testing/json.hpp"
#include "testing/world.hpp"

#include <algorithm>

namespace strandcord::testing {

std::string emoji_json(std::string_view emoji) {
    const auto colon = emoji.rfind(':');
    json_object out;
    const auto id =
        colon == std::string_view::npos ? std::nullopt : parse_snowflake(emoji.substr(colon + 1));
    if (id)
        out.id("id", *id).text("name", emoji.substr(0, colon));
    else
        out.null("id").text("name", emoji);
    return std::move(out).done();
}

std::string world::user_json(const user_data& who) const {
    json_object out;
    out.id("id", who.id).text("username", who.name).text("discriminator", "0");
    if (who.bot)
        out.null("global_name");
    else
        out.text("global_name", who.name);
    out.null("avatar").boolean("bot", who.bot).number("public_flags", 0).null("banner");
    out.null("accent_color").null("avatar_decoration_data").null("collectibles");
    out.null("primary_guild");
    return std::move(out).done();
}

std::string world::member_json(const member_data& who, bool with_user) const {
    json_array roles;
    for (const auto role : who.roles)
        roles.add(json_quoted(to_string(role)));
    json_object out;
    if (with_user)
        out.raw("user", user_json(users_.at(who.user)));
    if (who.nick.empty())
        out.null("nick");
    else
        out.text("nick", who.nick);
    out.null("avatar").null("banner").raw("roles", std::move(roles).done());
    out.text("joined_at", who.joined_at).null("premium_since").boolean("deaf", false);
    out.boolean("mute", false).number("flags", 0).boolean("pending", false);
    out.null("communication_disabled_until").null("avatar_decoration_data").null("collectibles");
    return std::move(out).done();
}

std::string world::channel_json(const channel_data& which, bool with_guild) const {
    json_object out;
    out.id("id", which.id);
    if (which.guild) {
        out.number("type", 0);
        if (with_guild)
            out.id("guild_id", which.guild);
        out.number("position", which.position).raw("permission_overwrites", "[]");
        out.text("name", which.name).null("topic").boolean("nsfw", false);
        out.number("rate_limit_per_user", 0).null("parent_id");
        out.number("default_auto_archive_duration", 1440);
    } else {
        out.number("type", 1);
        out.raw("recipients",
                std::move(json_array{}.add(user_json(users_.at(which.recipient)))).done());
    }
    if (which.messages.empty())
        out.null("last_message_id");
    else
        out.id("last_message_id", which.messages.back().id);
    out.number("flags", 0);
    return std::move(out).done();
}

std::string world::role_json(const role_data& role) const {
    json_object colors;
    colors.number("primary_color", role.color).null("secondary_color").null("tertiary_color");
    json_object out;
    out.id("id", role.id).text("name", role.name).text("description", "");
    out.text("permissions", std::to_string(role.permissions)).number("position", role.position);
    out.number("color", role.color).raw("colors", std::move(colors).done());
    out.boolean("hoist", false).boolean("managed", false).boolean("mentionable", false);
    out.null("icon").null("unicode_emoji").number("flags", 0);
    return std::move(out).done();
}

std::string world::guild_json(const guild_data& which) const {
    json_array roles;
    for (const auto& role : which.roles)
        roles.add(role_json(role));
    json_object out;
    out.id("id", which.id).text("name", which.name).null("icon").null("description");
    out.null("splash").null("discovery_splash").raw("features", "[\"COMMUNITY\",\"NEWS\"]");
    out.raw("emojis", "[]").raw("stickers", "[]").null("banner").id("owner_id", which.owner);
    out.null("application_id").null("region").null("afk_channel_id").number("afk_timeout", 300);
    if (which.channels.empty())
        out.null("system_channel_id");
    else
        out.id("system_channel_id", which.channels.front());
    out.number("system_channel_flags", 0).boolean("widget_enabled", false);
    out.null("widget_channel_id").number("verification_level", 1);
    out.raw("roles", std::move(roles).done()).number("default_message_notifications", 1);
    out.number("mfa_level", 0).number("explicit_content_filter", 2).null("max_presences");
    out.number("max_members", 250000).number("max_stage_video_channel_users", 50);
    out.number("max_video_channel_users", 25).null("vanity_url_code").number("premium_tier", 0);
    out.number("premium_subscription_count", 0).boolean("premium_progress_bar_enabled", false);
    out.text("preferred_locale", "en-US").null("rules_channel_id");
    out.null("public_updates_channel_id").null("safety_alerts_channel_id");
    out.boolean("nsfw", false).number("nsfw_level", 0).null("hub_type").null("incidents_data");
    return std::move(out).done();
}

std::string world::presence_json(const guild_data& which, const member_data& who,
                                 bool with_guild) const {
    json_object out;
    out.raw("user", std::move(json_object{}.id("id", who.user)).done());
    if (with_guild)
        out.id("guild_id", which.id);
    out.text("status", who.online ? "online" : "offline").raw("activities", "[]");
    out.raw("client_status", who.online ? R"({"desktop":"online"})" : "{}");
    return std::move(out).done();
}

std::string world::guild_create_json(const guild_data& which, bool all_members, bool presences,
                                     int large_threshold) const {
    json_object out;
    if (which.down)
        return std::move(out.id("id", which.id).boolean("unavailable", true)).done();
    const bool large = which.members.size() > static_cast<std::size_t>(large_threshold);
    json_array channels;
    for (const auto id : which.channels)
        channels.add(channel_json(channels_.at(id), false));
    json_array members;
    json_array seen;
    for (const auto& [id, who] : which.members) {
        const bool notable = who.online || !who.roles.empty() || !who.nick.empty();
        if (id == bot_.id || all_members || (presences && (!large || notable)))
            members.add(member_json(who, true));
        if (presences && who.online)
            seen.add(presence_json(which, who, false));
    }
    out.splice(guild_json(which)).text("joined_at", which.joined_at).boolean("large", large);
    out.boolean("unavailable", false);
    out.number("member_count", static_cast<std::int64_t>(which.members.size()));
    out.raw("voice_states", "[]").raw("members", std::move(members).done());
    out.raw("channels", std::move(channels).done()).raw("threads", "[]");
    out.raw("presences", std::move(seen).done()).raw("stage_instances", "[]");
    out.raw("guild_scheduled_events", "[]").raw("soundboard_sounds", "[]");
    return std::move(out).done();
}

std::string world::mentions_json(std::string_view content) const {
    json_array out;
    std::vector<snowflake> seen;
    for (auto at = content.find("<@"); at != std::string_view::npos;
         at = content.find("<@", at + 2)) {
        const auto end = content.find('>', at);
        if (end == std::string_view::npos)
            break;
        auto digits = content.substr(at + 2, end - at - 2);
        if (!digits.empty() && digits.front() == '!')
            digits.remove_prefix(1);
        const auto id = parse_snowflake(digits);
        const auto* who = id ? find_user(*id) : nullptr;
        if (!who || std::find(seen.begin(), seen.end(), *id) != seen.end())
            continue;
        seen.push_back(*id);
        out.add(user_json(*who));
    }
    return std::move(out).done();
}

std::string world::message_json(const message_parts& parts, snowflake id) const {
    const auto& where = channels_.at(parts.channel);
    const auto* answered = find_message(parts.channel, parts.reference);
    json_object out;
    out.number("type", parts.interaction ? 20 : parts.reference ? 19 : 0);
    out.text("content", parts.content);
    std::string mentions = mentions_json(parts.content);
    if (answered && mentions == "[]")
        mentions = "[" + user_json(users_.at(answered->author)) + "]";
    out.raw("mentions", mentions).raw("mention_roles", "[]");
    out.raw("attachments", parts.attachments).raw("embeds", parts.embeds);
    out.text("timestamp", time_of(id)).null("edited_timestamp").number("flags", parts.flags);
    out.raw("components", parts.components).id("id", id).id("channel_id", parts.channel);
    out.raw("author", user_json(users_.at(parts.author))).boolean("pinned", false);
    out.boolean("mention_everyone", parts.content.find("@everyone") != std::string::npos);
    out.boolean("tts", parts.tts);
    if (!parts.nonce.empty())
        out.raw("nonce", parts.nonce);
    if (parts.interaction)
        out.id("application_id", application_id());
    if (parts.reference) {
        json_object reference;
        reference.number("type", 0).id("channel_id", parts.channel);
        reference.id("message_id", parts.reference);
        if (where.guild)
            reference.id("guild_id", where.guild);
        out.raw("message_reference", std::move(reference).done());
        // One level deep only, as Discord does.
        auto inner = answered ? json_value::parse(answered->json) : std::nullopt;
        if (inner)
            inner->erase("referenced_message");
        out.raw("referenced_message", inner ? inner->dump() : "null");
    }
    return std::move(out).done();
}

std::string world::message_event(const channel_data& where, const message_data& what) const {
    json_object out;
    out.splice(what.json);
    if (where.guild && !what.ephemeral) {
        const auto& members = guilds_.at(where.guild).members;
        const auto found = members.find(what.author);
        if (found != members.end())
            out.raw("member", member_json(found->second, false));
        out.id("guild_id", where.guild);
    }
    out.number("channel_type", where.guild ? 0 : 1);
    return std::move(out).done();
}

bool world::content_for_all(const channel_data& where, const message_data& what) const {
    if (!where.guild || what.author == bot_.id)
        return true;
    const auto own = to_string(bot_.id);
    // Most messages do not name the bot anywhere: no need to read them.
    if (what.json.find(own) == std::string::npos)
        return false;
    const auto whole = json_value::parse(what.json);
    const auto* mentions = whole ? whole->find("mentions") : nullptr;
    if (!mentions)
        return false;
    return std::any_of(mentions->items().begin(), mentions->items().end(),
                       [&own](const json_value& who) { return who.text_of("id") == own; });
}

} // namespace strandcord::testing
