#include "loopback/net_loop.hpp"
#include "unit/net/streams.hpp"

#include "net/url.hpp"

#include <boost/asio/ip/tcp.hpp>

using namespace std::chrono_literals;
using namespace strandcord;
using namespace strandcord::test;
namespace asio = boost::asio;

namespace {

// Serves one connection: what comes goes back until the client ends it.
task<> echo_once(net::listener& listener, error_code& ended) {
    net::any_stream stream = co_await listener.accept();
    error_code failure;
    while (!failure) {
        std::string piece = co_await read_piece(stream, failure);
        if (!piece.empty())
            failure = co_await write_all(stream, std::move(piece));
    }
    ended = failure;
    co_await shut_down(stream);
}

struct tls_server {
    explicit tls_server(net::certificate_request request = {}) {
        net::listener_options options;
        options.tls = authority.issue(request);
        options.on_server_name = [this](std::string_view name) { seen_names.emplace_back(name); };
        listener.emplace(loop.executor(), std::move(options));
        serve();
    }

    void serve() {
        asio::co_spawn(loop.context(), echo_once(*listener, ended), [](std::exception_ptr) {});
    }
    endpoint at(std::string host) const { return {true, std::move(host), listener->port()}; }
    error refusal(std::string host, net::tls_options trust) {
        return loop.failure_of(net::make_network_transport(std::move(trust))->open(at(host)));
    }

    real_loop loop;
    net::certificate_authority authority;
    authority_file file{authority};
    std::optional<net::listener> listener;
    std::vector<std::string> seen_names;
    error_code ended;
};

net::certificate_request named(std::string name) {
    net::certificate_request request;
    request.names = {std::move(name)};
    return request;
}

} // namespace

TEST_CASE("TLS carries bytes, names the server and verifies it GW-CONN-8") {
    tls_server s;
    const auto transport = net::make_network_transport(s.file.trusted());
    SECTION("by name") {
        net::any_stream stream = s.loop.run(transport->open(s.at("localhost")));
        CHECK_FALSE(s.loop.run(write_all(stream, "hello")));
        CHECK(s.loop.run(read_exactly(stream, 5)) == "hello");
        CHECK(s.seen_names == std::vector<std::string>{"localhost"});
    }
    SECTION("by address, which is no server name") {
        net::any_stream stream = s.loop.run(transport->open(s.at("127.0.0.1")));
        CHECK_FALSE(s.loop.run(write_all(stream, "hello")));
        CHECK(s.loop.run(read_exactly(stream, 5)) == "hello");
        CHECK(s.seen_names.empty());
    }
    SECTION("large amounts") {
        net::any_stream stream = s.loop.run(transport->open(s.at("localhost")));
        std::string large;
        for (int block = 0; large.size() < 3000000; ++block)
            large += std::to_string(block) + ' ';
        asio::co_spawn(s.loop.context(), write_all(stream, large),
                       [](std::exception_ptr, error_code) {});
        CHECK((s.loop.run(read_exactly(stream, large.size())) == large));
    }
    SECTION("the end is seen") {
        net::any_stream stream = s.loop.run(transport->open(s.at("localhost")));
        s.loop.run(write_all(stream, "x"));
        CHECK(s.loop.run(read_exactly(stream, 1)) == "x");
        s.loop.run(shut_down(stream));
        error_code end;
        CHECK(s.loop.run(read_piece(stream, end)).empty());
        CHECK(end == asio::error::eof);
        CHECK(s.ended == asio::error::eof);
    }
}

TEST_CASE("a certificate nobody vouches for is refused with reason and remedy GW-CONN-8") {
    tls_server s;
    const error refused = s.refusal("localhost", {});
    CHECK(refused.code() == errc::certificate_invalid);
    CHECK_THAT(refused.what(), Catch::Contains("localhost") && Catch::Contains("self") &&
                                   Catch::Contains("SSL_CERT_FILE"));
}

TEST_CASE("SSL_CERT_FILE adds an authority GW-CONN-8") {
    tls_server s;
    const net::tls_options named_by_environment = s.file.trusted();
    ::setenv("SSL_CERT_FILE", named_by_environment.authorities_file.c_str(), 1);
    const auto transport = net::make_network_transport();
    net::any_stream stream = s.loop.run(transport->open(s.at("localhost")));
    ::unsetenv("SSL_CERT_FILE");
    CHECK_FALSE(s.loop.run(write_all(stream, "x")));
    CHECK(s.loop.run(read_exactly(stream, 1)) == "x");
}

TEST_CASE("a certificate for another name is refused GW-CONN-8") {
    SECTION("another host") {
        tls_server s{named("gateway.example")};
        const error refused = s.refusal("localhost", s.file.trusted());
        CHECK(refused.code() == errc::certificate_invalid);
        CHECK_THAT(refused.what(),
                   Catch::Contains("localhost") && Catch::Contains("ostname mismatch"));
    }
    SECTION("another address") {
        tls_server s{named("127.0.0.2")};
        const error refused = s.refusal("127.0.0.1", s.file.trusted());
        CHECK(refused.code() == errc::certificate_invalid);
        CHECK_THAT(refused.what(), Catch::Contains("IP address mismatch"));
    }
    SECTION("a host's certificate does not stand for its address") {
        tls_server s{named("localhost")};
        CHECK(s.refusal("127.0.0.1", s.file.trusted()).code() == errc::certificate_invalid);
    }
}

TEST_CASE("a certificate out of its time is refused GW-CONN-8") {
    net::certificate_request request;
    SECTION("expired") {
        request.valid_from = -48h;
        request.valid_until = -24h;
        tls_server s{request};
        const error refused = s.refusal("localhost", s.file.trusted());
        CHECK(refused.code() == errc::certificate_invalid);
        CHECK_THAT(refused.what(), Catch::Contains("expired") && Catch::Contains("clock"));
    }
    SECTION("not yet valid") {
        request.valid_from = 24h;
        tls_server s{request};
        const error refused = s.refusal("localhost", s.file.trusted());
        CHECK(refused.code() == errc::certificate_invalid);
        CHECK_THAT(refused.what(), Catch::Contains("not yet valid"));
    }
}

TEST_CASE("one context serves many connections, also after a refused one") {
    tls_server s;
    CHECK(s.refusal("localhost", {}).code() == errc::certificate_invalid);
    const auto transport = net::make_network_transport(s.file.trusted());
    for (int round = 0; round < 5; ++round) {
        s.serve();
        net::any_stream stream = s.loop.run(transport->open(s.at("localhost")));
        CHECK_FALSE(s.loop.run(write_all(stream, "x")));
        CHECK(s.loop.run(read_exactly(stream, 1)) == "x");
    }
}

TEST_CASE("an authority file that cannot be read is named") {
    real_loop loop;
    net::tls_options options;
    options.authorities_file = "/nowhere/authority.pem";
    const auto transport = net::make_network_transport(options);
    const error refused = loop.failure_of(transport->open({true, "127.0.0.1", 1}));
    CHECK(refused.code() == errc::invalid_configuration);
    CHECK_THAT(refused.what(), Catch::Contains("/nowhere/authority.pem"));
}

TEST_CASE("TLS to a server without it fails with a sentence GW-CONN-12") {
    real_loop loop;
    net::listener listener{loop.executor(), {}};
    error_code ended;
    asio::co_spawn(loop.context(), echo_once(listener, ended), [](std::exception_ptr) {});
    const auto transport = net::make_network_transport();
    const error refused = loop.failure_of(transport->open({true, "localhost", listener.port()}));
    CHECK(refused.code() == errc::handshake_failed);
    CHECK_THAT(refused.what(), Catch::Contains("The TLS handshake with localhost failed"));
}

TEST_CASE("a handshake that never ends is cancelled GW-CONN-13 GW-CONN-18") {
    // Connections wait in the listener's backlog: the client's hello is never answered.
    real_loop loop;
    net::listener listener{loop.executor(), {}};
    const auto transport = net::make_network_transport();
    const auto opening = [&] { return transport->open({true, "localhost", listener.port()}); };
    CHECK(loop.failure_of(with_timeout(opening(), 50ms)).code() == errc::timed_out);
}

TEST_CASE("a server whose identity is no identity does not start") {
    real_loop loop;
    net::certificate_authority authority;
    net::listener_options options;
    SECTION("nonsense") {
        options.tls = net::tls_identity{"no certificate", "no key"};
        CHECK_THROWS_WITH(net::listener(loop.executor(), options),
                          Catch::Contains("certificate cannot be used"));
    }
    SECTION("another's key") {
        options.tls = net::tls_identity{authority.issue().certificate, authority.issue().key};
        CHECK_THROWS_WITH(net::listener(loop.executor(), options),
                          Catch::Contains("private key cannot be used"));
    }
}
