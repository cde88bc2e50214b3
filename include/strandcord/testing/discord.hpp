#pragma once

#include <strandcord/config.hpp>
#include <strandcord/task.hpp>
#include <strandcord/testing/actors.hpp>
#include <strandcord/testing/clock.hpp>
#include <strandcord/testing/gateway.hpp>
#include <strandcord/testing/options.hpp>
#include <strandcord/testing/rest.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::testing {

/// Discord's gateway and REST API in this process, on a clock the test owns: no network, no token,
/// no waiting. Every call runs the bots until nothing is left to do at that moment, so a test is
/// straight-line code.
///
///     sc::testing::discord discord;
///     sc::bot bot{discord.executor(), discord.config()};
///     discord.connect(bot);
///     discord.user("ada").says("!ping", discord.channel("general"));
///     CHECK(discord.channel("general").last().content == "pong");
///
/// One thread, one at a time on it. Bots may be destroyed before it or after it.
class discord {
public:
    explicit discord(emulator_options options = {});
    /// Stops and joins everything that runs on the executor.
    ~discord();
    discord(const discord&) = delete;
    discord& operator=(const discord&) = delete;

    boost::asio::any_io_executor executor();
    /// For bots that connect here: token, transport, addresses, the message_content intent if it is
    /// switched on, and a silent log.
    bot_config config() const;
    strandcord::client_config client_config() const;

    /// The actor of that name, made when there is none. Channels are in the default guild.
    testing::channel& channel(std::string_view name);
    testing::user& user(std::string_view name);
    testing::guild& guild(std::string_view name);

    gateway_control& gateway() noexcept;
    rest_control& rest() noexcept;
    virtual_clock& clock() noexcept;

    /// Starts `run()` and returns when every shard is ready and has its guilds; waits for identify
    /// slots pass in virtual time. Throws what `run()` ended with, or `errc::timed_out` when
    /// `limit` was not enough.
    void connect(bot& who, std::chrono::nanoseconds limit = std::chrono::minutes{10});
    void connect(client& who, std::chrono::nanoseconds limit = std::chrono::minutes{10});
    /// Starts `run()` without waiting for anything.
    void start(bot& who);
    void start(client& who);
    /// Stops the bot and returns when `run()` did.
    void stop(bot& who);
    void stop(client& who);
    /// Whether `run()` of what was started is still under way.
    bool running(const bot& who) const;
    bool running(const client& who) const;
    /// What `run()` threw; null when it runs or returned.
    std::exception_ptr failure(const bot& who) const;
    std::exception_ptr failure(const client& who) const;

    void settle();
    void advance(std::chrono::nanoseconds span);
    /// See `virtual_clock`.
    template <class T>
    T run(task<T> work, std::chrono::nanoseconds limit = std::chrono::hours{1}) {
        return clock().run(std::move(work), limit);
    }

    /// Lets the `number`th operation from now on, opening, read or write, of the bots' streams
    /// fail; `fail_sweep` does that for each.
    void fail_operation(std::size_t number, io_failure how);
    /// Which one failed and how, in words; empty before it happened.
    std::string failed_operation() const;
    /// Begun so far.
    std::size_t operations() const;
    /// The bots' ends that are not destroyed.
    std::size_t open_streams() const;

    /// The violations of both gateway and REST: a test that ends with none has a bot of good
    /// manners.
    std::vector<std::string> violations() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace strandcord::testing
