#include "testing/gateway_server.hpp"
#include "testing/json.hpp"

namespace strandcord::testing {

template <class Function>
void gateway_server::each(int shard, Function fn) {
    for (auto& [id, connection] : connections_)
        if (!connection.closing && (shard == every_shard || connection.shard == shard))
            fn(connection);
}

void gateway_server::drop(std::uint16_t code, int shard) {
    each(shard, [&](connection& which) { close(which, code, "as asked for by the test"); });
}

void gateway_server::reset(int shard, bool in_frame) {
    each(shard, [&](connection& which) {
        gateway_output out;
        out.what = in_frame ? gateway_output::kind::reset_in_frame : gateway_output::kind::reset;
        if (in_frame) {
            const auto text =
                R"({"t":"EMULATED_CUT","s":null,"op":0,"d":")" + std::string(1000, 'a') + "\"}";
            out.binary = which.compressor != nullptr;
            out.bytes = which.compressor ? which.compressor->feed(text) : text;
        }
        push(which, std::move(out));
        which.closing = true;
    });
}

void gateway_server::refuse_connections(int times, refusal how) {
    faults_.refused = times;
    faults_.how = how;
}

void gateway_server::kill_host(std::string_view host, bool dead) {
    if (dead)
        faults_.dead_hosts.emplace(host);
    else
        faults_.dead_hosts.erase(std::string{host});
}

void gateway_server::invalidate(bool resumable, int shard) {
    each(shard, [&](connection& which) {
        if (!resumable)
            sessions_.forget(which.session);
        send_invalid_session(which, resumable);
    });
}

void gateway_server::send_op(int op, int shard) {
    const auto text = R"({"t":null,"s":null,"op":)" + std::to_string(op) + R"(,"d":null})";
    each(shard, [&](connection& which) { send_payload(which, text); });
}

void gateway_server::withhold_hello(bool on) {
    faults_.hello_withheld = on;
    if (on)
        return;
    each(every_shard, [&](connection& which) {
        if (!which.hello_sent)
            greet(which);
    });
}

void gateway_server::withhold_ready(bool on) {
    faults_.ready_withheld = on;
    if (on)
        return;
    each(every_shard, [&](connection& which) {
        if (const auto request = std::exchange(which.waiting, std::nullopt))
            become_ready(which, *request);
    });
}

void gateway_server::fail_identify(bool resumable, int times) {
    faults_.failing_identifies.insert(faults_.failing_identifies.end(),
                                      static_cast<std::size_t>(times), resumable);
}

void gateway_server::close_on_identify(std::uint16_t code, int times) {
    faults_.closing_identifies.insert(faults_.closing_identifies.end(),
                                      static_cast<std::size_t>(times), code);
}

void gateway_server::close_on_resume(std::uint16_t code, int times) {
    faults_.closing_resumes.insert(faults_.closing_resumes.end(), static_cast<std::size_t>(times),
                                   code);
}

void gateway_server::limit_member_requests(std::chrono::milliseconds retry_after, int times) {
    faults_.limited_requests.insert(faults_.limited_requests.end(), static_cast<std::size_t>(times),
                                    retry_after);
}

void gateway_server::send_raw(std::string_view text, int shard) {
    each(shard, [&](connection& which) { send_payload(which, text); });
}

void gateway_server::send_bytes(std::string_view bytes, bool binary, int shard) {
    each(shard, [&](connection& which) {
        gateway_output out;
        out.bytes = bytes;
        out.binary = binary;
        push(which, std::move(out));
    });
}

void gateway_server::bomb(std::size_t size, int shard) {
    std::string text = R"({"t":"EMULATED_BOMB","s":null,"op":0,"d":")";
    text.append(size > text.size() + 2 ? size - text.size() - 2 : 0, 'a');
    text += "\"}";
    send_raw(text, shard);
}

void gateway_server::corrupt_next(int shard) {
    each(shard, [](connection& which) { which.corrupt = true; });
}

void gateway_server::truncate_next(int shard) {
    each(shard, [](connection& which) { which.truncate = true; });
}

void gateway_server::duplicate_next(int count, int shard) {
    each(shard, [count](connection& which) { which.duplicates += count; });
}

void gateway_server::delay(std::chrono::milliseconds late, int shard) {
    each(shard, [late](connection& which) { which.late = late; });
}

void gateway_server::set_max_concurrency(int count) {
    max_concurrency_ = count;
    last_identify_.clear();
}

} // namespace strandcord::testing
