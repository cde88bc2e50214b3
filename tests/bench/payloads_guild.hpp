#pragma once

#include <cstdint>
#include <string>

namespace bench {

/// A PRESENCE_UPDATE with one game, as they come most often.
inline std::string presence_update(std::int64_t sequence, std::uint64_t number) {
    const auto user = std::to_string(300'000'000'000'000'000ULL + number % 977 * 104729);
    return R"({"t":"PRESENCE_UPDATE","s":)" + std::to_string(sequence) +
           R"(,"op":0,"d":{"user":{"id":")" + user +
           R"("},"status":"online","guild_id":"1000000000000000005","client_status":{"desktop":"online"},)"
           R"("activities":[{"type":0,"timestamps":{"start":1700000000000},"name":"Game )" +
           std::to_string(number % 100) +
           R"(","id":"ec0b28a579ecb4bd","details":"On the second map","state":"In a group",)"
           R"("created_at":1700000000001,"assets":{"large_text":"The map","large_image":"123456789012345678"},)"
           R"("application_id":"356869127241072640"}]}})";
}

/// A GUILD_CREATE of about `bytes`: 50 roles, 60 channels, and members with presences for the rest.
inline std::string guild_create(std::size_t bytes) {
    const auto id = [](std::uint64_t number) {
        return std::to_string(400'000'000'000'000'000ULL + number * 104729);
    };
    std::string text =
        R"({"t":"GUILD_CREATE","s":5,"op":0,"d":{"id":"1000000000000000005","name":"A guild","icon":null,)"
        R"("splash":null,"owner_id":")" +
        id(0) +
        R"(","afk_channel_id":null,"afk_timeout":300,"verification_level":1,"features":["COMMUNITY"],)"
        R"("mfa_level":0,"premium_tier":2,"preferred_locale":"en-US","nsfw_level":0,"large":true,)"
        R"("joined_at":"2021-05-06T07:08:09.123000+00:00","member_count":4000,"roles":[)";
    for (std::uint64_t i = 0; i < 50; ++i)
        text +=
            std::string(i ? "," : "") + R"({"id":")" + id(i) + R"(","name":"role )" +
            std::to_string(i) +
            R"(","color":3447003,"colors":{"primary_color":3447003,"secondary_color":null,"tertiary_color":null},)"
            R"("hoist":false,"icon":null,"unicode_emoji":null,"position":1,"permissions":"104324673",)"
            R"("managed":false,"mentionable":false,"flags":0})";
    text += R"(],"channels":[)";
    for (std::uint64_t i = 0; i < 60; ++i)
        text +=
            std::string(i ? "," : "") + R"({"id":")" + id(1000 + i) +
            R"(","type":0,"position":1,"name":"channel","topic":"What is said here","nsfw":false,)"
            R"("last_message_id":")" +
            id(5000 + i) +
            R"(","rate_limit_per_user":0,"parent_id":null,"permission_overwrites":[{"id":")" +
            id(i) + R"(","type":0,"allow":"1024","deny":"0"}]})";
    text += R"(],"members":[)";
    std::string presences;
    for (std::uint64_t i = 0; text.size() + presences.size() < bytes; ++i) {
        const std::string between = i ? "," : "";
        text +=
            between + R"({"user":{"id":")" + id(i) + R"(","username":"user)" + std::to_string(i) +
            R"(","discriminator":"0","global_name":null,"avatar":"0123456789abcdef0123456789abcdef",)"
            R"("bot":false,"public_flags":0},"nick":null,"avatar":null,"roles":[")" +
            id(i % 50) +
            R"("],"joined_at":"2021-05-06T07:08:09.123000+00:00","premium_since":null,"deaf":false,)"
            R"("mute":false,"flags":0,"pending":false,"communication_disabled_until":null})";
        presences += between + R"({"user":{"id":")" + id(i) +
                     R"("},"status":"idle","client_status":{"mobile":"idle"},"activities":[]})";
    }
    return text + R"(],"presences":[)" + presences +
           R"(],"threads":[],"voice_states":[],"stage_instances":[],"guild_scheduled_events":[],"emojis":[],)"
           R"("stickers":[],"soundboard_sounds":[]}})";
}

} // namespace bench
