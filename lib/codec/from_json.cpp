#include "codec/decode.hpp"

#include <strandcord/error.hpp>

#include <cstring>

namespace strandcord::codec {

namespace ondemand = simdjson::ondemand;

namespace {

// In brackets every value is an element, a bare number or string too.
simdjson::padded_string in_brackets(std::string_view text) {
    simdjson::padded_string padded(text.size() + 2);
    padded.data()[0] = '[';
    if (!text.empty())
        std::memcpy(padded.data() + 1, text.data(), text.size());
    padded.data()[text.size() + 1] = ']';
    return padded;
}

simdjson::error_code decode_only(ondemand::document& document, const type_desc& type, void* object,
                                 decode_report& report, bool& stored) {
    ondemand::array root;
    if (auto failure = document.get_array().get(root))
        return failure;
    std::size_t elements = 0;
    for (auto element : root) {
        ondemand::value entry;
        if (auto failure = std::move(element).get(entry))
            return failure;
        if (++elements > 1)
            return simdjson::TRAILING_CONTENT;
        if (auto failure = decoder{report}.value(entry, type, object, nullptr, 0, stored))
            return failure;
    }
    if (elements == 0)
        return simdjson::EMPTY;
    bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

} // namespace

void decode(const type_desc& type, void* object, std::string_view text, decode_report& report) {
    simdjson::padded_string padded = in_brackets(text);
    ondemand::parser parser;
    ondemand::document document;
    bool stored = false;
    simdjson::error_code failure = parser.iterate(padded).get(document);
    if (!failure)
        failure = decode_only(document, type, object, report, stored);
    if (failure)
        throw error{errc::malformed_payload,
                    std::string{"not valid JSON: "} + simdjson::error_message(failure)};
    bool may_be_null = type.what == kind::optional || type.what == kind::nullable;
    if (!stored && !may_be_null)
        throw error{errc::malformed_payload,
                    "the JSON is of another kind than the type it was to be read into"};
}

} // namespace strandcord::codec
