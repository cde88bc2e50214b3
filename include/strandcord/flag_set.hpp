#pragma once

#include <cstdint>

namespace strandcord {

/// Flags as Discord sends them, one integer. Unknown bits are kept.
///
///     if (message.flags.has(sc::message_flag::ephemeral)) ...
template <class E>
class flag_set {
public:
    using flag = E;

    constexpr flag_set() noexcept = default;
    constexpr flag_set(E one) noexcept : bits_{static_cast<std::uint64_t>(one)} {}
    constexpr explicit flag_set(std::uint64_t bits) noexcept : bits_{bits} {}

    constexpr std::uint64_t bits() const noexcept { return bits_; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    /// Every one of `other`.
    constexpr bool has(flag_set other) const noexcept {
        return (bits_ & other.bits_) == other.bits_;
    }
    constexpr flag_set& operator|=(flag_set other) noexcept {
        bits_ |= other.bits_;
        return *this;
    }
    friend constexpr flag_set operator|(flag_set left, flag_set right) noexcept {
        return left |= right;
    }
    friend constexpr bool operator==(flag_set, flag_set) noexcept = default;

private:
    std::uint64_t bits_ = 0;
};

} // namespace strandcord
