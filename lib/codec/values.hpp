#pragma once

// Reading members through a table: what encode, print and compare share.

#include <strandcord/describe.hpp>

#include <cstring>

namespace strandcord::codec {

template <class T>
const T& as(const void* value) noexcept {
    return *static_cast<const T*>(value);
}

/// Copied, because what stands there may be an enumeration, a flag set or another integer type of
/// that size, which must not be read through a pointer to `Integer`.
template <class Integer>
Integer copied(const void* value) noexcept {
    Integer number;
    std::memcpy(&number, value, sizeof number);
    return number;
}

inline std::int64_t signed_value(const void* value, std::uint8_t size) noexcept {
    switch (size) {
    case 1:
        return copied<std::int8_t>(value);
    case 2:
        return copied<std::int16_t>(value);
    case 4:
        return copied<std::int32_t>(value);
    default:
        return copied<std::int64_t>(value);
    }
}

inline std::uint64_t unsigned_value(const void* value, std::uint8_t size) noexcept {
    switch (size) {
    case 1:
        return copied<std::uint8_t>(value);
    case 2:
        return copied<std::uint16_t>(value);
    case 4:
        return copied<std::uint32_t>(value);
    default:
        return copied<std::uint64_t>(value);
    }
}

/// Of a map.
inline const std::string& entry_name(const type_desc& type, const void* map,
                                     std::size_t index) noexcept {
    return type.holder->name(const_cast<void*>(map), index);
}

} // namespace strandcord::codec
