#pragma once

// The emulated Discord's state: guilds, channels, people, messages. No sockets, no clock, no JSON
// from outside. Rules:
// - inputs are calls; `at()` first tells the time, which dates ids and messages;
// - whatever bots could hear of leaves through `publish`, once, whatever their intents;
// - ids are snowflakes, ever growing, the same for the same seed and calls; the ids of guilds made
//   in a row fall on shards in turn.

#include <strandcord/snowflake.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord::testing {

struct user_data {
    snowflake id = {};
    std::string name = {};
    bool bot = false;
};

struct role_data {
    snowflake id = {};
    std::string name = {};
    std::uint64_t permissions = 0;
    int position = 0;
    int color = 0;
};

struct member_data {
    snowflake user = {};
    std::vector<snowflake> roles = {};
    std::string nick = {};
    std::string joined_at = {};
    bool online = false;
};

struct message_data {
    snowflake id = {};
    snowflake author = {};
    std::string json = {}; ///< as REST gives it
    bool ephemeral = false;
};

struct channel_data {
    snowflake id = {};
    snowflake guild = {};
    snowflake recipient = {}; ///< of a direct-message channel
    std::string name = {};
    int position = 0;
    std::deque<message_data> messages = {};
    std::size_t count = 0;
};

struct guild_data {
    snowflake id = {};
    std::string name = {};
    std::string joined_at = {};
    snowflake owner = {};
    std::vector<role_data> roles = {};
    std::vector<snowflake> channels = {};
    std::map<snowflake, member_data> members = {};
    bool down = false;
    bool has_bot = true;
};

/// Something a bot may hear of.
struct event {
    std::string type = {};
    std::string data = {};
    snowflake guild = {};         ///< zero: outside guilds, for shard 0
    bool about_bot = false;       ///< the bot's own member
    bool content_for_all = false; ///< message content is not withheld
};

/// What a new message is made of. JSON members are texts of arrays or objects.
struct message_parts {
    static constexpr std::int64_t ephemeral = 1 << 6;

    snowflake author = {};
    snowflake channel = {};
    std::string content = {};
    std::string embeds = "[]";
    std::string components = "[]";
    std::string attachments = "[]";
    std::string nonce = {}; ///< JSON
    snowflake reference = {};
    snowflake interaction = {};
    std::int64_t flags = 0;
    bool tts = false;
};

class world {
public:
    using publisher = std::function<void(event)>;

    world(std::uint64_t seed, publisher publish);

    /// The time since the start of the emulator, before any other input.
    void at(std::chrono::nanoseconds elapsed) noexcept { elapsed_ = elapsed; }

    // Making and finding
    snowflake add_guild(std::string_view name);
    snowflake add_channel(snowflake guild, std::string_view name);
    snowflake add_user(std::string_view name);
    snowflake direct_channel(snowflake user);
    const guild_data* find_guild(snowflake id) const;
    const channel_data* find_channel(snowflake id) const;
    const user_data* find_user(snowflake id) const;
    const message_data* find_message(snowflake channel, snowflake id) const;
    const std::map<snowflake, guild_data>& guilds() const noexcept { return guilds_; }
    const user_data& bot() const noexcept { return bot_; }
    snowflake application_id() const noexcept { return bot_.id; }

    // What happens
    void add_member(snowflake guild, snowflake user);
    void remove_member(snowflake guild, snowflake user);
    /// Invented members, without events.
    void populate(snowflake guild, std::size_t members);
    void rename_guild(snowflake guild, std::string_view name);
    void set_down(snowflake guild, bool down);
    void set_bot_inside(snowflake guild, bool inside);
    void set_online(snowflake guild, snowflake user, bool online);
    const message_data& send(const message_parts& parts);
    void edit(snowflake channel, snowflake message, std::string_view content);
    /// Replaces these members of the message's JSON (an object's text) and tells of it.
    void patch(snowflake channel, snowflake message, std::string_view changes);
    void erase(snowflake channel, snowflake message);
    void react(snowflake user, snowflake channel, snowflake message, std::string_view emoji,
               bool added);
    void type(snowflake user, snowflake channel);
    /// INTERACTION_CREATE with this `type` and `data`; gives its id. `message`: zero for a command.
    snowflake interact(snowflake user, snowflake channel, int type, std::string_view data,
                       snowflake message, std::string_view token);
    void publish(event what) { publish_(std::move(what)); }

    // JSON as Discord writes it
    std::string user_json(const user_data& who) const;
    std::string member_json(const member_data& who, bool with_user) const;
    std::string channel_json(const channel_data& which, bool with_guild) const;
    std::string role_json(const role_data& role) const;
    /// Without the extras of GUILD_CREATE.
    std::string guild_json(const guild_data& which) const;
    /// `d` of GUILD_CREATE; `all_members`: else the bot only (GW-GUILD-8).
    std::string guild_create_json(const guild_data& which, bool all_members, bool presences,
                                  int large_threshold) const;
    std::string presence_json(const guild_data& which, const member_data& who,
                              bool with_guild) const;

    snowflake next_id();
    /// The moment that an id was made, in ISO form.
    static std::string time_of(snowflake id);

private:
    /// Since 1970, by the newest id.
    std::int64_t now_seconds() const noexcept;
    guild_data& guild(snowflake id);
    channel_data& channel(snowflake id);
    void add_quietly(guild_data& where, snowflake user);
    std::string message_json(const message_parts& parts, snowflake id) const;
    std::string mentions_json(std::string_view content) const;
    /// The message as an event carries it: with guild and member.
    std::string message_event(const channel_data& where, const message_data& what) const;
    bool content_for_all(const channel_data& where, const message_data& what) const;
    void publish_message(std::string_view type, const channel_data& where,
                         const message_data& what);

    static constexpr std::size_t kept_messages = 1000;
    publisher publish_;
    std::minstd_rand random_;
    std::uint64_t last_millisecond_ = 0;
    std::chrono::nanoseconds elapsed_{};
    user_data bot_;
    std::map<snowflake, guild_data> guilds_;
    std::map<snowflake, channel_data> channels_;
    std::map<snowflake, user_data> users_;
};

/// The emoji object of `👍` or `name:id`.
std::string emoji_json(std::string_view emoji);

} // namespace strandcord::testing
