#pragma once

#include <strandcord/draft/interaction.hpp>
#include <strandcord/draft/message.hpp>

#include <string>

namespace strandcord::rest {

/// The body of "Create Message". `nonce`, at most 25 characters, makes the request safe to repeat:
/// Discord makes one message of it.
std::string message_body(const message_draft& draft, std::string nonce);
/// The body of "Create Interaction Response".
std::string interaction_body(const interaction_response& response);

} // namespace strandcord::rest
