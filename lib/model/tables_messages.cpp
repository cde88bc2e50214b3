// The models' descriptions stay in lib: in the public headers they would cost every file of every
// bot 26 MiB of compiler memory.

#include "model/answers.hpp"
#include "model/attachment.hpp"
#include "model/component.hpp"
#include "model/embed.hpp"
#include "model/message.hpp"
#include "model/poll.hpp"
#include "model/resolved.hpp"

namespace strandcord {

STRANDCORD_MODEL(attachment)
STRANDCORD_MODEL(bulk_ban_result)
STRANDCORD_MODEL(channel_mention)
STRANDCORD_MODEL(component)
STRANDCORD_MODEL(embed_author)
STRANDCORD_MODEL(embed_field)
STRANDCORD_MODEL(embed_footer)
STRANDCORD_MODEL(embed_media)
STRANDCORD_MODEL(embed_provider)
STRANDCORD_MODEL(interaction_metadata)
STRANDCORD_MODEL(media_gallery_item)
STRANDCORD_MODEL(mentioned_user)
STRANDCORD_MODEL(message)
STRANDCORD_MODEL(message_activity)
STRANDCORD_MODEL(message_call)
STRANDCORD_MODEL(message_embed)
STRANDCORD_MODEL(message_interaction)
STRANDCORD_MODEL(message_pin)
STRANDCORD_MODEL(message_pin_list)
STRANDCORD_MODEL(message_reference)
STRANDCORD_MODEL(message_search_result)
STRANDCORD_MODEL(message_snapshot)
STRANDCORD_MODEL(poll)
STRANDCORD_MODEL(poll_answer)
STRANDCORD_MODEL(poll_answer_count)
STRANDCORD_MODEL(poll_media)
STRANDCORD_MODEL(poll_results)
STRANDCORD_MODEL(poll_voter_list)
STRANDCORD_MODEL(reaction)
STRANDCORD_MODEL(reaction_count_details)
STRANDCORD_MODEL(resolved_data)
STRANDCORD_MODEL(role_subscription_data)
STRANDCORD_MODEL(select_default_value)
STRANDCORD_MODEL(select_option)
STRANDCORD_MODEL(shared_client_theme)
STRANDCORD_MODEL(soundboard_sound_list)
STRANDCORD_MODEL(sticker_pack_list)
STRANDCORD_MODEL(thread_list)
STRANDCORD_MODEL(unfurled_media_item)

} // namespace strandcord
