#include "path_cost.hpp"

#include "cpu_clock.hpp"
#include "net/network_transport.hpp"

#include <strandcord/strandcord.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe.hpp>
#include <exception>

namespace bench {

struct three_fields {
    strandcord::snowflake id, channel_id;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(three_fields, (), (id, channel_id, content))

run_cost strandcord_client(std::uint16_t port, const std::string& authority_file,
                           stream_compression kind, std::size_t events) {
    namespace sc = strandcord;
    boost::asio::io_context context{1};
    sc::client_config config;
    config.token = "bench.bench.bench";
    config.gateway_url = "wss://localhost:" + std::to_string(port);
    config.gateway.compress = kind == stream_compression::zlib   ? sc::compression::zlib_stream
                              : kind == stream_compression::zstd ? sc::compression::zstd_stream
                                                                 : sc::compression::none;
    config.intents |= sc::intent::message_content;
    config.log = sc::logger{sc::level::warning, sc::stderr_sink()};
    config.transport = sc::net::make_network_transport({.authorities_file = authority_file});
    sc::client client{context.get_executor(), std::move(config)};

    run_cost cost;
    std::int64_t start = 0;
    client.on<sc::message_create, three_fields>([&](auto message) -> sc::task<> {
        if (cost.events == 0)
            start = thread_cpu();
        cost.content_bytes += message->content.size();
        if (++cost.events == events) {
            cost.cpu_ns = thread_cpu() - start;
            client.stop();
        }
        co_return;
    });
    std::exception_ptr failure;
    boost::asio::co_spawn(context, client.run(),
                          [&](std::exception_ptr ended) { failure = ended; });
    context.run();
    if (failure)
        std::rethrow_exception(failure);
    return cost;
}

} // namespace bench
