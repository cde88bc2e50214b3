#include "rest/client.hpp"

#include "core/random.hpp"
#include "core/token.hpp"
#include "core/user_agent.hpp"
#include "net/network_transport.hpp"
#include "rest/answer.hpp"
#include "rest/retry.hpp"
#include "runtime/backoff.hpp"
#include "runtime/run_on.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace strandcord {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::chrono::seconds connect_limit{15};
/// One answer, from the first byte sent. A server that went silent must not take the whole call's
/// time.
constexpr std::chrono::seconds answer_limit{20};
/// Shorter than what servers and the boxes before them grant an idle connection.
constexpr std::chrono::seconds idle_limit{30};
constexpr std::size_t idle_connections = 16;
/// Refused answers are announced in steps of this many; Discord bans an address at 10000.
constexpr int refused_step = 1000;

[[noreturn]] void refuse(const char* sentence) {
    throw error{errc::invalid_configuration, sentence};
}

net::url parse_base(const std::string& text) {
    net::url base = net::parse_url(text);
    if (base.scheme != "http" && base.scheme != "https")
        refuse("The address of the REST API must start with http:// or https://.");
    if (base.target.find('?') != std::string::npos)
        refuse("The address of the REST API must not have a query.");
    while (base.target.ends_with('/'))
        base.target.pop_back();
    return base;
}

constexpr std::ptrdiff_t longest_reason = 512;

/// Percent-encoded UTF-8, 1 to 512 characters. REST-REASON-1.
std::string encode_reason(const std::string& text) {
    const auto characters =
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    if (characters > longest_reason)
        refuse("The reason for the audit log is longer than 512 characters.");
    return rest::percent_encode(text);
}

std::chrono::milliseconds in_milliseconds(rest::duration length) {
    return std::chrono::ceil<std::chrono::milliseconds>(length);
}

} // namespace

/// One request on its way through its attempts.
class rest_client::impl::call {
public:
    call(rest_request request, const impl& client)
        : what{std::move(request)}
        , where{rest::describe_route(what.method(), what.route(), what.path(),
                                     !what.is_anonymous())}
        , deadline{runtime_clock::now() + client.config_.rest.timeout} {
        wire.method = what.method();
        wire.target =
            client.base_.target + rest::make_target(what.route(), what.path(), what.query());
        wire.headers.emplace_back("User-Agent", user_agent);
        if (!what.is_anonymous())
            wire.headers.emplace_back("Authorization", "Bot " + client.config_.token);
        if (!what.json().empty())
            wire.headers.emplace_back("Content-Type", "application/json");
        if (!what.reason().empty())
            wire.headers.emplace_back("X-Audit-Log-Reason", encode_reason(what.reason()));
        wire.body = what.json();
    }

    diagnostics details() const {
        diagnostics out;
        out.method = what.method();
        out.route = what.route();
        return out;
    }
    std::string name() const { return what.method() + " " + what.route(); }

    rest_request what;
    rest::route where;
    rest::time_point deadline;
    net::http_request wire;
    bool at_front = false;     ///< a limit of its bucket sent it back
    bool perhaps_done = false; ///< an earlier attempt may have been acted on
};

/// A place in the limiter: given up with the scope unless an answer completed it. Owns the client:
/// when a context is destroyed, scopes end in any order.
class rest_client::impl::place {
public:
    place(impl& client, const call& one)
        : client_{client.shared_from_this()}
        , ticket_{client.limiter_.enter(one.where, one.at_front)} {}
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() {
        client_->waiting_.erase(ticket_);
        if (!completed_)
            client_->limiter_.leave(ticket_);
        client_->wake();
    }

    rest::ticket ticket() const noexcept { return ticket_; }
    std::optional<rest::limited> complete(const rest::answer_limits& limits) {
        completed_ = true;
        return client_->limiter_.complete(ticket_, limits, runtime_clock::now());
    }

private:
    std::shared_ptr<impl> client_;
    rest::ticket ticket_;
    bool completed_ = false;
};

/// How one attempt went: an answer, or a failure.
struct rest_client::impl::attempt {
    std::optional<net::http_response> answer;
    std::optional<rest::limited> limit;
    std::optional<error> failure;
    rest::progress how_far = rest::progress::not_sent;
    /// A kept connection was gone before it gave any answer: nobody's fault.
    bool stale = false;
};

rest_client::impl::impl(asio::any_io_executor executor, rest_config config)
    : strand_{asio::make_strand(std::move(executor))}
    , config_{std::move(config)}
    , base_{parse_base(config_.rest.api_base)}
    , random_{random_words{}()} {
    check_token(config_.token);
    if (config_.rest.timeout <= 0ms)
        refuse("The REST timeout must be longer than zero.");
    if (config_.rest.attempts < 1)
        refuse("A REST call needs at least one attempt.");
    config_.log.add_secret(config_.token);
    if (!config_.transport)
        config_.transport = net::make_network_transport();
    if (!config_.metrics)
        config_.metrics = std::make_shared<registry>();
}

task<raw_json> rest_client::impl::request(std::shared_ptr<impl> self, rest_request what) {
    call one{std::move(what), *self};
    std::optional<error> failure;
    try {
        task<raw_json> timed = with_timeout(self->perform(one), self->config_.rest.timeout);
        raw_json body = co_await run_on(self->strand_, std::move(timed));
        co_return body;
    } catch (const boost::system::system_error&) {
        failure.emplace(self->explain(one, detail::current_error()));
    }
    self->config_.metrics->add(counter::rest_failures);
    throw *failure;
}

task<raw_json> rest_client::impl::perform(call& one) {
    for (int number = 1;; ++number) {
        attempt last = co_await try_once(one);
        if (last.answer && last.answer->status < 300) {
            raw_json body;
            body.text = std::move(last.answer->body);
            co_return body;
        }
        const auto wait = wait_before_next(one, last, number);
        if (!wait) {
            if (last.failure)
                throw *last.failure;
            error refusal = rest::read_error(*last.answer, one.details(), one.where.authorized);
            if (one.perhaps_done && one.what.done_code() != 0 &&
                refusal.code().category() == api_category() &&
                refusal.code().value() == one.what.done_code())
                co_return raw_json{};
            throw refusal;
        }
        config_.metrics->add(counter::rest_retries);
        one.at_front = last.limit && !last.limit->alone_until;
        one.perhaps_done =
            one.perhaps_done || (!last.limit && last.how_far == rest::progress::perhaps_seen);
        // A limit of the bucket or of the whole bot is waited for in the limiter's queue.
        if (!one.at_front) {
            const char* reason = last.limit     ? rest::to_string(last.limit->why)
                                 : last.failure ? "network fault"
                                                : "server error";
            co_await pause(one, reason, *wait);
        }
    }
}

task<rest_client::impl::attempt> rest_client::impl::try_once(call& one) {
    place spot{*this, one};
    co_await wait_for_permit(spot, one);

    attempt out;
    config_.metrics->add(counter::rest_requests);
    const auto started = runtime_clock::now();
    auto connection = take_idle();
    const bool reused = connection != nullptr;
    try {
        if (!reused) {
            auto fresh = co_await open();
            connection = std::move(fresh);
        }
        out.how_far = rest::progress::perhaps_seen;
        task<net::http_response> exchanging = connection->exchange(one.wire);
        net::http_response answer = co_await with_timeout(std::move(exchanging), answer_limit);
        out.answer = std::move(answer);
        if (connection->reusable())
            keep(std::move(connection));
    } catch (const boost::system::system_error&) {
        out.failure = detail::current_error();
        out.stale = reused && !connection->answer_begun();
    }
    if (out.answer) {
        const auto limits = rest::read_limits(*out.answer);
        out.limit = spot.complete(limits);
        note_answer(one, *out.answer, started);
    }
    co_return out;
}

std::optional<rest::duration> rest_client::impl::wait_before_next(call& one, const attempt& last,
                                                                  int number) {
    const double jitter = std::generate_canonical<double, 24>(random_);
    const bool repeatable = one.what.is_repeatable();
    rest::duration wait{};
    if (last.failure) {
        if (!rest::may_repeat(last.failure->code(), last.how_far, repeatable))
            return std::nullopt;
        if (last.stale)
            idle_.clear();
        wait = last.stale ? rest::duration{} : backoff(number, jitter);
    } else if (last.limit) {
        wait = last.limit->wait;
    } else {
        if (!rest::may_repeat(last.answer->status, repeatable))
            return std::nullopt;
        wait = std::max(
            backoff(number, jitter),
            rest::parse_seconds(last.answer->header("Retry-After")).value_or(rest::duration{}));
    }
    if (number >= config_.rest.attempts || runtime_clock::now() + wait >= one.deadline)
        return std::nullopt;
    return wait;
}

task<> rest_client::impl::wait_for_permit(place& spot, call& one) {
    timer alarm{strand_};
    bool told = false;
    for (;;) {
        const auto now = runtime_clock::now();
        const rest::verdict now_what = limiter_.poll(spot.ticket(), now);
        wake();
        if (now_what.what == rest::verdict::kind::granted)
            co_return;
        if (now_what.what == rest::verdict::kind::unauthorized)
            throw error{errc::unauthorized,
                        "Not sent: Discord has refused the bot token before (401). Reset it in the "
                        "developer portal and start again with the new one."};
        if (now_what.what == rest::verdict::kind::too_many_refused)
            throw error{http_errc::too_many_requests,
                        "Not sent: too many requests were refused in the last ten minutes, and "
                        "Discord bans the "
                        "address at 10000. See the log for what was refused."};
        if (now_what.until) {
            const auto wait = *now_what.until - now;
            if (*now_what.until >= one.deadline)
                throw_limited(one, now_what.why, wait);
            if (!std::exchange(told, true))
                config_.log.write(level::info, "rest", std::nullopt,
                                  "Waiting before " + one.name() + ".",
                                  {{"reason", rest::to_string(now_what.why)}, {"wait_ms", wait}});
        }
        alarm.expires_at(now_what.until.value_or(rest::time_point::max()));
        waiting_[spot.ticket()] = &alarm;
        co_await alarm.async_wait(asio::as_tuple(asio::use_awaitable));
        waiting_.erase(spot.ticket());
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            throw error{errc::cancelled};
    }
}

void rest_client::impl::wake() {
    for (const rest::ticket waiter : limiter_.woken())
        if (const auto found = waiting_.find(waiter); found != waiting_.end())
            found->second->cancel();
}

task<> rest_client::impl::pause(const call& one, const char* reason, rest::duration length) {
    config_.log.write(level::info, "rest", std::nullopt, "Trying " + one.name() + " again.",
                      {{"reason", reason}, {"wait_ms", length}});
    if (length > rest::duration{})
        co_await sleep_for(length);
}

task<std::unique_ptr<net::http_connection>> rest_client::impl::open() {
    task<net::any_stream> dial = config_.transport->open(base_.where());
    net::any_stream stream = co_await with_timeout(std::move(dial), connect_limit);
    co_return std::make_unique<net::http_connection>(std::move(stream), base_.host_header());
}

std::unique_ptr<net::http_connection> rest_client::impl::take_idle() {
    const auto oldest = runtime_clock::now() - idle_limit;
    std::erase_if(idle_, [oldest](const idle_connection& one) { return one.since < oldest; });
    if (idle_.empty())
        return nullptr;
    auto connection = std::move(idle_.back().connection);
    idle_.pop_back();
    return connection;
}

void rest_client::impl::keep(std::unique_ptr<net::http_connection> connection) {
    if (idle_.size() >= idle_connections)
        idle_.erase(idle_.begin());
    idle_.push_back({std::move(connection), runtime_clock::now()});
}

void rest_client::impl::close_idle() {
    asio::post(strand_, [self = shared_from_this()] { self->idle_.clear(); });
}

void rest_client::impl::note_answer(const call& one, const net::http_response& answer,
                                    rest::time_point started) {
    const auto now = runtime_clock::now();
    if (answer.status == 429)
        config_.metrics->add(counter::rest_rate_limited);
    // The caller gets it as an error, and decides how loud that is.
    const auto severity = answer.status < 300 ? level::debug : level::info;
    config_.log.write(severity, "rest", std::nullopt,
                      one.name() + " was answered with " + std::to_string(answer.status) + ".",
                      {{"status", answer.status}, {"took_ms", now - started}});
    const int refused = limiter_.refused(now);
    if (refused / refused_step > warned_refused_)
        config_.log.write(
            level::warning, "rest", std::nullopt,
            "Discord refused many requests in the last ten minutes; at 10000 it bans the address.",
            {{"refused", refused}});
    warned_refused_ = refused / refused_step;
}

error rest_client::impl::explain(const call& one, const error& failure) const {
    if (!failure.details().route.empty())
        return failure;
    diagnostics details = failure.details();
    details.method = one.what.method();
    details.route = one.what.route();
    if (failure.code() == errc::timed_out)
        details.message = one.name() + " did not end within " +
                          std::to_string(in_milliseconds(config_.rest.timeout).count()) + " ms.";
    else
        details.message = one.name() + " failed: " + failure.what();
    return error{failure.code(), std::move(details)};
}

void rest_client::impl::throw_limited(const call& one, rest::wait_reason why, rest::duration wait) {
    diagnostics details = one.details();
    details.retry_after = in_milliseconds(wait);
    details.message = one.name() + " was not sent: the " + rest::to_string(why) + " holds it for " +
                      std::to_string(details.retry_after->count()) +
                      " ms, longer than the call may take.";
    throw error{http_errc::too_many_requests, std::move(details)};
}

rest_client::rest_client(asio::any_io_executor executor, rest_config config)
    : impl_{std::make_shared<impl>(std::move(executor), std::move(config))} {}

task<raw_json> rest_client::request(rest_request what) const {
    return impl::request(impl_, std::move(what));
}

void rest_client::close_idle() const {
    impl_->close_idle();
}

} // namespace strandcord
