#include "runtime/task_group.hpp"
#include "testing/clock_state.hpp"
#include "testing/driver.hpp"
#include "testing/hub.hpp"
#include "testing/io_plan.hpp"
#include "testing/memory.hpp"

#include <strandcord/bot.hpp>
#include <strandcord/client.hpp>
#include <strandcord/testing/discord.hpp>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>

namespace strandcord::testing {

namespace {

/// How one `run()` goes. Shared with the coroutine's end, which may come after a new start.
struct running_state {
    bool ended = false;
    std::exception_ptr failure = {};
};

std::string describe(const std::vector<shard_status>& shards) {
    if (shards.empty())
        return "no shard has been planned";
    std::string out;
    for (const auto& each : shards)
        if (each.state != shard_state::ready)
            out += (out.empty() ? "shard " : ", shard ") + std::to_string(each.shard.index) +
                   " is " + to_string(each.state);
    return out.empty() ? "guilds are still due" : out;
}

} // namespace

struct discord::impl {
    explicit impl(emulator_options options)
        : machines{std::make_shared<detail::hub>(std::move(options), memory_addresses(),
                                                 [this] { return clock.elapsed(); })}
        , server{std::make_shared<driver>(clock.executor(), machines)}
        , wires{make_memory_transport(server, machines, plan)}
        , bots{clock.executor()} {
        // The hub belongs to this object, as the driver does.
        loop().seed(machines->options.seed);
        plan->cancel_runs = [this] {
            boost::asio::post(clock.executor(), [this] { bots.cancel(); });
        };
        machines->on_output = [this] { server->wake(); };
        machines->after_act = [this] { clock.settle(); };
        machines->default_guild();
    }

    ~impl() {
        try {
            bots.cancel();
            loop().advance_until([this] { return bots.size() == 0; });
            server->group().cancel();
            loop().advance_until([this] { return server->group().size() == 0; });
            clock.settle();
        } catch (...) {
            // What is left goes down with the context.
        }
        machines->on_output = [] {};
        machines->after_act = [] {};
        plan->cancel_runs = [] {};
    }

    virtual_loop& loop() noexcept { return clock.internals().loop; }

    running_state& state_of(const void* who) {
        auto& held = states[who];
        if (!held)
            held = std::make_shared<running_state>();
        return *held;
    }

    void start(const void* who, task<> run) {
        auto made = std::make_shared<running_state>();
        states[who] = made;
        bots.spawn(std::move(run), [made](std::exception_ptr why) {
            made->failure = std::move(why);
            made->ended = true;
        });
        clock.settle();
    }

    void connect(const void* who, const std::function<std::vector<shard_status>()>& status,
                 std::chrono::nanoseconds limit) {
        const auto state = states.at(who);
        const auto ready = [&] {
            const auto shards = status();
            return !shards.empty() &&
                   std::all_of(
                       shards.begin(), shards.end(),
                       [](const shard_status& each) { return each.state == shard_state::ready; }) &&
                   machines->locked(
                       [](detail::hub& self) { return self.gateway.guilds_due() == 0; });
        };
        const bool came = loop().advance_until([&] { return state->ended || ready(); }, limit);
        if (state->failure)
            std::rethrow_exception(state->failure);
        if (state->ended)
            throw error{errc::shutting_down, "run() returned before every shard was ready."};
        if (!came)
            throw error{errc::timed_out, "The bot is not ready: " + describe(status()) + "."};
        clock.settle();
    }

    void stop(const void* who) {
        const auto state = states.at(who);
        if (!loop().advance_until([&] { return state->ended; }, std::chrono::minutes{10}))
            throw error{errc::timed_out, "run() did not return within 10 minutes of stop()."};
        clock.settle();
    }

    virtual_clock clock;
    std::shared_ptr<detail::hub> machines;
    std::shared_ptr<driver> server;
    std::shared_ptr<io_plan> plan = std::make_shared<io_plan>();
    std::shared_ptr<transport> wires;
    task_group bots;
    std::map<const void*, std::shared_ptr<running_state>> states;
};

discord::discord(emulator_options options) : impl_{std::make_unique<impl>(std::move(options))} {}
discord::~discord() = default;

boost::asio::any_io_executor discord::executor() {
    return impl_->clock.executor();
}

bot_config discord::config() const {
    bot_config out;
    out.privileged = impl_->machines->options.privileged & intent::message_content;
    out.token = impl_->machines->options.token;
    out.rest.api_base = "https://" + std::string{api_host} + impl_->machines->addresses.api_prefix;
    out.log = logger{};
    out.transport = impl_->wires;
    return out;
}

strandcord::client_config discord::client_config() const {
    strandcord::client_config out;
    out.intents |= impl_->machines->options.privileged & intent::message_content;
    out.token = impl_->machines->options.token;
    out.rest.api_base = "https://" + std::string{api_host} + impl_->machines->addresses.api_prefix;
    out.log = logger{};
    out.transport = impl_->wires;
    return out;
}

channel& discord::channel(std::string_view name) {
    return impl_->machines->channel_named(name);
}
user& discord::user(std::string_view name) {
    return impl_->machines->user_named(name);
}
guild& discord::guild(std::string_view name) {
    return impl_->machines->guild_named(name);
}
gateway_control& discord::gateway() noexcept {
    return impl_->machines->gateway_face;
}
rest_control& discord::rest() noexcept {
    return impl_->machines->rest_face;
}
virtual_clock& discord::clock() noexcept {
    return impl_->clock;
}

void discord::start(bot& who) {
    impl_->start(&who, who.run());
}
void discord::start(client& who) {
    impl_->start(&who, who.run());
}

void discord::connect(bot& who, std::chrono::nanoseconds limit) {
    start(who);
    impl_->connect(
        &who, [&who] { return who.status(); }, limit);
}

void discord::connect(client& who, std::chrono::nanoseconds limit) {
    start(who);
    impl_->connect(
        &who, [&who] { return std::vector<shard_status>{who.status()}; }, limit);
}

void discord::stop(bot& who) {
    who.stop();
    impl_->stop(&who);
}

void discord::stop(client& who) {
    who.stop();
    impl_->stop(&who);
}

bool discord::running(const bot& who) const {
    const auto found = impl_->states.find(&who);
    return found != impl_->states.end() && !found->second->ended;
}

bool discord::running(const client& who) const {
    const auto found = impl_->states.find(&who);
    return found != impl_->states.end() && !found->second->ended;
}

std::exception_ptr discord::failure(const bot& who) const {
    const auto found = impl_->states.find(&who);
    return found == impl_->states.end() ? nullptr : found->second->failure;
}

std::exception_ptr discord::failure(const client& who) const {
    const auto found = impl_->states.find(&who);
    return found == impl_->states.end() ? nullptr : found->second->failure;
}

void discord::settle() {
    impl_->clock.settle();
}
void discord::advance(std::chrono::nanoseconds span) {
    impl_->clock.advance(span);
}

void discord::fail_operation(std::size_t number, io_failure how) {
    impl_->plan->fail(number, how);
}
std::string discord::failed_operation() const {
    return impl_->plan->failed();
}
std::size_t discord::operations() const {
    return impl_->plan->operations();
}
std::size_t discord::open_streams() const {
    return impl_->plan->open_streams();
}

std::vector<std::string> discord::violations() const {
    auto out = impl_->machines->gateway_face.violations();
    const auto more = impl_->machines->rest_face.violations();
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

} // namespace strandcord::testing
