#include "codec/envelope.hpp"

#include "codec/decode.hpp"

namespace strandcord::codec {

namespace ondemand = simdjson::ondemand;

struct frame_parser::impl {
    ondemand::parser parser;
    ondemand::document document;
    ondemand::object data; ///< `d`, when it is an object
    bool has_object = false;

    simdjson::error_code scan(std::string& frame, envelope& out);
    simdjson::error_code member(std::string_view key, ondemand::value& json, envelope& out);
    simdjson::error_code keep_data(ondemand::value& json, envelope& out);
};

namespace {

// Shorter than any key that matters, and never over the padding.
std::string_view key_text(ondemand::raw_json_string key) {
    const char* at = key.raw();
    std::size_t length = 0;
    while (at[length] != '"' && length < 3)
        ++length;
    return {at, length};
}

bool is_scalar(std::string_view text) {
    if (text == "null" || text == "true" || text == "false")
        return true;
    if (text.size() > 1 && text.front() == '"')
        return text.back() == '"';
    return !text.empty() && text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

} // namespace

simdjson::error_code frame_parser::impl::keep_data(ondemand::value& json, envelope& out) {
    ondemand::json_type found{};
    if (auto failure = json.type().get(found))
        return failure;
    if (found != ondemand::json_type::object) {
        if (auto failure = raw_text(json, out.data))
            return failure;
        bool fits = found == ondemand::json_type::array || is_scalar(out.data);
        return fits ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
    }
    if (auto failure = json.get_object().get(data))
        return failure;
    has_object = true;
    if (auto failure = data.raw_json().get(out.data))
        return failure;
    while (out.data.back() != '}')
        out.data.remove_suffix(1);
    return simdjson::SUCCESS;
}

simdjson::error_code frame_parser::impl::member(std::string_view key, ondemand::value& json,
                                                envelope& out) {
    if (key == "d")
        return keep_data(json, out);
    if (key != "op" && key != "s" && key != "t")
        return simdjson::SUCCESS;
    bool null = false;
    if (auto failure = json.is_null().get(null))
        return failure;
    if (null && key != "op")
        return simdjson::SUCCESS;
    std::int64_t number = 0;
    if (key == "t")
        return json.get_string().get(out.type);
    if (auto failure = json.get_int64().get(number))
        return failure;
    if (key == "s")
        out.sequence = number;
    else if (number != static_cast<int>(number))
        return simdjson::NUMBER_OUT_OF_RANGE;
    else
        out.op = static_cast<int>(number);
    return simdjson::SUCCESS;
}

simdjson::error_code frame_parser::impl::scan(std::string& frame, envelope& out) {
    has_object = false;
    // iterate() asks for the capacity it may read over the end, not for its contents.
    frame.reserve(frame.size() + simdjson::SIMDJSON_PADDING);
    if (auto failure =
            parser.iterate(frame.data(), frame.size(), frame.capacity()).get(document))
        return failure;
    ondemand::object root;
    if (auto failure = document.get_object().get(root))
        return failure;
    for (auto entry : root) {
        ondemand::field field;
        if (auto failure = std::move(entry).get(field))
            return failure;
        if (auto failure = member(key_text(field.key()), field.value(), out))
            return failure;
    }
    bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

frame_parser::frame_parser() : impl_{std::make_unique<impl>()} {}
frame_parser::~frame_parser() = default;
frame_parser::frame_parser(frame_parser&&) noexcept = default;
frame_parser& frame_parser::operator=(frame_parser&&) noexcept = default;

error_code frame_parser::parse(std::string& frame, envelope& out) {
    out = envelope{};
    simdjson::error_code failure = impl_->scan(frame, out);
    // Without an opcode it is JSON, but no payload.
    if (failure || out.op < 0) {
        impl_->has_object = false;
        out = envelope{};
        return errc::malformed_payload;
    }
    return {};
}

error_code frame_parser::decode_data(const type_desc& type, void* object, decode_report& report) {
    // RESUMED comes with null, an object, or nothing: there is nothing to read in it either way.
    if (type.what == kind::object && type.field_count == 0)
        return {};
    if (!impl_->has_object || type.what != kind::object)
        return errc::malformed_payload;
    if (impl_->data.reset().error())
        return errc::malformed_payload;
    if (decoder{report}.object(impl_->data, type, object, nullptr, 0))
        return errc::malformed_payload;
    return {};
}

} // namespace strandcord::codec
