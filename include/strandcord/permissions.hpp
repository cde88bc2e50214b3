#pragma once

#include <strandcord/describe.hpp>

#include <cstdint>

namespace strandcord {

/// One permission: the bit Discord gives it.
/// Discord documentation: topics/permissions, "Bitwise Permission Flags".
enum class permission : std::uint64_t {
    create_instant_invite = 1ULL << 0,
    kick_members = 1ULL << 1,
    ban_members = 1ULL << 2,
    administrator = 1ULL << 3,
    manage_channels = 1ULL << 4,
    manage_guild = 1ULL << 5,
    add_reactions = 1ULL << 6,
    view_audit_log = 1ULL << 7,
    priority_speaker = 1ULL << 8,
    stream = 1ULL << 9,
    view_channel = 1ULL << 10,
    send_messages = 1ULL << 11,
    send_tts_messages = 1ULL << 12,
    manage_messages = 1ULL << 13,
    embed_links = 1ULL << 14,
    attach_files = 1ULL << 15,
    read_message_history = 1ULL << 16,
    mention_everyone = 1ULL << 17,
    use_external_emojis = 1ULL << 18,
    view_guild_insights = 1ULL << 19,
    connect = 1ULL << 20,
    speak = 1ULL << 21,
    mute_members = 1ULL << 22,
    deafen_members = 1ULL << 23,
    move_members = 1ULL << 24,
    use_vad = 1ULL << 25,
    change_nickname = 1ULL << 26,
    manage_nicknames = 1ULL << 27,
    manage_roles = 1ULL << 28,
    manage_webhooks = 1ULL << 29,
    manage_guild_expressions = 1ULL << 30,
    use_application_commands = 1ULL << 31,
    request_to_speak = 1ULL << 32,
    manage_events = 1ULL << 33,
    manage_threads = 1ULL << 34,
    create_public_threads = 1ULL << 35,
    create_private_threads = 1ULL << 36,
    use_external_stickers = 1ULL << 37,
    send_messages_in_threads = 1ULL << 38,
    use_embedded_activities = 1ULL << 39,
    moderate_members = 1ULL << 40,
    view_creator_monetization_analytics = 1ULL << 41,
    use_soundboard = 1ULL << 42,
    create_guild_expressions = 1ULL << 43,
    create_events = 1ULL << 44,
    use_external_sounds = 1ULL << 45,
    send_voice_messages = 1ULL << 46,
    set_voice_channel_status = 1ULL << 48,
    send_polls = 1ULL << 49,
    use_external_apps = 1ULL << 50,
    pin_messages = 1ULL << 51,
    bypass_slowmode = 1ULL << 52,
};
STRANDCORD_EXTERN_ENUM(permission)

/// A set of permissions; unknown bits are kept. On the wire it is a string of digits.
class permissions {
public:
    constexpr permissions() noexcept = default;
    constexpr permissions(permission one) noexcept : bits_{static_cast<std::uint64_t>(one)} {}
    constexpr explicit permissions(std::uint64_t bits) noexcept : bits_{bits} {}

    /// Every one that has a name.
    static constexpr permissions all() noexcept { return permissions{0x1F7FFFFFFFFFFFULL}; }

    constexpr std::uint64_t bits() const noexcept { return bits_; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    /// Every one of `other`. Administrator implies nothing here: it is a bit like the others.
    constexpr bool has(permissions other) const noexcept {
        return (bits_ & other.bits_) == other.bits_;
    }

    friend constexpr permissions operator|(permissions a, permissions b) noexcept {
        return permissions{a.bits_ | b.bits_};
    }
    friend constexpr permissions operator&(permissions a, permissions b) noexcept {
        return permissions{a.bits_ & b.bits_};
    }
    friend constexpr permissions operator~(permissions a) noexcept { return permissions{~a.bits_}; }
    constexpr permissions& operator|=(permissions other) noexcept {
        bits_ |= other.bits_;
        return *this;
    }
    constexpr permissions& operator&=(permissions other) noexcept {
        bits_ &= other.bits_;
        return *this;
    }
    friend constexpr bool operator==(permissions, permissions) noexcept = default;

private:
    std::uint64_t bits_ = 0;
};

constexpr permissions operator|(permission a, permission b) noexcept {
    return permissions{a} | permissions{b};
}

} // namespace strandcord
