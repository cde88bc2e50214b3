#include "reference.hpp"

#include <strandcord/model/application.hpp>
#include <strandcord/model/attachment.hpp>
#include <strandcord/model/audit_log.hpp>
#include <strandcord/model/automod.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/command.hpp>
#include <strandcord/model/component.hpp>
#include <strandcord/model/embed.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/integration.hpp>
#include <strandcord/model/interaction_type.hpp>
#include <strandcord/model/invite.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/monetization.hpp>
#include <strandcord/model/onboarding.hpp>
#include <strandcord/model/poll.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/stage.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/model/user_connection.hpp>
#include <strandcord/model/voice.hpp>
#include <strandcord/model/webhook.hpp>
#include <strandcord/permissions.hpp>

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

// The values of the reference's enumerations and flags, copied as data, against ours.

namespace sc = strandcord;
using sc::codec::type_desc;

namespace {

const std::map<std::string, const type_desc*>& enumerations() {
#define OURS(type)                                                                                 \
    { #type, &sc::codec::describe<sc::type>() }
    static const std::map<std::string, const type_desc*> all = {
        OURS(activity_flag),
        OURS(activity_type),
        OURS(application_flag),
        OURS(attachment_flag),
        OURS(audit_log_event),
        OURS(automod_action_type),
        OURS(automod_event_type),
        OURS(automod_keyword_preset),
        OURS(automod_trigger_type),
        OURS(base_theme_type),
        OURS(button_style),
        OURS(channel_flag),
        OURS(channel_type),
        OURS(command_permission_type),
        OURS(command_type),
        OURS(component_type),
        OURS(connection_visibility),
        OURS(default_message_notification_level),
        OURS(embed_flag),
        OURS(embed_media_flag),
        OURS(entitlement_type),
        OURS(entry_point_handler_type),
        OURS(event_webhooks_status),
        OURS(explicit_content_filter_level),
        OURS(forum_layout_type),
        OURS(integration_expire_behavior),
        OURS(integration_type),
        OURS(interaction_callback_type),
        OURS(interaction_context_type),
        OURS(interaction_type),
        OURS(invite_flag),
        OURS(invite_target_type),
        OURS(invite_type),
        OURS(member_flag),
        OURS(membership_state),
        OURS(message_activity_type),
        OURS(message_flag),
        OURS(message_reference_type),
        OURS(message_type),
        OURS(mfa_level),
        OURS(nsfw_level),
        OURS(onboarding_mode),
        OURS(onboarding_prompt_type),
        OURS(option_type),
        OURS(overwrite_type),
        OURS(permission),
        OURS(poll_layout_type),
        OURS(premium_tier),
        OURS(premium_type),
        OURS(reaction_type),
        OURS(recurrence_frequency),
        OURS(recurrence_month),
        OURS(recurrence_weekday),
        OURS(role_connection_metadata_type),
        OURS(role_flag),
        OURS(scheduled_event_entity_type),
        OURS(scheduled_event_privacy_level),
        OURS(scheduled_event_status),
        OURS(separator_spacing),
        OURS(sku_flag),
        OURS(sku_type),
        OURS(sort_order_type),
        OURS(stage_privacy_level),
        OURS(status_display_type),
        OURS(sticker_format_type),
        OURS(sticker_type),
        OURS(subscription_status),
        OURS(system_channel_flag),
        OURS(text_input_style),
        OURS(unfurled_media_flag),
        OURS(user_flag),
        OURS(verification_level),
        OURS(video_quality_mode),
        OURS(voice_effect_animation_type),
        OURS(webhook_type),
    };
#undef OURS
    return all;
}

std::string name_of(const type_desc& type, std::uint64_t value) {
    alignas(8) unsigned char bytes[8];
    if (type.size == 4) {
        const auto narrow = static_cast<std::uint32_t>(value);
        std::memcpy(bytes, &narrow, sizeof narrow);
    } else {
        REQUIRE(type.size == 8);
        std::memcpy(bytes, &value, sizeof value);
    }
    std::string name;
    sc::codec::print(type, bytes, name);
    return name;
}

std::string lower(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

// Those that lib/model/names.cpp lists.
std::set<std::string> with_names() {
    std::ifstream file{STRANDCORD_SOURCE_ROOT "/lib/model/names.cpp"};
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    const std::string begin = "STRANDCORD_ENUM(";
    std::set<std::string> names;
    for (auto at = all.find(begin); at != std::string::npos; at = all.find(begin, at + 1)) {
        const auto from = at + begin.size();
        names.insert(all.substr(from, all.find(',', from) - from));
    }
    return names;
}

} // namespace

TEST_CASE("every value of an enumeration of the reference has a name, and we have no other") {
    reference::exceptions excused;
    std::map<std::string, std::set<std::uint64_t>> seen;
    for (const auto& row : reference::read_enumerations()) {
        CAPTURE(row.enumeration, row.value, row.name);
        if (row.type.empty()) {
            CHECK(excused.excuse(row.enumeration, "*", "enumeration"));
            continue;
        }
        const auto found = enumerations().find(row.type);
        REQUIRE(found != enumerations().end());
        CHECK(name_of(*found->second, row.value) == lower(row.name));
        seen[row.type].insert(row.value);
    }
    CHECK(excused.unused({"enumeration"}).empty());
    for (const auto& [name, type] : enumerations()) {
        CAPTURE(name);
        const auto& names = *type->names;
        CHECK(std::set<std::uint64_t>(names.values, names.values + names.count) == seen[name]);
    }
}

TEST_CASE("no enumeration that has names is left out of the comparison") {
    std::set<std::string> compared;
    for (const auto& [name, type] : enumerations())
        compared.insert(name);
    CHECK(compared == with_names());
}

TEST_CASE("an enumerator prints as its name, flags as theirs, what has none as a number") {
    CHECK(sc::to_text(sc::message_type::reply) == "reply");
    CHECK(sc::to_text(sc::message_type::default_) == "default");
    CHECK(sc::to_text(sc::audit_log_event::guild_scheduled_event_exception_delete) ==
          "guild_scheduled_event_exception_delete");
    CHECK(sc::to_text(static_cast<sc::message_type>(9999)) == "9999");
    CHECK(sc::to_text(static_cast<sc::message_type>(-1)) == "-1");
    const auto flags = sc::flag_set{sc::message_flag::ephemeral} | sc::message_flag::loading;
    CHECK(sc::to_text(flags) == "ephemeral|loading");
    CHECK(sc::to_text(flags | sc::flag_set<sc::message_flag>{1ULL << 40}) ==
          "ephemeral|loading|1099511627776");
    CHECK(sc::to_text(sc::flag_set<sc::message_flag>{}) == "0");
    CHECK(sc::to_text(sc::permission::view_channel | sc::permission::speak) ==
          "view_channel|speak");
    CHECK(sc::to_text(sc::permissions{1ULL << 47}) == "140737488355328");
}
