#pragma once

#include "codec/json_view.hpp"

#include <strandcord/describe.hpp>
#include <strandcord/error.hpp>
#include <strandcord/json.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord::codec {

/// The outside of one gateway payload. Views into the frame it was parsed from.
/// Discord documentation: events/gateway-events, "Payload Structure".
struct envelope {
    int op = -1;
    std::optional<std::int64_t> sequence = {};
    std::string_view type = {};
    std::string_view data = {}; ///< the raw text of `d`; empty when absent or not read yet
};

/// Scans one frame at a time, once: the envelope first, then `d` into as many types as are asked
/// for, without scanning again. Not thread-safe; one per shard.
class frame_parser {
public:
    frame_parser();
    ~frame_parser();
    frame_parser(frame_parser&&) noexcept;
    frame_parser& operator=(frame_parser&&) noexcept;

    /// Grows `frame`'s capacity by the parser's padding when it must. The frame must stay unchanged
    /// while the envelope and `decode_data` are used.
    error_code parse(std::string& frame, envelope& out);
    /// `parse` for a frame whose `d` perhaps nobody reads: of a dispatch that is written the way
    /// Discord does, with `d` last, only what is before `d` is read and checked.
    error_code parse_head(std::string& frame, envelope& out);
    /// The rest of `parse` after `parse_head`, once; what reads `d` does it when nobody did.
    error_code parse_rest(envelope& out);
    /// Decodes `d` of the last frame. Fields that do not fit are left as they were and noted in
    /// `report`. Fails only when `d` is not an object.
    error_code decode_data(const type_desc& type, void* object, decode_report& report);
    /// The id that is a member of `d` of the last frame, or of an object in it; zero when there is
    /// none.
    snowflake data_id(std::string_view name, std::string_view inner = {},
                      std::string_view innermost = {}) const;
    /// `d` of the last frame, to read in parts; nothing when there is none.
    json_view data() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace strandcord::codec
