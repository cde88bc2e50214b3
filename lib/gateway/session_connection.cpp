#include "gateway/close_codes.hpp"
#include "gateway/gateway_url.hpp"
#include "gateway/payloads.hpp"
#include "gateway/session.hpp"
#include "runtime/backoff.hpp"

#include <algorithm>
#include <utility>

namespace strandcord::gateway {
namespace {

using namespace std::chrono_literals;

// A connection that lived this long was a good one.
constexpr duration lasting = 60s;
// So many good-bye's in a row are answered at once; GW-SAFE-2 holds from then on.
constexpr int free_reconnects = 3;
constexpr int resume_url_tries = 2;
constexpr duration longest_retry_after = 1h;
// Discord keeps a session for a few minutes. Until then a Resume that comes to nothing is repeated.
constexpr duration longest_resumable = 10min;

constexpr const char* os_name() noexcept {
#if defined(__linux__)
    return "linux";
#elif defined(__APPLE__)
    return "macos";
#elif defined(_WIN32)
    return "windows";
#else
    return "unknown";
#endif
}

std::string make_identify(const session_settings& settings, std::string presence) {
    const identify body{
        .token = settings.token,
        .properties = {.os = os_name(), .browser = "strandcord", .device = "strandcord"},
        .intents = settings.intents.bits(),
        .large_threshold = settings.options.large_threshold,
        .shard = {settings.shard.index, settings.shard.count},
        .presence = {std::move(presence)},
    };
    return R"({"op":2,"d":)" + to_json(body) + "}";
}

std::string token_sentence(std::string_view how) {
    return "Discord does not accept the bot token (" + std::string{how} +
           "): copy it anew from the developer portal, without `Bot `.";
}

std::string in_words(error_code why, std::string_view words) {
    return words.empty() ? "The gateway cannot be reached: " + why.message() + "."
                         : std::string{words};
}

// Doubles from 1 s to `longest`; jitter takes up to half of it away.
duration identify_wait(int streak, duration longest, double jitter) noexcept {
    if (streak <= 0)
        return 0ns;
    const auto full = std::min<duration>(1s * (1LL << std::min(streak - 1, 20)), longest);
    return full -
           duration{static_cast<duration::rep>(static_cast<double>(full.count()) * 0.5 * jitter)};
}

} // namespace

session::session(session_settings settings, jitter_source jitter)
    : settings_{std::move(settings)}, jitter_{std::move(jitter)}, url_{settings_.gateway_url} {
    status_.shard = settings_.shard;
    adopt_resume_point();
}

std::string session::configuration_problem() const {
    const auto [index, count] = settings_.shard;
    if (settings_.token.empty())
        return "The bot token is empty.";
    if (index < 0 || index >= count)
        return "Shard " + std::to_string(index) + " of " + std::to_string(count) +
               " does not exist: the index must be from 0 to one less than the count.";
    if (settings_.options.large_threshold < 50 || settings_.options.large_threshold > 250)
        return "large_threshold must be from 50 to 250, not " +
               std::to_string(settings_.options.large_threshold) + ".";
    if (const auto bare = make_identify(settings_, {}).size(); bare > outbox::maximum_payload)
        return "Identify would be " + std::to_string(bare) +
               " bytes long, Discord takes 4096: the token is too long.";
    if (const auto whole = identify_with_presence().size(); whole > outbox::maximum_payload)
        return "Identify would be " + std::to_string(whole) +
               " bytes long, Discord takes 4096: the presence is too long.";
    if (url_.empty() && !settings_.may_ask_url)
        return "There is no gateway URL, and nobody to ask for one.";
    if (!url_.empty() && !is_gateway_url(url_))
        return "The gateway URL " + url_ + " is not of the form wss://host or ws://host:port.";
    return {};
}

// Why the session that was given cannot be continued here; empty when it can.
std::string_view session::misfit(const resume_point& point) const noexcept {
    if (point.session_id.empty() || !is_gateway_url(point.resume_url))
        return "it is incomplete";
    if (point.shard != settings_.shard)
        return "it is of another shard";
    if (point.intents != settings_.intents)
        return "it was started with other intents";
    if (point.token_hash != settings_.token_hash)
        return "it was started with another token";
    return {};
}

std::string session::identify_with_presence() const {
    auto presence = settings_.presence ? settings_.presence() : std::nullopt;
    return make_identify(settings_, presence ? std::move(*presence) : std::string{});
}

// The presence may be another one each time; without it the shard can still do its work.
std::string session::identify_text() const {
    std::string out = identify_with_presence();
    if (out.size() <= outbox::maximum_payload)
        return out;
    log(level::error, "The presence is too long for Identify and is left out.",
        {{"bytes", out.size()}, {"limit", outbox::maximum_payload}});
    return make_identify(settings_, {});
}

void session::adopt_resume_point() {
    const auto point = std::exchange(settings_.resume, std::nullopt);
    if (!point)
        return;
    if (const auto reason = misfit(*point); !reason.empty()) {
        log(level::warning, "A kept session cannot be continued; a new one is started.",
            {{"reason", reason}});
        // Of this bot's own session something is missing now.
        if (point->token_hash == settings_.token_hash && point->shard == settings_.shard)
            lost_ = loss{"not continued: " + std::string{reason}, point->sequence + 1};
        return;
    }
    resumable_ = point;
    session_open_ = true;
    sequence_ = point->sequence;
    status_.sequence = point->sequence;
}

void session::start(time_point now) {
    if (phase_ != phase::idle)
        return;
    if (auto problem = configuration_problem(); !problem.empty()) {
        finish(errc::invalid_configuration, std::move(problem));
        return;
    }
    last_useful_at_ = now;
    if (resumable_)
        down_since_ = now;
    connect_after(0ns, "start");
}

void session::connect_after(duration wait, std::string_view reason) {
    set_state(shard_state::waiting);
    to_resume_url_ = resumable_ && resume_url_failures_ < resume_url_tries;
    const std::string& url = to_resume_url_ ? resumable_->resume_url : url_;
    if (url.empty()) {
        phase_ = phase::asking_url;
        log(level::info, "Asking for the gateway URL.", {{"wait_ms", wait}, {"reason", reason}});
        push(act::ask_url{wait});
        return;
    }
    phase_ = phase::waiting;
    log(level::info, "Connecting.", {{"url", url}, {"wait_ms", wait}, {"reason", reason}});
    push(act::connect{connection_url(url, settings_.options.compress), wait});
}

void session::on_url(std::string url, time_point now) {
    if (phase_ != phase::asking_url)
        return;
    if (!is_gateway_url(url)) {
        log(level::error, "The gateway URL that Discord named is not one.", {{"url", url}});
        on_url_failed(errc::malformed_payload, now);
        return;
    }
    url_ = std::move(url);
    connect_after(0ns, "gateway URL known");
}

void session::on_url_failed(error_code why, time_point, std::string_view words) {
    if (phase_ != phase::asking_url)
        return;
    if (is_final(why)) {
        finish(why, why == cause::unauthorized ? token_sentence("HTTP 401") : in_words(why, words));
        return;
    }
    const auto wait = backoff(++failures_, jitter_());
    log(level::warning, "The gateway URL could not be asked for.",
        {{"error", in_words(why, words)}});
    connect_after(wait, "gateway URL unknown");
}

void session::on_connecting(time_point) {
    if (phase_ != phase::waiting)
        return;
    phase_ = phase::dialing;
    set_state(shard_state::connecting);
    count(counter::connects);
}

void session::on_open(time_point now) {
    if (phase_ != phase::dialing)
        return;
    phase_ = phase::awaiting_hello;
    opened_at_ = now;
    ever_opened_ = true;
    was_ready_ = false;
    heard_hello_ = false;
    resume_sent_ = false;
    went_on_ = false;
    malformed_in_a_row_ = 0;
    skipped_a_frame_ = false;
    status_.latency.reset();
    outbox_.limiter().reset();
    hello_deadline_ = now + settings_.options.hello_timeout;
    log(level::info, "Connected.");
}

void session::on_connect_failed(error_code why, std::optional<duration> retry_after, time_point,
                                std::string_view words) {
    if (phase_ != phase::dialing && phase_ != phase::waiting)
        return;
    count(counter::connect_failures);
    // A resume URL that cannot be used has another to fall back on.
    if (is_final(why) && !to_resume_url_) {
        finish(why, in_words(why, words));
        return;
    }
    log(level::warning, "Connecting failed.", {{"error", in_words(why, words)}});
    if (to_resume_url_)
        ++resume_url_failures_;
    else if (settings_.may_ask_url)
        url_.clear();
    auto wait = backoff(++failures_, jitter_());
    if (retry_after)
        wait = std::max(wait, std::min(*retry_after, longest_retry_after));
    connect_after(wait, "connecting failed");
}

// A fault that waiting does not cure. A certificate that was good a moment ago may become so again.
bool session::is_final(error_code why) const noexcept {
    return why == cause::unauthorized || why == errc::invalid_configuration ||
           why == errc::unsupported || (why == errc::certificate_invalid && !ever_opened_);
}

void session::begin_close(pace after, std::uint16_t code, std::string_view reason) {
    leave_connection();
    phase_ = phase::closing;
    closing_pace_ = after;
    closing_code_ = code;
    log(level::info, "Closing the connection.", {{"code", code}, {"reason", reason}});
    push(act::close{code, std::string{reason}});
}

void session::leave_connection() {
    if (phase_ == phase::awaiting_permit)
        push(act::return_permit{});
    heart_.stop();
    hello_deadline_.reset();
    command_wait_.reset();
    set_state(shard_state::waiting);
}

// Whether the session survives is decided here and nowhere else.
void session::on_closed(std::uint16_t code, std::string_view reason, time_point now) {
    const bool by_us = phase_ == phase::closing;
    if (!by_us && !connected())
        return;
    leave_connection();
    // A host that upgrades and then says nothing is as dead as one that refuses (GW-RES-12).
    if (to_resume_url_ && !heard_hello_)
        ++resume_url_failures_;
    status_.last_close = code;
    count(counter::disconnects);
    const bool echo = by_us && code == closing_code_;
    const auto rule = echo ? close_rule{.code = code, .meaning = "closed by us"} : rule_for(code);
    log(rule.our_mistake ? level::error : level::info, "The connection is closed.",
        {{"code", code}, {"meaning", rule.meaning}, {"reason", reason}});
    if (stopping_) {
        finish({}, {});
        return;
    }
    if (was_ready_ && !down_since_)
        down_since_ = now;
    if (rule.next == after_close::fatal) {
        resumable_.reset();
        finish(static_cast<gateway_errc>(code), fatal_sentence(code, reason));
        return;
    }
    if (was_ready_ || went_on_)
        last_useful_at_ = now;
    const bool resume_refused =
        resume_sent_ && !was_ready_ && now - last_useful_at_ >= longest_resumable;
    if (rule.next == after_close::identify)
        forget_session(rule.meaning);
    else if (resume_refused)
        forget_session("resume refused");
    else if (!resumable_)
        forget_session("nothing to resume with");
    const auto after = by_us ? closing_pace_ : rule.backs_off ? pace::backs_off : pace::at_once;
    connect_after(wait_before_reconnect(after, now), by_us ? "closed by us" : rule.meaning);
}

duration session::wait_before_reconnect(pace after, time_point now) {
    const double jitter = jitter_();
    duration wait{};
    if (!was_ready_)
        wait = backoff(++failures_, jitter);
    else if (after == pace::backs_off)
        wait = backoff(1, jitter);
    const bool lasted = was_ready_ && now - opened_at_ >= lasting;
    short_lives_ = lasted ? 0 : short_lives_ + 1;
    if (lasted)
        identify_streak_ = 0;
    wait = std::max(wait, backoff(short_lives_ - free_reconnects, jitter));
    if (after == pace::invalid_session) {
        const auto random = duration{
            static_cast<duration::rep>(static_cast<double>(duration{4s}.count()) * jitter)};
        wait = std::max<duration>(wait, 1s + random);
    }
    if (!resumable_)
        wait = std::max(wait,
                        identify_wait(identify_streak_, settings_.longest_identify_wait, jitter));
    return wait;
}

void session::forget_session(std::string_view cause) {
    if (session_open_ && !lost_)
        lost_ = loss{std::string{cause}, sequence_.value_or(0) + 1};
    resumable_.reset();
    sequence_.reset();
    status_.sequence = 0;
    stream_errors_ = 0;
    gaps_ = 0;
    resume_url_failures_ = 0;
    if (!std::exchange(session_open_, false))
        return;
    ++sessions_lost_;
    loss_cause_ = cause;
    count(counter::sessions_lost);
    log(level::info, "The session is given up; a new one will be started.");
    if (const auto dropped = outbox_.forget_session())
        log(level::warning, "Commands that belonged to the lost session are dropped.",
            {{"count", dropped}});
}

void session::stop(bool keep_session, time_point) {
    if (stopping_ || phase_ == phase::done)
        return;
    stopping_ = true;
    const std::uint16_t code = keep_session ? 4000 : 1000;
    if (!keep_session)
        resumable_.reset();
    if (connected())
        begin_close(pace::at_once, code, "stopping");
    else if (phase_ != phase::closing)
        finish({}, {});
}

void session::reconnect() {
    if (connected())
        begin_close(pace::at_once, 4000, "reconnect was asked for");
}

void session::finish(error_code why, std::string message) {
    phase_ = phase::done;
    set_state(shard_state::stopped);
    if (why)
        log(level::info, message, {{"error", why.message()}}); // loud where the error arrives
    else
        log(level::info, "Stopped.");
    push(act::finish{why, std::move(message)});
}

std::string session::fatal_sentence(std::uint16_t code, std::string_view reason) const {
    std::string refused = " (close code " + std::to_string(code);
    if (!reason.empty())
        refused.append(": ").append(reason);
    refused += ")";
    const std::string shard = "shard " + std::to_string(settings_.shard.index) + " of " +
                              std::to_string(settings_.shard.count);
    switch (static_cast<gateway_errc>(code)) {
    case gateway_errc::authentication_failed:
        return token_sentence("close code 4004" +
                              (reason.empty() ? std::string{} : ": " + std::string{reason}));
    case gateway_errc::invalid_shard:
        return "Discord does not accept " + shard + refused +
               ": ask for automatic sharding, or use a multiple of the count that Discord "
               "recommends.";
    case gateway_errc::sharding_required:
        return "The bot is in too many guilds for " + shard + refused +
               ": use more shards, or ask for automatic sharding.";
    case gateway_errc::invalid_api_version:
        return "Discord no longer speaks version 10 of the gateway" + refused +
               ": update strandcord.";
    case gateway_errc::invalid_intents:
        return "Discord does not know all of the intents " + to_string(settings_.intents) +
               refused + ": take out the bits that it does not define.";
    case gateway_errc::disallowed_intents:
        return "The privileged intents " + to_string(settings_.intents & intents::privileged()) +
               " are not enabled for this bot" + refused +
               ": switch them on in the developer portal, or do not ask for them.";
    default:
        return "Discord ended the session for good" + refused + ".";
    }
}

void session::count(counter what) const noexcept {
    if (settings_.metrics)
        settings_.metrics->add(what);
}

void session::set_state(shard_state state) {
    if (settings_.metrics && (state == shard_state::ready) != (status_.state == shard_state::ready))
        settings_.metrics->change(gauge::shards_ready, state == shard_state::ready ? 1 : -1);
    status_.state = state;
}

void session::log(level severity, std::string_view text,
                  std::initializer_list<log_field> fields) const {
    settings_.log.write(severity, "gateway", settings_.shard.index, text, fields);
}

} // namespace strandcord::gateway
