#pragma once

#include <strandcord/model/application.hpp>
#include <strandcord/model/attachment.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/embed.hpp>
#include <strandcord/model/emoji.hpp>

namespace strandcord {

/// Discord documentation: resources/message, "Message Types". Unknown values are kept.
enum class message_type : std::int32_t {
    default_ = 0,
    recipient_add = 1,
    recipient_remove = 2,
    call = 3,
    channel_name_change = 4,
    channel_icon_change = 5,
    channel_pinned_message = 6,
    user_join = 7,
    guild_boost = 8,
    guild_boost_tier_1 = 9,
    guild_boost_tier_2 = 10,
    guild_boost_tier_3 = 11,
    channel_follow_add = 12,
    guild_discovery_disqualified = 14,
    guild_discovery_requalified = 15,
    guild_discovery_grace_period_initial_warning = 16,
    guild_discovery_grace_period_final_warning = 17,
    thread_created = 18,
    reply = 19,
    chat_input_command = 20,
    thread_starter_message = 21,
    guild_invite_reminder = 22,
    context_menu_command = 23,
    auto_moderation_action = 24,
    role_subscription_purchase = 25,
    interaction_premium_upsell = 26,
    stage_start = 27,
    stage_end = 28,
    stage_speaker = 29,
    stage_topic = 31,
    guild_application_premium_subscription = 32,
    guild_incident_alert_mode_enabled = 36,
    guild_incident_alert_mode_disabled = 37,
    guild_incident_report_raid = 38,
    guild_incident_report_false_alarm = 39,
    purchase_notification = 44,
    poll_result = 46,
};

/// A mentioned user; in gateway events with what the guild knows of it.
struct mentioned_user : user {
    std::optional<guild_member> member = {};
};
STRANDCORD_EXTERN_MODEL(mentioned_user)

/// Discord documentation: resources/message, "Message Reference Structure".
struct message_reference {
    std::optional<std::int32_t> type = {}; ///< 0 reply, 1 forward
    std::optional<snowflake> message_id = {};
    std::optional<snowflake> channel_id = {};
    std::optional<snowflake> guild_id = {};
    std::optional<bool> fail_if_not_exists = {};
};
STRANDCORD_EXTERN_MODEL(message_reference)

/// Discord documentation: resources/message, "Reaction Count Details Structure".
struct reaction_count_details {
    std::int32_t burst = 0;
    std::int32_t normal = 0;
};
STRANDCORD_EXTERN_MODEL(reaction_count_details)

/// Discord documentation: resources/message, "Reaction Object".
struct reaction {
    std::int32_t count = 0;
    reaction_count_details count_details = {};
    bool me = false;
    bool me_burst = false;
    strandcord::emoji emoji = {};
    std::vector<std::string> burst_colors = {};
};
STRANDCORD_EXTERN_MODEL(reaction)

/// Discord documentation: resources/message, "Message Object", with the members that gateway
/// events add (`guild_id`, `member`, `channel_type`).
struct message {
    snowflake id = {};
    snowflake channel_id = {};
    std::optional<snowflake> guild_id = {}; ///< absent in direct messages
    std::optional<strandcord::channel_type> channel_type = {};
    user author = {};
    std::optional<guild_member> member = {};
    std::string content = {}; ///< empty without the message content intent
    strandcord::timestamp timestamp = {};
    std::optional<strandcord::timestamp> edited_timestamp = {};
    bool tts = false;
    bool mention_everyone = false;
    std::vector<mentioned_user> mentions = {};
    std::vector<snowflake> mention_roles = {};
    raw_json mention_channels = {};
    std::vector<attachment> attachments = {};
    std::vector<message_embed> embeds = {};
    std::vector<reaction> reactions = {};
    raw_json nonce = {}; ///< a string or an integer, as it was sent
    bool pinned = false;
    std::optional<snowflake> webhook_id = {};
    message_type type = message_type::default_;
    raw_json activity = {};
    std::optional<partial_application> application = {};
    std::optional<snowflake> application_id = {};
    std::optional<std::uint64_t> flags = {};
    std::optional<strandcord::message_reference> message_reference = {};
    raw_json message_snapshots = {};
    boxed<message> referenced_message = {};
    raw_json interaction_metadata = {};
    boxed<channel> thread = {};
    raw_json components = {};
    raw_json sticker_items = {};
    std::optional<std::int32_t> position = {};
    raw_json role_subscription_data = {};
    raw_json resolved = {};
    raw_json poll = {};
    raw_json call = {};
    raw_json shared_client_theme = {};
};
STRANDCORD_EXTERN_MODEL(message)

} // namespace strandcord
