#include "core/token.hpp"

#include <strandcord/error.hpp>

#include <algorithm>

namespace strandcord {
namespace {

bool starts_with_scheme(std::string_view token) noexcept {
    constexpr std::string_view scheme = "bot ";
    return token.size() >= scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), token.begin(),
                      [](char wanted, char found) { return wanted == (found | 0x20); });
}

bool is_visible_ascii(char c) noexcept {
    return c > 0x20 && c < 0x7F;
}

bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace

void check_token(std::string_view token) {
    if (token.empty())
        throw error{
            errc::invalid_configuration,
            "The bot token is empty: copy it from the developer portal (Bot, Reset Token)."};
    if (starts_with_scheme(token))
        throw error{errc::invalid_configuration,
                    "The bot token starts with \"Bot \": give the token alone, the prefix is added "
                    "where it belongs."};
    if (std::any_of(token.begin(), token.end(), is_space))
        throw error{
            errc::invalid_configuration,
            "The bot token contains whitespace: copy it again without spaces and line breaks."};
    if (!std::all_of(token.begin(), token.end(), is_visible_ascii))
        throw error{errc::invalid_configuration, "The bot token contains a character that no token "
                                                 "has: copy it again from the developer portal."};
}

} // namespace strandcord
