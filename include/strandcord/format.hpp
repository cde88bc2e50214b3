#pragma once

/// Opt-in: fmt support for described types, snowflakes and timestamps.
///
///     fmt::print("{}\n", message);     // {id=1, channel_id=2, content="hi"}

#include <strandcord/json.hpp>

#include <fmt/format.h>

template <strandcord::codec::described T>
struct fmt::formatter<T> : fmt::formatter<fmt::string_view> {
    template <class Context>
    auto format(const T& value, Context& context) const {
        return fmt::formatter<fmt::string_view>::format(strandcord::to_text(value), context);
    }
};

template <>
struct fmt::formatter<strandcord::snowflake> : fmt::formatter<std::uint64_t> {
    template <class Context>
    auto format(strandcord::snowflake id, Context& context) const {
        return fmt::formatter<std::uint64_t>::format(id.value, context);
    }
};

template <>
struct fmt::formatter<strandcord::timestamp> : fmt::formatter<fmt::string_view> {
    template <class Context>
    auto format(strandcord::timestamp moment, Context& context) const {
        return fmt::formatter<fmt::string_view>::format(strandcord::to_string(moment), context);
    }
};
