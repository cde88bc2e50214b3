// The models' descriptions stay in lib: in the public headers they would cost every file of every
// bot 26 MiB of compiler memory.

#include "model/events/automod.hpp"
#include "model/events/channel.hpp"
#include "model/events/guild.hpp"
#include "model/events/guild_changes.hpp"
#include "model/events/integration.hpp"
#include "model/events/invite.hpp"
#include "model/events/member.hpp"
#include "model/events/message.hpp"
#include "model/events/poll.hpp"
#include "model/events/reaction.hpp"
#include "model/events/role.hpp"
#include "model/events/scheduled_event.hpp"
#include "model/events/session.hpp"
#include "model/events/soundboard.hpp"
#include "model/events/thread.hpp"
#include "model/events/voice.hpp"

namespace strandcord {

STRANDCORD_MODEL(automod_action_execution_data)
STRANDCORD_MODEL(channel_info_data)
STRANDCORD_MODEL(channel_pins_update_data)
STRANDCORD_MODEL(guild_ban_data)
STRANDCORD_MODEL(guild_create_data)
STRANDCORD_MODEL(guild_emojis_update_data)
STRANDCORD_MODEL(guild_integrations_update_data)
STRANDCORD_MODEL(guild_member_add_data)
STRANDCORD_MODEL(guild_member_remove_data)
STRANDCORD_MODEL(guild_member_update_data)
STRANDCORD_MODEL(guild_members_chunk_data)
STRANDCORD_MODEL(guild_role_data)
STRANDCORD_MODEL(guild_role_delete_data)
STRANDCORD_MODEL(guild_scheduled_event_user_data)
STRANDCORD_MODEL(guild_soundboard_sound_delete_data)
STRANDCORD_MODEL(guild_stickers_update_data)
STRANDCORD_MODEL(guilds_ready_data)
STRANDCORD_MODEL(integration_delete_data)
STRANDCORD_MODEL(integration_event_data)
STRANDCORD_MODEL(invite_create_data)
STRANDCORD_MODEL(invite_delete_data)
STRANDCORD_MODEL(message_delete_bulk_data)
STRANDCORD_MODEL(message_delete_data)
STRANDCORD_MODEL(message_poll_vote_data)
STRANDCORD_MODEL(message_reaction_add_data)
STRANDCORD_MODEL(message_reaction_remove_all_data)
STRANDCORD_MODEL(message_reaction_remove_data)
STRANDCORD_MODEL(message_reaction_remove_emoji_data)
STRANDCORD_MODEL(rate_limited_data)
STRANDCORD_MODEL(ready_data)
STRANDCORD_MODEL(resumed_data)
STRANDCORD_MODEL(session_gap_data)
STRANDCORD_MODEL(thread_delete_data)
STRANDCORD_MODEL(thread_list_sync_data)
STRANDCORD_MODEL(thread_member_update_data)
STRANDCORD_MODEL(thread_members_update_data)
STRANDCORD_MODEL(typing_start_data)
STRANDCORD_MODEL(voice_channel_effect_send_data)
STRANDCORD_MODEL(voice_channel_info)
STRANDCORD_MODEL(voice_channel_start_time_update_data)
STRANDCORD_MODEL(voice_channel_status_update_data)
STRANDCORD_MODEL(webhooks_update_data)

} // namespace strandcord
