// Many shards on several threads over real sockets: what ThreadSanitizer looks at.

#include "bot/handler_runner.hpp"
#include "support/log_capture.hpp"

#include <strandcord/strandcord.hpp>
#include <strandcord/testing/loopback.hpp>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace strandcord;

namespace asio = boost::asio;

namespace {

/// The emulated Discord on a thread of its own.
class discord_thread {
public:
    explicit discord_thread(testing::emulator_options options)
        : discord{context_.get_executor(), options} {
        asio::co_spawn(context_, discord.run(), [](std::exception_ptr failed) {
            if (failed)
                std::rethrow_exception(failed);
        });
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~discord_thread() {
        discord.stop();
        thread_.join();
    }

private:
    asio::io_context context_{1};

public:
    testing::loopback_discord discord;

private:
    std::thread thread_;
};

/// Waits for something that other threads bring about; the test's own timeout is the limit.
class event_count {
public:
    void add() {
        const std::lock_guard lock{mutex_};
        ++count_;
        changed_.notify_all();
    }
    void wait_for(std::size_t wanted) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return count_ >= wanted; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t count_ = 0;
};

} // namespace

TEST_CASE("16 shards on 4 threads: conversations, registrations and status from everywhere, then a "
          "clean stop") {
    discord_thread server{{.recommended_shards = 16, .max_concurrency = 16}};
    auto& discord = server.discord;
    std::vector<testing::channel*> channels;
    for (int i = 0; i < 32; ++i)
        channels.push_back(&discord.guild("guild " + std::to_string(i)).channel("general"));
    auto& ada = discord.user("ada");

    test::log_capture logs;
    asio::io_context context{4};
    bot_config config = discord.config();
    config.log = logs.log(level::warning);
    bot one{context.get_executor(), std::move(config)};

    event_count guilds;
    event_count replies;
    std::mutex mutex;
    std::set<int> shards;
    one.on<guild_create>([&](auto guild) -> task<> {
        {
            const std::lock_guard lock{mutex};
            shards.insert(guild.shard().index);
        }
        guilds.add();
        co_return;
    });
    one.on<message_create>([&](auto message) -> task<> {
        if (message->content != "!ping")
            co_return;
        co_await message.reply("pong");
        replies.add();
    });

    std::exception_ptr failure;
    asio::co_spawn(context, one.run(), [&](std::exception_ptr ended) { failure = ended; });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { context.run(); });

    guilds.wait_for(32);
    // Handlers come and go, and the state is read, while events are delivered.
    std::atomic<bool> done = false;
    std::thread meddler{[&] {
        while (!done) {
            const auto id = one.on<message_create>([](auto) -> task<> { co_return; });
            static_cast<void>(one.status());
            one.events().off(id);
        }
    }};
    for (int round = 0; round < 4; ++round)
        for (auto* channel : channels)
            ada.says("!ping", *channel);
    replies.wait_for(4 * channels.size());

    discord.gateway().drop(4000);
    for (auto* channel : channels)
        ada.says("!ping", *channel);
    replies.wait_for(5 * channels.size());

    done = true;
    meddler.join();
    one.stop();
    for (auto& thread : threads)
        thread.join();
    CHECK_FALSE(failure);
    CHECK(shards.size() > 4); // the guilds are spread, though not over all
    for (auto* channel : channels)
        CHECK(channel->count() == 10);
    CHECK(discord.gateway().violations().empty());
    CHECK(discord.rest().violations().empty());
    CHECK(discord.gateway().identifies() == 16);
}

namespace {

struct shared_store final : session_store {
    std::vector<resume_point> load() override { return points; }
    void save(const std::vector<resume_point>& now) override { points = now; }
    std::vector<resume_point> points; // never two calls at the same time
};

} // namespace

TEST_CASE("8 shards on 4 threads hand over three times under traffic: every message once "
          "(GW-RES-17)") {
    discord_thread server{{.recommended_shards = 8, .max_concurrency = 8}};
    auto& discord = server.discord;
    std::vector<testing::channel*> channels;
    for (int i = 0; i < 16; ++i)
        channels.push_back(&discord.guild("guild " + std::to_string(i)).channel("general"));
    auto& ada = discord.user("ada");
    const auto store = std::make_shared<shared_store>();
    test::log_capture logs;
    event_count seen;
    std::mutex mutex;
    std::multiset<std::string> contents;
    std::size_t said = 0;

    for (int life = 0; life < 4; ++life) {
        asio::io_context context{4};
        bot_config config = discord.config();
        config.log = logs.log(level::warning);
        config.sessions = store;
        bot one{context.get_executor(), std::move(config)};
        one.on<message_create>([&](auto message) -> task<> {
            co_await sleep_for(std::chrono::milliseconds{message->content.size() % 3});
            const std::lock_guard lock{mutex};
            contents.insert(message->content);
            seen.add();
        });
        event_count begun; // 16 guilds of new sessions, or 8 resumed ones
        one.on<guild_create>([&](auto) -> task<> {
            begun.add();
            co_return;
        });
        one.on<resumed>([&](auto) -> task<> {
            begun.add();
            co_return;
        });
        asio::co_spawn(context, one.run(), [](std::exception_ptr failed) {
            if (failed)
                std::rethrow_exception(failed);
        });
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] { context.run(); });
        begun.wait_for(life == 0 ? 16 : 8);
        for (int round = 0; round < 20; ++round)
            for (auto* channel : channels)
                ada.says("message " + std::to_string(said++), *channel);
        if (life == 3)
            seen.wait_for(said);
        else
            seen.wait_for(said - 40);

        // From the bot's own threads and from another context at the same time.
        asio::io_context elsewhere;
        std::vector<resume_point> here;
        std::vector<resume_point> there;
        asio::co_spawn(context, one.hand_over(),
                       [&](std::exception_ptr, auto points) { here = std::move(points); });
        asio::co_spawn(elsewhere, one.hand_over(),
                       [&](std::exception_ptr, auto points) { there = std::move(points); });
        elsewhere.run();
        for (auto& thread : threads)
            thread.join();
        CHECK(here.size() == 8);
        CHECK(here == there);
        CHECK(store->points == here);
    }
    CHECK(contents.size() == said);
    CHECK(std::set<std::string>(contents.begin(), contents.end()).size() == said);
    CHECK(discord.gateway().identifies() == 8);
    CHECK(discord.gateway().resumes() == 24);
    CHECK(discord.gateway().violations().empty());
}

namespace {

/// A shard that brings messages without end of its own making: parsed and delivered as a shard
/// does.
struct message_source {
    message_source(asio::io_context& context, int index, dispatcher& events,
                   std::shared_ptr<meter> counters)
        : runner{asio::make_strand(context), shard_id{index, 4},
                 runner_services{&events.internals(),
                                 rest_client{context.get_executor(), rest_config{.token = "a.b.c"}},
                                 logs.log(level::warning),
                                 std::move(counters),
                                 {}}} {}

    task<> deliver(int count) {
        for (int i = 0; i < count; ++i) {
            auto frame = std::make_shared<std::string>(
                R"({"t":"MESSAGE_CREATE","s":)" + std::to_string(i + 1) +
                R"(,"op":0,"d":{"id":"1","channel_id":")" + std::to_string(i % 7) +
                R"(","content":"message )" + std::to_string(i) + "\"}}");
            codec::envelope envelope;
            if (parser.parse(*frame, envelope))
                throw std::runtime_error{"no frame"};
            runner.on_dispatch(
                gateway::dispatch{envelope.type, i + 1, frame, parser, runtime_clock::now()});
            if (runner.full())
                co_await runner.room();
            else if (i % 16 == 0)
                co_await asio::post(asio::use_awaitable);
        }
        co_await runner.drain(std::chrono::minutes{1});
    }

    test::log_capture logs;
    codec::frame_parser parser;
    handler_runner runner;
};

} // namespace

TEST_CASE("4 shards on 4 threads dispatch to handlers that 4 others register, remove, wait beside "
          "and look at: nothing is lost and nothing is out of order") {
    constexpr int each = 1000;
    asio::io_context context{4};
    const auto counters = std::make_shared<registry>();
    dispatcher events;
    std::vector<std::unique_ptr<message_source>> shards;
    for (int i = 0; i < 4; ++i)
        shards.push_back(std::make_unique<message_source>(context, i, events, counters));

    std::atomic<int> handled = 0;
    std::atomic<bool> ordered = true;
    std::array<std::map<std::uint64_t, std::int64_t>, 4> last; // each touched by its shard only
    events.on<message_create>(
        [&](auto message) -> task<> {
            auto& before =
                last[static_cast<std::size_t>(message.shard().index)][message->channel_id.value];
            ordered = ordered && before < message.sequence();
            co_await asio::post(asio::use_awaitable);
            before = message.sequence();
            ++handled;
        },
        {.order = order_by::channel, .queued = 50});
    std::atomic<int> around = 0;
    events.around([&](const delivery&, next_handler next) -> task<> {
        ++around;
        co_await next();
    });
    auto heard = events.stream<message_create>(4 * each);
    std::atomic<int> streamed = 0;
    std::atomic<int> waited = 0;
    const auto take = [&]() -> task<> {
        while (auto next = co_await heard.next())
            ++streamed;
    };
    // Waits from the pool itself, without a strand.
    const auto wait = [&](int number) -> task<> {
        const std::string wanted = "message " + std::to_string(number);
        auto found = co_await events.wait_for<message_create>(
            [&](const auto& message) { return message->content == wanted; },
            std::chrono::minutes{1});
        if (found && (*found)->content == wanted)
            ++waited;
    };
    const auto rethrow = [](std::exception_ptr failed) {
        if (failed)
            std::rethrow_exception(failed);
    };
    asio::co_spawn(context, take(), rethrow);
    for (int i = 0; i < 20; ++i)
        asio::co_spawn(context, wait(each / 2 + i), rethrow);
    context.poll(); // all of them wait
    context.restart();

    std::atomic<int> running = 4;
    for (auto& one : shards)
        asio::co_spawn(one->runner.strand(), one->deliver(each), [&](std::exception_ptr failed) {
            if (failed)
                std::rethrow_exception(failed);
            if (--running == 0)
                events.internals().listeners->close();
        });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { context.run(); });
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            // Not without end: every wait that is there costs every event.
            for (int round = 0; round < 50 && running != 0; ++round) {
                const auto one = events.on_any<message_create, message_delete>(
                    [](const auto&) -> task<> { co_await asio::post(asio::use_awaitable); },
                    {.order = order_by::user, .in_flight = 2});
                const auto outside = events.around(
                    [](const delivery&, next_handler next) -> task<> { co_await next(); });
                static_cast<void>(events.handlers());
                static_cast<void>(events.stream<message_create>(1).lost());
                asio::co_spawn(context, wait(each - 1), rethrow);
                events.off(outside);
                events.off(one);
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(handled == 4 * each);
    CHECK(around >= 4 * each);
    CHECK(ordered);
    CHECK(streamed == 4 * each);
    CHECK(waited >= 20);
    CHECK(counters->value(gauge::handlers_in_flight) == 0);
    CHECK(counters->value(gauge::handlers_queued) == 0);
    CHECK(counters->value(gauge::handlers_waiting) == 0);
    CHECK(counters->value(counter::handler_errors) == 0);
    for (const auto& one : events.handlers())
        CHECK(one.running == 0);
    for (const auto& one : shards)
        CHECK(one->runner.finished(each) == each);
}
