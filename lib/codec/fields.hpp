#pragma once

// Members of a described object by name, whatever its type: what the library does to objects whose
// types the user chose. A member that the type does not have is nothing, and setting it does
// nothing.

#include <strandcord/describe.hpp>
#include <strandcord/snowflake.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace strandcord::codec {

/// A value of a type known at run time.
struct value_ref {
    const type_desc* type = nullptr;
    void* at = nullptr;

    explicit operator bool() const noexcept { return at != nullptr; }
    value_ref member(std::string_view name) const noexcept;
    /// What optionals and nullables around it hold, or nothing.
    value_ref held() const noexcept;
    /// The same, made when there is none.
    value_ref engaged() const;
};

const field_desc* field_named(const type_desc& object, std::string_view name) noexcept;

/// Back to what a value-initialised object has: zero, empty, absent.
void reset(value_ref value) noexcept;
/// Deep; both are of one type.
void assign(const type_desc& type, const void* from, void* to);

std::optional<std::int64_t> integer_of(value_ref value) noexcept;
/// Zero when it is no id.
snowflake id_of(value_ref value) noexcept;
/// Empty when it is no string.
std::string_view text_of(value_ref value) noexcept;
void set_integer(value_ref value, std::int64_t number);
void set_id(value_ref value, snowflake id);
void set_boolean(value_ref value, bool is);

// Sequences, whatever optionals are around them.
std::size_t count_of(value_ref sequence) noexcept;
value_ref element_of(value_ref sequence, std::size_t index) noexcept;
/// Nothing when it is no sequence.
value_ref append_to(value_ref sequence);
void erase_from(value_ref sequence, std::size_t index);

} // namespace strandcord::codec
