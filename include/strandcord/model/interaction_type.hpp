#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: interactions/receiving-and-responding, "Interaction Type".
enum class interaction_type : std::int32_t {
    ping = 1,
    application_command = 2,
    message_component = 3,
    application_command_autocomplete = 4,
    modal_submit = 5,
    social_layer_sku_purchase_eligibility = 6,
};
STRANDCORD_EXTERN_ENUM(interaction_type)

/// Discord documentation: interactions/receiving-and-responding, "Interaction Context Types".
enum class interaction_context_type : std::int32_t {
    guild = 0,
    bot_dm = 1,
    private_channel = 2,
};
STRANDCORD_EXTERN_ENUM(interaction_context_type)

/// Discord documentation: interactions/receiving-and-responding, "Interaction Callback Type".
enum class interaction_callback_type : std::int32_t {
    pong = 1,
    channel_message_with_source = 4,
    deferred_channel_message_with_source = 5,
    deferred_update_message = 6,
    update_message = 7,
    application_command_autocomplete_result = 8,
    modal = 9,
    premium_required = 10,
    launch_activity = 12,
    social_layer_sku_purchase_eligibility = 13,
};
STRANDCORD_EXTERN_ENUM(interaction_callback_type)

} // namespace strandcord
