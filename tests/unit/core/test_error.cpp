#include <strandcord/error.hpp>

#include <boost/asio/error.hpp>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

using namespace strandcord;
using namespace std::chrono_literals;
namespace asio_error = boost::asio::error;

namespace {

constexpr cause every_cause[] = {cause::cancelled,    cause::timed_out,       cause::retryable,
                                 cause::rate_limited, cause::unauthorized,    cause::forbidden,
                                 cause::not_found,    cause::invalid_request, cause::fatal};

// The code equals this cause and no other.
void check_cause(error_code code, cause expected) {
    INFO(code.category().name() << " " << code.value());
    for (const cause one : every_cause)
        CHECK((code == one) == (one == expected));
    CHECK(cause_of(code) == expected);
}

void check_api(int code, cause expected) {
    check_cause(error_code{code, api_category()}, expected);
}

} // namespace

TEST_CASE("success has no cause") {
    const error_code none;
    for (const cause one : every_cause)
        CHECK(none != one);
    CHECK_FALSE(cause_of(none));
}

TEST_CASE("the library's own errors have a cause each") {
    check_cause(errc::invalid_configuration, cause::fatal);
    check_cause(errc::timed_out, cause::timed_out);
    check_cause(errc::cancelled, cause::cancelled);
    check_cause(errc::shutting_down, cause::cancelled);
    check_cause(errc::malformed_payload, cause::retryable);
    check_cause(errc::payload_too_large, cause::invalid_request);
    check_cause(errc::decompression_failed, cause::retryable);
    check_cause(errc::handshake_failed, cause::retryable);
    check_cause(errc::connection_closed, cause::retryable);
    check_cause(errc::certificate_invalid, cause::fatal);
    check_cause(errc::unauthorized, cause::unauthorized);
    check_cause(errc::session_lost, cause::retryable);
    check_cause(errc::start_limit_reached, cause::rate_limited);
    check_cause(errc::unsupported, cause::fatal);
    check_cause(errc::invalid_argument, cause::invalid_request);
    check_cause(errc::queue_full, cause::rate_limited);
}

TEST_CASE("what Asio and the system report has a cause too") {
    check_cause(asio_error::operation_aborted, cause::cancelled);
    check_cause(asio_error::timed_out, cause::timed_out);
    check_cause(asio_error::connection_reset, cause::retryable);
    check_cause(asio_error::connection_refused, cause::retryable);
    check_cause(asio_error::broken_pipe, cause::retryable);
    check_cause(asio_error::host_unreachable, cause::retryable);
    check_cause(asio_error::network_unreachable, cause::retryable);
    check_cause(asio_error::eof, cause::retryable);
    check_cause(asio_error::host_not_found, cause::retryable);
    check_cause(asio_error::host_not_found_try_again, cause::retryable);
    check_cause(asio_error::service_not_found, cause::retryable);
    check_cause(asio_error::access_denied, cause::forbidden);
    check_cause(asio_error::bad_descriptor, cause::fatal);
}

TEST_CASE("close codes that Discord documents as final are not retryable") {
    check_cause(gateway_errc::authentication_failed, cause::unauthorized);
    check_cause(gateway_errc::disallowed_intents, cause::forbidden);
    check_cause(gateway_errc::invalid_shard, cause::fatal);
    check_cause(gateway_errc::sharding_required, cause::fatal);
    check_cause(gateway_errc::invalid_api_version, cause::fatal);
    check_cause(gateway_errc::invalid_intents, cause::fatal);
    check_cause(gateway_errc::rate_limited, cause::rate_limited);
    for (const int code : {1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4009, 4999})
        check_cause(error_code{code, gateway_category()}, cause::retryable);
}

TEST_CASE("HTTP statuses go by class") {
    check_cause(http_errc::bad_request, cause::invalid_request);
    check_cause(http_errc::unauthorized, cause::unauthorized);
    check_cause(http_errc::forbidden, cause::forbidden);
    check_cause(http_errc::not_found, cause::not_found);
    check_cause(http_errc::too_many_requests, cause::rate_limited);
    check_cause(http_errc::internal_server_error, cause::retryable);
    check_cause(http_errc::bad_gateway, cause::retryable);
    check_cause(http_errc::service_unavailable, cause::retryable);
    check_cause(error_code{408, http_category()}, cause::timed_out);
    check_cause(error_code{413, http_category()}, cause::invalid_request);
    check_cause(error_code{520, http_category()}, cause::retryable);
    check_cause(error_code{302, http_category()}, cause::fatal);
}

TEST_CASE("Discord's JSON error codes have a cause, unknown ones too") {
    check_cause(api_errc::unknown_channel, cause::not_found);
    check_cause(api_errc::unknown_message, cause::not_found);
    check_cause(api_errc::missing_access, cause::forbidden);
    check_cause(api_errc::missing_permissions, cause::forbidden);
    check_cause(api_errc::invalid_form_body, cause::invalid_request);
    check_api(10062, cause::not_found);
    check_api(20028, cause::rate_limited);
    check_api(40001, cause::unauthorized);
    check_api(40060, cause::invalid_request);
    check_api(130000, cause::retryable);
    check_api(987654, cause::invalid_request);
}

TEST_CASE("Discord's general error is code 0 and an error all the same") {
    const error_code general = api_errc::general;
    CHECK(general.value() == 0);
    CHECK(general.failed());
    CHECK(static_cast<bool>(general));
    check_cause(general, cause::invalid_request);
}

TEST_CASE("categories differ, and codes of equal value are different errors") {
    const std::vector<const boost::system::error_category*> all{
        &error_category(), &gateway_category(), &api_category(), &http_category(),
        &cause_category()};
    std::set<std::string> names;
    for (const auto* one : all) {
        names.insert(one->name());
        for (const auto* other : all)
            CHECK((*one == *other) == (one == other));
    }
    CHECK(names.size() == all.size());
    CHECK(error_code{401, http_category()} != error_code{401, api_category()});
    CHECK(error_code{1, error_category()} != error_code{1, boost::system::generic_category()});
}

TEST_CASE("every message is a sentence") {
    std::vector<error_code> codes;
    for (int value = 1; value <= static_cast<int>(errc::unsupported); ++value)
        codes.emplace_back(value, error_category());
    for (int value = 4000; value <= 4015; ++value)
        codes.emplace_back(value, gateway_category());
    for (const int value : {0, 10003, 10008, 50001, 50013, 50035, 99999})
        codes.emplace_back(value, api_category());
    for (const int value : {302, 400, 401, 403, 404, 418, 429, 500, 502, 503})
        codes.emplace_back(value, http_category());
    codes.emplace_back(999, error_category());
    for (const error_code& code : codes) {
        const std::string text = code.message();
        INFO(text);
        CHECK(text.size() > 15);
        CHECK(text.back() == '.');
        CHECK(std::isupper(static_cast<unsigned char>(text.front())));
    }
}

TEST_CASE("an error says what happened, with the words it was given or its code's") {
    const error plain{errc::connection_closed};
    CHECK(std::string{plain.what()} == "The peer ended the connection.");
    CHECK(plain.details().message.empty());

    const error worded{errc::invalid_configuration, "The token is empty."};
    CHECK(std::string{worded.what()} == "The token is empty.");
    CHECK(worded.details().message == "The token is empty.");
    CHECK(worded.code() == errc::invalid_configuration);
}

TEST_CASE("an error of a REST call names route, status, code and field") {
    diagnostics details;
    details.message = "Invalid Form Body";
    details.method = "POST";
    details.route = "/channels/{channel_id}/messages";
    details.status = 400;
    details.field = "embeds[0].title";
    const error failure{api_errc::invalid_form_body, details};
    CHECK(std::string{failure.what()} == "POST /channels/{channel_id}/messages: Invalid Form Body "
                                         "(field embeds[0].title, HTTP 400, code 50035)");
    CHECK(failure.details().status == 400);
}

TEST_CASE("an error names the shard, the close code and the wait") {
    diagnostics closed;
    closed.shard = 3;
    CHECK_THAT(error(gateway_errc::invalid_shard, closed).what(),
               Catch::EndsWith("(close code 4010, shard 3)"));

    diagnostics limited;
    limited.status = 429;
    limited.retry_after = 1500ms;
    CHECK_THAT(error(http_errc::too_many_requests, limited).what(),
               Catch::EndsWith("(HTTP 429, retry after 1500 ms)"));
}

TEST_CASE("errors are caught as what they derive from") {
    CHECK_THROWS_AS(throw error(errc::timed_out), boost::system::system_error);
    const error original{errc::timed_out, "Too slow."};
    const error copy = original;
    CHECK(std::string{copy.what()} == "Too slow.");
}
