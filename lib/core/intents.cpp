#include <strandcord/intents.hpp>

#include <strandcord/config.hpp>
#include <strandcord/error.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace strandcord {
namespace {

struct named_intents {
    std::string_view name;
    intents bits;
};

constexpr std::array single_names{
    named_intents{"guilds", intent::guilds},
    named_intents{"guild_members", intent::guild_members},
    named_intents{"guild_moderation", intent::guild_moderation},
    named_intents{"guild_expressions", intent::guild_expressions},
    named_intents{"guild_integrations", intent::guild_integrations},
    named_intents{"guild_webhooks", intent::guild_webhooks},
    named_intents{"guild_invites", intent::guild_invites},
    named_intents{"guild_voice_states", intent::guild_voice_states},
    named_intents{"guild_presences", intent::guild_presences},
    named_intents{"guild_messages", intent::guild_messages},
    named_intents{"guild_message_reactions", intent::guild_message_reactions},
    named_intents{"guild_message_typing", intent::guild_message_typing},
    named_intents{"direct_messages", intent::direct_messages},
    named_intents{"direct_message_reactions", intent::direct_message_reactions},
    named_intents{"direct_message_typing", intent::direct_message_typing},
    named_intents{"message_content", intent::message_content},
    named_intents{"guild_scheduled_events", intent::guild_scheduled_events},
    named_intents{"auto_moderation_configuration", intent::auto_moderation_configuration},
    named_intents{"auto_moderation_execution", intent::auto_moderation_execution},
    named_intents{"guild_message_polls", intent::guild_message_polls},
    named_intents{"direct_message_polls", intent::direct_message_polls},
};

// The last one is what Discord called guild_expressions before, and many bots still do.
constexpr std::array group_names{
    named_intents{"all", intents::all()},
    named_intents{"defaults", intents::defaults()},
    named_intents{"privileged", intents::privileged()},
    named_intents{"none", intents{}},
    named_intents{"guild_emojis_and_stickers", intent::guild_expressions},
};
constexpr std::size_t groups_to_suggest = 4;

constexpr intents sum_of_names() {
    intents sum;
    for (const named_intents& one : single_names)
        sum |= one.bits;
    return sum;
}
static_assert(sum_of_names() == intents::all(), "every intent has a name");

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::optional<intents> parse_number(std::string_view word) noexcept {
    int base = 10;
    if (word.starts_with("0x") || word.starts_with("0X")) {
        word.remove_prefix(2);
        base = 16;
    }
    std::uint64_t bits = 0;
    const char* end = word.data() + word.size();
    const auto [stop, problem] = std::from_chars(word.data(), end, bits, base);
    if (problem != std::errc{} || stop != end)
        return std::nullopt;
    return intents{bits};
}

std::optional<intents> parse_word(std::string_view word) noexcept {
    for (const named_intents& one : single_names)
        if (same_word(word, one.name))
            return one.bits;
    for (const named_intents& one : group_names)
        if (same_word(word, one.name))
            return one.bits;
    return parse_number(word);
}

std::string known_names() {
    std::string out;
    for (const named_intents& one : single_names)
        out.append(one.name).append(", ");
    for (std::size_t i = 0; i < groups_to_suggest; ++i)
        out.append(group_names[i].name).append(", ");
    return out + "or a number";
}

intents parse_from(std::string_view source, std::string_view text) {
    intents sum;
    std::string unknown;
    for (std::string_view rest = text;;) {
        const auto end = rest.find_first_of(",|");
        const std::string_view word = trimmed(rest.substr(0, end));
        if (const auto bits = parse_word(word))
            sum |= *bits;
        else
            unknown.append(unknown.empty() ? "\"" : ", \"").append(word).append("\"");
        if (end == std::string_view::npos)
            break;
        rest.remove_prefix(end + 1);
    }
    if (!unknown.empty())
        throw error{errc::invalid_configuration, std::string{source} + " has no intent named " +
                                                     unknown + "; known are " + known_names() +
                                                     "."};
    return sum;
}

} // namespace

intents intents::parse(std::string_view text) {
    return parse_from("Discord", text);
}

intents intents::from_env() {
    constexpr const char* variable = "DISCORD_GATEWAY_INTENTS";
    return parse_from("DISCORD_GATEWAY_INTENTS: Discord", env(variable));
}

std::string to_string(intents set) {
    if (set.empty())
        return "none";
    std::string out;
    for (const named_intents& one : single_names)
        if (set.has(one.bits))
            out.append(out.empty() ? "" : " | ").append(one.name);
    const std::uint64_t unknown = set.bits() & ~intents::all().bits();
    if (unknown != 0) {
        std::array<char, 16> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), unknown, 16);
        out.append(out.empty() ? "0x" : " | 0x").append(digits.data(), end.ptr);
    }
    return out;
}

} // namespace strandcord
