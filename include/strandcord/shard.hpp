#pragma once

#include <strandcord/draft/member_request.hpp>
#include <strandcord/draft/presence.hpp>
#include <strandcord/error.hpp>
#include <strandcord/events/channel.hpp>
#include <strandcord/fwd.hpp>
#include <strandcord/model/member_list.hpp>
#include <strandcord/model/soundboard.hpp>
#include <strandcord/model/voice.hpp>
#include <strandcord/shard_plan.hpp>
#include <strandcord/task.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strandcord {

namespace shards {
enum class shard_order : std::uint8_t;
}

/// A member request that ended before all of the answer came, with what did.
class incomplete_members : public error {
public:
    incomplete_members(error_code why, std::string message, member_list received)
        : error{why, std::move(message)}
        , received_{std::make_shared<const member_list>(std::move(received))} {}

    const member_list& received() const noexcept { return *received_; }

private:
    std::shared_ptr<const member_list> received_; // exceptions are copied
};

/// One shard of a running bot or client, to send by. Light; copies mean the same shard. Every call
/// may be made on any executor and from any thread, waits until the shard is ready and until the
/// rate limit allows, and throws `error`:
/// - `errc::invalid_argument`: the call is wrong, or names a guild of another shard;
/// - `errc::payload_too_large`: over 4096 bytes as JSON;
/// - `errc::queue_full`: a thousand commands wait already;
/// - `errc::session_lost`: Discord gave the session up before it sent or answered; ask again;
/// - `errc::timed_out`: Discord did not answer;
/// - `errc::shutting_down`: the shard stops or is gone.
/// Cancellation gives the call up; what waits unsent is not sent, a presence excepted.
///
///     sc::member_list found = co_await bot.shard_of(guild).request_members(
///         sc::member_request::by_name(guild, "ada"));
class shard {
public:
    shard_id id() const noexcept { return id_; }
    shard_status status() const;

    /// Sets this shard's presence; the latest is set again in each new session. Returns when it
    /// went out, or a later one took its place: Discord takes five changes in 20 seconds.
    task<> update_presence(presence_draft draft) const;
    /// Joins, moves to or leaves (no `channel`) a voice channel. Returns when it went out; without
    /// guild_voice_states, or when the bot may not enter, Discord says nothing.
    task<> update_voice_state(snowflake guild, std::optional<snowflake> channel, bool mute = false,
                              bool deaf = false) const;
    /// Joins a voice channel and waits for what a voice library needs to connect. Discord answers
    /// nothing when the channel is full. `patience`: how long Discord may be silent.
    /// Discord documentation: topics/voice-connections.
    task<voice_connection_info>
    join_voice(snowflake guild, snowflake channel, bool mute = false, bool deaf = false,
               std::chrono::milliseconds patience = std::chrono::seconds{10}) const;
    /// Members of a guild, all parts of the answer together. Throws `incomplete_members` when
    /// Discord stopped in the middle. A request that Discord limits is sent again when it says, ten
    /// times in a row at most.
    task<member_list> request_members(member_request what) const;
    /// The soundboard sounds of these guilds, one entry each, in the order they come.
    task<std::vector<soundboard_sounds_data>>
    request_soundboard_sounds(std::vector<snowflake> guilds,
                              std::chrono::milliseconds patience = std::chrono::seconds{30}) const;
    /// Status and start time of a guild's voice channels.
    task<channel_info_data>
    request_channel_info(snowflake guild, channel_info_fields fields = channel_info_fields::both,
                         std::chrono::milliseconds patience = std::chrono::seconds{30}) const;
    /// One payload, complete JSON text. Returns when it went out. Heartbeat, Identify and Resume
    /// are not for you to send: `errc::invalid_argument`.
    /// Discord documentation: events/gateway-events, "Send Events".
    task<> send(std::string payload) const;
    /// The last frames and states, oldest first, a line each: `-12.3 s received op 0
    /// MESSAGE_CREATE s 41, 1400 bytes`. Of events only the name, of Identify and Resume only the
    /// size, of a frame that was no JSON the beginning. Does not wait for the shard to be ready.
    /// The log has it when a session is lost.
    task<std::vector<std::string>> flight_record() const;

    // What becomes of the shard; nothing when it does not run here. These return at once.
    /// Ends its session with 1000; the other shards and `run()` go on. `start()` begins a new one.
    void stop() const;
    void start() const;
    /// `stop()` and `start()`.
    void restart() const;
    /// Drops its connection for another one, and resumes.
    void reconnect() const;

private:
    friend class bot_engine;
    void control(shards::shard_order order) const;
    shard(std::weak_ptr<bot_engine> owner, shard_id id) noexcept
        : owner_{std::move(owner)}, id_{id} {}
    std::weak_ptr<bot_engine> owner_;
    shard_id id_;
};

} // namespace strandcord
