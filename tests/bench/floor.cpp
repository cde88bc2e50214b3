#include "floor.hpp"

#include "cpu_clock.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <simdjson.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>
#ifdef STRANDCORD_HAS_ZSTD
#include <zstd.h>
#endif

namespace bench {

four_fields read_four(const char* payload, std::size_t size, std::size_t capacity) {
    static simdjson::ondemand::parser parser;
    four_fields out;
    auto document = parser.iterate(payload, size, capacity);
    for (auto field : document.get_object()) {
        const std::string_view key = field.unescaped_key();
        simdjson::error_code bad = simdjson::SUCCESS;
        if (key == "op")
            bad = field.value().get_int64().get(out.op);
        else if (key == "t")
            bad = field.value().get_string().get(out.type);
        else if (key == "s")
            bad = field.value().get_int64().get(out.sequence);
        else if (key == "d")
            bad = field.value().get_object()["content"].get_string().get(out.content);
        if (bad)
            throw std::runtime_error{"the floor could not read a field"};
    }
    return out;
}

four_fields read_three(const char* payload, std::size_t size, std::size_t capacity) {
    static simdjson::ondemand::parser parser;
    four_fields out;
    auto document = parser.iterate(payload, size, capacity);
    auto object = document.get_object();
    if (object["t"].get_string().get(out.type) || object["s"].get_int64().get(out.sequence) ||
        object["op"].get_int64().get(out.op))
        throw std::runtime_error{"the floor could not read a field"};
    return out;
}

namespace {

struct connection {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* tls = nullptr;
    int socket = -1;

    ~connection() {
        SSL_free(tls);
        SSL_CTX_free(context);
        ::close(socket);
    }
};

/// Buffered bytes of the TLS stream.
struct reader {
    SSL* tls;
    std::vector<char> buffer = std::vector<char>(65536);
    std::size_t begin = 0;
    std::size_t end = 0;

    /// At least `count` bytes at `buffer[begin]`.
    void need(std::size_t count) {
        if (end - begin >= count)
            return;
        if (begin + count > buffer.size()) {
            std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(begin),
                      buffer.begin() + static_cast<std::ptrdiff_t>(end), buffer.begin());
            end -= begin;
            begin = 0;
            if (count > buffer.size())
                buffer.resize(count);
        }
        while (end - begin < count) {
            const int got =
                SSL_read(tls, buffer.data() + end, static_cast<int>(buffer.size() - end));
            if (got <= 0)
                throw std::runtime_error{"the server went away"};
            end += static_cast<std::size_t>(got);
        }
    }

    std::string_view message() {
        need(2);
        const auto byte = [&](std::size_t at) {
            return static_cast<unsigned char>(buffer[begin + at]);
        };
        std::size_t header = 2;
        std::size_t size = byte(1);
        if (size == 126) {
            need(4);
            header = 4;
            size = byte(2) * 256U + byte(3);
        } else if (size == 127) {
            need(10);
            header = 10;
            size = 0;
            for (std::size_t i = 2; i < 10; ++i)
                size = size << 8 | byte(i);
        }
        need(header + size);
        const std::string_view out{buffer.data() + begin + header, size};
        begin += header + size;
        return out;
    }
};

struct decompressor {
    stream_compression kind;
    std::string out = std::string(256 * 1024, '\0');
    z_stream inflating{};
#ifdef STRANDCORD_HAS_ZSTD
    ZSTD_DCtx* zstd = ZSTD_createDCtx();
#endif

    explicit decompressor(stream_compression which) : kind{which} { inflateInit(&inflating); }
    ~decompressor() {
        inflateEnd(&inflating);
#ifdef STRANDCORD_HAS_ZSTD
        ZSTD_freeDCtx(zstd);
#endif
    }

    /// The payload's length in `out`.
    std::size_t inflate_message(std::string_view in) {
        if (kind == stream_compression::none) {
            in.copy(out.data(), in.size());
            return in.size();
        }
        if (kind == stream_compression::zlib) {
            inflating.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
            inflating.avail_in = static_cast<uInt>(in.size());
            inflating.next_out = reinterpret_cast<Bytef*>(out.data());
            inflating.avail_out = static_cast<uInt>(out.size());
            inflate(&inflating, Z_SYNC_FLUSH);
            return out.size() - inflating.avail_out;
        }
#ifdef STRANDCORD_HAS_ZSTD
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        ZSTD_decompressStream(zstd, &to, &from);
        return to.pos;
#else
        throw std::runtime_error{"built without zstd"};
#endif
    }
};

} // namespace

run_cost floor_client(std::uint16_t port, stream_compression kind, std::size_t events,
                      bool read_ahead) {
    connection c;
    SSL_CTX_set_read_ahead(c.context, read_ahead ? 1 : 0);
    c.socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(c.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error{"cannot connect"};
    c.tls = SSL_new(c.context);
    SSL_set_fd(c.tls, c.socket);
    if (SSL_connect(c.tls) != 1)
        throw std::runtime_error{"no TLS"};
    const std::string request =
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    SSL_write(c.tls, request.data(), static_cast<int>(request.size()));
    reader in{c.tls};
    while (std::string_view{in.buffer.data(), in.end}.find("\r\n\r\n") == std::string_view::npos)
        in.need(in.end + 1);
    in.begin = std::string_view{in.buffer.data(), in.end}.find("\r\n\r\n") + 4;

    decompressor unpack{kind};
    unpack.inflate_message(in.message());    // Hello
    SSL_write(c.tls, "\x81\x80\0\0\0\0", 6); // an empty masked frame stands for Identify
    unpack.inflate_message(in.message());    // READY

    run_cost cost;
    std::int64_t start = 0;
    while (cost.events < events) {
        const std::string_view message = in.message();
        if (cost.events == 0)
            start = thread_cpu();
        const std::size_t size = unpack.inflate_message(message);
        const four_fields read = read_four(unpack.out.data(), size, unpack.out.size());
        if (read.op != 0 || read.sequence != static_cast<std::int64_t>(cost.events) + 2 ||
            read.type != "MESSAGE_CREATE")
            throw std::runtime_error{"the floor read nonsense"};
        cost.content_bytes += read.content.size();
        ++cost.events;
    }
    cost.cpu_ns = thread_cpu() - start;
    return cost;
}

} // namespace bench
