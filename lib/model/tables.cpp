// The models' descriptions stay in lib: in the public headers they would cost every file of every
// bot 26 MiB of compiler memory.

#include "model/application.hpp"
#include "model/attachment.hpp"
#include "model/channel.hpp"
#include "model/embed.hpp"
#include "model/emoji.hpp"
#include "model/events/channel.hpp"
#include "model/events/guild.hpp"
#include "model/events/guild_changes.hpp"
#include "model/events/member.hpp"
#include "model/events/message.hpp"
#include "model/events/reaction.hpp"
#include "model/events/role.hpp"
#include "model/events/session.hpp"
#include "model/gateway.hpp"
#include "model/guild.hpp"
#include "model/interaction.hpp"
#include "model/member.hpp"
#include "model/message.hpp"
#include "model/presence.hpp"
#include "model/role.hpp"
#include "model/soundboard.hpp"
#include "model/user.hpp"
#include "model/voice.hpp"

namespace strandcord {

STRANDCORD_MODEL(activity)
STRANDCORD_MODEL(attachment)
STRANDCORD_MODEL(avatar_decoration_data)
STRANDCORD_MODEL(channel)
STRANDCORD_MODEL(channel_info_data)
STRANDCORD_MODEL(client_status)
STRANDCORD_MODEL(default_reaction)
STRANDCORD_MODEL(embed_author)
STRANDCORD_MODEL(embed_field)
STRANDCORD_MODEL(embed_footer)
STRANDCORD_MODEL(embed_media)
STRANDCORD_MODEL(embed_provider)
STRANDCORD_MODEL(emoji)
STRANDCORD_MODEL(forum_tag)
STRANDCORD_MODEL(gateway_bot)
STRANDCORD_MODEL(guild)
STRANDCORD_MODEL(guild_create_data)
STRANDCORD_MODEL(guild_member)
STRANDCORD_MODEL(guild_member_add_data)
STRANDCORD_MODEL(guild_member_remove_data)
STRANDCORD_MODEL(guild_member_update_data)
STRANDCORD_MODEL(guild_members_chunk_data)
STRANDCORD_MODEL(guild_role_data)
STRANDCORD_MODEL(guild_role_delete_data)
STRANDCORD_MODEL(guilds_ready_data)
STRANDCORD_MODEL(interaction)
STRANDCORD_MODEL(interaction_data)
STRANDCORD_MODEL(interaction_option)
STRANDCORD_MODEL(mentioned_user)
STRANDCORD_MODEL(message)
STRANDCORD_MODEL(message_delete_bulk_data)
STRANDCORD_MODEL(message_delete_data)
STRANDCORD_MODEL(message_embed)
STRANDCORD_MODEL(message_reaction_add_data)
STRANDCORD_MODEL(message_reaction_remove_data)
STRANDCORD_MODEL(message_reference)
STRANDCORD_MODEL(partial_application)
STRANDCORD_MODEL(permission_overwrite)
STRANDCORD_MODEL(presence)
STRANDCORD_MODEL(primary_guild)
STRANDCORD_MODEL(rate_limited_data)
STRANDCORD_MODEL(reaction)
STRANDCORD_MODEL(reaction_count_details)
STRANDCORD_MODEL(ready_data)
STRANDCORD_MODEL(resumed_data)
STRANDCORD_MODEL(role)
STRANDCORD_MODEL(role_colors)
STRANDCORD_MODEL(session_gap_data)
STRANDCORD_MODEL(session_start_limit)
STRANDCORD_MODEL(soundboard_sound)
STRANDCORD_MODEL(soundboard_sounds_data)
STRANDCORD_MODEL(thread_member)
STRANDCORD_MODEL(thread_metadata)
STRANDCORD_MODEL(typing_start_data)
STRANDCORD_MODEL(unavailable_guild)
STRANDCORD_MODEL(user)
STRANDCORD_MODEL(voice_channel_info)
STRANDCORD_MODEL(voice_server)
STRANDCORD_MODEL(voice_state)

} // namespace strandcord
