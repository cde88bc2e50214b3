// The bot of samples/demo.sh: as many shards as Discord recommends, on four threads. It answers
// !ping, counts what it gets, and shows both.
//   demo_bot REPORT    writes its counts to that file when it ends, name=value

#include "screen.hpp"
#include "tally.hpp"

#include <strandcord/strandcord.hpp>

#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

namespace sc = strandcord;
using steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Of the thousands of bytes of a message, only these are parsed.
struct spoken {
    sc::snowflake id, channel_id;
    std::string content;
    std::optional<std::string> nonce;
};
BOOST_DESCRIBE_STRUCT(spoken, (), (id, channel_id, content, nonce))

struct arrival {
    std::string name;
    std::int64_t member_count = 0;
    std::vector<sc::guild_member> members;
};
BOOST_DESCRIBE_STRUCT(arrival, (), (name, member_count, members))

namespace {

__attribute__((format(printf, 1, 2))) std::string format(const char* pattern, ...) {
    char out[512];
    std::va_list values;
    va_start(values, pattern);
    std::vsnprintf(out, sizeof out, pattern, values);
    va_end(values);
    return out;
}

double milliseconds(std::chrono::nanoseconds span) {
    return std::chrono::duration<double, std::milli>{span}.count();
}

std::uint64_t number_in(std::string_view text) {
    std::uint64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

/// Since the sandbox made the message: its nonce is the time, in microseconds since 1970.
double age(const std::string& nonce) {
    const auto made = std::chrono::microseconds{number_in(nonce)};
    return milliseconds(std::chrono::system_clock::now().time_since_epoch() - made);
}

struct counters {
    tally events;
    std::atomic<std::uint64_t> replies{0};
    std::atomic<std::uint64_t> resumes{0};
    std::atomic<std::uint64_t> disconnects{0};
};

/// What happens to connections, from the library's own log.
sc::log_sink show_log(screen& out, counters& count) {
    return [&out, &count](const sc::log_record& record) {
        const bool closed = record.text == "The connection is closed.";
        if (record.severity < sc::level::warning && !closed && record.text != "Resuming.")
            return;
        std::string line = record.shard ? format("  shard %d: ", *record.shard) : "  ";
        line += record.text;
        for (const auto& field : record.fields) {
            if (const auto* number = std::get_if<std::int64_t>(&field.value))
                line += " " + std::string{field.name} + "=" + std::to_string(*number);
            else if (const auto* text = std::get_if<std::string_view>(&field.value))
                line += " " + std::string{field.name} + "=" + std::string{*text};
            if (closed && field.name == "code" && std::get<std::int64_t>(field.value) != 1000)
                ++count.disconnects;
        }
        out.line(line);
    };
}

void install_handlers(sc::bot& bot, screen& out, counters& count) {
    bot.on_any([&](auto event) -> sc::task<> {
        // RESUMED ends a replay; it need not have a number of its own.
        if (event.name() != sc::resumed::name)
            count.events.event(event.shard().index, event.sequence(), event.name() == "READY");
        co_return;
    });

    bot.on<sc::guild_create, arrival>([&](auto guild) -> sc::task<> {
        count.events.members(guild->members.size());
        co_return;
    });

    bot.on<sc::resumed>([&](auto event) -> sc::task<> {
        ++count.resumes;
        out.line(format("  shard %d: Resumed, at event %lld.", event.shard().index,
                        static_cast<long long>(event.sequence())));
        co_return;
    });

    bot.on<sc::message_create, spoken>([&](auto message) -> sc::task<> {
        if (message->content.starts_with('#')) {
            count.events.message(number_in(std::string_view{message->content}.substr(1)));
            if (message->nonce)
                count.events.latency(age(*message->nonce));
        } else if (message->content == "!ping") {
            const auto begin = steady::now();
            co_await message.reply("pong");
            ++count.replies;
            out.line(format("  ada: !ping   bot: pong   (%.1f ms)",
                            milliseconds(steady::now() - begin)));
        } else if (message->content == "!bye") {
            out.line("  ada: !bye");
            bot.stop();
        }
    });
}

/// Shows the bot's state several times a second, or once where there is no terminal.
class display {
public:
    display(const sc::bot& bot, screen& out, const counters& count)
        : bot_{bot}, out_{out}, count_{count}, thread_{[this] { run(); }} {}
    ~display() {
        {
            const std::lock_guard lock{mutex_};
            over_ = true;
        }
        changed_.notify_all();
        thread_.join();
        out_.leave_panel();
    }

private:
    void run() {
        const auto period = out_.has_panel() ? 250ms : 1000ms;
        const auto begin = steady::now();
        std::unique_lock lock{mutex_};
        for (auto next = begin + period; !changed_.wait_until(lock, next, [this] { return over_; });
             next += period)
            show(std::chrono::duration<double>{steady::now() - begin}.count());
    }

    void show(double seconds) {
        const auto now = count_.events.so_far();
        const double span = seconds - shown_at_;
        const double rate = static_cast<double>(now.events - shown_.events) / span;
        const auto timed = now.timed - shown_.timed;
        const double latency =
            timed == 0 ? 0 : (now.latency_sum - shown_.latency_sum) / static_cast<double>(timed);
        const auto shards = bot_.status();
        if (out_.has_panel())
            out_.panel(panel(shards, now, rate, latency));
        else
            out_.line(plain(seconds, shards, now, rate, latency));
        shown_ = now;
        shown_at_ = seconds;
    }

    static std::string heartbeat(const sc::shard_status& shard) {
        return shard.latency ? format("%.2f ms", milliseconds(*shard.latency)) : "-";
    }

    static std::vector<std::string> panel(const std::vector<sc::shard_status>& shards,
                                          const tally::counts& now, double rate, double latency) {
        std::vector<std::string> out{"", "  shard  state        events  resumes  heartbeat"};
        for (const auto& each : shards)
            out.push_back(
                format("  %d/%d    %-11s %7llu  %7llu  %9s", each.shard.index, each.shard.count,
                       to_string(each.state).c_str(), static_cast<unsigned long long>(each.events),
                       static_cast<unsigned long long>(each.resumes), heartbeat(each).c_str()));
        out.push_back(format("  %llu events, %.0f a second, %.2f ms from sandbox to handler; "
                             "%llu members; %llu lost",
                             static_cast<unsigned long long>(now.events), rate, latency,
                             static_cast<unsigned long long>(now.members),
                             static_cast<unsigned long long>(now.lost)));
        return out;
    }

    static std::string plain(double seconds, const std::vector<sc::shard_status>& shards,
                             const tally::counts& now, double rate, double latency) {
        std::string out = format("%4.0f s", seconds);
        for (const auto& each : shards)
            out += format(" | %d %s %llu %s", each.shard.index, to_string(each.state).c_str(),
                          static_cast<unsigned long long>(each.events), heartbeat(each).c_str());
        return out + format(" | %.0f events/s, %.2f ms, %llu lost", rate, latency,
                            static_cast<unsigned long long>(now.lost));
    }

    const sc::bot& bot_;
    screen& out_;
    const counters& count_;
    tally::counts shown_;
    double shown_at_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    std::thread thread_;
};

bool write_report(const char* name, const counters& count) {
    std::FILE* file = std::fopen(name, "w");
    if (!file) {
        std::perror(name);
        return false;
    }
    const auto now = count.events.so_far();
    const auto put = [file](const char* what, std::uint64_t value) {
        std::fprintf(file, "%s=%llu\n", what, static_cast<unsigned long long>(value));
    };
    put("events", now.events);
    put("lost", now.lost);
    put("twice", now.twice);
    put("messages", now.messages);
    put("messages_lost", now.messages_lost);
    put("messages_twice", now.messages_twice);
    put("members", now.members);
    put("replies", count.replies);
    put("resumes", count.resumes);
    put("disconnects", count.disconnects);
    const double mean = now.timed == 0 ? 0 : now.latency_sum / static_cast<double>(now.timed);
    std::fprintf(file, "latency=%.2f\nlatency_worst=%.2f\n", mean, now.latency_worst);
    return std::fclose(file) == 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: demo_bot REPORT\n");
        return 2;
    }
    screen out;
    counters count;
    int exit_code = 2;
    try {
        sc::bot bot{{
            .token = sc::env("DISCORD_BOT_TOKEN"),
            .privileged = sc::intent::message_content | sc::intent::guild_presences,
            .intents = sc::intents::all(),
            // Discord asks for 41 s, too seldom to be seen here.
            .gateway = {.heartbeat_interval = 4s},
            .log = sc::logger{sc::level::info, show_log(out, count)},
        }};
        install_handlers(bot, out, count);
        const display shown{bot, out, count};
        exit_code = sc::run(bot, {.threads = 4});
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return write_report(argv[1], count) ? exit_code : 2;
}
