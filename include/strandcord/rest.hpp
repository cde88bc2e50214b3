#pragma once

#include <strandcord/config.hpp>
#include <strandcord/draft/interaction.hpp>
#include <strandcord/draft/message.hpp>
#include <strandcord/json.hpp>
#include <strandcord/log.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/model/gateway.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/user.hpp>
#include <strandcord/snowflake.hpp>
#include <strandcord/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// One REST request, for routes that have no function of their own:
/// `sc::rest_request("GET", "/channels/{channel_id}").path("channel_id", id)`.
class rest_request {
public:
    using parameters = std::vector<std::pair<std::string, std::string>>;

    /// `route` is the path as Discord's documentation writes it, without the version: rate limits
    /// and error texts go by it, so put ids and secrets into `path()`, never here.
    rest_request(std::string method, std::string route)
        : method_{std::move(method)}, route_{std::move(route)} {}

    /// The value of `{name}` in the route; percent-encoded as needed.
    rest_request&& path(std::string name, std::string value) && {
        path_.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
    rest_request&& path(std::string name, snowflake id) && {
        path_.emplace_back(std::move(name), to_string(id));
        return std::move(*this);
    }
    /// One `name=value` of the query string; percent-encoded as needed. May be repeated.
    rest_request&& query(std::string name, std::string value) && {
        query_.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
    /// The body: complete JSON text, as `to_json` gives it.
    rest_request&& json(std::string text) && {
        body_ = std::move(text);
        return std::move(*this);
    }
    /// For the audit log: 1 to 512 characters.
    rest_request&& reason(std::string text) && {
        reason_ = std::move(text);
        return std::move(*this);
    }
    /// Sends no bot token: for routes that carry a token of their own.
    rest_request&& anonymous() && {
        anonymous_ = true;
        return std::move(*this);
    }
    /// May be sent again when it is unknown whether Discord saw it. GET, PUT, PATCH and DELETE
    /// always may. `done_code`: the JSON error code by which Discord says, on such a repetition,
    /// that it had.
    rest_request&& repeatable(int done_code = 0) && {
        repeatable_ = true;
        done_code_ = done_code;
        return std::move(*this);
    }

    const std::string& method() const noexcept { return method_; }
    const std::string& route() const noexcept { return route_; }
    const parameters& path() const& noexcept { return path_; }
    const parameters& query() const& noexcept { return query_; }
    const std::string& json() const& noexcept { return body_; }
    const std::string& reason() const& noexcept { return reason_; }
    bool is_anonymous() const noexcept { return anonymous_; }
    bool is_repeatable() const noexcept { return repeatable_ || method_ != "POST"; }
    int done_code() const noexcept { return done_code_; }

private:
    std::string method_;
    std::string route_;
    parameters path_;
    parameters query_;
    std::string body_;
    std::string reason_;
    bool anonymous_ = false;
    bool repeatable_ = false;
    int done_code_ = 0;
};

// An aggregate temporary inside a co_await expression is destroyed twice by GCC 12.
static_assert(!std::is_aggregate_v<rest_request>);

/// What a `rest_client` needs to know.
struct rest_config {
    /// From the developer portal, without `Bot `.
    std::string token = {};
    rest_options rest = {};
    strandcord::logger log = {};
    std::shared_ptr<strandcord::meter> metrics = {};
    /// Real sockets unless set.
    std::shared_ptr<strandcord::transport> transport = {};
};

/// Discord's REST API. A handle: copies share connections, rate limits and the token's fate.
/// Every call may be made from any thread or strand, waits for its rate limits, tries again what is
/// worth it, and throws `error` with the words in `details()`. Cancelling a call ends its waits.
/// After one 401 every further call fails at once with `errc::unauthorized`.
class rest_client {
public:
    /// Throws `error` (`errc::invalid_configuration`) for a token or `api_base` that cannot be.
    rest_client(boost::asio::any_io_executor executor, rest_config config);

    /// Sends a request; the answer's body, empty for 204.
    task<raw_json> request(rest_request what) const;

    /// Discord documentation: events/gateway, "Get Gateway". The `url` only.
    task<std::string> get_gateway() const;
    /// Discord documentation: events/gateway, "Get Gateway Bot".
    task<gateway_bot> get_gateway_bot() const;
    /// Discord documentation: resources/user, "Get Current User".
    task<user> get_current_user() const;
    /// Discord documentation: resources/message, "Create Message".
    task<message> create_message(snowflake channel_id, message_draft draft) const;
    /// Due within 3 seconds of the interaction.
    /// Discord documentation: interactions/receiving-and-responding, "Create Interaction Response".
    task<> create_interaction_response(snowflake interaction_id, std::string interaction_token,
                                       interaction_response response) const;

    /// Closes connections that nothing is using; calls go on and later ones open new ones.
    void close_idle() const;

    struct impl;

private:
    std::shared_ptr<impl> impl_;
};

} // namespace strandcord
