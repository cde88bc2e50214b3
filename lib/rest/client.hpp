#pragma once

#include "net/http.hpp"
#include "net/transport.hpp"
#include "net/url.hpp"
#include "rest/limiter.hpp"
#include "runtime/timer.hpp"

#include <strandcord/rest.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace strandcord {

/// The driver behind all copies of a `rest_client`. Whatever changes is touched on its own strand
/// only.
struct rest_client::impl : std::enable_shared_from_this<rest_client::impl> {
    impl(boost::asio::any_io_executor executor, rest_config config);

    /// From any executor.
    static task<raw_json> request(std::shared_ptr<impl> self, rest_request what);
    void close_idle();

private:
    class call;
    class place;
    struct attempt;
    struct idle_connection {
        std::unique_ptr<net::http_connection> connection;
        rest::time_point since;
    };

    // On the strand:
    task<raw_json> perform(call& one);
    task<attempt> try_once(call& one);
    task<> wait_for_permit(place& spot, call& one);
    task<std::unique_ptr<net::http_connection>> open();
    task<> pause(const call& one, const char* reason, rest::duration length);
    std::optional<rest::duration> wait_before_next(call& one, const attempt& last, int number);
    std::unique_ptr<net::http_connection> take_idle();
    void keep(std::unique_ptr<net::http_connection> connection);
    void wake();
    void note_answer(const call& one, const net::http_response& answer, rest::time_point started);

    error explain(const call& one, const error& failure) const;
    [[noreturn]] static void throw_limited(const call& one, rest::wait_reason why,
                                           rest::duration wait);

    boost::asio::any_io_executor strand_;
    rest_config config_;
    net::url base_;
    rest::limiter limiter_;
    std::unordered_map<rest::ticket, timer*> waiting_;
    std::vector<idle_connection> idle_;
    std::minstd_rand random_;
    int warned_refused_ = 0;
};

} // namespace strandcord
