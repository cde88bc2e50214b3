#pragma once

#include <string>
#include <string_view>

namespace strandcord::rest {

/// The first complaint in the `errors` member of an error body (REST-ERR-2).
struct field_error {
    std::string path = {}; ///< `embeds[0].title`; empty when it is about the whole body
    std::string message = {};
};

/// `errors` is JSON text. Gives empty texts for what it cannot read.
field_error first_field_error(std::string_view errors);

} // namespace strandcord::rest
