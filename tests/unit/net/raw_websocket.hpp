#pragma once

#include "streams.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace strandcord::test {

enum class opcode : std::uint8_t { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// A server's frame as it goes over the wire.
inline std::string frame(opcode kind, std::string_view payload, bool last = true) {
    std::string made;
    made += static_cast<char>((last ? 0x80U : 0U) | static_cast<unsigned>(kind));
    if (payload.size() < 126) {
        made += static_cast<char>(payload.size());
    } else {
        const bool wide = payload.size() > 65535;
        made += static_cast<char>(wide ? 127 : 126);
        for (int shift = wide ? 56 : 8; shift >= 0; shift -= 8)
            made += static_cast<char>(payload.size() >> static_cast<unsigned>(shift));
    }
    made += payload;
    return made;
}

/// A client's frame, unmasked.
struct received_frame {
    opcode kind = opcode::more;
    bool masked = false;
    std::string payload = {};
};

inline task<received_frame> read_frame(net::any_stream& stream) {
    received_frame got;
    const std::string head = co_await read_exactly(stream, 2);
    if (head.size() < 2)
        co_return got;
    got.kind = static_cast<opcode>(head[0] & 0x0F);
    got.masked = (head[1] & 0x80) != 0;
    std::size_t size = static_cast<unsigned char>(head[1]) & 0x7FU;
    if (size == 126) {
        const std::string wide = co_await read_exactly(stream, 2);
        size = static_cast<unsigned char>(wide[0]) * 256U + static_cast<unsigned char>(wide[1]);
    }
    std::string mask(4, '\0');
    if (got.masked)
        mask = co_await read_exactly(stream, 4);
    got.payload = co_await read_exactly(stream, size);
    for (std::size_t at = 0; at < got.payload.size(); ++at)
        got.payload[at] = static_cast<char>(got.payload[at] ^ mask[at % 4]);
    co_return got;
}

/// The value that accepts the client's key: RFC 6455, 4.2.2.
inline std::string accept_value(std::string_view key) {
    const std::string joined = std::string{key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(joined.data()), joined.size(), digest);
    unsigned char text[64];
    const int size = EVP_EncodeBlock(text, digest, SHA_DIGEST_LENGTH);
    return std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}

/// Reads the client's handshake and accepts it; gives the request as it came.
inline task<std::string> accept_raw(net::any_stream& stream) {
    const std::string request = co_await read_until(stream, "\r\n\r\n");
    const std::string name = "Sec-WebSocket-Key: ";
    const std::size_t at = request.find(name) + name.size();
    const std::string key = request.substr(at, request.find('\r', at) - at);
    const error_code failure = co_await write_all(
        stream, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Accept: " +
                    accept_value(key) + "\r\n\r\n");
    static_cast<void>(failure);
    co_return request;
}

} // namespace strandcord::test
