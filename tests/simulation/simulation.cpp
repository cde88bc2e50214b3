#include "simulation.hpp"

#include "testing/hub.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace strandcord::simulation {

using namespace std::chrono_literals;
using testing::every_shard;

namespace {

constexpr elapsed session_lifetime = 5min;

struct session_of_ready {
    std::string session_id;
};
BOOST_DESCRIBE_STRUCT(session_of_ready, (), (session_id))

testing::emulator_options emulator(std::uint64_t seed, const shape& how) {
    testing::emulator_options out;
    out.seed = seed;
    out.heartbeat_interval = how.heartbeat;
    out.recommended_shards = how.shards;
    out.max_concurrency = how.max_concurrency;
    out.start_limit_remaining = how.starts_left;
    out.start_limit_reset_after =
        std::chrono::duration_cast<std::chrono::milliseconds>(how.starts_return);
    out.session_lifetime = std::chrono::duration_cast<std::chrono::milliseconds>(session_lifetime);
    return out;
}

std::uint64_t number_in(std::string_view json) {
    const auto colon = json.find(':');
    std::uint64_t out = 0;
    if (colon != std::string_view::npos)
        std::from_chars(json.data() + colon + 1, json.data() + json.size(), out);
    return out;
}

std::string stamp(elapsed when) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(when).count();
    char out[32];
    std::snprintf(out, sizeof out, "%02lld:%02lld:%02lld.%03lld ",
                  static_cast<long long>(ms / 3'600'000), static_cast<long long>(ms / 60'000 % 60),
                  static_cast<long long>(ms / 1000 % 60), static_cast<long long>(ms % 1000));
    return out;
}

std::string in_words(const log_record& record) {
    std::string out{record.component};
    if (record.shard)
        out += "[" + std::to_string(*record.shard) + "]";
    out += " " + std::string{record.text};
    for (const auto& field : record.fields) {
        out += " " + std::string{field.name} + "=";
        std::visit(
            [&out](const auto& value) {
                if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>)
                    out += value;
                else
                    out += std::to_string(value);
            },
            field.value);
    }
    return out;
}

} // namespace

shape short_form(std::uint64_t seed) {
    std::minstd_rand random{static_cast<std::uint32_t>(seed * 7919 + 1)};
    const auto any = [&random](int below) {
        return std::uniform_int_distribution<int>{0, below - 1}(random);
    };
    shape out;
    out.shards = 1 + any(6);
    out.max_concurrency = 1 + any(3);
    out.length = 10min + 1min * any(21);
    out.event_every = 1s * (1 + any(4));
    out.fault_every = 1s * (8 + any(40));
    out.heartbeat = std::chrono::milliseconds{any(2) == 0 ? 41250 : 15000};
    out.compress = any(2) == 0 ? compression::zlib_stream : compression::zstd_stream;
    out.in_flight = any(2) == 0 ? 4 : 64;
    // In one of four the day is nearly over.
    if (any(4) == 0) {
        out.starts_left = out.shards + any(8);
        out.starts_return = 15min;
    }
    return out;
}

shape long_form(std::uint64_t seed) {
    shape out;
    out.shards = 200;
    out.max_concurrency = 16;
    out.length = 24h;
    out.event_every = 4s;
    out.fault_every = 1min;
    out.starts_left = 5000;
    out.compress = seed % 2 == 0 ? compression::zlib_stream : compression::zstd_stream;
    return out;
}

simulation::simulation(std::uint64_t seed, const shape& how, line_sink log)
    : shape_{how}
    , log_{std::move(log)}
    , random_{static_cast<std::uint32_t>(seed * 2654435761U + 12345)}
    , discord_{emulator(seed, how)} {
    bot_.emplace(discord_.executor(), configuration());
    install_handlers();
}

simulation::~simulation() = default;

bot_config simulation::configuration() {
    bot_config out = discord_.config();
    out.intents = intents{};
    out.privileged = {};
    out.metrics = counters_;
    out.gateway.compress = shape_.compress;
    out.gateway.maximum_payload = 200'000;
    out.handlers.in_flight = shape_.in_flight;
    if (log_)
        out.log = logger{level::debug, [this](const log_record& record) { say(in_words(record)); }};
    return out;
}

void simulation::install_handlers() {
    bot_->on<ready, session_of_ready>([this](auto event) -> task<> {
        begin_session(event.shard().index, event->session_id);
        co_return;
    });
    bot_->on<session_gap>([this](auto event) -> task<> {
        ledger_.gap(event.shard().index);
        co_return;
    });
    bot_->on_raw("SIMULATED", [this](auto event) -> task<> {
        return on_event(event.shard().index, number_in(event.raw()));
    });
}

task<> simulation::on_event(int shard, std::uint64_t number) {
    ledger_.arrived(shard, number);
    damages_[shard] = 0;
    if (number % 16 == 0)
        co_await sleep_for(between(1s, 90s));
    if (number % 64 != 0)
        co_return;
    ++rest_calls_;
    try {
        const user self = co_await bot_->rest().get_current_user();
    } catch (const error&) {
        // Faults may last longer than its tries; that it ends is what counts.
    }
    ++rest_ended_;
}

void simulation::begin_session(int shard, const std::string& session) {
    const auto before = ledger_.session_of(shard);
    bool alive = !before.empty() && resumable(before);
    // One that another fault ended was not ended by this one.
    if (alive && !ledger_.excused(before) && ending_resumes_ > 0) {
        --ending_resumes_;
        alive = false;
    }
    ledger_.began(shard, session, alive);
    damages_[shard] = 0;
}

bool simulation::resumable(const std::string& session) {
    return gateway().internals().locked([&](testing::detail::hub& self) {
        const auto& all = self.gateway.sessions().all();
        return std::any_of(all.begin(), all.end(), [&](const testing::server_session& one) {
            return one.id == session &&
                   (one.connection != 0 || self.now() - one.lost_at <= session_lifetime);
        });
    });
}

int simulation::any(int below) {
    return std::uniform_int_distribution<int>{0, below - 1}(random_);
}

elapsed simulation::between(elapsed least, elapsed most) {
    return std::chrono::milliseconds{
        std::uniform_int_distribution<std::int64_t>{least / 1ms, most / 1ms}(random_)};
}

int simulation::any_target() {
    return any(shape_.shards + 1) == 0 ? every_shard : any(shape_.shards);
}

void simulation::later(elapsed wait, std::function<void()> what) {
    agenda_.push_back({now() + wait, std::move(what)});
}

void simulation::excuse(int target, const std::string& why) {
    for (int shard = 0; shard < shape_.shards; ++shard)
        if (target == every_shard || target == shard)
            ledger_.excuse(shard, why);
}

void simulation::damaged(int target) {
    for (int shard = 0; shard < shape_.shards; ++shard)
        if ((target == every_shard || target == shard) && ++damages_[shard] >= 3)
            ledger_.excuse(shard, "three damaged streams in a row");
}

bool simulation::may_ask(int shard) {
    const auto last = asked_.find(shard);
    if (last != asked_.end() && now() - last->second < 3min)
        return false;
    asked_[shard] = now();
    return true;
}

void simulation::say(const std::string& text) {
    if (log_)
        log_(stamp(now()) + text);
}

void simulation::problem(const std::string& sentence) {
    say("PROBLEM " + sentence);
    problems_.push_back(stamp(now()) + sentence);
}

// Belongs to the shard whatever the count.
snowflake simulation::guild_of(int shard) const {
    return snowflake{
        (static_cast<std::uint64_t>(shard) + 1000ULL * static_cast<std::uint64_t>(shape_.shards))
        << 22U};
}

void simulation::send_event() {
    const int shard = any(shape_.shards);
    const auto number = ++events_;
    gateway().internals().locked([&](testing::detail::hub& self) {
        for (const auto& session : self.gateway.sessions().all())
            if (session.shard.index == shard)
                ledger_.numbered(session.id, number);
    });
    gateway().dispatch("SIMULATED", R"({"n":)" + std::to_string(number) + "}", guild_of(shard));
}

void simulation::send_commands() {
    const int shard = any(shape_.shards);
    const auto guild = to_string(guild_of(shard));
    for (int times = chance(20) ? 150 : 3; times > 0; --times)
        bot_->send(shard, R"({"op":31,"d":{"guild_ids":[")" + guild + R"("]}})");
    discord_.settle();
}

void simulation::inject_fault() {
    const auto& all = all_faults();
    int total = 0;
    for (const auto& one : all)
        total += one.weight;
    int drawn = any(total);
    for (const auto& one : all) {
        drawn -= one.weight;
        if (drawn < 0) {
            say(std::string{"FAULT "} + one.name);
            ++faults_[one.name];
            ledger_.mix(static_cast<std::uint64_t>(now().count()));
            one.inject(*this);
            return;
        }
    }
}

void simulation::run_agenda(elapsed until) {
    for (;;) {
        const auto first =
            std::min_element(agenda_.begin(), agenda_.end(),
                             [](const due& a, const due& b) { return a.when < b.when; });
        if (first == agenda_.end() || first->when > until)
            return;
        const due next = std::move(*first);
        agenda_.erase(first);
        if (next.when > now())
            discord_.advance(next.when - now());
        next.what();
    }
}

void simulation::advance_to(elapsed when) {
    run_agenda(when);
    if (when > now())
        discord_.advance(when - now());
    check_bounds();
}

void simulation::check_bounds() {
    const auto handlers = counters_->value(gauge::handlers_in_flight);
    // READY of a new session comes with its session_gap, both from one frame.
    const auto most = static_cast<std::int64_t>(shape_.in_flight + 1) * shape_.shards;
    if (handlers > most)
        problem(std::to_string(handlers) + " handlers run, more than " + std::to_string(most));
    // Nobody here gives a handler an order or a bound of its own, and nobody waits for events.
    for (const auto what : {gauge::handlers_queued, gauge::handlers_waiting})
        if (counters_->value(what) != 0)
            problem(std::string{to_string(what)} + " is not zero");
    if (!discord_.running(*bot_))
        problem("the bot ended");
}

bool simulation::all_ready() const {
    const auto all = bot_->status();
    return static_cast<int>(all.size()) == shape_.shards &&
           std::all_of(all.begin(), all.end(),
                       [](const shard_status& one) { return one.state == shard_state::ready; });
}

void simulation::stop_faults() {
    say("faults end");
    while (!agenda_.empty()) {
        const due next = std::move(agenda_.back());
        agenda_.pop_back();
        next.what();
    }
    gateway().refuse_connections(0);
}

void simulation::check_end() {
    // The longest wait is for session starts to return; else ten minutes between Identifies.
    const auto limit = now() + shape_.starts_return + 1h;
    while (!all_ready() && now() < limit)
        advance_to(now() + 10s);
    if (!all_ready()) {
        for (const auto& one : bot_->status())
            if (one.state != shard_state::ready)
                problem("shard " + std::to_string(one.shard.index) + " is still " +
                        to_string(one.state));
    }
    // Handlers and commands that waited, and whatever a late fault still costs.
    advance_to(now() + 20min);
    if (!all_ready())
        problem("not every shard stayed ready");
    ledger_.settle_accounts();
    if (rest_ended_ != rest_calls_)
        problem(std::to_string(rest_calls_ - rest_ended_) + " REST calls never ended");
    if (counters_->value(gauge::handlers_in_flight) != 0)
        problem("handlers still run");
    for (const auto& sentence : discord_.violations())
        problem(sentence);
}

outcome simulation::run() {
    discord_.start(*bot_);
    // Discord counts from before its answer arrived.
    later(shape_.starts_return - 1s, [this] { rest().start_limit(1000, 1000, 24h); });
    std::exponential_distribution<double> gap;
    const auto draw = [&](elapsed mean) {
        return elapsed{static_cast<elapsed::rep>(gap(random_) * static_cast<double>(mean.count()))};
    };
    elapsed event_at = draw(shape_.event_every);
    elapsed fault_at = 30s + draw(shape_.fault_every);
    elapsed commands_at = 1min;
    for (;;) {
        const auto next = std::min({event_at, fault_at, commands_at, shape_.length});
        advance_to(next);
        if (!problems_.empty() || !ledger_.problems().empty() || next == shape_.length)
            break;
        if (next == event_at) {
            for (int burst = any(100) == 0 ? 100 : 1; burst > 0; --burst)
                send_event();
            event_at = next + draw(shape_.event_every);
        } else if (next == fault_at) {
            inject_fault();
            fault_at = next + draw(shape_.fault_every);
        } else {
            send_commands();
            commands_at = next + draw(3min);
        }
    }
    stop_faults();
    if (problems_.empty() && ledger_.problems().empty())
        check_end();

    outcome out;
    out.problems = problems_;
    out.problems.insert(out.problems.end(), ledger_.problems().begin(), ledger_.problems().end());
    if (const auto failure = discord_.failure(*bot_)) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            out.problems.emplace_back(std::string{"the bot threw: "} + e.what());
        }
    }
    out.passed = now();
    out.events = events_;
    out.arrivals = ledger_.arrivals();
    out.identifies = gateway().identifies();
    out.resumes = gateway().resumes();
    out.heartbeats = gateway().heartbeats();
    out.sessions_lost = ledger_.sessions_lost();
    out.faults = faults_;
    out.fingerprint = ledger_.fingerprint();
    if (discord_.running(*bot_))
        discord_.stop(*bot_);
    return out;
}

} // namespace strandcord::simulation
