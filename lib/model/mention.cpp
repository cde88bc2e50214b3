#include <strandcord/mention.hpp>

namespace strandcord {

std::string mention_user(snowflake id) {
    return "<@" + to_string(id) + '>';
}

std::string mention_role(snowflake id) {
    return "<@&" + to_string(id) + '>';
}

std::string mention_channel(snowflake id) {
    return "<#" + to_string(id) + '>';
}

std::string mention_command(std::string_view name, snowflake id) {
    return "</" + std::string{name} + ':' + to_string(id) + '>';
}

std::string mention_emoji(const emoji& what) {
    const std::string name = what.name.value_or({});
    if (!what.id)
        return name;
    const bool animated = what.animated.value_or(false);
    return (animated ? "<a:" : "<:") + name + ':' + to_string(*what.id) + '>';
}

std::string mention_time(timestamp moment, time_style style) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(moment.value);
    return "<t:" + std::to_string(seconds.time_since_epoch().count()) + ':' +
           static_cast<char>(style) + '>';
}

} // namespace strandcord
