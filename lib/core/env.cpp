#include <strandcord/config.hpp>

#include <strandcord/error.hpp>

#include <cstdlib>

namespace strandcord {
namespace {

std::string_view value_of(const char* name) noexcept {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

} // namespace

std::string env(const char* name) {
    const std::string_view value = value_of(name);
    if (value.empty())
        throw error{errc::invalid_configuration,
                    "The environment variable " + std::string{name} + " is not set."};
    return std::string{value};
}

std::string env(const char* name, std::string_view otherwise) {
    const std::string_view value = value_of(name);
    return std::string{value.empty() ? otherwise : value};
}

std::string default_api_base() {
    return env("DISCORD_API_BASE", "https://discord.com/api/v10");
}

} // namespace strandcord
