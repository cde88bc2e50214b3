#include "codec/inflate.hpp"
#include "testing/deflate.hpp"
#include "wire.hpp"

#include <catch2/catch.hpp>

using namespace strandcord::testing;
using strandcord::compression;

namespace {

std::string noise(std::size_t size) {
    std::string out;
    std::minstd_rand random{1};
    while (out.size() < size)
        out += static_cast<char>('a' + random() % 26);
    return out;
}

} // namespace

TEST_CASE("no compression needs no deflater") {
    CHECK(make_deflater(compression::none) == nullptr);
}

TEST_CASE("each payload comes out whole from one stream (GW-COMP-3, GW-COMP-8)") {
    const auto kind = GENERATE(compression::zlib_stream, compression::zstd_stream);
    auto out = make_deflater(kind);
    if (!out)
        return; // zstd-stream is not built in
    const auto in = strandcord::codec::make_inflater(kind, 64U * 1024 * 1024);
    const auto first = out->feed("{}");
    CHECK(first.substr(0, 2) == (kind == compression::zlib_stream ? "\x78\x9C" : "\x28\xB5"));
    std::string text;
    strandcord::error_code failure;
    CHECK(in->feed(first, text, failure));
    CHECK(text == "{}");
    for (const std::size_t size : {1U, 100U, 16384U, 100000U, 3000000U}) {
        const auto payload = noise(size);
        CHECK(in->feed(out->feed(payload), text, failure));
        CHECK(text == payload);
        CHECK_FALSE(failure);
    }
}

TEST_CASE("a connection's frames are compressed from Hello on (GW-COMP-9)") {
    const auto [name, kind] = GENERATE(std::pair{"zlib-stream", compression::zlib_stream},
                                       std::pair{"zstd-stream", compression::zstd_stream});
    if (!make_deflater(kind))
        return;
    wire w;
    const auto c = w.open("/?v=10&encoding=json&compress=" + std::string{name});
    w.identify(c);
    const auto in = strandcord::codec::make_inflater(kind, 64U * 1024 * 1024);
    std::string text;
    strandcord::error_code failure;
    for (const auto* expected : {R"("op":10)", R"("t":"READY")"}) {
        const auto out = w.gateway.next(c, w.now);
        REQUIRE(out);
        CHECK(out->binary);
        CHECK(in->feed(out->bytes, text, failure));
        CHECK(text.find(expected) != std::string::npos);
    }

    SECTION("a corrupt payload cannot be inflated (GW-COMP-11)") {
        w.gateway.corrupt_next(every_shard);
        w.gateway.send_raw("{}", every_shard);
        in->feed(w.gateway.next(c, w.now)->bytes, text, failure);
        CHECK(failure == strandcord::errc::decompression_failed);
    }
    SECTION("a truncated one spoils what follows") {
        w.gateway.truncate_next(every_shard);
        w.gateway.send_raw(noise(500), every_shard);
        bool spoiled = false;
        for (int i = 0; i < 5 && !spoiled; ++i) {
            const auto out = w.gateway.next(c, w.now);
            if (!out)
                w.gateway.send_raw(noise(500), every_shard);
            else
                spoiled = !in->feed(out->bytes, text, failure) || failure || text != noise(500);
        }
        CHECK(spoiled);
    }
    SECTION("a bomb inflates to its size (GW-COMP-12)") {
        w.gateway.bomb(1000000, every_shard);
        const auto out = w.gateway.next(c, w.now);
        CHECK(out->bytes.size() < 10000);
        CHECK(in->feed(out->bytes, text, failure));
        CHECK(text.size() == 1000000);
    }
}
