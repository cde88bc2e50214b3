#pragma once

#include "cache/table.hpp"

namespace strandcord::cache {

/// One place; 32 bytes.
struct table::slot {
    object_ptr object = {};
    snowflake id = {};
    std::uint32_t stamp = 0; ///< sixteenths of a second; the highest bit: looked up since
    std::uint32_t bytes = 0;

    static constexpr std::uint32_t used = 0x8000'0000U;
};

/// The objects of one owner: slots without gaps, in no order, and an index over them by open
/// addressing once they are many.
class table::group {
public:
    group(snowflake guild, snowflake owner) noexcept : guild_{guild}, owner_{owner} {}

    snowflake guild() const noexcept { return guild_; }
    snowflake owner() const noexcept { return owner_; }
    void set_guild(snowflake guild) noexcept { guild_ = guild; }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t find(snowflake id) const noexcept;
    slot& add(snowflake id);
    /// The last slot moves to its place. Room for twice as many is given back.
    void remove(std::size_t at) noexcept;

    std::size_t size() const noexcept { return slots_.size(); }
    /// What is allocated for it, the objects apart.
    std::size_t bytes() const noexcept {
        return sizeof(group) + slots_.capacity() * sizeof(slot) +
               index_.capacity() * sizeof(std::uint32_t);
    }
    slot& operator[](std::size_t at) noexcept { return slots_[at]; }
    const slot& operator[](std::size_t at) const noexcept { return slots_[at]; }
    const std::vector<slot>& slots() const noexcept { return slots_; }

private:
    static constexpr std::size_t small = 8; ///< up to here looking at all is quicker

    std::size_t home(snowflake id) const noexcept {
        return std::hash<snowflake>{}(id) & (index_.size() - 1);
    }
    std::size_t next(std::size_t place) const noexcept { return (place + 1) & (index_.size() - 1); }
    std::size_t place_of(std::size_t at) const noexcept;
    void enter(std::size_t at) noexcept;
    void leave(std::size_t place) noexcept;
    void reindex(std::size_t capacity);
    void shrink() noexcept;

    snowflake guild_;
    snowflake owner_;
    std::vector<slot> slots_;
    std::vector<std::uint32_t> index_; ///< a power of two; place in `slots_` from 1, 0: free
};

} // namespace strandcord::cache
