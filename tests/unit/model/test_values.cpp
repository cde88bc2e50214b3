#include <strandcord/color.hpp>
#include <strandcord/error.hpp>
#include <strandcord/image.hpp>
#include <strandcord/mention.hpp>

#include <catch2/catch.hpp>

namespace sc = strandcord;

TEST_CASE("OBJ-10 a colour goes to text, to parts and back") {
    const sc::color sky{0x33, 0x99, 0xFF};
    CHECK(sky == sc::color{0x3399FF});
    CHECK(sky.red() == 0x33);
    CHECK(sky.green() == 0x99);
    CHECK(sky.blue() == 0xFF);
    CHECK(sc::to_string(sky) == "#3399ff");
    CHECK(sc::to_string(sc::color{}) == "#000000");
    CHECK(sc::parse_color("#3399ff") == sky);
    CHECK(sc::parse_color("3399FF") == sky);
    CHECK(sc::color{-1}.value() == 0xFFFFFF);
    for (const char* wrong : {"", "#", "#3399f", "#3399fff", "#3399fg", "-39999", "##3399ff"}) {
        CAPTURE(wrong);
        CHECK_FALSE(sc::parse_color(wrong));
    }
}

TEST_CASE("mentions are what Discord's clients read") {
    CHECK(sc::mention_user(1) == "<@1>");
    CHECK(sc::mention_role(2) == "<@&2>");
    CHECK(sc::mention_channel(3) == "<#3>");
    CHECK(sc::mention_command("roll dice", 4) == "</roll dice:4>");
    sc::emoji emoji;
    emoji.name = "🔥";
    CHECK(sc::mention_emoji(emoji) == "🔥");
    emoji.id = sc::snowflake{5};
    emoji.name = "flame";
    CHECK(sc::mention_emoji(emoji) == "<:flame:5>");
    emoji.animated = true;
    CHECK(sc::mention_emoji(emoji) == "<a:flame:5>");
    const auto moment = *sc::parse_timestamp("2021-04-20T21:20:30.900Z");
    CHECK(sc::mention_time(moment) == "<t:1618953630:f>");
    CHECK(sc::mention_time(moment, sc::time_style::relative) == "<t:1618953630:R>");
}

TEST_CASE("FILE-9 images have the addresses of the CDN") {
    sc::user user;
    user.id = 80351110224678912;
    user.discriminator = "0";
    CHECK(sc::avatar_url(user).empty());
    user.avatar = "8342729096ea3675442027381ff50dfe";
    CHECK(sc::avatar_url(user) == "https://cdn.discordapp.com/avatars/80351110224678912/"
                                  "8342729096ea3675442027381ff50dfe.png");
    CHECK(sc::avatar_url(user, {.size = 256, .format = sc::image_format::webp}) ==
          "https://cdn.discordapp.com/avatars/80351110224678912/"
          "8342729096ea3675442027381ff50dfe.webp?size=256");
    user.avatar = "a_12";
    CHECK(sc::avatar_url(user, {.size = 4096}) ==
          "https://cdn.discordapp.com/avatars/80351110224678912/a_12.gif?size=4096");
    CHECK(sc::avatar_url(user, {.format = sc::image_format::png}) ==
          "https://cdn.discordapp.com/avatars/80351110224678912/a_12.png");
    user.banner = "b";
    CHECK(sc::banner_url(user) == "https://cdn.discordapp.com/banners/80351110224678912/b.png");
    CHECK_THROWS_AS(sc::banner_url(user, {.format = sc::image_format::gif}), sc::error);
    for (const std::uint32_t size : {1U, 8U, 100U, 8192U}) {
        CAPTURE(size);
        CHECK_THROWS_AS(sc::avatar_url(user, {.size = size}), sc::error);
    }

    sc::guild_member member;
    member.avatar = "m";
    CHECK(sc::avatar_url(member, 1, 2) ==
          "https://cdn.discordapp.com/guilds/1/users/2/avatars/m.png");
    CHECK(sc::banner_url(member, 1, 2).empty());

    sc::guild guild;
    guild.id = 1;
    guild.icon = "i";
    guild.splash = "s";
    guild.discovery_splash = "d";
    guild.banner = "a_b";
    CHECK(sc::icon_url(guild) == "https://cdn.discordapp.com/icons/1/i.png");
    CHECK(sc::splash_url(guild) == "https://cdn.discordapp.com/splashes/1/s.png");
    CHECK(sc::discovery_splash_url(guild) ==
          "https://cdn.discordapp.com/discovery-splashes/1/d.png");
    CHECK(sc::banner_url(guild) == "https://cdn.discordapp.com/banners/1/a_b.gif");

    sc::emoji emoji;
    CHECK(sc::emoji_url(emoji).empty());
    emoji.id = sc::snowflake{3};
    emoji.animated = true;
    CHECK(sc::emoji_url(emoji) == "https://cdn.discordapp.com/emojis/3.gif");
    CHECK(sc::sticker_url(4, sc::sticker_format_type::apng) ==
          "https://cdn.discordapp.com/stickers/4.png");
    CHECK(sc::sticker_url(4, sc::sticker_format_type::lottie) ==
          "https://cdn.discordapp.com/stickers/4.json");
    CHECK(sc::sticker_url(4, sc::sticker_format_type::gif) ==
          "https://media.discordapp.net/stickers/4.gif");
}

TEST_CASE("FILE-9 both kinds of accounts have a default avatar") {
    sc::user user;
    user.id = 80351110224678912;
    user.discriminator = "0";
    CHECK(sc::default_avatar_url(user) == "https://cdn.discordapp.com/embed/avatars/" +
                                              std::to_string((80351110224678912 >> 22) % 6) +
                                              ".png");
    user.discriminator = "1337";
    CHECK(sc::default_avatar_url(user) == "https://cdn.discordapp.com/embed/avatars/2.png");
}
