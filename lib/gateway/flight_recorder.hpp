#pragma once

#include "core/clock.hpp"

#include <strandcord/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::gateway {

/// What one shard did lately, for the moment when somebody asks why. Bounded. Rules:
/// - of an event only name, sequence and size are kept: no user's words, no interaction's token;
///   of a frame that is unreadable the beginning, if it looks like holding no secret;
/// - of Identify and Resume only opcode and size are kept: no token, no session id;
/// - of other payloads the beginning of the text is kept.
class flight_recorder {
public:
    using time_point = runtime_clock::time_point;

    static constexpr std::size_t capacity = 48;
    static constexpr std::size_t excerpt = 96;

    /// One payload. `type` and `sequence` are those of a dispatch; `op` is -1 when it is
    /// unreadable.
    void frame(time_point at, payload_direction direction, int op, std::string_view type,
               std::optional<std::int64_t> sequence, std::string_view text);
    /// Anything else, in a few words without secrets.
    void note(time_point at, std::string_view words);
    /// Oldest first, one line each: `-12.3 s received op 0 MESSAGE_CREATE s 41, 1400 bytes`.
    std::vector<std::string> lines(time_point now) const;

private:
    enum class kind : std::uint8_t { received, sent, note };
    struct entry {
        time_point at = {};
        std::int64_t sequence = -1;
        std::uint32_t bytes = 0;
        std::int16_t op = -1;
        kind what = kind::note;
        std::uint8_t length = 0;
        std::array<char, excerpt> words = {};
    };

    entry& next(time_point at, kind what);
    static void put(entry& into, std::string_view words);

    std::array<entry, capacity> entries_ = {};
    std::size_t count_ = 0; ///< ever recorded
};

} // namespace strandcord::gateway
