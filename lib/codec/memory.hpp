#pragma once

#include <strandcord/describe.hpp>

#include <cstddef>

namespace strandcord::codec {

/// Bytes that the object has allocated besides itself: long strings, vectors with their room,
/// boxes, and what is inside them. Not what the allocator adds.
std::size_t memory_of(const type_desc& type, const void* object) noexcept;
/// Gives back the unused room of strings and vectors, for objects that stay.
void compact(const type_desc& type, void* object);

} // namespace strandcord::codec
