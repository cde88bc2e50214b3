#pragma once

#include "testing/gateway_server.hpp"
#include "testing/rest_server.hpp"
#include "testing/world.hpp"

#include <strandcord/testing/actors.hpp>
#include <strandcord/testing/gateway.hpp>
#include <strandcord/testing/options.hpp>
#include <strandcord/testing/rest.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace strandcord::testing::detail {

struct hub_addresses {
    gateway_addresses gateway = {};
    std::string gateway_url = {};
    std::string api_prefix = "/api/v10";
};

/// The three machines, their lock, and the actors: where the public face, the drivers and the
/// traffic meet. No code from outside runs under the lock.
class hub {
public:
    using time_source = std::function<elapsed()>;

    hub(emulator_options options, hub_addresses addresses, time_source now);
    hub(const hub&) = delete;
    hub& operator=(const hub&) = delete;

    /// Does something to the machines: locked, dated, and then brought to the wire.
    template <class Function>
    auto act(Function fn) {
        if constexpr (std::is_void_v<decltype(fn(*this))>) {
            locked(fn);
            changed();
        } else {
            auto out = locked(fn);
            changed();
            return out;
        }
    }
    /// The same for drivers: they look for output themselves.
    template <class Function>
    auto locked(Function fn) {
        const std::lock_guard lock{mutex_};
        const auto now = now_();
        state.at(now);
        gateway.at(now);
        return fn(*this);
    }
    /// Tells the driver, and lets a loop that a test owns settle.
    void changed();
    elapsed now() const { return now_(); }

    user& user_named(std::string_view name);
    /// In the default guild.
    channel& channel_named(std::string_view name);
    channel& channel_named(snowflake guild, std::string_view name);
    channel& direct_channel(snowflake user);
    guild& guild_named(std::string_view name);
    guild& default_guild() { return guild_named("emulated guild"); }
    /// An interaction of that type and data, expected to be answered.
    snowflake interact(snowflake user, snowflake channel, int type, std::string_view data,
                       snowflake message);

    const emulator_options options;
    const hub_addresses addresses;
    /// Set by the driver: there may be output. Called without the lock, on any thread.
    std::function<void()> on_output = [] {};
    /// Set by who owns the loop: called after everything that `act` does.
    std::function<void()> after_act = [] {};
    world state;
    gateway_server gateway;
    rest_server rest;
    gateway_control gateway_face;
    rest_control rest_face;

private:
    std::mutex mutex_;
    std::mutex actors_mutex_;
    time_source now_;
    std::map<std::string, std::unique_ptr<user>, std::less<>> users_;
    std::map<std::string, std::unique_ptr<guild>, std::less<>> guilds_;
    std::map<std::pair<snowflake, std::string>, std::unique_ptr<channel>> channels_;
};

} // namespace strandcord::testing::detail
