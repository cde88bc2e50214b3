#include "gateway/session.hpp"

#include "gateway/gateway_url.hpp"
#include "gateway/payloads.hpp"

#include <strandcord/events/session.hpp>

#include <algorithm>

namespace strandcord::gateway {
namespace {

using namespace std::chrono_literals;

constexpr duration usual_interval = 41'250ms;
constexpr duration longest_interval = 1h;
constexpr int malformed_limit = 10;
constexpr std::size_t excerpt_length = 200;

// Text of a frame for the log. Frames may carry tokens that the log does not know as secrets.
std::string excerpt(std::string_view text) {
    if (may_hold_secrets(text))
        return "(withheld, it may hold a secret)";
    std::string out{text.substr(0, excerpt_length)};
    if (out.size() < text.size())
        out += "...";
    return out;
}

std::optional<hello> read_hello(std::string_view data) {
    try {
        return from_json<hello>(data);
    } catch (const error&) {
        return std::nullopt;
    }
}

} // namespace

bool session::connected() const noexcept {
    return phase_ >= phase::awaiting_hello && phase_ <= phase::ready;
}

void session::on_payload(const codec::envelope& payload, time_point now) {
    if (!connected())
        return;
    malformed_in_a_row_ = 0;
    switch (payload.op) {
    case opcode::dispatch:
        on_dispatch(payload, now);
        break;
    case opcode::heartbeat:
        heart_.on_requested(now);
        beat(now);
        break;
    case opcode::reconnect:
        log(level::info, "Discord asks to reconnect.", {{"op", payload.op}});
        begin_close(pace::at_once, 4000, "reconnect was asked for");
        break;
    case opcode::invalid_session:
        on_invalid_session(payload.data == "true", now);
        break;
    case opcode::hello:
        on_hello(payload, now);
        break;
    case opcode::heartbeat_ack:
        if (const auto latency = heart_.on_acknowledged(now)) {
            status_.latency = *latency;
            acknowledged_ = now - *latency;
            if (settings_.metrics)
                settings_.metrics->observe(timing::heartbeat, *latency);
        }
        break;
    default:
        log(level::warning, "A payload with an unknown opcode is ignored.", {{"op", payload.op}});
        break;
    }
}

void session::on_hello(const codec::envelope& payload, time_point now) {
    heard_hello_ = true;
    const auto read = read_hello(payload.data);
    duration interval = usual_interval;
    if (read && read->heartbeat_interval > 0)
        interval = std::chrono::milliseconds{
            std::min<std::int64_t>(read->heartbeat_interval, longest_interval / 1ms)};
    else
        log(level::warning, "Hello names no heartbeat interval; the usual one is taken.",
            {{"op", payload.op}, {"interval_ms", interval}});
    if (const auto wish = settings_.options.heartbeat_interval; wish && *wish > 0ms)
        interval = std::min<duration>(interval, *wish);

    hello_deadline_.reset();
    heart_.start(interval, jitter_(), now);
    outbox_.limiter().beats_every(interval);
    log(level::debug, "Hello.",
        {{"op", payload.op},
         {"interval_ms", interval},
         {"wait_ms", *heart_.deadline() - now},
         {"reason", "first heartbeat"}});
    if (phase_ != phase::awaiting_hello)
        return;
    if (resumable_) {
        send_resume(now);
        return;
    }
    phase_ = phase::awaiting_permit;
    set_state(shard_state::identifying);
    push(act::ask_identify{});
}

void session::on_identify_permit(time_point now) {
    if (phase_ != phase::awaiting_permit) {
        push(act::return_permit{});
        return;
    }
    phase_ = phase::identifying;
    ++identify_streak_;
    ++status_.identifies;
    count(counter::identifies);
    count(counter::payloads_sent);
    outbox_.limiter().take_reserved(now);
    log(level::info, "Identifying.",
        {{"op", opcode::identify}, {"intents", settings_.intents.bits()}});
    push(act::send{identify_text(), true});
}

void session::send_resume(time_point now) {
    phase_ = phase::resuming;
    set_state(shard_state::resuming);
    resume_sent_ = true;
    ++status_.resumes;
    count(counter::resumes);
    count(counter::payloads_sent);
    outbox_.limiter().take_reserved(now);
    log(level::info, "Resuming.", {{"op", opcode::resume}, {"seq", resumable_->sequence}});
    const resume body{settings_.token, resumable_->session_id, resumable_->sequence};
    push(act::send{R"({"op":6,"d":)" + to_json(body) + "}"});
}

void session::on_dispatch(const codec::envelope& payload, time_point now) {
    // READY begins a new count, once per connection; RESUMED is owed nobody and opens the session
    // whatever its number.
    const bool is_ready = payload.type == "READY";
    const bool numbered = !is_ready && payload.type != "RESUMED";
    if (is_ready ? was_ready_
                 : numbered && payload.sequence && sequence_ && *payload.sequence <= *sequence_) {
        count(counter::events_repeated);
        log(level::debug, "An event that came before is dropped.",
            {{"event", payload.type}, {"seq", payload.sequence.value_or(0)}});
        return;
    }
    if (numbered && payload.sequence && left_a_gap(*payload.sequence)) {
        begin_close(pace::at_once, 4000, "an event could not be read");
        return;
    }
    ++status_.events;
    count(counter::events_received);
    if (settings_.log.enabled(level::trace, "gateway"))
        log(level::trace, "Dispatch.",
            {{"op", payload.op}, {"event", payload.type}, {"seq", payload.sequence.value_or(0)}});

    const bool opened = phase_ == phase::ready;
    if (is_ready) {
        on_ready(payload, now);
    } else {
        if (payload.sequence)
            note_sequence(*payload.sequence);
        if (payload.type == "RESUMED")
            on_resumed();
    }
    push(act::emit{payload.type, payload.data, payload.sequence.value_or(0)});
    if (!opened)
        flush(now);
}

// Whether the frame that was skipped was an event: what replays it is a Resume. One that Discord
// itself writes wrong would come again and again.
bool session::left_a_gap(std::int64_t next) {
    constexpr int tries = 2;
    const bool gap = std::exchange(skipped_a_frame_, false) && sequence_ && next > *sequence_ + 1;
    if (!gap)
        return false;
    log(level::warning, "An event was in a frame that could not be read.",
        {{"seq", *sequence_ + 1}, {"next", next}, {"again", gaps_ < tries}});
    return ++gaps_ <= tries;
}

// READY starts the count anew, everything else only raises it (GW-PAY-6).
void session::note_sequence(std::int64_t sequence) {
    if (sequence_ && sequence <= *sequence_)
        return;
    gaps_ = 0;
    went_on_ = true;
    sequence_ = sequence;
    status_.sequence = sequence;
    stream_errors_ = 0;
    if (resumable_)
        resumable_->sequence = sequence;
}

void session::on_ready(const codec::envelope& payload, time_point now) {
    ready body;
    try {
        body = from_json<ready>(payload.data);
    } catch (const error&) {
        log(level::warning, "READY cannot be read; this session will not be resumed.",
            {{"event", payload.type}});
    }
    const auto foreign =
        std::find_if(body.guilds.begin(), body.guilds.end(), [this](const ready_guild& guild) {
            return shard_of(guild.id, settings_.shard.count) != settings_.shard;
        });
    if (foreign != body.guilds.end())
        log(level::warning, "READY lists a guild of another shard.",
            {{"event", payload.type}, {"guild", foreign->id.value}});

    session_open_ = true;
    sequence_.reset();
    resumable_.reset();
    if (payload.sequence) {
        if (!body.session_id.empty() && is_gateway_url(body.resume_gateway_url))
            resumable_ = resume_point{std::move(body.session_id),
                                      std::move(body.resume_gateway_url),
                                      0,
                                      settings_.shard,
                                      settings_.intents,
                                      settings_.token_hash};
        note_sequence(*payload.sequence);
    }
    if (lost_)
        announce_gap(now);
    become_ready();
    log(level::info, "Ready.",
        {{"event", payload.type}, {"seq", status_.sequence}, {"guilds", body.guilds.size()}});
}

// Before READY goes out, so handlers hear of it first.
void session::announce_gap(time_point now) {
    const session_gap_data gap{
        std::move(lost_->cause), lost_->first_missing,
        std::chrono::duration<double>(now - down_since_.value_or(now)).count()};
    lost_.reset();
    log(level::warning, "A session was lost: events of it are missing.",
        {{"reason", gap.cause},
         {"first_missing", gap.first_missing_sequence},
         {"seconds", gap.seconds}});
    push(act::announce{R"({"op":0,"t":")" + std::string{session_gap::name} + R"(","s":null,"d":)" +
                       to_json(gap) + "}"});
}

void session::on_resumed() {
    if (phase_ != phase::resuming)
        return;
    become_ready();
    log(level::info, "Resumed.", {{"event", "RESUMED"}, {"seq", status_.sequence}});
}

void session::become_ready() {
    phase_ = phase::ready;
    was_ready_ = true;
    down_since_.reset();
    failures_ = 0;
    resume_url_failures_ = 0;
    set_state(shard_state::ready);
}

void session::on_invalid_session(bool resumable, time_point) {
    log(level::warning,
        resumable ? "The session was interrupted; it may be resumed." : "The session is invalid.",
        {{"op", opcode::invalid_session}, {"resumable", resumable}});
    if (!resumable)
        forget_session("invalid session");
    begin_close(resumable ? pace::at_once : pace::invalid_session, 4000, "session invalidated");
}

void session::on_malformed(std::string_view text, time_point) {
    if (!connected())
        return;
    count(counter::malformed_payloads);
    skipped_a_frame_ = true;
    log(level::warning, "A frame that is no gateway payload is skipped.",
        {{"bytes", text.size()}, {"excerpt", excerpt(text)}});
    if (++malformed_in_a_row_ >= malformed_limit)
        begin_close(pace::at_once, 4000, "too many malformed frames");
}

void session::on_stream_error(error_code why, time_point) {
    if (!connected())
        return;
    log(level::warning, "The compressed stream is damaged or a payload is too large; reconnecting.",
        {{"reason", why.message()}});
    // A payload that fails each time it is replayed would hold the session for ever.
    constexpr int tries = 3;
    if (++stream_errors_ >= tries)
        forget_session("unreadable stream");
    begin_close(pace::at_once, 4000, "unreadable stream");
}

void session::beat(time_point now) {
    outbox_.limiter().take_reserved(now);
    count(counter::heartbeats_sent);
    count(counter::payloads_sent);
    if (settings_.log.enabled(level::debug, "gateway"))
        log(level::debug, "Heartbeat.",
            {{"op", opcode::heartbeat}, {"seq", sequence_.value_or(0)}});
    push(act::send{R"({"op":1,"d":)" + (sequence_ ? std::to_string(*sequence_) : "null") + "}"});
}

void session::on_time(time_point now) {
    if (!connected())
        return;
    if (hello_deadline_ && now >= *hello_deadline_) {
        log(level::warning, "No Hello came in time.",
            {{"waited_ms", settings_.options.hello_timeout}});
        begin_close(pace::backs_off, 4000, "no Hello");
        return;
    }
    switch (heart_.on_time(now)) {
    case heartbeat::verdict::beat:
        beat(now);
        break;
    case heartbeat::verdict::zombie:
        count(counter::zombies);
        log(level::warning, "A heartbeat was not acknowledged; reconnecting.",
            {{"op", opcode::heartbeat}, {"interval_ms", heart_.interval()}, {"reason", "zombie"}});
        begin_close(pace::at_once, 4000, "heartbeat not acknowledged");
        return;
    case heartbeat::verdict::wait:
        break;
    }
    if (command_wait_ && now >= command_wait_->until)
        flush(now);
}

void session::on_reading(bool paused, time_point) {
    if (connected())
        heart_.on_reading(paused);
}

error_code session::submit(std::string text, time_point now, std::uint64_t ticket) {
    if (over())
        return errc::shutting_down;
    int op = -1;
    error_code refused = judge(text, op);
    if (!refused)
        refused = outbox_.push(op, std::move(text), ticket);
    if (refused) {
        count(counter::commands_refused);
        return refused;
    }
    flush(now);
    return {};
}

// What Discord would close the connection on, or ignore, is not sent.
error_code session::judge(const std::string& text, int& op) const {
    if (text.size() > outbox::maximum_payload)
        return errc::payload_too_large;
    command what;
    try {
        what = from_json<command>(text);
    } catch (const error&) {
        return errc::malformed_payload;
    }
    op = what.op;
    const bool ours =
        op == opcode::heartbeat || op == opcode::identify || op == opcode::resume || op < 0;
    const auto guild = what.d.guild_id;
    const bool elsewhere = guild && shard_of(*guild, settings_.shard.count) != settings_.shard;
    return ours || elsewhere ? errc::invalid_argument : error_code{};
}

void session::flush(time_point now) {
    if (phase_ != phase::ready)
        return;
    while (auto text = outbox_.pop(now)) {
        count(counter::payloads_sent);
        push(act::send{std::move(*text)});
    }
    const auto wait = outbox_.waits(now);
    if (wait && wait != command_wait_) {
        const bool presence = wait->why == outbox::reason::presence_limit;
        count(presence ? counter::command_waits_presence : counter::command_waits_rate_limit);
        log(level::info, "Commands wait.",
            {{"wait_ms", wait->until - now},
             {"reason", presence ? "presence limit" : "rate limit"},
             {"waiting", outbox_.size()}});
    }
    command_wait_ = wait;
}

std::optional<action> session::next() {
    if (next_action_ == actions_.size()) {
        actions_.clear();
        next_action_ = 0;
        return std::nullopt;
    }
    return std::move(actions_[next_action_++]);
}

std::optional<time_point> session::deadline() const {
    if (!connected())
        return std::nullopt;
    auto earliest = heart_.deadline();
    std::optional<time_point> command_due;
    if (command_wait_)
        command_due = command_wait_->until;
    for (const auto& other : {hello_deadline_, command_due}) {
        if (other && (!earliest || *other < *earliest))
            earliest = other;
    }
    return earliest;
}

} // namespace strandcord::gateway
