#pragma once

#include <strandcord/model/emoji.hpp>
#include <strandcord/snowflake.hpp>
#include <strandcord/timestamp.hpp>

#include <string>
#include <string_view>

namespace strandcord {

/// What becomes a mention in a message's text.
/// Discord documentation: reference, "Message Formatting".
std::string mention_user(snowflake id);    ///< `<@1>`
std::string mention_role(snowflake id);    ///< `<@&1>`
std::string mention_channel(snowflake id); ///< `<#1>`; threads too
/// `</roll:1>`; subcommands after the name: `roll dice`.
std::string mention_command(std::string_view name, snowflake id);
/// `<:name:1>`, `<a:name:1>` when animated; of a Unicode emoji the character.
std::string mention_emoji(const emoji& what);

/// How a reader sees a moment, in his own time zone and language.
enum class time_style : char {
    short_time = 't',      ///< 16:20
    long_time = 'T',       ///< 16:20:30
    short_date = 'd',      ///< 20/04/2021
    long_date = 'D',       ///< 20 April 2021
    short_date_time = 'f', ///< 20 April 2021 16:20
    long_date_time = 'F',  ///< Tuesday, 20 April 2021 16:20
    relative = 'R',        ///< 2 months ago
};

/// `<t:1618953630:f>`, whole seconds.
std::string mention_time(timestamp moment, time_style style = time_style::short_date_time);

} // namespace strandcord
