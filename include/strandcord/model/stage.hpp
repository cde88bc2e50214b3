#pragma once

#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/stage-instance, "Privacy Level".
enum class stage_privacy_level : std::int32_t {
    public_ = 1,
    guild_only = 2,
};
STRANDCORD_EXTERN_ENUM(stage_privacy_level)

/// Discord documentation: resources/stage-instance, "Stage Instance Structure".
struct stage_instance {
    snowflake id = {};
    snowflake guild_id = {};
    snowflake channel_id = {};
    std::string topic = {};
    stage_privacy_level privacy_level = {};
    bool discoverable_disabled = false; ///< deprecated
    nullable<snowflake> guild_scheduled_event_id = {};
};
STRANDCORD_EXTERN_MODEL(stage_instance)

} // namespace strandcord
