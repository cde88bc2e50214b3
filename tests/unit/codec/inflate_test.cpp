#include "codec/inflate.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>
#include <zlib.h>

#ifdef STRANDCORD_HAS_ZSTD
#include <zstd.h>
#endif

using namespace strandcord;
using namespace strandcord::codec;
using namespace std::string_literals;

namespace {

constexpr std::size_t mebibyte = 1024U * 1024;

// The server's side of zlib-stream.
class deflate_stream {
public:
    explicit deflate_stream(int level = Z_DEFAULT_COMPRESSION) { deflateInit(&stream_, level); }
    ~deflate_stream() { deflateEnd(&stream_); }
    deflate_stream(const deflate_stream&) = delete;
    deflate_stream& operator=(const deflate_stream&) = delete;

    std::string payload(std::string_view text, int flush = Z_SYNC_FLUSH) {
        std::string out;
        std::string piece(64U * 1024, '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        do {
            stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream_.avail_out = static_cast<uInt>(piece.size());
            deflate(&stream_, flush);
            out.append(piece, 0, piece.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return out;
    }

private:
    z_stream stream_ = {};
};

// Several payloads as one message.
std::string together(deflate_stream& server, const std::vector<std::string>& texts) {
    std::string message;
    for (const std::string& text : texts)
        message += server.payload(text);
    return message;
}

// Letters without pattern: stays large when compressed.
std::string noise(std::size_t size, std::uint32_t seed = 1) {
    std::string text(size, '\0');
    for (char& letter : text) {
        seed = seed * 1664525U + 1013904223U;
        letter = static_cast<char>(' ' + 1 + (seed >> 24U) % 90);
    }
    return text;
}

// Feeds one message and collects every payload that comes of it.
std::vector<std::string> feed(inflater& inflate, std::string_view message) {
    std::vector<std::string> payloads;
    std::string out;
    error_code failure;
    bool more = inflate.feed(message, out, failure);
    while (more) {
        CHECK_FALSE(failure);
        CHECK(out.capacity() >= out.size() + 64);
        payloads.push_back(out);
        more = inflate.feed({}, out, failure);
    }
    CHECK_FALSE(failure);
    return payloads;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("zlib-stream keeps one context for the whole connection GW-COMP-3 GW-COMP-9") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    const std::string first = server.payload(R"({"op":10,"d":{"heartbeat_interval":41250}})");
    CHECK(first.substr(0, 2) == "\x78\x9C");
    CHECK(first.substr(first.size() - 4) == "\x00\x00\xFF\xFF"s);
    CHECK(feed(*inflate, first) == texts{R"({"op":10,"d":{"heartbeat_interval":41250}})"});
    for (int round = 0; round < 100; ++round) {
        const std::string text = R"({"op":0,"s":)" + std::to_string(round) + noise(300) + '}';
        CHECK(feed(*inflate, server.payload(text)) == texts{text});
    }
}

TEST_CASE("a payload cut into pieces comes out once it is whole GW-COMP-4") {
    const std::string text = noise(5000);
    for (const std::size_t pieces : {1U, 2U, 3U, 7U, 1000U}) {
        deflate_stream server;
        const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
        const std::string whole = server.payload(text);
        const std::size_t length = whole.size() / pieces + 1;
        texts got;
        for (std::size_t at = 0; at < whole.size(); at += length)
            for (std::string& payload : feed(*inflate, whole.substr(at, length)))
                got.push_back(std::move(payload));
        CHECK(got == texts{text});
    }
}

TEST_CASE("the mark at a payload's end may be cut anywhere GW-COMP-5") {
    for (std::size_t cut = 1; cut <= 5; ++cut) {
        deflate_stream server;
        const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
        const std::string whole = server.payload("hello");
        CHECK(feed(*inflate, whole.substr(0, whole.size() - cut)).empty());
        CHECK(feed(*inflate, whole.substr(whole.size() - cut)) == texts{"hello"});
        CHECK(feed(*inflate, server.payload("again")) == texts{"again"});
    }
}

TEST_CASE("bytes that look like a mark inside the data end nothing GW-COMP-5") {
    const std::string text = "before\x00\x00\xFF\xFF"s + "middle\x00\x00\xFF\xFF"s + "after"s;
    for (const int level : {0, 1, 9}) {
        deflate_stream server{level};
        const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
        const std::string whole = server.payload(text);
        if (level == 0)
            CHECK(whole.find("\x00\x00\xFF\xFFmiddle"s) != std::string::npos);
        CHECK(feed(*inflate, whole) == texts{text});
    }
    // The message itself may even end with them: what counts is where blocks end.
    deflate_stream server{0};
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    const std::string whole = server.payload(text);
    const std::size_t cut = whole.find("middle");
    CHECK(feed(*inflate, whole.substr(0, cut)).empty());
    CHECK(feed(*inflate, whole.substr(cut)) == texts{text});
    // A block of data that ends with them, and the mark behind it.
    const std::string tail = "data\x00\x00\xFF\xFF"s;
    CHECK(feed(*inflate, server.payload(tail)) == texts{tail});
}

TEST_CASE("several payloads in one message come out one by one GW-COMP-6") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    const std::string large = noise(100000);
    const std::string message = together(server, {"first", large, "third"});
    CHECK(feed(*inflate, message) == texts{"first", large, "third"});
    CHECK(feed(*inflate, server.payload("fourth")) == texts{"fourth"});

    // Two and a half payloads, then the rest.
    const std::string more = together(server, {"a", "b", "c"});
    CHECK(feed(*inflate, more.substr(0, more.size() - 6)) == texts{"a", "b"});
    CHECK(feed(*inflate, more.substr(more.size() - 6)) == texts{"c"});
}

TEST_CASE("a message fed before the last one is used up waits its turn GW-COMP-6") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    std::string out;
    error_code failure;
    CHECK(inflate->feed(together(server, {"1", "2"}), out, failure));
    CHECK(out == "1");
    CHECK(inflate->feed(server.payload("3"), out, failure));
    CHECK(out == "2");
    CHECK(inflate->feed({}, out, failure));
    CHECK(out == "3");
    CHECK_FALSE(inflate->feed({}, out, failure));
    CHECK_FALSE(failure);
}

TEST_CASE("a flush without data is no payload GW-COMP-6") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    const std::string empty_block = "\x00\x00\x00\xFF\xFF"s;
    const std::string first = server.payload("x");
    CHECK(feed(*inflate, first + empty_block + empty_block) == texts{"x"});
    CHECK(feed(*inflate, server.payload("y")) == texts{"y"});
}

TEST_CASE("every connection starts with a new context GW-COMP-7") {
    deflate_stream server;
    const auto first = make_inflater(compression::zlib_stream, mebibyte);
    CHECK(feed(*first, server.payload("hello")) == texts{"hello"});
    const auto second = make_inflater(compression::zlib_stream, mebibyte);
    std::string out;
    error_code failure;
    CHECK_FALSE(second->feed(server.payload("no header"), out, failure));
    CHECK(failure == errc::decompression_failed);
}

TEST_CASE("text in many languages survives a cut inside a character GW-COMP-10") {
    const std::string text = "\"\xF0\x9F\xA6\x80 \xE6\x97\xA5\xE6\x9C\xAC \xC3\xA9\"";
    for (std::size_t cut = 1; cut < 20; ++cut) {
        deflate_stream server{0};
        const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
        const std::string whole = server.payload(text);
        CHECK(feed(*inflate, whole.substr(0, cut)).empty());
        CHECK(feed(*inflate, whole.substr(cut)) == texts{text});
    }
}

TEST_CASE("one flipped bit spoils the stream for good GW-COMP-11") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    CHECK(feed(*inflate, server.payload("fine")) == texts{"fine"});
    std::string damaged = server.payload(noise(2000));
    damaged[0] = static_cast<char>(damaged[0] | 0x06); // a block type that does not exist
    std::string out = "untouched";
    error_code failure;
    CHECK_FALSE(inflate->feed(damaged, out, failure));
    CHECK(failure == errc::decompression_failed);
    CHECK(out == "untouched");
    CHECK_FALSE(inflate->feed(server.payload("later"), out, failure));
    CHECK(failure == errc::decompression_failed);
}

TEST_CASE("every damaged byte ends in a failure or in other text, never worse GW-COMP-11") {
    deflate_stream server;
    const std::string whole = together(server, {noise(400), "tail"});
    for (std::size_t at = 0; at < whole.size(); ++at) {
        const auto inflate = make_inflater(compression::zlib_stream, 4096);
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        std::string out;
        error_code failure;
        bool more = inflate->feed(damaged, out, failure);
        for (int round = 0; more && round < 100; ++round)
            more = inflate->feed({}, out, failure);
        CHECK_FALSE(more);
    }
}

TEST_CASE("a stream that the server finished gives its last payload, then fails GW-COMP-11") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    CHECK(feed(*inflate, server.payload("last", Z_FINISH)) == texts{"last"});
    std::string out;
    error_code failure;
    CHECK_FALSE(inflate->feed("more", out, failure));
    CHECK(failure == errc::decompression_failed);
}

TEST_CASE("output stops at the bound GW-COMP-12") {
    deflate_stream server;
    const std::string exact(1000, 'x');
    const auto inflate = make_inflater(compression::zlib_stream, 1000);
    CHECK(feed(*inflate, server.payload(exact)) == texts{exact});
    std::string out;
    error_code failure;
    CHECK_FALSE(inflate->feed(server.payload(exact + 'x'), out, failure));
    CHECK(failure == errc::payload_too_large);
    CHECK_FALSE(inflate->feed(server.payload("small"), out, failure));
    CHECK(failure == errc::payload_too_large);
}

TEST_CASE("a bomb of one GiB in small messages stops at the bound GW-COMP-12") {
    // A deflate block of 1 GiB in the making: no flush, so no payload ever ends.
    deflate_stream server{9};
    const auto inflate = make_inflater(compression::zlib_stream, mebibyte);
    const std::string zeros(mebibyte, '0');
    std::string out;
    error_code failure;
    int messages = 0;
    while (!failure && messages < 1024) {
        CHECK_FALSE(inflate->feed(server.payload(zeros, Z_NO_FLUSH), out, failure));
        ++messages;
    }
    CHECK(failure == errc::payload_too_large);
    CHECK(messages < 64);
    CHECK(out.capacity() < 1024);
}

TEST_CASE("a large payload does not pin the caller's memory GW-COMP-13") {
    deflate_stream server;
    const auto inflate = make_inflater(compression::zlib_stream, 64 * mebibyte);
    const std::string large(20 * mebibyte, 'x');
    std::string out;
    error_code failure;
    REQUIRE(inflate->feed(server.payload(large), out, failure));
    CHECK(out == large);
    REQUIRE(inflate->feed(server.payload("small"), out, failure));
    CHECK(out == "small");
    CHECK(out.capacity() < mebibyte);
    const std::size_t settled = out.capacity();
    const char* const place = out.data();
    for (int round = 0; round < 1000; ++round)
        REQUIRE(inflate->feed(server.payload("small"), out, failure));
    CHECK(out.capacity() == settled);
    CHECK(out.data() == place);
}

TEST_CASE("the compress parameter names what is inflated GW-CONN-4") {
    CHECK(query_value(compression::zlib_stream) == "zlib-stream");
    CHECK(query_value(compression::zstd_stream) == "zstd-stream");
    CHECK(query_value(compression::none).empty());
    CHECK(resolve(compression::none) == compression::none);
    CHECK(resolve(compression::automatic) != compression::automatic);
    CHECK(make_inflater(compression::none, mebibyte) == nullptr);
}

#ifdef STRANDCORD_HAS_ZSTD

namespace {

class zstd_server {
public:
    zstd_server() : stream_{ZSTD_createCCtx()} {}
    ~zstd_server() { ZSTD_freeCCtx(stream_); }
    zstd_server(const zstd_server&) = delete;
    zstd_server& operator=(const zstd_server&) = delete;

    std::string payload(std::string_view text, ZSTD_EndDirective how = ZSTD_e_flush) {
        std::string out;
        std::string piece(64U * 1024, '\0');
        ZSTD_inBuffer input{text.data(), text.size(), 0};
        std::size_t left = 0;
        do {
            ZSTD_outBuffer space{piece.data(), piece.size(), 0};
            left = ZSTD_compressStream2(stream_, &space, &input, how);
            out.append(piece, 0, space.pos);
        } while (left != 0 && ZSTD_isError(left) == 0U);
        return out;
    }

private:
    ZSTD_CCtx* stream_;
};

} // namespace

TEST_CASE("zstd-stream: every message is one payload of one context GW-COMP-8") {
    zstd_server server;
    const auto inflate = make_inflater(compression::zstd_stream, 64 * mebibyte);
    const std::string hello = server.payload(R"({"op":10})");
    CHECK(hello.substr(0, 4) == "\x28\xB5\x2F\xFD");
    CHECK(feed(*inflate, hello) == texts{R"({"op":10})"});
    for (const std::size_t size : {1U, 100U, 16384U, 16385U, 300000U, 5000000U}) {
        const std::string text = noise(size);
        CHECK(feed(*inflate, server.payload(text)) == texts{text});
    }
    const std::string repeated(3000000, 'a');
    CHECK(feed(*inflate, server.payload(repeated)) == texts{repeated});
    CHECK(feed(*inflate, server.payload("end", ZSTD_e_end)) == texts{"end"});
    CHECK(feed(*inflate, server.payload("next frame")) == texts{"next frame"});
}

TEST_CASE("zstd-stream: damage and bombs end the stream GW-COMP-11 GW-COMP-12") {
    zstd_server server;
    const auto inflate = make_inflater(compression::zstd_stream, mebibyte);
    CHECK(feed(*inflate, server.payload("fine")) == texts{"fine"});
    std::string out;
    error_code failure;
    SECTION("damage") {
        CHECK_FALSE(inflate->feed("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", out, failure));
        CHECK(failure == errc::decompression_failed);
    }
    SECTION("bomb") {
        const std::string bomb = server.payload(std::string(200 * mebibyte, '0'));
        CHECK_FALSE(inflate->feed(bomb, out, failure));
        CHECK(failure == errc::payload_too_large);
    }
    const error_code first = failure;
    CHECK_FALSE(inflate->feed(server.payload("later"), out, failure));
    CHECK(failure == first);
}

#else

TEST_CASE("zstd-stream without libzstd is refused with the remedy GW-COMP-8") {
    REQUIRE_THROWS_AS(make_inflater(compression::zstd_stream, mebibyte), error);
}

#endif
