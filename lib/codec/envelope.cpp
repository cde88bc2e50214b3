#include "codec/envelope.hpp"

#include "codec/decode.hpp"
#include "codec/scalars.hpp"

namespace strandcord::codec {

struct frame_parser::impl {
    token_list tokens;
    std::optional<token_list::token> data; ///< where `d` begins
    std::string unescaped_type;

    bool scan(std::string& frame, envelope& out);
    bool member(std::string_view key, token_list::token at, envelope& out);
    bool type(token_list::token at, envelope& out);
    std::optional<token_list::token> find(token_list::token object, std::string_view name) const;
};

bool frame_parser::impl::type(token_list::token at, envelope& out) {
    if (tokens.first(at) != '"')
        return false;
    out.type = tokens.quoted(at);
    if (out.type.find('\\') == std::string_view::npos)
        return true;
    if (!unescape(out.type, unescaped_type))
        return false;
    out.type = unescaped_type;
    return true;
}

bool frame_parser::impl::member(std::string_view key, token_list::token at, envelope& out) {
    bool null = tokens.first(at) == 'n';
    bool is_string = tokens.first(at) == '"';
    if (key == "op")
        return !is_string && read_scalar(tokens.value(at), false, codec::describe<int>(), &out.op);
    if (key == "t")
        return null || type(at, out);
    if (key == "s") {
        std::int64_t number = 0;
        bool fits = !is_string && !null &&
                    read_scalar(tokens.value(at), false, codec::describe<std::int64_t>(), &number);
        if (fits)
            out.sequence = number;
        return fits || null;
    }
    if (key == "d") {
        data = at;
        out.data = tokens.value(at);
    }
    return true;
}

bool frame_parser::impl::scan(std::string& frame, envelope& out) {
    data.reset();
    token_list::make_room(frame);
    if (tokens.scan(frame) || tokens.first(0) != '{')
        return false;
    token_list::token at = 1;
    while (tokens.first(at) != '}') {
        if (!member(tokens.quoted(at), at + 2, out))
            return false;
        at = tokens.behind(at + 2);
        if (tokens.first(at) == ',')
            ++at;
    }
    // Without an opcode it is JSON, but no payload.
    return out.op >= 0;
}

std::optional<token_list::token> frame_parser::impl::find(token_list::token object,
                                                          std::string_view name) const {
    if (tokens.first(object) != '{')
        return std::nullopt;
    token_list::token at = object + 1;
    while (tokens.first(at) != '}') {
        if (tokens.quoted(at) == name)
            return at + 2;
        at = tokens.behind(at + 2);
        if (tokens.first(at) == ',')
            ++at;
    }
    return std::nullopt;
}

frame_parser::frame_parser() : impl_{std::make_unique<impl>()} {}
frame_parser::~frame_parser() = default;
frame_parser::frame_parser(frame_parser&&) noexcept = default;
frame_parser& frame_parser::operator=(frame_parser&&) noexcept = default;

error_code frame_parser::parse(std::string& frame, envelope& out) {
    out = envelope{};
    if (impl_->scan(frame, out))
        return {};
    impl_->data.reset();
    out = envelope{};
    return errc::malformed_payload;
}

json_view frame_parser::data() const noexcept {
    return impl_->data ? json_view{impl_->tokens, *impl_->data} : json_view{};
}

error_code frame_parser::decode_data(const type_desc& type, void* object, decode_report& report) {
    // RESUMED comes with null, an object, or nothing: there is nothing to read in it either way.
    if (type.what == kind::object && type.field_count == 0)
        return {};
    if (!impl_->data || type.what != kind::object || impl_->tokens.first(*impl_->data) != '{')
        return errc::malformed_payload;
    decoder{impl_->tokens, report}.object(*impl_->data, type, object, nullptr, 0);
    return {};
}

snowflake frame_parser::data_id(std::string_view name, std::string_view inner,
                                std::string_view innermost) const {
    auto at = impl_->data;
    for (const auto each : {name, inner, innermost})
        if (at && !each.empty())
            at = impl_->find(*at, each);
    if (!at)
        return {};
    const bool is_string = impl_->tokens.first(*at) == '"';
    const auto text = is_string ? impl_->tokens.quoted(*at) : impl_->tokens.value(*at);
    return parse_snowflake(text).value_or(snowflake{});
}

} // namespace strandcord::codec
