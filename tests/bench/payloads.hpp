#pragma once

#include <cstdint>
#include <string>

namespace bench {

/// A MESSAGE_CREATE of about 1400 bytes as Discord sends it: the members of the envelope in its
/// order, a guild member, an embed and an attachment. `number` varies ids, texts and the sequence.
inline std::string message_create(std::int64_t sequence, std::uint64_t number) {
    const auto id = std::to_string(1'100'000'000'000'000'000ULL + number * 7919);
    const auto user = std::to_string(300'000'000'000'000'000ULL + number % 977 * 104729);
    return R"({"t":"MESSAGE_CREATE","s":)" + std::to_string(sequence) +
           R"(,"op":0,"d":{"type":0,"tts":false,"timestamp":"2026-03-01T12:34:56.789000+00:00","pinned":false,)"
           R"("nonce":")" +
           id +
           R"(","mentions":[],"mention_roles":[],"mention_everyone":false,"member":{"roles":[)"
           R"("1000000000000000001","1000000000000000002","1000000000000000003"],"premium_since":null,"pending":false,)"
           R"("nick":"member )" +
           std::to_string(number % 977) +
           R"(","mute":false,"joined_at":"2021-05-06T07:08:09.123000+00:00","flags":0,"deaf":false,)"
           R"("communication_disabled_until":null,"banner":null,"avatar":null},"id":")" +
           id + R"(","flags":0,"embeds":[{"type":"rich","title":"Title )" + std::to_string(number) +
           R"(","description":"A description with a few words in it, as embeds have.","color":5814783,"fields":[)"
           R"({"name":"one","value":"1","inline":true},{"name":"two","value":"2","inline":true}]}],"edited_timestamp":null,)"
           R"("content":"message number )" +
           std::to_string(number) +
           R"( with some text in it, \"quoted\" and so on","components":[],"channel_type":0,"channel_id":)"
           R"("1000000000000000004","author":{"username":"user)" +
           std::to_string(number % 977) + R"(","public_flags":0,"id":")" + user +
           R"(","global_name":"User )" + std::to_string(number % 977) +
           R"(","discriminator":"0","avatar_decoration_data":null,"avatar":"0123456789abcdef0123456789abcdef"},)"
           R"("attachments":[{"url":"https://cdn.example.com/attachments/1/2/picture.png","size":34567,"proxy_url":)"
           R"("https://media.example.com/attachments/1/2/picture.png","id":")" +
           id +
           R"(","filename":"picture.png","width":640,"height":480,"content_type":"image/png"}],)"
           R"("guild_id":"1000000000000000005"}})";
}

} // namespace bench
