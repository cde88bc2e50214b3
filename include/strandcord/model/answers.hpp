#pragma once

/// What REST routes answer with that is no object of its own. Nothing includes it: a bot that asks
/// such a route reads the answer with `from_json<sc::thread_list>(body.text)`.

#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/soundboard.hpp>
#include <strandcord/model/sticker.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Threads, and what the bot is in those that it joined.
/// Discord documentation: resources/channel, "List Public Archived Threads", "List Private Archived
/// Threads" and "List Joined Private Archived Threads"; resources/guild, "List Active Guild
/// Threads".
struct thread_list {
    std::vector<channel> threads = {};
    std::vector<thread_member> members = {};
    std::optional<bool> has_more = {}; ///< not of active threads: they come at once
};
STRANDCORD_EXTERN_MODEL(thread_list)

/// Discord documentation: resources/guild, "Bulk Guild Ban".
struct bulk_ban_result {
    std::vector<snowflake> banned_users = {};
    std::vector<snowflake> failed_users = {}; ///< some were banned already
};
STRANDCORD_EXTERN_MODEL(bulk_ban_result)

/// Discord documentation: resources/message, "Search Guild Messages".
struct message_search_result {
    bool doing_deep_historical_index = false; ///< not all is indexed yet
    std::optional<std::int64_t> documents_indexed = {};
    std::int64_t total_results = 0;
    std::vector<std::vector<message>> messages = {}; ///< each hit in a list of its own
    boxed<std::vector<channel>> threads = {};
    boxed<std::vector<thread_member>> members = {};
};
STRANDCORD_EXTERN_MODEL(message_search_result)

/// Discord documentation: resources/message, "Get Channel Pins".
struct message_pin_list {
    std::vector<message_pin> items = {};
    bool has_more = false;
};
STRANDCORD_EXTERN_MODEL(message_pin_list)

/// Discord documentation: resources/poll, "Get Answer Voters".
struct poll_voter_list {
    std::vector<user> users = {};
};
STRANDCORD_EXTERN_MODEL(poll_voter_list)

/// Discord documentation: resources/soundboard, "List Guild Soundboard Sounds".
struct soundboard_sound_list {
    std::vector<soundboard_sound> items = {};
};
STRANDCORD_EXTERN_MODEL(soundboard_sound_list)

/// Discord documentation: resources/sticker, "List Sticker Packs".
struct sticker_pack_list {
    std::vector<sticker_pack> sticker_packs = {};
};
STRANDCORD_EXTERN_MODEL(sticker_pack_list)

} // namespace strandcord
