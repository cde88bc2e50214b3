#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace strandcord {

/// One gateway intent: the bit Discord gives it.
/// Discord documentation: events/gateway, "List of Intents".
enum class intent : std::uint32_t {
    guilds = 1U << 0,
    guild_members = 1U << 1, ///< privileged
    guild_moderation = 1U << 2,
    guild_expressions = 1U << 3,
    guild_integrations = 1U << 4,
    guild_webhooks = 1U << 5,
    guild_invites = 1U << 6,
    guild_voice_states = 1U << 7,
    guild_presences = 1U << 8, ///< privileged
    guild_messages = 1U << 9,
    guild_message_reactions = 1U << 10,
    guild_message_typing = 1U << 11,
    direct_messages = 1U << 12,
    direct_message_reactions = 1U << 13,
    direct_message_typing = 1U << 14,
    message_content = 1U << 15, ///< privileged
    guild_scheduled_events = 1U << 16,
    auto_moderation_configuration = 1U << 20,
    auto_moderation_execution = 1U << 21,
    guild_message_polls = 1U << 24,
    direct_message_polls = 1U << 25,
};

/// A set of intents. Bits that Discord has not defined are kept, so that a test can send them;
/// `bot` refuses them.
class intents {
public:
    constexpr intents() noexcept = default;
    constexpr intents(intent one) noexcept : bits_{static_cast<std::uint64_t>(one)} {}
    constexpr explicit intents(std::uint64_t bits) noexcept : bits_{bits} {}

    /// Every defined intent.
    static constexpr intents all() noexcept { return intents{0x331FFFFULL}; }
    /// The three that must be switched on in the developer portal.
    static constexpr intents privileged() noexcept {
        return intents{(1U << 1) | (1U << 8) | (1U << 15)};
    }
    /// The privileged ones that `application.flags`, of READY or REST, says are switched on.
    /// Discord documentation: resources/application, "Application Flags".
    static constexpr intents switched_on(std::uint64_t application_flags) noexcept {
        const auto any = [application_flags](int first, int second) {
            return ((application_flags >> first | application_flags >> second) & 1U) != 0;
        };
        return intents{(any(14, 15) ? 1U << 1 : 0U) | (any(12, 13) ? 1U << 8 : 0U) |
                       (any(18, 19) ? 1U << 15 : 0U)};
    }
    /// All that need no switch in the portal.
    static constexpr intents defaults() noexcept { return all() & ~privileged(); }

    /// Reads `DISCORD_GATEWAY_INTENTS`: a number, or names separated by commas or `|`
    /// (`guilds,guild_messages`, `all`, `defaults`). Case does not matter.
    /// Throws `error` (`errc::invalid_configuration`) that names the word it did not know,
    /// or when the variable is not set.
    static intents from_env();
    /// The same, from a text.
    static intents parse(std::string_view text);

    constexpr std::uint64_t bits() const noexcept { return bits_; }
    constexpr bool has(intents other) const noexcept {
        return (bits_ & other.bits_) == other.bits_;
    }
    constexpr bool empty() const noexcept { return bits_ == 0; }

    friend constexpr intents operator|(intents a, intents b) noexcept {
        return intents{a.bits_ | b.bits_};
    }
    friend constexpr intents operator&(intents a, intents b) noexcept {
        return intents{a.bits_ & b.bits_};
    }
    friend constexpr intents operator~(intents a) noexcept {
        return intents{~a.bits_ & all().bits_};
    }
    constexpr intents& operator|=(intents other) noexcept {
        bits_ |= other.bits_;
        return *this;
    }
    friend constexpr bool operator==(intents, intents) noexcept = default;

private:
    std::uint64_t bits_ = 0;
};

constexpr intents operator|(intent a, intent b) noexcept {
    return intents{a} | intents{b};
}

/// `guilds | guild_messages`; unknown bits as a hexadecimal number; `none` when empty.
std::string to_string(intents set);

} // namespace strandcord
