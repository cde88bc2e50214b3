// The models' descriptions stay in lib: in the public headers they would cost every file of every
// bot 26 MiB of compiler memory.

#include "model/channel.hpp"
#include "model/emoji.hpp"
#include "model/guild.hpp"
#include "model/guild_template.hpp"
#include "model/guild_widget.hpp"
#include "model/member.hpp"
#include "model/onboarding.hpp"
#include "model/presence.hpp"
#include "model/role.hpp"
#include "model/scheduled_event.hpp"
#include "model/soundboard.hpp"
#include "model/stage.hpp"
#include "model/sticker.hpp"
#include "model/user.hpp"
#include "model/voice.hpp"

namespace strandcord {

STRANDCORD_MODEL(activity)
STRANDCORD_MODEL(activity_assets)
STRANDCORD_MODEL(activity_party)
STRANDCORD_MODEL(activity_secrets)
STRANDCORD_MODEL(activity_timestamps)
STRANDCORD_MODEL(avatar_decoration_data)
STRANDCORD_MODEL(ban)
STRANDCORD_MODEL(channel)
STRANDCORD_MODEL(client_status)
STRANDCORD_MODEL(collectibles)
STRANDCORD_MODEL(default_reaction)
STRANDCORD_MODEL(emoji)
STRANDCORD_MODEL(followed_channel)
STRANDCORD_MODEL(forum_tag)
STRANDCORD_MODEL(guild)
STRANDCORD_MODEL(guild_member)
STRANDCORD_MODEL(guild_onboarding)
STRANDCORD_MODEL(guild_preview)
STRANDCORD_MODEL(guild_template)
STRANDCORD_MODEL(guild_widget)
STRANDCORD_MODEL(guild_widget_settings)
STRANDCORD_MODEL(incidents_data)
STRANDCORD_MODEL(nameplate)
STRANDCORD_MODEL(onboarding_prompt)
STRANDCORD_MODEL(onboarding_prompt_option)
STRANDCORD_MODEL(permission_overwrite)
STRANDCORD_MODEL(presence)
STRANDCORD_MODEL(primary_guild)
STRANDCORD_MODEL(recurrence_n_weekday)
STRANDCORD_MODEL(recurrence_rule)
STRANDCORD_MODEL(role)
STRANDCORD_MODEL(role_colors)
STRANDCORD_MODEL(role_tags)
STRANDCORD_MODEL(scheduled_event)
STRANDCORD_MODEL(scheduled_event_entity_metadata)
STRANDCORD_MODEL(scheduled_event_user)
STRANDCORD_MODEL(soundboard_sound)
STRANDCORD_MODEL(soundboard_sounds_data)
STRANDCORD_MODEL(stage_instance)
STRANDCORD_MODEL(sticker)
STRANDCORD_MODEL(sticker_item)
STRANDCORD_MODEL(sticker_pack)
STRANDCORD_MODEL(thread_member)
STRANDCORD_MODEL(thread_metadata)
STRANDCORD_MODEL(unavailable_guild)
STRANDCORD_MODEL(user)
STRANDCORD_MODEL(voice_region)
STRANDCORD_MODEL(voice_server)
STRANDCORD_MODEL(voice_state)
STRANDCORD_MODEL(welcome_screen)
STRANDCORD_MODEL(welcome_screen_channel)

} // namespace strandcord
