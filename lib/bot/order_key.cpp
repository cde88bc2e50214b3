#include "bot/order_key.hpp"

namespace strandcord::bot_detail {
namespace {

/// Whose `id` is that of a guild.
bool is_guild(std::string_view event) noexcept {
    return event == "GUILD_CREATE" || event == "GUILD_UPDATE" || event == "GUILD_DELETE" ||
           event.starts_with("STRANDCORD_GUILD_");
}

/// Whose `id` is that of a channel or thread.
bool is_channel(std::string_view event) noexcept {
    return event.starts_with("CHANNEL_") || event.starts_with("THREAD_") ||
           event.starts_with("VOICE_CHANNEL_");
}

std::uint64_t channel_of(std::string_view event, const codec::frame_parser& parser) {
    const auto channel = parser.data_id("channel_id");
    return channel || !is_channel(event) ? channel.value : parser.data_id("id").value;
}

std::uint64_t guild_of(std::string_view event, const codec::frame_parser& parser) {
    const auto guild = parser.data_id(is_guild(event) ? "id" : "guild_id");
    return guild ? guild.value : channel_of(event, parser);
}

std::uint64_t user_of(std::string_view event, const codec::frame_parser& parser) {
    if (event == "USER_UPDATE")
        return parser.data_id("id").value;
    if (const auto user = parser.data_id("user_id"))
        return user.value;
    for (const std::string_view who : {"author", "user"})
        if (const auto user = parser.data_id(who, "id"))
            return user.value;
    return parser.data_id("member", "user", "id").value;
}

} // namespace

std::uint64_t order_key(order_by what, std::string_view event, const codec::frame_parser& parser) {
    switch (what) {
    case order_by::guild:
        return guild_of(event, parser);
    case order_by::channel:
        return channel_of(event, parser);
    case order_by::user:
        return user_of(event, parser);
    case order_by::shard:
        return 1;
    case order_by::none:
        break;
    }
    return 0;
}

} // namespace strandcord::bot_detail
