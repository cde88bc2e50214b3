#pragma once

#include <strandcord/model/message.hpp>
#include <strandcord/snowflake.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::testing {

namespace detail {
class hub;
}

/// A text channel of the emulated Discord. What bots sent by REST is among its messages. References
/// stay valid as long as the emulator.
class channel {
public:
    snowflake id() const noexcept { return id_; }
    /// Zero for a direct-message channel.
    snowflake guild_id() const noexcept { return guild_; }
    const std::string& name() const noexcept { return name_; }
    /// Messages sent so far, deleted ones included.
    std::size_t count() const;
    /// The newest message. Throws `std::out_of_range` when there is none.
    message last() const;
    /// The messages that are still there, oldest first; the emulator keeps the last 1000.
    std::vector<message> messages() const;
    /// The newest message as the JSON text of the API.
    std::string last_json() const;

    channel(detail::hub& hub, snowflake id, snowflake guild, std::string name);
    channel(const channel&) = delete;
    channel& operator=(const channel&) = delete;

private:
    detail::hub* hub_;
    snowflake id_;
    snowflake guild_;
    std::string name_;
};

/// A person. What they do reaches the bots whose intents ask for it.
class user {
public:
    snowflake id() const noexcept { return id_; }
    const std::string& name() const noexcept { return name_; }

    /// Sends a message; joins the channel's guild first when not a member. Gives the message's id.
    snowflake says(std::string_view content, const channel& where);
    /// The same in answer to a message.
    snowflake replies(std::string_view content, snowflake to, const channel& where);
    /// Sends a direct message to the bot; the channel is made by the first.
    snowflake whispers(std::string_view content);
    /// The channel of `whispers`.
    const channel& direct_messages();
    void edits(snowflake message, std::string_view content, const channel& where);
    void deletes(snowflake message, const channel& where);
    /// `emoji` is a character such as "👍", or `name:id` for a custom one.
    void reacts(std::string_view emoji, snowflake message, const channel& where);
    void takes_back(std::string_view emoji, snowflake message, const channel& where);
    void types(const channel& where);
    /// Runs a slash command; `options` is the JSON array of the interaction's `data.options`. Gives
    /// the interaction's id: the answer must come within 3 seconds.
    snowflake runs(std::string_view command, const channel& where);
    snowflake runs(std::string_view command, std::string_view options, const channel& where);
    /// Presses a button or picks from a select menu (`values`: a JSON array) of a message.
    snowflake clicks(std::string_view custom_id, snowflake message, const channel& where);
    snowflake picks(std::string_view custom_id, std::string_view values, snowflake message,
                    const channel& where);

    user(detail::hub& hub, snowflake id, std::string name);
    user(const user&) = delete;
    user& operator=(const user&) = delete;

private:
    detail::hub* hub_;
    snowflake id_;
    std::string name_;
};

/// A guild the bot is in.
class guild {
public:
    snowflake id() const noexcept { return id_; }
    const std::string& name() const noexcept { return name_; }

    /// The text channel of that name, made when there is none.
    testing::channel& channel(std::string_view name);
    void add_member(const user& who);
    void remove_member(const user& who);
    /// Adds that many invented members at once, without an event each: before a bot connects.
    void populate(std::size_t members);
    std::size_t member_count() const;
    /// GUILD_UPDATE with another name.
    void rename(std::string_view name);
    /// An outage: GUILD_DELETE with `unavailable`; and its end: GUILD_CREATE.
    void goes_down();
    void comes_back();
    /// The bot is thrown out: GUILD_DELETE; and invited again: GUILD_CREATE.
    void removes_bot();
    void invites_bot();

    guild(detail::hub& hub, snowflake id, std::string name);
    guild(const guild&) = delete;
    guild& operator=(const guild&) = delete;

private:
    detail::hub* hub_;
    snowflake id_;
    std::string name_;
};

} // namespace strandcord::testing
