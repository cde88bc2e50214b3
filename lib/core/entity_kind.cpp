#include <strandcord/entity_kind.hpp>

#include <array>

namespace strandcord {

std::string_view to_string(entity_kind kind) noexcept {
    static constexpr std::array<std::string_view, entity_kind_count> names{
        "guild",   "channel",        "thread",          "member",          "user",
        "role",    "emoji",          "sticker",         "presence",        "voice_state",
        "message", "stage_instance", "scheduled_event", "soundboard_sound"};
    const auto place = static_cast<std::size_t>(kind);
    return place < names.size() ? names[place] : "?";
}

} // namespace strandcord
