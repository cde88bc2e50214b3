#pragma once

// Frames with their times in a file, for `testing::replay`. Not in the umbrella header: include it
// where you record.

#include <strandcord/config.hpp>

#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord {

/// One frame of a recording: one line of its file.
struct recorded_frame {
    std::int64_t ms = 0; ///< since the recording began
    std::int32_t shard = 0;
    bool received = true;  ///< else it was sent
    std::string text = {}; ///< as it was, but for secrets
};
BOOST_DESCRIBE_STRUCT(recorded_frame, (), (ms, shard, received, text))

/// A hook for `gateway_options::on_payload` that appends every frame to a new file, readable by its
/// owner only. The values of `token` and `session_id` members are masked; what users wrote is not.
/// Throws `error` when the file exists already or cannot be made. A full disk ends the recording,
/// not the bot. Any thread.
///
///     config.gateway.on_payload = sc::record_frames("frames.jsonl");
payload_hook record_frames(const std::string& path);

/// All frames of such a file, without a last line that a crash cut off. Throws `error` that names
/// the path, and the line that is none.
std::vector<recorded_frame> read_recording(const std::string& path);

/// `json` with the string values of every `token` and `session_id` member replaced by `***`.
std::string without_secrets(std::string_view json);

} // namespace strandcord
