// The names of the values of enumerations and flags, as printing uses them.

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

#include <iterator>

namespace strandcord {

STRANDCORD_ENUM(activity_flag, instance, join, spectate, join_request, sync, play,
                party_privacy_friends, party_privacy_voice_channel, embedded)
STRANDCORD_ENUM(activity_type, playing, streaming, listening, watching, custom, competing)
STRANDCORD_ENUM(application_flag, application_auto_moderation_rule_create_badge, gateway_presence,
                gateway_presence_limited, gateway_guild_members, gateway_guild_members_limited,
                verification_pending_guild_limit, embedded, gateway_message_content,
                gateway_message_content_limited, application_command_badge)
STRANDCORD_ENUM(attachment_flag, is_clip, is_thumbnail, is_remix, is_spoiler, is_animated)
STRANDCORD_ENUM(audit_log_event, guild_update, channel_create, channel_update, channel_delete,
                channel_overwrite_create, channel_overwrite_update, channel_overwrite_delete,
                member_kick, member_prune, member_ban_add, member_ban_remove, member_update,
                member_role_update, member_move, member_disconnect, bot_add, role_create,
                role_update, role_delete, invite_create, invite_update, invite_delete,
                webhook_create, webhook_update, webhook_delete, emoji_create, emoji_update,
                emoji_delete, message_delete, message_bulk_delete, message_pin, message_unpin,
                integration_create, integration_update, integration_delete, stage_instance_create,
                stage_instance_update, stage_instance_delete, sticker_create, sticker_update,
                sticker_delete, guild_scheduled_event_create, guild_scheduled_event_update,
                guild_scheduled_event_delete, thread_create, thread_update, thread_delete,
                application_command_permission_update, soundboard_sound_create,
                soundboard_sound_update, soundboard_sound_delete, auto_moderation_rule_create,
                auto_moderation_rule_update, auto_moderation_rule_delete,
                auto_moderation_block_message, auto_moderation_flag_to_channel,
                auto_moderation_user_communication_disabled, auto_moderation_quarantine_user,
                creator_monetization_request_created, creator_monetization_terms_accepted,
                onboarding_prompt_create, onboarding_prompt_update, onboarding_prompt_delete,
                onboarding_create, onboarding_update, home_settings_create, home_settings_update,
                voice_channel_status_create, voice_channel_status_delete, guild_home_feature_item,
                guild_home_remove_item, harmful_links_blocked_message, guild_profile_update,
                guild_scheduled_event_exception_create, guild_scheduled_event_exception_update,
                guild_scheduled_event_exception_delete)
STRANDCORD_ENUM(automod_action_type, block_message, send_alert_message, timeout,
                block_member_interaction)
STRANDCORD_ENUM(automod_event_type, message_send, member_update)
STRANDCORD_ENUM(automod_keyword_preset, profanity, sexual_content, slurs)
STRANDCORD_ENUM(automod_trigger_type, keyword, spam, keyword_preset, mention_spam, member_profile)
STRANDCORD_ENUM(base_theme_type, unset, dark, light, darker, midnight)
STRANDCORD_ENUM(button_style, primary, secondary, success, danger, link, premium)
STRANDCORD_ENUM(channel_flag, pinned, require_tag, hide_media_download_options, channel_obfuscated,
                is_spoiler_channel)
STRANDCORD_ENUM(channel_type, guild_text, dm, guild_voice, group_dm, guild_category,
                guild_announcement, announcement_thread, public_thread, private_thread,
                guild_stage_voice, guild_directory, guild_forum, guild_media)
STRANDCORD_ENUM(command_permission_type, role, user, channel)
STRANDCORD_ENUM(command_type, chat_input, user, message, primary_entry_point)
STRANDCORD_ENUM(component_type, action_row, button, string_select, text_input, user_select,
                role_select, mentionable_select, channel_select, section, text_display, thumbnail,
                media_gallery, file, separator, container, label, file_upload, radio_group,
                checkbox_group, checkbox)
STRANDCORD_ENUM(connection_visibility, none, everyone)
STRANDCORD_ENUM(default_message_notification_level, all_messages, only_mentions)
STRANDCORD_ENUM(embed_flag, is_content_inventory_entry)
STRANDCORD_ENUM(embed_media_flag, is_animated)
STRANDCORD_ENUM(entitlement_type, purchase, premium_subscription, developer_gift,
                test_mode_purchase, free_purchase, user_gift, premium_purchase,
                application_subscription)
STRANDCORD_ENUM(entry_point_handler_type, app_handler, discord_launch_activity)
STRANDCORD_ENUM(event_webhooks_status, disabled, enabled, disabled_by_discord)
STRANDCORD_ENUM(explicit_content_filter_level, disabled, members_without_roles, all_members)
STRANDCORD_ENUM(forum_layout_type, not_set, list_view, gallery_view)
STRANDCORD_ENUM(integration_expire_behavior, remove_role, kick)
STRANDCORD_ENUM(integration_type, guild_install, user_install)
STRANDCORD_ENUM(interaction_callback_type, pong, channel_message_with_source,
                deferred_channel_message_with_source, deferred_update_message, update_message,
                application_command_autocomplete_result, modal, premium_required, launch_activity,
                social_layer_sku_purchase_eligibility)
STRANDCORD_ENUM(interaction_context_type, guild, bot_dm, private_channel)
STRANDCORD_ENUM(interaction_type, ping, application_command, message_component,
                application_command_autocomplete, modal_submit,
                social_layer_sku_purchase_eligibility)
STRANDCORD_ENUM(invite_flag, is_guest_invite)
STRANDCORD_ENUM(invite_target_type, stream, embedded_application)
STRANDCORD_ENUM(invite_type, guild, group_dm, friend_)
STRANDCORD_ENUM(member_flag, did_rejoin, completed_onboarding, bypasses_verification,
                started_onboarding, is_guest, started_home_actions, completed_home_actions,
                automod_quarantined_username, dm_settings_upsell_acknowledged,
                automod_quarantined_guild_tag)
STRANDCORD_ENUM(membership_state, invited, accepted)
STRANDCORD_ENUM(message_activity_type, join, spectate, listen, join_request, stream_request)
STRANDCORD_ENUM(message_flag, crossposted, is_crosspost, suppress_embeds, source_message_deleted,
                urgent, has_thread, ephemeral, loading, failed_to_mention_some_roles_in_thread,
                suppress_notifications, is_voice_message, has_snapshot, is_components_v2)
STRANDCORD_ENUM(message_reference_type, default_, forward)
STRANDCORD_ENUM(message_type, default_, recipient_add, recipient_remove, call, channel_name_change,
                channel_icon_change, channel_pinned_message, user_join, guild_boost,
                guild_boost_tier_1, guild_boost_tier_2, guild_boost_tier_3, channel_follow_add,
                guild_discovery_disqualified, guild_discovery_requalified,
                guild_discovery_grace_period_initial_warning,
                guild_discovery_grace_period_final_warning, thread_created, reply,
                chat_input_command, thread_starter_message, guild_invite_reminder,
                context_menu_command, auto_moderation_action, role_subscription_purchase,
                interaction_premium_upsell, stage_start, stage_end, stage_speaker, stage_topic,
                guild_application_premium_subscription, guild_incident_alert_mode_enabled,
                guild_incident_alert_mode_disabled, guild_incident_report_raid,
                guild_incident_report_false_alarm, purchase_notification, poll_result,
                hd_streaming_upgraded)
STRANDCORD_ENUM(mfa_level, none, elevated)
STRANDCORD_ENUM(nsfw_level, default_, explicit_, safe, age_restricted)
STRANDCORD_ENUM(onboarding_mode, onboarding_default, onboarding_advanced)
STRANDCORD_ENUM(onboarding_prompt_type, multiple_choice, dropdown)
STRANDCORD_ENUM(option_type, sub_command, sub_command_group, string, integer, boolean, user,
                channel, role, mentionable, number, attachment)
STRANDCORD_ENUM(overwrite_type, role, member)
STRANDCORD_ENUM(permission, create_instant_invite, kick_members, ban_members, administrator,
                manage_channels, manage_guild, add_reactions, view_audit_log, priority_speaker,
                stream, view_channel, send_messages, send_tts_messages, manage_messages,
                embed_links, attach_files, read_message_history, mention_everyone,
                use_external_emojis, view_guild_insights, connect, speak, mute_members,
                deafen_members, move_members, use_vad, change_nickname, manage_nicknames,
                manage_roles, manage_webhooks, manage_guild_expressions, use_application_commands,
                request_to_speak, manage_events, manage_threads, create_public_threads,
                create_private_threads, use_external_stickers, send_messages_in_threads,
                use_embedded_activities, moderate_members, view_creator_monetization_analytics,
                use_soundboard, create_guild_expressions, create_events, use_external_sounds,
                send_voice_messages, set_voice_channel_status, send_polls, use_external_apps,
                pin_messages, bypass_slowmode)
STRANDCORD_ENUM(poll_layout_type, default_)
STRANDCORD_ENUM(premium_tier, none, tier_1, tier_2, tier_3)
STRANDCORD_ENUM(premium_type, none, nitro_classic, nitro, nitro_basic)
STRANDCORD_ENUM(reaction_type, normal, burst)
STRANDCORD_ENUM(recurrence_frequency, yearly, monthly, weekly, daily)
STRANDCORD_ENUM(recurrence_month, january, february, march, april, may, june, july, august,
                september, october, november, december)
STRANDCORD_ENUM(recurrence_weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday)
STRANDCORD_ENUM(role_connection_metadata_type, integer_less_than_or_equal,
                integer_greater_than_or_equal, integer_equal, integer_not_equal,
                datetime_less_than_or_equal, datetime_greater_than_or_equal, boolean_equal,
                boolean_not_equal)
STRANDCORD_ENUM(role_flag, in_prompt)
STRANDCORD_ENUM(scheduled_event_entity_type, stage_instance, voice, external)
STRANDCORD_ENUM(scheduled_event_privacy_level, guild_only)
STRANDCORD_ENUM(scheduled_event_status, scheduled, active, completed, canceled)
STRANDCORD_ENUM(separator_spacing, small, large)
STRANDCORD_ENUM(sku_flag, available, guild_subscription, user_subscription)
STRANDCORD_ENUM(sku_type, durable, consumable, subscription, subscription_group)
STRANDCORD_ENUM(sort_order_type, latest_activity, creation_date)
STRANDCORD_ENUM(stage_privacy_level, public_, guild_only)
STRANDCORD_ENUM(status_display_type, name, state, details)
STRANDCORD_ENUM(sticker_format_type, png, apng, lottie, gif)
STRANDCORD_ENUM(sticker_type, standard, guild)
STRANDCORD_ENUM(subscription_status, active, inactive, ending)
STRANDCORD_ENUM(system_channel_flag, suppress_join_notifications, suppress_premium_subscriptions,
                suppress_guild_reminder_notifications, suppress_join_notification_replies,
                suppress_role_subscription_purchase_notifications,
                suppress_role_subscription_purchase_notification_replies)
STRANDCORD_ENUM(text_input_style, short_, paragraph)
STRANDCORD_ENUM(unfurled_media_flag, is_animated)
STRANDCORD_ENUM(user_flag, staff, partner, hypesquad, bug_hunter_level_1, hypesquad_online_house_1,
                hypesquad_online_house_2, hypesquad_online_house_3, premium_early_supporter,
                team_pseudo_user, bug_hunter_level_2, verified_bot, verified_developer,
                certified_moderator, bot_http_interactions)
STRANDCORD_ENUM(verification_level, none, low, medium, high, very_high)
STRANDCORD_ENUM(video_quality_mode, auto_, full)
STRANDCORD_ENUM(voice_effect_animation_type, premium, basic)
STRANDCORD_ENUM(webhook_type, incoming, channel_follower, application)

} // namespace strandcord
