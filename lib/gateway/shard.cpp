#include "gateway/shard_impl.hpp"

#include "core/failure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <charconv>

namespace asio = boost::asio;

namespace strandcord::gateway {
namespace {

// Of a payload that was checked when it was taken; -1 for one written in an unusual way.
int opcode_of(std::string_view text) {
    constexpr std::string_view name = "\"op\":";
    int out = -1;
    if (const auto at = text.find(name); at != std::string_view::npos)
        std::from_chars(text.data() + at + name.size(), text.data() + text.size(), out);
    return out;
}

// Tells the nonces of this process from those of one that had the session before.
std::uint32_t seed_of(const jitter_source& random) {
    return random ? static_cast<std::uint32_t>(random() * 4294967295.0) : 0;
}

session_settings completed(session_settings settings, const shard_services& services) {
    settings.metrics = services.metrics;
    settings.may_ask_url = settings.may_ask_url && services.ask_url;
    settings.options.compress = codec::resolve(settings.options.compress);
    return settings;
}

} // namespace

shard::impl::impl(asio::any_io_executor executor, session_settings settings, shard_services with)
    : strand{std::move(executor)}
    , services{std::move(with)}
    , options{settings.options}
    , id{settings.shard}
    , log{settings.log}
    , machine{completed(settings, services), services.jitter}
    , asked{id, settings.intents, seed_of(services.jitter), log, services.metrics}
    , children{strand}
    , wake{strand, timer::time_point::max()}
    , finished{strand, timer::time_point::max()} {
    options.compress = codec::resolve(options.compress);
    shown = machine.status();
    kept = machine.resumable();
}

task<> shard::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    machine.start(runtime_clock::now());
    drain();
    while (!result && !failure) {
        finished.expires_at(timer::time_point::max());
        if (cancellation.cancelled() == asio::cancellation_type::none) {
            co_await finished.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        machine.stop(false, runtime_clock::now());
        drain();
        if (!result && !failure)
            co_await finished.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    if (current)
        current->end();
    children.cancel();
    co_await children.join();
    end_requests();
    if (failure)
        std::rethrow_exception(failure);
    if (result->why) {
        diagnostics details;
        details.message = result->message;
        details.shard = id.index;
        throw error{result->why, std::move(details)};
    }
}

void shard::impl::drain() {
    // Performing may lead to an input, whose actions the loop that is under way takes up.
    if (draining)
        return;
    draining = true;
    do {
        while (auto next = machine.next())
            std::visit([this](auto& what) { perform(what); }, *next);
    } while (feed_requests());
    draining = false;
    publish();
    if (current && machine.deadline().value_or(timer::time_point::max()) != wake.expiry())
        wake.cancel();
}

void shard::impl::publish() {
    const auto& session = machine.resumable();
    const auto state = machine.status().state;
    if (state != recorded_state)
        recorder.note(runtime_clock::now(), to_string(state));
    recorded_state = state;
    if (machine.acknowledged() != told_acknowledged) {
        told_acknowledged = machine.acknowledged();
        services.sink->on_acknowledged(*told_acknowledged);
    }
    bool changed = false;
    {
        const std::lock_guard lock{status_lock};
        shown = machine.status();
        changed = session.has_value() != kept.has_value() ||
                  (session && session->session_id != kept->session_id);
        if (changed)
            kept = session;
        else if (session)
            kept->sequence = session->sequence;
    }
    if (std::exchange(recorded_losses, machine.sessions_lost()) != machine.sessions_lost())
        write_record(level::warning, machine.loss_cause());
    if (changed && services.on_session_changed)
        services.on_session_changed();
}

void shard::impl::perform(act::connect& what) {
    spawn(keep_connection(std::move(what.url), what.after));
}

void shard::impl::perform(act::ask_url& what) {
    spawn(ask_url(what.after));
}

void shard::impl::perform(act::ask_identify&) {
    const auto own = std::make_shared<permit_wait>();
    permit = own;
    own->waiting = children.spawn(wait_for_permit(own),
                                  [this](std::exception_ptr why) { fail(std::move(why)); });
}

void shard::impl::perform(act::return_permit&) {
    const auto own = std::exchange(permit, nullptr);
    if (!own)
        return;
    own->abandoned = true;
    if (own->granted)
        services.gate->give_back(id.index);
    else
        own->waiting.cancel();
}

void shard::impl::perform(act::send& what) {
    show(payload_direction::sent, what.text);
    recorder.frame(runtime_clock::now(), payload_direction::sent, opcode_of(what.text), {}, {},
                   what.text);
    if (what.takes_permit) {
        services.gate->sent(id.index);
        permit.reset();
    }
    if (current)
        current->enqueue(std::move(what.text));
}

void shard::impl::perform(act::close& what) {
    recorder.note(runtime_clock::now(),
                  "closing with " + std::to_string(what.code) + ": " + what.reason);
    if (!current || current->over)
        return;
    current->loops.spawn(limit_close(*current));
    current->say_goodbye(std::move(what));
}

void shard::impl::perform(act::emit& what) {
    current->emitted = true;
    asked.on_dispatch(what.type, what.data, current->frame_at);
    services.sink->on_dispatch(
        dispatch{what.type, what.sequence, current->frame, parser, current->frame_at});
}

void shard::impl::perform(act::announce& what) {
    const auto frame = std::make_shared<std::string>(std::move(what.payload));
    codec::frame_parser own; // the shard's still holds the frame of READY
    codec::envelope payload;
    if (!own.parse(*frame, payload))
        services.sink->on_dispatch(dispatch{payload.type, 0, frame, own});
}

void shard::impl::perform(act::finish& what) {
    if (what.why)
        write_record(level::info, what.message); // the sentence itself is loud enough
    result = std::move(what);
    finished.cancel();
}

void shard::impl::spawn(task<> work) {
    children.spawn(std::move(work), [this](std::exception_ptr why) { fail(std::move(why)); });
}

void shard::impl::fail(std::exception_ptr why) {
    if (!why || failure || is_cancellation(why))
        return;
    failure = std::move(why);
    finished.cancel();
}

void shard::impl::show(payload_direction direction, std::string_view text) const {
    if (!options.on_payload)
        return;
    try {
        options.on_payload(id.index, direction, text);
    } catch (...) {
        log.write(level::error, "gateway", id.index,
                  "The payload hook threw; hooks must not throw.");
    }
}

void shard::impl::write_record(level severity, std::string_view reason) const {
    if (!log.enabled(severity, "gateway"))
        return;
    const auto lines = recorder.lines(runtime_clock::now());
    log.write(severity, "gateway", id.index, "Flight record follows.",
              {{"reason", reason}, {"lines", lines.size()}});
    for (const auto& line : lines)
        log.write(severity, "gateway", id.index, line);
}

task<> shard::impl::ask_url(duration after) {
    if (after > duration::zero())
        co_await sleep_for(after);
    std::string url;
    std::optional<error> refused;
    try {
        std::string answer = co_await services.ask_url();
        url = std::move(answer);
    } catch (const boost::system::system_error&) {
        refused = detail::current_error();
    }
    if (refused)
        machine.on_url_failed(refused->code(), runtime_clock::now(), refused->what());
    else
        machine.on_url(std::move(url), runtime_clock::now());
    drain();
}

task<> shard::impl::wait_for_permit(std::shared_ptr<permit_wait> own) {
    co_await services.gate->acquire(id.index);
    own->granted = true;
    if (own->abandoned) {
        services.gate->give_back(id.index);
        co_return;
    }
    machine.on_identify_permit(runtime_clock::now());
    drain();
}

shard::shard(asio::any_io_executor strand, session_settings settings, shard_services services)
    : impl_{std::make_unique<impl>(std::move(strand), std::move(settings), std::move(services))} {}

shard::~shard() = default;

task<> shard::run() {
    return impl_->run();
}

void shard::stop(bool keep_session) {
    impl_->machine.stop(keep_session, runtime_clock::now());
    impl_->drain();
}

void shard::reconnect() {
    impl_->machine.reconnect();
    impl_->drain();
}

task<answer> shard::ask(request what) {
    return impl_->ask(std::move(what));
}

std::vector<std::string> shard::flight_record() const {
    return impl_->recorder.lines(runtime_clock::now());
}

snowflake shard::self() const {
    return impl_->asked.self();
}

void shard::learn_self(snowflake user) {
    impl_->asked.learn_self(user);
}

const asio::any_io_executor& shard::strand() const noexcept {
    return impl_->strand;
}

error_code shard::submit(std::string text) {
    const auto refused = impl_->machine.submit(std::move(text), runtime_clock::now());
    impl_->drain();
    return refused;
}

shard_status shard::status() const {
    const std::lock_guard lock{impl_->status_lock};
    return impl_->shown;
}

std::optional<resume_point> shard::resumable() const {
    std::optional<resume_point> out;
    {
        const std::lock_guard lock{impl_->status_lock};
        out = impl_->kept;
    }
    // In this order: what the sink began later than that is not part of it.
    if (out)
        out->sequence = impl_->services.sink->finished(out->sequence);
    return out;
}

} // namespace strandcord::gateway
