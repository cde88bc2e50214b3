#pragma once

#include "net/any_stream.hpp"
#include "net/listener.hpp"
#include "net/network_transport.hpp"
#include "net/self_signed.hpp"
#include "runtime/task_group.hpp"

#include <strandcord/task.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <string>
#include <unistd.h>

namespace strandcord::test {

/// An io_context on real time. `run` fails the test when the work takes longer than a minute.
class real_loop {
public:
    boost::asio::io_context& context() noexcept { return context_; }
    boost::asio::any_io_executor executor() { return context_.get_executor(); }

    void run(task<> work) {
        std::exception_ptr failure;
        bool done = false;
        boost::asio::co_spawn(context_, std::move(work), [&](std::exception_ptr why) {
            failure = why;
            done = true;
        });
        const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes{1};
        context_.restart();
        while (!done && std::chrono::steady_clock::now() < limit)
            context_.run_one_until(limit);
        REQUIRE(done);
        if (failure)
            std::rethrow_exception(failure);
    }
    template <class T>
    T run(task<T> work) {
        std::optional<T> out;
        run(detail::keep_result(std::move(work), out));
        return std::move(*out);
    }
    /// What the work throws; a default `error` when it does not.
    template <class T>
    error failure_of(task<T> work) {
        try {
            run(std::move(work));
        } catch (const error& thrown) {
            return thrown;
        }
        return error{error_code{}};
    }

private:
    boost::asio::io_context context_;
};

/// A file with the authority's certificate, as SSL_CERT_FILE would name it.
class authority_file {
public:
    explicit authority_file(const net::certificate_authority& authority) {
        std::ofstream{path_} << authority.certificate();
    }
    ~authority_file() { std::remove(path_.c_str()); }
    authority_file(const authority_file&) = delete;
    authority_file& operator=(const authority_file&) = delete;

    net::tls_options trusted() const {
        net::tls_options options;
        options.authorities_file = path_;
        return options;
    }

private:
    std::string path_ = make_name();

    static std::string make_name() {
        char name[] = "/tmp/strandcord-authority-XXXXXX";
        const int file = mkstemp(name);
        REQUIRE(file >= 0);
        ::close(file);
        return name;
    }
};

} // namespace strandcord::test
