#include "testing/gateway_server.hpp"

#include "testing/json.hpp"

#include <algorithm>

namespace strandcord::testing {

namespace {

constexpr std::size_t kept_gateway_observations = 20000;

template <class T>
void keep(std::deque<T>& in, T what) {
    in.push_back(std::move(what));
    if (in.size() > kept_gateway_observations)
        in.pop_front();
}

compression named(std::string_view compress) {
    if (compress == "zlib-stream")
        return compression::zlib_stream;
    return compress == "zstd-stream" ? compression::zstd_stream : compression::none;
}

} // namespace

gateway_server::gateway_server(const emulator_options& options, world& state,
                               gateway_addresses addresses)
    : options_{&options}
    , world_{&state}
    , addresses_{std::move(addresses)}
    , sessions_{options, state,
                [this](const server_session& of, const numbered_event& what) {
                    if (auto* to = find(of.connection))
                        send_dispatch(*to, what);
                }}
    , interval_{options.heartbeat_interval}
    , max_concurrency_{options.max_concurrency}
    , start_remaining_{options.start_limit_remaining} {}

gateway_server::connection* gateway_server::find(std::uint64_t id) {
    const auto found = connections_.find(id);
    return found == connections_.end() ? nullptr : &found->second;
}

bool gateway_server::refuses_tcp(std::string_view host, elapsed now) {
    const bool dead = faults_.dead_hosts.count(host) != 0;
    if (!dead && (faults_.refused == 0 || faults_.how.status != 0))
        return false;
    on_dial(host, {}, now);
    return true;
}

std::optional<refusal> gateway_server::on_dial(std::string_view host, std::string_view target,
                                               elapsed now) {
    std::optional<refusal> out;
    if (faults_.dead_hosts.count(host) != 0) {
        out = refusal{};
    } else if (faults_.refused != 0) {
        out = faults_.how;
        if (faults_.refused > 0)
            --faults_.refused;
    }
    if (out)
        keep(seen_.handshakes, handshake{0, now, std::string{host}, std::string{target}});
    return out;
}

std::uint64_t gateway_server::on_open(std::string_view host, std::string_view target,
                                      bool offered_extensions, elapsed now) {
    now_ = now;
    auto& made = connections_[++made_];
    made.id = made_;
    made.host = host;
    made.last_due = now;
    keep(seen_.handshakes, handshake{made.id, now, std::string{host}, std::string{target}});
    const auto query = read_query(target);
    for (const auto& sentence : query.sentences)
        note(made, sentence);
    if (offered_extensions)
        note(made, "the handshake offers WebSocket extensions (GW-CONN-11)");
    if (query.version != "10") {
        note(made, "version " + query.version + " of the gateway is not spoken here");
        close(made, 4012, "Invalid API version");
        return made.id;
    }
    made.compressor = make_deflater(named(query.compress));
    if (faults_.reconnects_before_hello > 0) {
        --faults_.reconnects_before_hello;
        send_payload(made, R"({"t":null,"s":null,"op":7,"d":null})");
    } else if (!faults_.hello_withheld) {
        greet(made);
    }
    return made.id;
}

void gateway_server::greet(connection& to) {
    to.hello_sent = true;
    to.last_beat = now_;
    json_object data;
    data.number("heartbeat_interval", interval_.count());
    data.raw("_trace", R"(["[\"emulated-gateway\",{\"micros\":0.0}]"])");
    json_object out;
    out.null("t").null("s").number("op", 10).raw("d", std::move(data).done());
    send_payload(to, std::move(out).done());
}

void gateway_server::push(connection& to, gateway_output what) {
    what.due = std::max(to.last_due, now_ + to.late);
    to.last_due = what.due;
    to.out.push_back(std::move(what));
    touched_.insert(to.id);
}

void gateway_server::send_payload(connection& to, std::string_view text) {
    if (to.closing)
        return;
    gateway_output out;
    out.binary = to.compressor != nullptr;
    out.bytes = to.compressor ? to.compressor->feed(text) : std::string{text};
    // No block of either stream, and no JSON document, begins with this byte.
    if (std::exchange(to.corrupt, false))
        out.bytes.front() = out.binary ? '\xFF' : '#';
    if (std::exchange(to.truncate, false))
        out.bytes.resize(out.bytes.size() / 2);
    push(to, std::move(out));
}

void gateway_server::send_dispatch(connection& to, const numbered_event& what) {
    std::string text = R"({"t":)" + json_quoted(what.type);
    text += R"(,"s":)" + std::to_string(what.sequence) + R"(,"op":0,"d":)";
    text += *what.data;
    text += '}';
    const int times = to.duplicates > 0 ? 2 : 1;
    to.duplicates = std::max(0, to.duplicates - 1);
    for (int i = 0; i < times; ++i) {
        if (!to.closing)
            ++seen_.dispatches;
        send_payload(to, text);
    }
}

void gateway_server::close(connection& which, std::uint16_t code, std::string_view reason) {
    if (which.closing)
        return;
    gateway_output out;
    out.what = gateway_output::kind::close;
    out.code = code;
    out.reason = reason;
    push(which, std::move(out));
    which.closing = true;
}

void gateway_server::note(const connection& about, std::string_view sentence) {
    std::string text = "connection " + std::to_string(about.id);
    if (about.shard >= 0)
        text += " of shard " + std::to_string(about.shard);
    keep(seen_.violations, text + ": " + std::string{sentence});
}

void gateway_server::note_all(const connection& about, const verdict& from) {
    for (const auto& sentence : from.sentences)
        note(about, sentence);
}

void gateway_server::on_message(std::uint64_t id, std::string_view text, bool binary, elapsed now) {
    now_ = now;
    auto* from = find(id);
    if (!from || from->closing)
        return;
    const auto frame = json_value::parse(text);
    const auto* op = frame && frame->is_object() ? frame->find("op") : nullptr;
    const auto number = op ? op->integer() : std::nullopt;
    keep(seen_.frames, client_frame{from->shard, id, now, number ? static_cast<int>(*number) : -1,
                                    std::string{text}});
    while (!from->received.empty() && now - from->received.front() >= std::chrono::seconds{60})
        from->received.pop_front();
    from->received.push_back(now);
    verdict wrong;
    if (binary)
        wrong.refuse(4002, "a binary frame (GW-PAY-4)");
    if (text.size() > 4096)
        wrong.refuse(4002, "a payload of " + std::to_string(text.size()) + " bytes (GW-SEND-2)");
    if (from->received.size() > 120)
        wrong.refuse(4008, "more than 120 payloads in 60 seconds (GW-SEND-3)");
    if (!frame || !frame->is_object())
        wrong.refuse(4002, "a payload that is no JSON object");
    else if (!number)
        wrong.refuse(4001, "a payload without an integer `op`");
    note_all(*from, wrong);
    if (!wrong.fine()) {
        close(*from, wrong.close, wrong.sentences.front());
        return;
    }
    for (const auto& [name, value] : frame->members())
        if (name != "op" && name != "d" && name != "s" && name != "t")
            note(*from, "a payload with a member `" + name + "`");
    handle(*from, static_cast<int>(*number), *frame);
}

void gateway_server::on_closed(std::uint64_t id, std::uint16_t code, std::string_view reason,
                               elapsed now) {
    now_ = now;
    auto* which = find(id);
    if (!which)
        return;
    if (!which->closing) {
        keep(seen_.closes, client_close{which->shard, id, now, code, std::string{reason}});
        // GW-BYE-1: these two end the session.
        if (code == 1000 || code == 1001)
            sessions_.forget(which->session);
    }
    sessions_.lose_connection(id, now);
    connections_.erase(id);
    touched_.erase(id);
}

void gateway_server::on_time(elapsed now) {
    now_ = now;
    sessions_.drop_expired(now);
    while (!guilds_due_.empty() && guilds_due_.front().due <= now) {
        const auto next = std::move(guilds_due_.front());
        guilds_due_.pop_front();
        auto* session = sessions_.find(next.session, now);
        const auto* guild = world_->find_guild(next.guild);
        if (session && guild && guild->has_bot)
            sessions_.give_guild(*session, *guild);
    }
    for (auto& [id, each] : connections_) {
        if (!each.out.empty() && each.out.front().due <= now)
            touched_.insert(id);
        if (each.hello_sent && !each.closing && now - each.last_beat > 2 * elapsed{interval_}) {
            note(each, "no heartbeat for two intervals (GW-HB-20)");
            close(each, 0, {});
        }
    }
}

std::optional<gateway_output> gateway_server::next(std::uint64_t id, elapsed now) {
    auto* of = find(id);
    if (!of || of->out.empty() || of->out.front().due > now)
        return {};
    auto out = std::move(of->out.front());
    of->out.pop_front();
    return out;
}

std::optional<elapsed> gateway_server::deadline() const {
    std::optional<elapsed> out;
    const auto take = [&out](elapsed when) { out = out ? std::min(*out, when) : when; };
    if (!guilds_due_.empty())
        take(guilds_due_.front().due);
    for (const auto& [id, each] : connections_) {
        // What is due already waits for a slow peer, not for the time.
        if (!each.out.empty() && each.out.front().due > now_)
            take(each.out.front().due);
        if (each.hello_sent && !each.closing)
            take(each.last_beat + 2 * elapsed{interval_} + std::chrono::milliseconds{1});
    }
    return out;
}

std::vector<std::uint64_t> gateway_server::take_touched() {
    std::vector<std::uint64_t> out{touched_.begin(), touched_.end()};
    touched_.clear();
    return out;
}

std::size_t gateway_server::open_connections() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(connections_.begin(), connections_.end(),
                      [](const auto& each) { return !each.second.closing; }));
}

} // namespace strandcord::testing
