#include "net/url.hpp"

#include <catch2/catch.hpp>

using namespace strandcord;
using net::parse_url;

namespace {

struct good {
    const char* text;
    net::url parts;
    const char* header;
};

struct bad {
    const char* text;
    const char* names;
};

} // namespace

TEST_CASE("URLs fall into their parts GW-CONN-5") {
    const good table[] = {
        {"wss://gateway.discord.gg", {"wss", "gateway.discord.gg", 443, "/"}, "gateway.discord.gg"},
        {"wss://gateway.discord.gg/?v=10&encoding=json",
         {"wss", "gateway.discord.gg", 443, "/?v=10&encoding=json"},
         "gateway.discord.gg"},
        {"wss://h:8443", {"wss", "h", 8443, "/"}, "h:8443"},
        {"wss://h:443/", {"wss", "h", 443, "/"}, "h"},
        {"ws://h/p?x=1", {"ws", "h", 80, "/p?x=1"}, "h"},
        {"ws://127.0.0.1:9000?v=10", {"ws", "127.0.0.1", 9000, "/?v=10"}, "127.0.0.1:9000"},
        {"http://localhost:80/api", {"http", "localhost", 80, "/api"}, "localhost"},
        {"https://localhost:80/api", {"https", "localhost", 80, "/api"}, "localhost:80"},
        {"HTTPS://Example.com/", {"https", "Example.com", 443, "/"}, "Example.com"},
        {"http://[::1]:8080/x", {"http", "::1", 8080, "/x"}, "[::1]:8080"},
        {"https://[2001:db8::1]", {"https", "2001:db8::1", 443, "/"}, "[2001:db8::1]"},
        {"http://h:/x", {"http", "h", 80, "/x"}, "h"},
        {"http://a_b-c.d/@x", {"http", "a_b-c.d", 80, "/@x"}, "a_b-c.d"},
    };
    for (const good& row : table) {
        INFO(row.text);
        const net::url parsed = parse_url(row.text);
        CHECK(parsed == row.parts);
        CHECK(parsed.host_header() == row.header);
        CHECK(parsed.where() == endpoint{parsed.tls(), row.parts.host, row.parts.port});
    }
}

TEST_CASE("a bad URL is refused with what is wrong") {
    const bad table[] = {
        {"", "is empty"},
        {"gateway.discord.gg", "must begin with ws://, wss://, http:// or https://"},
        {"ftp://h/", "must begin with ws://, wss://, http:// or https://"},
        {"wss:/h", "must begin with"},
        {"wss://", "names no host"},
        {"wss:///path", "names no host"},
        {"wss://:443", "names no host"},
        {"wss://h ost/", "contains a space or control character"},
        {"wss://h\r\nX: y/", "contains a space or control character"},
        {"wss://h:x/", "port that is not a number from 1 to 65535"},
        {"wss://h:0/", "port that is not a number"},
        {"wss://h:65536/", "port that is not a number"},
        {"wss://h:1:2/", "port that is not a number"},
        {"wss://[::1/", "lacks the ']'"},
        {"wss://[h]/", "something other than an IPv6 address"},
        {"wss://[::1]x/", "something other than a port"},
        {"wss://h\"/", "character in its host name"},
        {"wss://h/#part", "fragment"},
    };
    for (const bad& row : table) {
        INFO(row.text);
        CHECK_THROWS_WITH(parse_url(row.text), Catch::Contains(row.names));
        try {
            parse_url(row.text);
        } catch (const error& refused) {
            CHECK(refused.code() == errc::invalid_configuration);
        }
    }
}

TEST_CASE("a password in a URL is refused and not repeated") {
    try {
        parse_url("https://name:secret@h/");
        FAIL("accepted");
    } catch (const error& refused) {
        const std::string text = refused.what();
        CHECK(text.find("secret") == std::string::npos);
        CHECK(text.find("user name") != std::string::npos);
    }
}
