// The code of README.md and docs/ that is in no sample and no test, in the order of the pages: that
// it compiles is the test. pages.py looks for every block of every page here and in samples/,
// tests/ and include/.

#include <strandcord/recording.hpp>
#include <strandcord/strandcord.hpp>
#include <strandcord/testing/discord.hpp>
#include <strandcord/testing/replay.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>

namespace asio = boost::asio;
namespace sc = strandcord;
using namespace std::chrono_literals;

namespace {

void archive(const sc::message&) {}
void report(std::string_view, std::string_view, std::chrono::nanoseconds) {}
sc::task<> fetch_by_rest(std::chrono::duration<double>) {
    co_return;
}
void rethrow(std::exception_ptr failure) {
    if (failure)
        std::rethrow_exception(failure);
}
constexpr sc::snowflake my_guild{1}, guild{1}, user{2};

// README.md
void embedded() {
    asio::io_context ioc;
    sc::bot bot{ioc.get_executor(), {.token = sc::env("DISCORD_BOT_TOKEN")}};
    asio::co_spawn(ioc, bot.run(), rethrow); // beside your servers; bot.stop() ends it
    ioc.run();
}

// docs/cache.md
void lookup(sc::bot& bot) {
    bot.on<sc::message_create>([&bot](auto message) -> sc::task<> {
        const auto channel = bot.cache().channel(message->channel_id);
        if (channel && channel->name)
            co_await message.reply("You are in " + *channel->name);
    });
}

sc::bot_config policies() {
    return {
        // clang-format off
.cache = sc::cache_options::defaults()
             .keep(sc::entity_kind::member, {.entries = 100'000})
             .keep(sc::entity_kind::message, {.ttl = 24h, .bytes = 64 << 20})
             .without(sc::entity_kind::role)
        // clang-format on
    };
}

void predicates(sc::cache_options& options) {
    const auto text = sc::keep_if<sc::channel>(
        [](const sc::channel& one) { return one.type == sc::channel_type::guild_text; });
    const auto mine = sc::keep_if([](const sc::cache_key& key) { return key.owner == my_guild; });
    options.keep(sc::entity_kind::channel, {.keep_if = text && mine});
}

} // namespace

struct user_id {
    sc::snowflake id;
};
BOOST_DESCRIBE_STRUCT(user_id, (), (id))

struct slim_member {
    user_id user;
    sc::boxed<std::string> nick; // most members have none
    std::vector<sc::snowflake> roles;
};
BOOST_DESCRIBE_STRUCT(slim_member, (), (user, nick, roles))

namespace {

void projected(sc::cache_options& options, sc::bot& bot) {
    options.keep(sc::entity_kind::member, {.store = sc::store_as<slim_member>()});

    const auto member = bot.cache().member<slim_member>(guild, user);
    static_cast<void>(member);
}

void before_and_after(sc::bot& bot) {
    bot.on<sc::channel_update>([&bot](sc::event<sc::channel_update> event) -> sc::task<> {
        const auto before = event.before<sc::channel>(); // null when the cache did not have it
        const auto after = bot.cache().channel(event->id);
        static_cast<void>(before == after);
        co_return;
    });
}

void dump(sc::bot& bot, const std::string& text) {
    std::ofstream{"cache.json"} << bot.cache().dump();

    bot.cache().restore(text); // before it connects
}

// docs/dispatcher.md
sc::task<> scribe(sc::bot& bot) {
    auto messages = bot.stream<sc::message_create>(100);
    while (auto message = co_await messages.next()) // ends when the bot stops
        archive(**message);
}

void failures(sc::bot& bot) {
    bot.on_error([](sc::event_failures& all) {
        for (auto& one : all.failures)
            one.retry = one.calls < 3; // this handler again, for this event
    });
}

void middleware(sc::bot& bot) {
    bot.around([](const sc::delivery& what, sc::next_handler next) -> sc::task<> {
        const auto began = std::chrono::steady_clock::now();
        co_await next();
        report(next.name(), what.name(), std::chrono::steady_clock::now() - began);
    });
}

// docs/observability.md
void metrics(sc::bot_config& config) {
    const auto metrics = std::make_shared<sc::registry>();
    config.metrics = metrics;

    metrics->prometheus(); // text for a scraper
    metrics->json();       // counters, gauges, and count, sum and quantiles of the timings
    const sc::metrics_snapshot then = metrics->snapshot();
    then[sc::counter::events_dropped];
    then[sc::timing::heartbeat].quantile(0.99);
}

// docs/sessions.md
int kept_sessions() {
    sc::bot bot{{
        .token = sc::env("DISCORD_BOT_TOKEN"),
        .sessions = std::make_shared<sc::file_session_store>("/var/lib/my_bot/sessions"),
    }};
    return sc::run(bot);
}

void gaps(sc::bot& bot) {
    bot.on<sc::session_gap>([](auto gap) -> sc::task<> {
        // also gap->cause and gap->first_missing_sequence
        co_await fetch_by_rest(std::chrono::duration<double>{gap->seconds});
    });
}

// docs/sharding.md
void autoscaled(sc::bot_config& config) {
    config.autoscale_every = 6h;
}

// docs/testing.md
void recorded(sc::bot_config& config) {
    config.gateway.on_payload = sc::record_frames("frames.jsonl");
}

void replayed(sc::testing::discord& discord, sc::bot& bot) {
    discord.connect(bot);
    sc::testing::replay replay{discord, sc::read_recording("frames.jsonl")};
    replay.at_recorded_times(); // or at_once(), or step() by step
}

} // namespace

int main() {
    // Named, so that nothing is unused.
    static_cast<void>(std::tuple{
        &embedded,
        &lookup,
        &policies,
        &predicates,
        &projected,
        &before_and_after,
        &dump,
        &scribe,
        &failures,
        &middleware,
        &metrics,
        &kept_sessions,
        &gaps,
        &autoscaled,
        &recorded,
        &replayed,
    });
}
