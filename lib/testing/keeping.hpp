#pragma once

#include "net/any_stream.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>

#include <memory>
#include <utility>

namespace strandcord::testing {

/// For a stream around another: keeps it while the inner one works, as stream_base asks for, and
/// hands the handler's executor and cancellation on.
template <class Handler>
auto keeping(std::shared_ptr<net::stream_base> self, Handler handler) {
    namespace asio = boost::asio;
    const auto slot = asio::get_associated_cancellation_slot(handler);
    const auto where = asio::get_associated_executor(handler, self->executor());
    auto call = [self = std::move(self), handler = std::move(handler)](auto... results) mutable {
        std::move(handler)(results...);
    };
    return asio::bind_cancellation_slot(slot, asio::bind_executor(where, std::move(call)));
}

} // namespace strandcord::testing
