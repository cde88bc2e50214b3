#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/soundboard.hpp>

namespace strandcord {

struct guild_soundboard_sound_delete_data {
    snowflake sound_id = {};
    snowflake guild_id = {};
};
STRANDCORD_EXTERN_MODEL(guild_soundboard_sound_delete_data)

struct guild_soundboard_sound_delete {
    using data = guild_soundboard_sound_delete_data;
    static constexpr std::string_view name = "GUILD_SOUNDBOARD_SOUND_DELETE";
    static constexpr intents needs = intent::guild_expressions;
};

struct guild_soundboard_sound_create {
    using data = soundboard_sound;
    static constexpr std::string_view name = "GUILD_SOUNDBOARD_SOUND_CREATE";
    static constexpr intents needs = intent::guild_expressions;
};

struct guild_soundboard_sound_update {
    using data = soundboard_sound;
    static constexpr std::string_view name = "GUILD_SOUNDBOARD_SOUND_UPDATE";
    static constexpr intents needs = intent::guild_expressions;
};

/// Several sounds changed at once.
struct guild_soundboard_sounds_update {
    using data = soundboard_sounds_data;
    static constexpr std::string_view name = "GUILD_SOUNDBOARD_SOUNDS_UPDATE";
    static constexpr intents needs = intent::guild_expressions;
};

/// The answer to a request for soundboard sounds, one per guild.
struct soundboard_sounds {
    using data = soundboard_sounds_data;
    static constexpr std::string_view name = "SOUNDBOARD_SOUNDS";
    static constexpr intents needs = {};
};

} // namespace strandcord
