#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/emoji.hpp>

namespace strandcord {

/// Discord documentation: resources/poll, "Layout Type".
enum class poll_layout_type : std::int32_t {
    default_ = 1,
};
STRANDCORD_EXTERN_ENUM(poll_layout_type)

/// Discord documentation: resources/poll, "Poll Media Object Structure".
struct poll_media {
    std::optional<std::string> text = {};
    boxed<strandcord::emoji> emoji = {}; ///< partial; id for a custom one, name for Unicode
};
STRANDCORD_EXTERN_MODEL(poll_media)

/// Discord documentation: resources/poll, "Poll Answer Object Structure".
struct poll_answer {
    std::int32_t answer_id = 0;
    strandcord::poll_media poll_media = {};
};
STRANDCORD_EXTERN_MODEL(poll_answer)

/// Discord documentation: resources/poll, "Poll Answer Count Object Structure".
struct poll_answer_count {
    std::int32_t id = 0; ///< the answer_id
    std::int32_t count = 0;
    bool me_voted = false;
};
STRANDCORD_EXTERN_MODEL(poll_answer_count)

/// Discord documentation: resources/poll, "Poll Results Object Structure".
struct poll_results {
    bool is_finalized = false; ///< until then counts may be off
    std::vector<poll_answer_count> answer_counts = {};
};
STRANDCORD_EXTERN_MODEL(poll_results)

/// Discord documentation: resources/poll, "Poll Object Structure".
struct poll {
    poll_media question = {};
    std::vector<poll_answer> answers = {};
    nullable<timestamp> expiry = {}; ///< null: never ends (future use)
    bool allow_multiselect = false;
    poll_layout_type layout_type = {};
    boxed<poll_results> results = {}; ///< absent means unknown, not zero
};
STRANDCORD_EXTERN_MODEL(poll)

} // namespace strandcord
