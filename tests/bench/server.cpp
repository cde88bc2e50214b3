#include "server.hpp"

#include "compressor.hpp"
#include "net/self_signed.hpp"
#include "payloads.hpp"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {

struct server::tls {
    strandcord::net::tls_context context;
};

namespace {

std::string frame(std::string_view payload, bool binary) {
    std::string out;
    out += static_cast<char>(binary ? 0x82 : 0x81);
    if (payload.size() < 126) {
        out += static_cast<char>(payload.size());
    } else if (payload.size() < 65536) {
        out += static_cast<char>(126);
        out += static_cast<char>(payload.size() >> 8);
        out += static_cast<char>(payload.size() & 255);
    } else {
        out += static_cast<char>(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            out += static_cast<char>((payload.size() >> shift) & 255);
    }
    out += payload;
    return out;
}

std::string accept_key(const std::string& request) {
    const std::string name = "Sec-WebSocket-Key: ";
    const auto begin = request.find(name);
    if (begin == std::string::npos)
        throw std::runtime_error{"no WebSocket key in the request"};
    const auto end = request.find("\r\n", begin);
    const std::string text = request.substr(begin + name.size(), end - begin - name.size()) +
                             "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest, &length, EVP_sha1(), nullptr);
    unsigned char encoded[64];
    const int size = EVP_EncodeBlock(encoded, digest, static_cast<int>(length));
    return {reinterpret_cast<char*>(encoded), static_cast<std::size_t>(size)};
}

bool send(SSL* tls, std::string_view bytes) {
    return SSL_write(tls, bytes.data(), static_cast<int>(bytes.size())) ==
           static_cast<int>(bytes.size());
}

} // namespace

server::server(stream_compression kind, std::size_t events) {
    compressor stream{kind};
    const auto add = [&](const std::string& payload) {
        frames_.push_back(frame(stream.compress(payload), kind != stream_compression::none));
    };
    add(R"({"t":null,"s":null,"op":10,"d":{"heartbeat_interval":3600000}})");
    add(R"({"t":"READY","s":1,"op":0,"d":{"v":10,"user":{"id":"1","username":"bench","discriminator":"0","bot":true},)"
        R"("guilds":[],"session_id":"bench","resume_gateway_url":"wss://localhost","shard":[0,1],"application":)"
        R"({"id":"1","flags":0}}})");
    for (std::size_t i = 0; i < events; ++i)
        add(message_create(static_cast<std::int64_t>(i) + 2, i));

    const strandcord::net::certificate_authority authority;
    tls_.reset(new tls{strandcord::net::tls_context::server(authority.issue())});
    char name[] = "/tmp/strandcord-bench-XXXXXX";
    const int file = ::mkstemp(name);
    if (file < 0 ||
        ::write(file, authority.certificate().data(), authority.certificate().size()) < 0)
        throw std::runtime_error{"cannot write the authority's file"};
    ::close(file);
    authority_file_ = name;

    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 4) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error{"cannot listen on 127.0.0.1"};
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { serve(); }};
}

server::~server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    ::unlink(authority_file_.c_str());
}

void server::serve() {
    while (true) {
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0)
            return;
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        SSL* tls = SSL_new(tls_->context.native());
        SSL_set_fd(tls, socket);
        char buffer[16384];
        if (SSL_accept(tls) == 1) {
            std::string request;
            int got = 0;
            while (request.find("\r\n\r\n") == std::string::npos &&
                   (got = SSL_read(tls, buffer, sizeof buffer)) > 0)
                request.append(buffer, static_cast<std::size_t>(got));
            bool well = send(tls, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: "
                                  "websocket\r\nConnection: Upgrade\r\n"
                                  "Sec-WebSocket-Accept: " +
                                      accept_key(request) + "\r\n\r\n") &&
                        send(tls, frames_[0]);
            // The client's Identify, whatever it holds.
            well = well && SSL_read(tls, buffer, sizeof buffer) > 0;
            for (std::size_t i = 1; well && i < frames_.size(); ++i)
                well = send(tls, frames_[i]);
            // Until the client is done.
            while (SSL_read(tls, buffer, sizeof buffer) > 0) {
            }
        }
        SSL_free(tls);
        ::close(socket);
    }
}

} // namespace bench
