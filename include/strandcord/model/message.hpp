#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/attachment.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/component.hpp>
#include <strandcord/model/embed.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/interaction_type.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/poll.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

struct message_snapshot;
struct resolved_data;

/// Discord documentation: resources/message, "Message Types".
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
    hd_streaming_upgraded = 55,
};
STRANDCORD_EXTERN_ENUM(message_type)

/// Discord documentation: resources/message, "Message Flags".
enum class message_flag : std::uint64_t {
    crossposted = 1ULL << 0,
    is_crosspost = 1ULL << 1,
    suppress_embeds = 1ULL << 2,
    source_message_deleted = 1ULL << 3,
    urgent = 1ULL << 4,
    has_thread = 1ULL << 5,
    ephemeral = 1ULL << 6,
    loading = 1ULL << 7,
    failed_to_mention_some_roles_in_thread = 1ULL << 8,
    suppress_notifications = 1ULL << 12,
    is_voice_message = 1ULL << 13,
    has_snapshot = 1ULL << 14,
    is_components_v2 = 1ULL << 15,
};
STRANDCORD_EXTERN_ENUM(message_flag)

/// Discord documentation: resources/message, "Message Activity Types".
enum class message_activity_type : std::int32_t {
    join = 1,
    spectate = 2,
    listen = 3,
    join_request = 5,
    stream_request = 6,
};
STRANDCORD_EXTERN_ENUM(message_activity_type)

/// Discord documentation: resources/message, "Message Reference Types".
enum class message_reference_type : std::int32_t {
    default_ = 0,
    forward = 1,
};
STRANDCORD_EXTERN_ENUM(message_reference_type)

/// Discord documentation: resources/message, "Reaction Types".
enum class reaction_type : std::int32_t {
    normal = 0,
    burst = 1,
};
STRANDCORD_EXTERN_ENUM(reaction_type)

/// Discord documentation: resources/message, "Base Theme Types".
enum class base_theme_type : std::int32_t {
    unset = 0,
    dark = 1,
    light = 2,
    darker = 3,
    midnight = 4,
};
STRANDCORD_EXTERN_ENUM(base_theme_type)

/// Discord documentation: resources/message, "Message Activity Structure".
struct message_activity {
    message_activity_type type = {};
    std::optional<std::string> party_id = {};
};
STRANDCORD_EXTERN_MODEL(message_activity)

/// The interaction that a message answers: of a command, a component or a modal.
/// Discord documentation: resources/message, "Message Interaction Metadata Object".
struct interaction_metadata {
    snowflake id = {};
    interaction_type type = {};
    strandcord::user user = {};
    json_map<snowflake> authorizing_integration_owners = {};    ///< map of integration type to id
    std::optional<snowflake> original_response_message_id = {}; ///< follow-ups only
    boxed<strandcord::user> target_user = {};                   ///< user commands
    std::optional<snowflake> target_message_id = {};            ///< message commands
    std::optional<snowflake> interacted_message_id = {};        ///< message that held the component
    boxed<interaction_metadata> triggering_interaction_metadata = {};
};
STRANDCORD_EXTERN_MODEL(interaction_metadata)

/// Discord documentation: interactions/receiving-and-responding, "Message Interaction Structure".
struct message_interaction {
    snowflake id = {};
    interaction_type type = {};
    std::string name = {}; ///< with subcommands
    strandcord::user user = {};
    boxed<guild_member> member = {};
};
STRANDCORD_EXTERN_MODEL(message_interaction)

/// Discord documentation: resources/message, "Message Call Object Structure".
struct message_call {
    std::vector<snowflake> participants = {};
    nullable<timestamp> ended_timestamp = {};
};
STRANDCORD_EXTERN_MODEL(message_call)

/// Discord documentation: resources/message, "Message Reference Structure".
struct message_reference {
    nullable<message_reference_type> type = {}; ///< absent means a reply
    std::optional<snowflake> message_id = {};
    std::optional<snowflake> channel_id = {};
    std::optional<snowflake> guild_id = {};
    std::optional<bool> fail_if_not_exists = {};
};
STRANDCORD_EXTERN_MODEL(message_reference)

/// A mentioned user; in gateway events with what the guild knows of it.
struct mentioned_user : user {
    boxed<guild_member> member = {};
};
STRANDCORD_EXTERN_MODEL(mentioned_user)

/// Discord documentation: resources/message, "Reaction Count Details Structure".
struct reaction_count_details {
    std::int32_t burst = 0;
    std::int32_t normal = 0;
};
STRANDCORD_EXTERN_MODEL(reaction_count_details)

/// Discord documentation: resources/message, "Reaction Structure".
struct reaction {
    std::int32_t count = 0; ///< of both kinds
    reaction_count_details count_details = {};
    bool me = false;
    bool me_burst = false;
    strandcord::emoji emoji = {};
    std::vector<std::string> burst_colors = {}; ///< `#rrggbb`
};
STRANDCORD_EXTERN_MODEL(reaction)

/// Discord documentation: resources/message, "Channel Mention Structure".
struct channel_mention {
    snowflake id = {};
    snowflake guild_id = {};
    channel_type type = {};
    std::string name = {};
};
STRANDCORD_EXTERN_MODEL(channel_mention)

/// Discord documentation: resources/message, "Role Subscription Data Object Structure".
struct role_subscription_data {
    snowflake role_subscription_listing_id = {};
    std::string tier_name = {};
    std::int32_t total_months_subscribed = 0;
    bool is_renewal = false;
};
STRANDCORD_EXTERN_MODEL(role_subscription_data)

/// Discord documentation: resources/message, "Shared Client Theme Object Structure".
struct shared_client_theme {
    std::vector<std::string> colors = {};
    std::int32_t gradient_angle = 0;
    std::int32_t base_mix = 0;
    nullable<base_theme_type> base_theme = {};
};
STRANDCORD_EXTERN_MODEL(shared_client_theme)

/// With the members that gateway events add (`guild_id`, `member`, `channel_type`).
/// Discord documentation: resources/message, "Message Structure".
struct message {
    snowflake id = {};
    snowflake channel_id = {};
    user author = {};         ///< of a webhook message: the webhook
    std::string content = {}; ///< empty without the message content intent
    strandcord::timestamp timestamp = {};
    nullable<strandcord::timestamp> edited_timestamp = {}; ///< null: never edited
    bool tts = false;                                      ///< always false in MESSAGE_UPDATE
    bool mention_everyone = false;
    std::vector<mentioned_user> mentions = {};
    std::vector<snowflake> mention_roles = {};
    boxed<std::vector<channel_mention>> mention_channels = {}; ///< in crossposts, and not all
    std::vector<attachment> attachments = {};
    std::vector<message_embed> embeds = {};
    boxed<std::vector<reaction>> reactions = {};
    raw_json nonce = {}; ///< a string or an integer, as it was sent
    bool pinned = false;
    std::optional<snowflake> webhook_id = {}; ///< set: a webhook sent it
    message_type type = message_type::default_;
    boxed<message_activity> activity = {};
    boxed<strandcord::application> application = {};
    std::optional<snowflake> application_id = {};
    nullable<flag_set<message_flag>> flags = {};
    boxed<strandcord::message_reference> message_reference = {};
    boxed<std::vector<message_snapshot>> message_snapshots = {}; ///< forwards; nesting depth is 1
    boxed<message> referenced_message = {}; ///< null: deleted; absent: not looked up
    boxed<strandcord::interaction_metadata> interaction_metadata = {};
    boxed<message_interaction> interaction = {}; ///< deprecated
    boxed<channel> thread = {};                  ///< thread started from this message
    boxed<std::vector<component>> components = {};
    boxed<std::vector<sticker_item>> sticker_items = {};
    boxed<std::vector<sticker>> stickers = {}; ///< deprecated
    std::optional<std::int32_t> position = {}; ///< approximate place in the thread
    boxed<strandcord::role_subscription_data> role_subscription_data = {};
    boxed<resolved_data> resolved = {}; ///< include model/resolved.hpp
    boxed<strandcord::poll> poll = {};  ///< left out without the intent
    boxed<message_call> call = {};
    boxed<strandcord::shared_client_theme> shared_client_theme = {};
    std::optional<snowflake> guild_id = {}; ///< absent in direct messages and ephemeral ones
    boxed<guild_member> member = {};        ///< without its `user`
    nullable<strandcord::channel_type> channel_type = {};
};
STRANDCORD_EXTERN_MODEL(message)

/// A forwarded message: without its author, and with parts of the rest.
/// Discord documentation: resources/message, "Message Snapshot Structure".
struct message_snapshot {
    strandcord::message message = {};
};
STRANDCORD_EXTERN_MODEL(message_snapshot)

/// Discord documentation: resources/message, "Message Pin Object Structure".
struct message_pin {
    timestamp pinned_at = {};
    strandcord::message message = {};
};
STRANDCORD_EXTERN_MODEL(message_pin)

} // namespace strandcord
