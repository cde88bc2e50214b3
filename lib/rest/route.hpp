#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::rest {

using parameters = std::vector<std::pair<std::string, std::string>>;

/// What the rate limits of a request go by.
struct route {
    /// Method and template: `POST /channels/{channel_id}/messages`.
    std::string name;
    /// The top-level resource: `channel_id`, `guild_id`, `webhook_id` with its token (RL-5); else
    /// empty.
    std::string major;
    /// Interaction callbacks and interaction webhooks are outside the global limit (RL-14).
    bool counts_globally = true;
    /// Interaction callbacks happen once each: there is nothing to queue for (IX-3).
    bool has_bucket = true;
    /// Carries the bot token, so a 401 condemns it.
    bool authorized = true;
};

/// `template_path` is the path of Discord's documentation. RL-5: an id counts only as the first of
/// the path.
route describe_route(std::string_view method, std::string_view template_path,
                     const parameters& values, bool authorized);

/// The template with its values, percent-encoded, and the query. Throws `error`
/// (`errc::invalid_configuration`) when a value is missing, empty or not in the template.
std::string make_target(std::string_view template_path, const parameters& values,
                        const parameters& query);

/// RFC 3986: everything but unreserved characters as `%XX`.
std::string percent_encode(std::string_view text);

} // namespace strandcord::rest
