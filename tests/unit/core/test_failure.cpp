#include "core/failure.hpp"

#include <strandcord/error.hpp>

#include <boost/asio/error.hpp>
#include <catch2/catch.hpp>
#include <stdexcept>

using namespace strandcord;

namespace {

template <class Exception>
std::exception_ptr caught(Exception what) {
    return std::make_exception_ptr(std::move(what));
}

} // namespace

TEST_CASE("a cancellation is told by its cause, whoever says it") {
    CHECK(is_cancellation(caught(error{errc::cancelled, "given up"})));
    CHECK(is_cancellation(
        caught(boost::system::system_error{boost::asio::error::operation_aborted})));
    CHECK_FALSE(is_cancellation(caught(error{errc::timed_out, "too late"})));
    CHECK_FALSE(is_cancellation(caught(std::runtime_error{"cancelled"})));
    CHECK_FALSE(is_cancellation(caught(7)));
    CHECK_FALSE(is_cancellation(nullptr));
}

TEST_CASE("every exception has words") {
    CHECK(in_words(caught(std::runtime_error{"no more disk"})) == "no more disk");
    CHECK(in_words(caught(7)) == "an exception that is not a std::exception");
}
