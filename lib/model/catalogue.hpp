#pragma once

#include <strandcord/describe.hpp>
#include <strandcord/entity_kind.hpp>
#include <strandcord/intents.hpp>

#include <span>
#include <string_view>

namespace strandcord {

/// What strandcord knows of one event. Name and intents are those of the event's type.
struct catalogue_row {
    std::string_view name;        ///< Discord's: `MESSAGE_CREATE`
    std::string_view type;        ///< ours: `message_create`
    std::string_view data_type;   ///< `message`
    intents needs;                ///< any one of them switches it on; none: it is always sent
    const codec::type_desc* data; ///< how its payload is read
    entity_kinds touches;         ///< what it changes in a cache, and nothing else
    entity_kinds feeds;           ///< of those what it is there to tell of: what is kept needs it

    /// Which intents switch it on in a guild, and which in direct messages.
    intents in_guild() const noexcept;
    intents elsewhere() const noexcept;
};

/// Every event that strandcord knows, ordered by family.
std::span<const catalogue_row> catalogue() noexcept;

/// Null for an event that is in no documentation.
const catalogue_row* find_event(std::string_view name) noexcept;

} // namespace strandcord
