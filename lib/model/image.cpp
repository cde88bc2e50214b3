#include <strandcord/image.hpp>

#include <strandcord/error.hpp>

#include <bit>
#include <string_view>

namespace strandcord {

namespace {

constexpr std::string_view cdn = "https://cdn.discordapp.com/";

std::string_view suffix(image_format format) noexcept {
    switch (format) {
    case image_format::jpeg:
        return ".jpg";
    case image_format::webp:
        return ".webp";
    case image_format::gif:
        return ".gif";
    case image_format::automatic:
    case image_format::png:
        break;
    }
    return ".png";
}

std::string address(std::string path, bool animated, const image_options& wanted) {
    if (wanted.size != 0 &&
        (wanted.size < 16 || wanted.size > 4096 || !std::has_single_bit(wanted.size)))
        throw error{errc::invalid_argument, "an image's size must be a power of two from 16 to "
                                            "4096, not " +
                                                std::to_string(wanted.size)};
    auto format = wanted.format;
    if (format == image_format::gif && !animated)
        throw error{errc::invalid_argument, "this image does not move: ask for another format"};
    if (format == image_format::automatic && animated)
        format = image_format::gif;
    path.insert(0, cdn);
    path += suffix(format);
    if (wanted.size != 0)
        path += "?size=" + std::to_string(wanted.size);
    return path;
}

std::string of_hash(const std::string& folder, const std::string& hash,
                    const image_options& wanted) {
    return address(folder + '/' + hash, hash.starts_with("a_"), wanted);
}

std::string of_hash(const std::string& folder, const nullable<std::string>& hash,
                    const image_options& wanted) {
    return hash ? of_hash(folder, *hash, wanted) : std::string{};
}

std::string member_folder(snowflake guild_id, snowflake user_id, const char* what) {
    return "guilds/" + to_string(guild_id) + "/users/" + to_string(user_id) + '/' + what;
}

} // namespace

std::string avatar_url(const user& of, const image_options& wanted) {
    return of_hash("avatars/" + to_string(of.id), of.avatar, wanted);
}

std::string default_avatar_url(const user& of) {
    // Accounts on the old name system have four digits behind their name.
    const bool old_name = of.discriminator.size() == 4 && of.discriminator != "0000";
    const std::uint64_t index = old_name ? std::strtoul(of.discriminator.c_str(), nullptr, 10) % 5
                                         : (of.id.value >> 22) % 6;
    return std::string{cdn} + "embed/avatars/" + std::to_string(index) + ".png";
}

std::string banner_url(const user& of, const image_options& wanted) {
    return of_hash("banners/" + to_string(of.id), of.banner, wanted);
}

std::string avatar_decoration_url(const user& of) {
    if (!of.avatar_decoration_data)
        return {};
    // One file for both the moving and the still form.
    return address("avatar-decoration-presets/" + of.avatar_decoration_data->asset, false, {});
}

std::string avatar_url(const guild_member& of, snowflake guild_id, snowflake user_id,
                       const image_options& wanted) {
    return of_hash(member_folder(guild_id, user_id, "avatars"), of.avatar, wanted);
}

std::string banner_url(const guild_member& of, snowflake guild_id, snowflake user_id,
                       const image_options& wanted) {
    return of_hash(member_folder(guild_id, user_id, "banners"), of.banner, wanted);
}

std::string icon_url(const guild& of, const image_options& wanted) {
    return of_hash("icons/" + to_string(of.id), of.icon, wanted);
}

std::string splash_url(const guild& of, const image_options& wanted) {
    return of_hash("splashes/" + to_string(of.id), of.splash, wanted);
}

std::string discovery_splash_url(const guild& of, const image_options& wanted) {
    return of_hash("discovery-splashes/" + to_string(of.id), of.discovery_splash, wanted);
}

std::string banner_url(const guild& of, const image_options& wanted) {
    return of_hash("banners/" + to_string(of.id), of.banner, wanted);
}

std::string icon_url(const role& of, const image_options& wanted) {
    return of_hash("role-icons/" + to_string(of.id), of.icon, wanted);
}

std::string icon_url(const application& of, const image_options& wanted) {
    return of_hash("app-icons/" + to_string(of.id), of.icon, wanted);
}

std::string cover_url(const application& of, const image_options& wanted) {
    if (!of.cover_image)
        return {};
    return of_hash("app-icons/" + to_string(of.id), *of.cover_image, wanted);
}

std::string icon_url(const team& of, const image_options& wanted) {
    return of_hash("team-icons/" + to_string(of.id), of.icon, wanted);
}

std::string cover_url(const scheduled_event& of, const image_options& wanted) {
    return of_hash("guild-events/" + to_string(of.id), of.image, wanted);
}

std::string emoji_url(const emoji& of, const image_options& wanted) {
    if (!of.id)
        return {};
    return address("emojis/" + to_string(*of.id), of.animated.value_or(false), wanted);
}

std::string sticker_url(snowflake id, sticker_format_type format) {
    switch (format) {
    case sticker_format_type::gif:
        return "https://media.discordapp.net/stickers/" + to_string(id) + ".gif";
    case sticker_format_type::lottie:
        return std::string{cdn} + "stickers/" + to_string(id) + ".json";
    default:
        return std::string{cdn} + "stickers/" + to_string(id) + ".png";
    }
}

} // namespace strandcord
