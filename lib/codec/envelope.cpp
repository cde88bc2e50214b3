#include "codec/envelope.hpp"

#include "codec/decode.hpp"
#include "codec/scalars.hpp"

#include <utility>

namespace strandcord::codec {

struct frame_parser::impl {
    token_list tokens;
    std::optional<token_list::token> data; ///< where `d` begins
    bool unchecked = false;                ///< the grammar behind the beginning of `d`
    std::string unescaped_type;

    bool index(std::string& frame);
    bool head(envelope& out);
    bool whole(envelope& out);
    std::optional<token_list::token> checked_data();
    bool member(std::string_view key, token_list::token at, envelope& out);
    bool type(token_list::token at, envelope& out);
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

bool frame_parser::impl::index(std::string& frame) {
    data.reset();
    unchecked = false;
    token_list::make_room(frame);
    return !tokens.index(frame) && tokens.first(0) == '{';
}

// Whether `t`, `s` and `op` of a dispatch come before its `d`, and nothing else. Whatever is not so
// is for `whole` to judge.
bool frame_parser::impl::head(envelope& out) {
    token_list::token at = 1;
    while (tokens.first(at) == '"' && tokens.first(at + 1) == ':') {
        const auto key = tokens.quoted(at);
        if (key == "d") {
            data = at + 2;
            return out.op == 0 && out.sequence && !out.type.empty();
        }
        if ((key != "t" && key != "s" && key != "op") || tokens.opens(at + 2) ||
            tokens.first(at + 3) != ',' || !member(key, at + 2, out))
            return false;
        at += 4;
    }
    return false;
}

bool frame_parser::impl::whole(envelope& out) {
    if (!tokens.walk())
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

// Nothing when the frame behind the beginning of `d` is no JSON.
std::optional<token_list::token> frame_parser::impl::checked_data() {
    if (std::exchange(unchecked, false) && !tokens.walk())
        data.reset();
    return data;
}

frame_parser::frame_parser() : impl_{std::make_unique<impl>()} {}
frame_parser::~frame_parser() = default;
frame_parser::frame_parser(frame_parser&&) noexcept = default;
frame_parser& frame_parser::operator=(frame_parser&&) noexcept = default;

error_code frame_parser::parse(std::string& frame, envelope& out) {
    if (auto malformed = parse_head(frame, out))
        return malformed;
    return parse_rest(out);
}

error_code frame_parser::parse_head(std::string& frame, envelope& out) {
    out = envelope{};
    if (impl_->index(frame)) {
        if (impl_->head(out)) {
            impl_->unchecked = true;
            return {};
        }
        impl_->data.reset();
        out = envelope{};
        if (impl_->whole(out))
            return {};
    }
    impl_->data.reset();
    out = envelope{};
    return errc::malformed_payload;
}

error_code frame_parser::parse_rest(envelope& out) {
    const bool was_unchecked = impl_->unchecked;
    const auto at = impl_->checked_data();
    if (at) {
        out.data = impl_->tokens.value(*at);
    } else if (was_unchecked) {
        out = envelope{};
        return errc::malformed_payload;
    }
    return {};
}

json_view frame_parser::data() const {
    const auto at = impl_->checked_data();
    return at ? json_view{impl_->tokens, *at} : json_view{};
}

error_code frame_parser::decode_data(const type_desc& type, void* object, decode_report& report) {
    // RESUMED comes with null, an object, or nothing: there is nothing to read in it either way.
    if (type.what == kind::object && type.field_count == 0)
        return {};
    const auto at = impl_->checked_data();
    if (!at || type.what != kind::object || impl_->tokens.first(*at) != '{')
        return errc::malformed_payload;
    decoder{impl_->tokens, report}.object(*at, type, object, nullptr, 0);
    return {};
}

snowflake frame_parser::data_id(std::string_view name, std::string_view inner,
                                std::string_view innermost) const {
    json_view at = data();
    for (const auto each : {name, inner, innermost})
        if (!each.empty())
            at = at[each];
    return at.id();
}

} // namespace strandcord::codec
