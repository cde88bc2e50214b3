#pragma once

#include <strandcord/model/application.hpp>
#include <strandcord/model/emoji.hpp>
#include <strandcord/model/guild.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/scheduled_event.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>

#include <cstdint>
#include <string>

namespace strandcord {

/// `automatic` is GIF for what is animated and PNG for the rest.
enum class image_format { automatic, png, jpeg, webp, gif };

struct image_options {
    std::uint32_t size = 0; ///< a power of two from 16 to 4096; 0: Discord's choice
    image_format format = image_format::automatic;
};

/// Addresses of images at Discord's CDN; empty when there is no such image. A size that Discord
/// does not have, and GIF for an image that does not move, throw `error`
/// (`errc::invalid_argument`).
/// Discord documentation: reference, "Image Formatting".
std::string avatar_url(const user& of, const image_options& wanted = {});
/// What a user without an avatar is shown with.
std::string default_avatar_url(const user& of);
std::string banner_url(const user& of, const image_options& wanted = {});
std::string avatar_decoration_url(const user& of);
/// A member's own avatar and banner in one guild.
std::string avatar_url(const guild_member& of, snowflake guild_id, snowflake user_id,
                       const image_options& wanted = {});
std::string banner_url(const guild_member& of, snowflake guild_id, snowflake user_id,
                       const image_options& wanted = {});
std::string icon_url(const guild& of, const image_options& wanted = {});
std::string splash_url(const guild& of, const image_options& wanted = {});
std::string discovery_splash_url(const guild& of, const image_options& wanted = {});
std::string banner_url(const guild& of, const image_options& wanted = {});
std::string icon_url(const role& of, const image_options& wanted = {});
std::string icon_url(const application& of, const image_options& wanted = {});
std::string cover_url(const application& of, const image_options& wanted = {});
std::string icon_url(const team& of, const image_options& wanted = {});
std::string cover_url(const scheduled_event& of, const image_options& wanted = {});
/// Of a custom emoji.
std::string emoji_url(const emoji& of, const image_options& wanted = {});
/// In the one format that the sticker has; Lottie is JSON.
std::string sticker_url(snowflake id, sticker_format_type format);

} // namespace strandcord
