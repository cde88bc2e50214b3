#include "reference.hpp"

#include <strandcord/events/all.hpp>
#include <strandcord/model/answers.hpp>
#include <strandcord/model/application.hpp>
#include <strandcord/model/attachment.hpp>
#include <strandcord/model/audit_log.hpp>
#include <strandcord/model/automod.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/command.hpp>
#include <strandcord/model/component.hpp>
#include <strandcord/model/embed.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/guild_template.hpp>
#include <strandcord/model/guild_widget.hpp>
#include <strandcord/model/integration.hpp>
#include <strandcord/model/interaction.hpp>
#include <strandcord/model/invite.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/monetization.hpp>
#include <strandcord/model/onboarding.hpp>
#include <strandcord/model/poll.hpp>
#include <strandcord/model/presence.hpp>
#include <strandcord/model/resolved.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/soundboard.hpp>
#include <strandcord/model/stage.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/model/user_connection.hpp>
#include <strandcord/model/voice.hpp>
#include <strandcord/model/webhook.hpp>

#include <cctype>
#include <map>

// Which model each object of the reference is.

namespace reference {

namespace sc = strandcord;

namespace {

const std::map<std::string, const sc::codec::type_desc*>& models() {
    static const std::map<std::string, const sc::codec::type_desc*> all = {
        {"User", &sc::codec::describe<sc::user>()},
        {"Primary guild (server tag)", &sc::codec::describe<sc::primary_guild>()},
        {"Avatar decoration data", &sc::codec::describe<sc::avatar_decoration_data>()},
        {"Collectibles", &sc::codec::describe<sc::collectibles>()},
        {"Nameplate", &sc::codec::describe<sc::nameplate>()},
        {"Connection", &sc::codec::describe<sc::user_connection>()},
        {"Application role connection", &sc::codec::describe<sc::application_role_connection>()},
        {"Guild", &sc::codec::describe<sc::guild>()},
        {"Unavailable guild", &sc::codec::describe<sc::unavailable_guild>()},
        {"Guild member", &sc::codec::describe<sc::guild_member>()},
        {"Ban", &sc::codec::describe<sc::ban>()},
        {"Integration", &sc::codec::describe<sc::integration>()},
        {"Integration account", &sc::codec::describe<sc::integration_account>()},
        {"Integration application", &sc::codec::describe<sc::application>()},
        {"List Public Archived Threads: Response Body", &sc::codec::describe<sc::thread_list>()},
        {"List Private Archived Threads: Response Body", &sc::codec::describe<sc::thread_list>()},
        {"List Joined Private Archived Threads: Response Body",
         &sc::codec::describe<sc::thread_list>()},
        {"List Active Guild Threads: Response Body", &sc::codec::describe<sc::thread_list>()},
        {"Bulk Guild Ban: Bulk Ban Response", &sc::codec::describe<sc::bulk_ban_result>()},
        {"Search Guild Messages: Response Body", &sc::codec::describe<sc::message_search_result>()},
        {"Get Channel Pins: Response Structure", &sc::codec::describe<sc::message_pin_list>()},
        {"Get Answer Voters: Response Body", &sc::codec::describe<sc::poll_voter_list>()},
        {"List Guild Soundboard Sounds: Response Structure",
         &sc::codec::describe<sc::soundboard_sound_list>()},
        {"List Sticker Packs: Response Structure", &sc::codec::describe<sc::sticker_pack_list>()},
        {"Guild preview", &sc::codec::describe<sc::guild_preview>()},
        {"Widget settings", &sc::codec::describe<sc::guild_widget_settings>()},
        {"Widget", &sc::codec::describe<sc::guild_widget>()},
        {"Welcome screen", &sc::codec::describe<sc::welcome_screen>()},
        {"Welcome screen channel", &sc::codec::describe<sc::welcome_screen_channel>()},
        {"Onboarding", &sc::codec::describe<sc::guild_onboarding>()},
        {"Onboarding prompt", &sc::codec::describe<sc::onboarding_prompt>()},
        {"Onboarding prompt option", &sc::codec::describe<sc::onboarding_prompt_option>()},
        {"Incidents data", &sc::codec::describe<sc::incidents_data>()},
        {"Guild template", &sc::codec::describe<sc::guild_template>()},
        {"Role", &sc::codec::describe<sc::role>()},
        {"Role tags", &sc::codec::describe<sc::role_tags>()},
        {"Role colours", &sc::codec::describe<sc::role_colors>()},
        {"Channel (all kinds, threads too)", &sc::codec::describe<sc::channel>()},
        {"Permission overwrite", &sc::codec::describe<sc::permission_overwrite>()},
        {"Thread metadata", &sc::codec::describe<sc::thread_metadata>()},
        {"Thread member", &sc::codec::describe<sc::thread_member>()},
        {"Forum tag", &sc::codec::describe<sc::forum_tag>()},
        {"Default reaction", &sc::codec::describe<sc::default_reaction>()},
        {"Followed channel", &sc::codec::describe<sc::followed_channel>()},
        {"Emoji", &sc::codec::describe<sc::emoji>()},
        {"Sticker", &sc::codec::describe<sc::sticker>()},
        {"Sticker item", &sc::codec::describe<sc::sticker_item>()},
        {"Sticker pack", &sc::codec::describe<sc::sticker_pack>()},
        {"Soundboard sound", &sc::codec::describe<sc::soundboard_sound>()},
        {"Message", &sc::codec::describe<sc::message>()},
        {"Message activity", &sc::codec::describe<sc::message_activity>()},
        {"Interaction metadata, application command",
         &sc::codec::describe<sc::interaction_metadata>()},
        {"Interaction metadata, component", &sc::codec::describe<sc::interaction_metadata>()},
        {"Interaction metadata, modal submit", &sc::codec::describe<sc::interaction_metadata>()},
        {"Message interaction (deprecated)", &sc::codec::describe<sc::message_interaction>()},
        {"Message call", &sc::codec::describe<sc::message_call>()},
        {"Message reference", &sc::codec::describe<sc::message_reference>()},
        {"Message snapshot", &sc::codec::describe<sc::message_snapshot>()},
        {"Reaction", &sc::codec::describe<sc::reaction>()},
        {"Reaction count details", &sc::codec::describe<sc::reaction_count_details>()},
        {"Attachment", &sc::codec::describe<sc::attachment>()},
        {"Embed", &sc::codec::describe<sc::message_embed>()},
        {"Embed image or thumbnail", &sc::codec::describe<sc::embed_media>()},
        {"Embed video", &sc::codec::describe<sc::embed_media>()},
        {"Embed provider", &sc::codec::describe<sc::embed_provider>()},
        {"Embed author", &sc::codec::describe<sc::embed_author>()},
        {"Embed footer", &sc::codec::describe<sc::embed_footer>()},
        {"Embed field", &sc::codec::describe<sc::embed_field>()},
        {"Channel mention", &sc::codec::describe<sc::channel_mention>()},
        {"Role subscription data", &sc::codec::describe<sc::role_subscription_data>()},
        {"Message pin", &sc::codec::describe<sc::message_pin>()},
        {"Shared client theme", &sc::codec::describe<sc::shared_client_theme>()},
        {"Poll", &sc::codec::describe<sc::poll>()},
        {"Poll media", &sc::codec::describe<sc::poll_media>()},
        {"Poll answer", &sc::codec::describe<sc::poll_answer>()},
        {"Poll results", &sc::codec::describe<sc::poll_results>()},
        {"Poll answer count", &sc::codec::describe<sc::poll_answer_count>()},
        {"Action row", &sc::codec::describe<sc::component>()},
        {"Button", &sc::codec::describe<sc::component>()},
        {"String select", &sc::codec::describe<sc::component>()},
        {"Select option", &sc::codec::describe<sc::select_option>()},
        {"Text input", &sc::codec::describe<sc::component>()},
        {"User select", &sc::codec::describe<sc::component>()},
        {"Select default value", &sc::codec::describe<sc::select_default_value>()},
        {"Role select", &sc::codec::describe<sc::component>()},
        {"Mentionable select", &sc::codec::describe<sc::component>()},
        {"Channel select", &sc::codec::describe<sc::component>()},
        {"Section", &sc::codec::describe<sc::component>()},
        {"Text display", &sc::codec::describe<sc::component>()},
        {"Thumbnail", &sc::codec::describe<sc::component>()},
        {"Media gallery", &sc::codec::describe<sc::component>()},
        {"Media gallery item", &sc::codec::describe<sc::media_gallery_item>()},
        {"File", &sc::codec::describe<sc::component>()},
        {"Separator", &sc::codec::describe<sc::component>()},
        {"Container", &sc::codec::describe<sc::component>()},
        {"Label", &sc::codec::describe<sc::component>()},
        {"File upload", &sc::codec::describe<sc::component>()},
        {"Radio group", &sc::codec::describe<sc::component>()},
        {"Radio group option", &sc::codec::describe<sc::select_option>()},
        {"Checkbox group", &sc::codec::describe<sc::component>()},
        {"Checkbox group option", &sc::codec::describe<sc::select_option>()},
        {"Checkbox", &sc::codec::describe<sc::component>()},
        {"Unfurled media item", &sc::codec::describe<sc::unfurled_media_item>()},
        {"Interaction", &sc::codec::describe<sc::interaction>()},
        {"Data of types 2 and 4 (command, autocomplete)",
         &sc::codec::describe<sc::interaction_data>()},
        {"Option in command data", &sc::codec::describe<sc::interaction_option>()},
        {"Data of type 3 (component)", &sc::codec::describe<sc::interaction_data>()},
        {"Data of type 5 (modal submit)", &sc::codec::describe<sc::interaction_data>()},
        {"Resolved data", &sc::codec::describe<sc::resolved_data>()},
        {"Callback response", &sc::codec::describe<sc::interaction_callback_response>()},
        {"Callback response interaction", &sc::codec::describe<sc::interaction_callback>()},
        {"Callback response resource", &sc::codec::describe<sc::interaction_callback_resource>()},
        {"Application command", &sc::codec::describe<sc::application_command>()},
        {"Command option", &sc::codec::describe<sc::application_command_option>()},
        {"Option choice", &sc::codec::describe<sc::application_command_option_choice>()},
        {"Guild command permissions", &sc::codec::describe<sc::guild_command_permissions>()},
        {"Command permission", &sc::codec::describe<sc::command_permission>()},
        {"Presence update", &sc::codec::describe<sc::presence>()},
        {"Client status", &sc::codec::describe<sc::client_status>()},
        {"Activity", &sc::codec::describe<sc::activity>()},
        {"Activity timestamps", &sc::codec::describe<sc::activity_timestamps>()},
        {"Activity emoji", &sc::codec::describe<sc::emoji>()},
        {"Activity party", &sc::codec::describe<sc::activity_party>()},
        {"Activity assets", &sc::codec::describe<sc::activity_assets>()},
        {"Activity secrets", &sc::codec::describe<sc::activity_secrets>()},
        {"Voice state", &sc::codec::describe<sc::voice_state>()},
        {"Voice region", &sc::codec::describe<sc::voice_region>()},
        {"Stage instance", &sc::codec::describe<sc::stage_instance>()},
        {"Scheduled event", &sc::codec::describe<sc::scheduled_event>()},
        {"Event entity metadata", &sc::codec::describe<sc::scheduled_event_entity_metadata>()},
        {"Event user", &sc::codec::describe<sc::scheduled_event_user>()},
        {"Recurrence rule", &sc::codec::describe<sc::recurrence_rule>()},
        {"N-weekday", &sc::codec::describe<sc::recurrence_n_weekday>()},
        {"Rule", &sc::codec::describe<sc::automod_rule>()},
        {"Trigger metadata", &sc::codec::describe<sc::automod_trigger_metadata>()},
        {"Action", &sc::codec::describe<sc::automod_action>()},
        {"Action metadata", &sc::codec::describe<sc::automod_action_metadata>()},
        {"Invite", &sc::codec::describe<sc::invite>()},
        {"Invite metadata", &sc::codec::describe<sc::invite>()},
        {"Webhook", &sc::codec::describe<sc::webhook>()},
        {"Application", &sc::codec::describe<sc::application>()},
        {"Install params", &sc::codec::describe<sc::install_params>()},
        {"Integration type configuration",
         &sc::codec::describe<sc::integration_type_configuration>()},
        {"Activity instance", &sc::codec::describe<sc::activity_instance>()},
        {"Activity location", &sc::codec::describe<sc::activity_location>()},
        {"Role connection metadata", &sc::codec::describe<sc::role_connection_metadata>()},
        {"Team", &sc::codec::describe<sc::team>()},
        {"Team member", &sc::codec::describe<sc::team_member>()},
        {"Entitlement", &sc::codec::describe<sc::entitlement>()},
        {"SKU", &sc::codec::describe<sc::sku>()},
        {"Subscription", &sc::codec::describe<sc::subscription>()},
        {"Audit log", &sc::codec::describe<sc::audit_log>()},
        {"Audit log entry", &sc::codec::describe<sc::audit_log_entry>()},
        {"Audit log change", &sc::codec::describe<sc::audit_log_change>()},
        {"Optional audit entry info", &sc::codec::describe<sc::audit_entry_info>()},
        {"READY", &sc::codec::describe<sc::ready_data>()},
        {"GUILD_CREATE extra fields", &sc::codec::describe<sc::guild_create_data>()},
        {"THREAD_LIST_SYNC", &sc::codec::describe<sc::thread_list_sync_data>()},
        {"THREAD_MEMBERS_UPDATE", &sc::codec::describe<sc::thread_members_update_data>()},
        {"CHANNEL_PINS_UPDATE", &sc::codec::describe<sc::channel_pins_update_data>()},
        {"CHANNEL_INFO", &sc::codec::describe<sc::channel_info_data>()},
        {"CHANNEL_INFO channel", &sc::codec::describe<sc::voice_channel_info>()},
        {"VOICE_CHANNEL_STATUS_UPDATE",
         &sc::codec::describe<sc::voice_channel_status_update_data>()},
        {"VOICE_CHANNEL_START_TIME_UPDATE",
         &sc::codec::describe<sc::voice_channel_start_time_update_data>()},
        {"GUILD_MEMBER_UPDATE", &sc::codec::describe<sc::guild_member_update_data>()},
        {"GUILD_MEMBERS_CHUNK", &sc::codec::describe<sc::guild_members_chunk_data>()},
        {"AUTO_MODERATION_ACTION_EXECUTION",
         &sc::codec::describe<sc::automod_action_execution_data>()},
        {"INVITE_CREATE", &sc::codec::describe<sc::invite_create_data>()},
        {"INTEGRATION_DELETE", &sc::codec::describe<sc::integration_delete_data>()},
        {"MESSAGE_CREATE and MESSAGE_UPDATE extra fields", &sc::codec::describe<sc::message>()},
        {"MESSAGE_REACTION_ADD", &sc::codec::describe<sc::message_reaction_add_data>()},
        {"MESSAGE_REACTION_REMOVE", &sc::codec::describe<sc::message_reaction_remove_data>()},
        {"MESSAGE_REACTION_REMOVE_EMOJI",
         &sc::codec::describe<sc::message_reaction_remove_emoji_data>()},
        {"MESSAGE_POLL_VOTE_ADD and _REMOVE", &sc::codec::describe<sc::message_poll_vote_data>()},
        {"TYPING_START", &sc::codec::describe<sc::typing_start_data>()},
        {"VOICE_CHANNEL_EFFECT_SEND", &sc::codec::describe<sc::voice_channel_effect_send_data>()},
        {"VOICE_SERVER_UPDATE", &sc::codec::describe<sc::voice_server>()},
        {"RATE_LIMITED", &sc::codec::describe<sc::rate_limited_data>()},
    };
    return all;
}

std::string lower(std::string text) {
    for (char& letter : text)
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

// What the tables of the reference call an object that has another heading.
const std::map<std::string, std::string>& short_names() {
    static const std::map<std::string, std::string> names = {
        {"action row child components", "action row"},
        {"application command option choice", "option choice"},
        {"assets", "activity assets"},
        {"auto moderation action", "action"},
        {"auto moderation rule", "rule"},
        {"automod action", "action"},
        {"channel", "channel (all kinds, threads too)"},
        {"channel info", "channel_info channel"},
        {"component", "action row"},
        {"component interaction response", "action row"},
        {"container child components", "action row"},
        {"default value", "select default value"},
        {"embed image", "embed image or thumbnail"},
        {"guild scheduled event", "scheduled event"},
        {"interaction callback", "callback response interaction"},
        {"interaction data", "data of type 3 (component)"},
        {"interaction resource", "callback response resource"},
        {"label child component", "action row"},
        {"member", "guild member"},
        {"message interaction", "message interaction (deprecated)"},
        {"message interaction metadata", "interaction metadata, component"},
        {"overwrite", "permission overwrite"},
        {"party", "activity party"},
        {"presence", "presence update"},
        {"primary guild", "primary guild (server tag)"},
        {"prompt option", "onboarding prompt option"},
        {"recurrence rule - n_weekday", "n-weekday"},
        {"role colors", "role colours"},
        {"secrets", "activity secrets"},
        {"section accessory component", "action row"},
        {"section child components", "action row"},
        {"thread-specific channel", "channel (all kinds, threads too)"},
        {"timestamps", "activity timestamps"},
    };
    return names;
}

} // namespace

const sc::codec::type_desc* type_of(const std::string& object) {
    const auto found = models().find(object);
    return found == models().end() ? nullptr : found->second;
}

const sc::codec::type_desc* type_called(const std::string& text) {
    const auto other = short_names().find(lower(text));
    const auto& name = other == short_names().end() ? lower(text) : other->second;
    for (const auto& [object, type] : models())
        if (lower(object) == name)
            return type;
    return nullptr;
}

} // namespace reference
