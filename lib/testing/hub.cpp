#include "testing/hub.hpp"

namespace strandcord::testing::detail {

hub::hub(emulator_options given, hub_addresses where, time_source now)
    : options{std::move(given)}
    , addresses{std::move(where)}
    , state{options.seed, [this](event what) { gateway.publish(what); }}
    , gateway{options, state, addresses.gateway}
    , rest{options, state, addresses.gateway_url, addresses.api_prefix,
           [this] { return gateway.start_remaining(); }}
    , gateway_face{*this}
    , rest_face{*this}
    , now_{std::move(now)} {}

void hub::changed() {
    on_output();
    after_act();
}

user& hub::user_named(std::string_view name) {
    {
        const std::lock_guard lock{actors_mutex_};
        if (const auto found = users_.find(name); found != users_.end())
            return *found->second;
    }
    const auto id = act([name](hub& self) { return self.state.add_user(name); });
    const std::lock_guard lock{actors_mutex_};
    auto made = std::make_unique<user>(*this, id, std::string{name});
    return *users_.emplace(std::string{name}, std::move(made)).first->second;
}

guild& hub::guild_named(std::string_view name) {
    {
        const std::lock_guard lock{actors_mutex_};
        if (const auto found = guilds_.find(name); found != guilds_.end())
            return *found->second;
    }
    const auto id = act([name](hub& self) { return self.state.add_guild(name); });
    const std::lock_guard lock{actors_mutex_};
    auto made = std::make_unique<guild>(*this, id, std::string{name});
    return *guilds_.emplace(std::string{name}, std::move(made)).first->second;
}

channel& hub::channel_named(std::string_view name) {
    return channel_named(default_guild().id(), name);
}

channel& hub::channel_named(snowflake where, std::string_view name) {
    std::pair key{where, std::string{name}};
    {
        const std::lock_guard lock{actors_mutex_};
        if (const auto found = channels_.find(key); found != channels_.end())
            return *found->second;
    }
    const auto id = act([&](hub& self) { return self.state.add_channel(where, name); });
    const std::lock_guard lock{actors_mutex_};
    auto made = std::make_unique<channel>(*this, id, where, std::string{name});
    return *channels_.emplace(std::move(key), std::move(made)).first->second;
}

channel& hub::direct_channel(snowflake who) {
    const auto id = act([who](hub& self) { return self.state.direct_channel(who); });
    const std::lock_guard lock{actors_mutex_};
    std::pair key{snowflake{}, to_string(id)};
    auto& held = channels_[key];
    if (!held)
        held = std::make_unique<channel>(*this, id, snowflake{}, std::string{});
    return *held;
}

snowflake hub::interact(snowflake user, snowflake channel, int type, std::string_view data,
                        snowflake message) {
    return act([&](hub& self) {
        const auto token = self.rest.next_token();
        const auto id = self.state.interact(user, channel, type, data, message, token);
        self.rest.expect(id, token, channel, message, self.now());
        return id;
    });
}

} // namespace strandcord::testing::detail
