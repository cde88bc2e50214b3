#include "codec/json_view.hpp"

#include "codec/decode.hpp"
#include "codec/scalars.hpp"

#include <strandcord/error.hpp>

namespace strandcord::codec {

json_view json_view::operator[](std::string_view name) const {
    if (!is_object())
        return {};
    std::string plain;
    for (token at = at_ + 1; tokens_->first(at) != '}'; at = next(at + 2)) {
        const std::string_view key = tokens_->quoted(at);
        if (key == name)
            return {*tokens_, at + 2};
        // As the decoder: nobody escapes letters in a key, but JSON allows it.
        if (tokens_->escapes_letters() && key.find('\\') != std::string_view::npos &&
            unescape(key, plain) && plain == name)
            return {*tokens_, at + 2};
    }
    return {};
}

snowflake json_view::id() const noexcept {
    if (!tokens_ || tokens_->opens(at_))
        return {};
    std::uint64_t value = 0;
    const bool quoted = first() == '"';
    return parse_digits(quoted ? tokens_->quoted(at_) : tokens_->value(at_), value)
               ? snowflake{value}
               : snowflake{};
}

std::optional<std::int64_t> json_view::integer() const noexcept {
    std::int64_t value = 0;
    if (!tokens_ || tokens_->opens(at_) || is_null())
        return std::nullopt;
    const bool quoted = first() == '"';
    if (!read_scalar(quoted ? tokens_->quoted(at_) : tokens_->value(at_), quoted,
                     describe<std::int64_t>(), &value))
        return std::nullopt;
    return value;
}

std::string json_view::text() const {
    std::string out;
    if (first() != '"' || !unescape(tokens_->quoted(at_), out))
        out.clear();
    return out;
}

bool json_view::decode(const type_desc& type, void* object, decode_report& report) const {
    return tokens_ && decoder{*tokens_, report}.value(at_, type, object, nullptr, 0);
}

json_document::json_document(std::string_view text) {
    text_.reserve(text.size() + 64);
    text_ = text;
    token_list::make_room(text_);
    if (const char* failure = tokens_.scan(text_))
        throw error{errc::malformed_payload, failure};
}

} // namespace strandcord::codec
