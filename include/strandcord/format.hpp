#pragma once

/// Opt-in: fmt support for described types and for what their members are: enumerations, flags,
/// permissions, nullables, boxes, snowflakes and timestamps.
///
///     fmt::print("{}\n", message);          // {id=1, channel_id=2, content="hi"}
///     fmt::print("{}\n", message.type);     // reply

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

#include <fmt/format.h>

namespace strandcord::detail {

template <class T>
inline constexpr bool prints_by_table = codec::described<T> || codec::named_enumeration<T>;
template <>
inline constexpr bool prints_by_table<permissions> = true;
template <class E>
inline constexpr bool prints_by_table<flag_set<E>> = true;
template <class T>
inline constexpr bool prints_by_table<nullable<T>> = true;
template <class T>
inline constexpr bool prints_by_table<boxed<T>> = true;

} // namespace strandcord::detail

template <class T>
    requires strandcord::detail::prints_by_table<T>
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
