#include "codec/decode.hpp"

#include "codec/scalars.hpp"

#include <strandcord/error.hpp>
#include <strandcord/permissions.hpp>

#include <cmath>
#include <cstring>
#include <limits>

namespace strandcord::codec {

namespace ondemand = simdjson::ondemand;
using ondemand::json_type;

namespace {

std::string_view expectation(kind what) noexcept {
    switch (what) {
    case kind::boolean:
        return "boolean";
    case kind::signed_integer:
    case kind::unsigned_integer:
        return "integer";
    case kind::f64:
        return "number";
    case kind::string:
        return "string";
    case kind::snowflake:
        return "snowflake";
    case kind::permissions:
        return "permissions";
    case kind::timestamp:
        return "timestamp";
    case kind::raw:
        return "value";
    case kind::object:
        return "object";
    case kind::sequence:
        return "array";
    case kind::optional:
    case kind::nullable:
        break;
    }
    return "value";
}

std::string path_of(const place* here) {
    if (!here)
        return {};
    std::string path = path_of(here->outer);
    if (here->field) {
        if (!path.empty())
            path += '.';
        path += here->field->json_name();
    } else {
        path += '[' + std::to_string(here->index) + ']';
    }
    return path;
}

// A key as it stands in the frame, behind its opening quote. Eight bytes can always be read there.
bool is_key(const char* key, std::uint64_t head, const field_desc& field) noexcept {
    if ((head & field.mask) != field.head)
        return false;
    return field.length < 8 || (std::memcmp(key + 8, field.name + 8, field.length - 8) == 0 &&
                                key[field.length] == '"');
}

// Discord keeps an order, so the field after the last one found is the first guess.
class field_finder {
public:
    explicit field_finder(const type_desc& type) noexcept : type_{type} {}

    const field_desc* find(const char* key) noexcept {
        auto letter = static_cast<unsigned char>(*key);
        if (letter == '\\' || !((type_.first_letters >> (letter % 64)) & 1))
            return has_escape(key) ? find_escaped(key) : nullptr;
        std::uint64_t head = 0;
        std::memcpy(&head, key, sizeof head);
        for (std::size_t i = next_; i < type_.field_count; ++i)
            if (is_key(key, head, type_.fields[i]))
                return found(i);
        for (std::size_t i = 0; i < next_; ++i)
            if (is_key(key, head, type_.fields[i]))
                return found(i);
        return has_escape(key) ? find_escaped(key) : nullptr;
    }

private:
    const field_desc* found(std::size_t index) noexcept {
        next_ = index + 1;
        return type_.fields + index;
    }

    static bool has_escape(const char* key) noexcept {
        while (*key != '"' && *key != '\\')
            ++key;
        return *key == '\\';
    }

    // Nobody escapes letters in a key, but JSON allows it.
    const field_desc* find_escaped(const char* key) const {
        std::string plain;
        if (!unescape(quoted(key), plain))
            return nullptr;
        for (const field_desc& field : type_)
            if (field.json_name() == plain)
                return &field;
        return nullptr;
    }

    const type_desc& type_;
    std::size_t next_ = 0;
};

bool store_signed(std::int64_t number, std::uint8_t size, void* target) noexcept {
    switch (size) {
    case 1:
        if (number != static_cast<std::int8_t>(number))
            return false;
        *static_cast<std::int8_t*>(target) = static_cast<std::int8_t>(number);
        return true;
    case 2:
        if (number != static_cast<std::int16_t>(number))
            return false;
        *static_cast<std::int16_t*>(target) = static_cast<std::int16_t>(number);
        return true;
    case 4:
        if (number != static_cast<std::int32_t>(number))
            return false;
        *static_cast<std::int32_t*>(target) = static_cast<std::int32_t>(number);
        return true;
    default:
        *static_cast<std::int64_t*>(target) = number;
        return true;
    }
}

bool store_unsigned(std::uint64_t number, std::uint8_t size, void* target) noexcept {
    switch (size) {
    case 1:
        if (number > std::numeric_limits<std::uint8_t>::max())
            return false;
        *static_cast<std::uint8_t*>(target) = static_cast<std::uint8_t>(number);
        return true;
    case 2:
        if (number > std::numeric_limits<std::uint16_t>::max())
            return false;
        *static_cast<std::uint16_t*>(target) = static_cast<std::uint16_t>(number);
        return true;
    case 4:
        if (number > std::numeric_limits<std::uint32_t>::max())
            return false;
        *static_cast<std::uint32_t*>(target) = static_cast<std::uint32_t>(number);
        return true;
    default:
        *static_cast<std::uint64_t*>(target) = number;
        return true;
    }
}

std::string_view text_of(ondemand::value& json) {
    ondemand::raw_json_string raw;
    if (json.get_raw_json_string().get(raw))
        return {};
    return quoted(raw.raw());
}

// An integer as a number, as a string of digits, or as a number with nothing behind the point.
bool read_signed(ondemand::value& json, json_type found, std::int64_t& out) {
    if (found == json_type::string)
        return parse_signed(text_of(json), out);
    if (found != json_type::number)
        return false;
    if (json.get_int64().get(out) == simdjson::SUCCESS)
        return true;
    double number = 0;
    if (json.get_double().get(number) || number != std::floor(number) ||
        std::abs(number) > 9007199254740992.0)
        return false;
    out = static_cast<std::int64_t>(number);
    return true;
}

bool read_unsigned(ondemand::value& json, json_type found, std::uint64_t& out) {
    if (found == json_type::string)
        return parse_digits(text_of(json), out);
    if (found != json_type::number)
        return false;
    if (json.get_uint64().get(out) == simdjson::SUCCESS)
        return true;
    double number = 0;
    if (json.get_double().get(number) || number != std::floor(number) || number < 0 ||
        number > 9007199254740992.0)
        return false;
    out = static_cast<std::uint64_t>(number);
    return true;
}

// Ids are never read through a double.
bool read_id(ondemand::value& json, json_type found, std::uint64_t& out) {
    if (found == json_type::string)
        return parse_digits(text_of(json), out);
    return found == json_type::number && json.get_uint64().get(out) == simdjson::SUCCESS;
}

bool read_string(ondemand::value& json, json_type found, std::string& out) {
    if (found != json_type::string)
        return false;
    std::string_view raw = text_of(json);
    if (std::memchr(raw.data(), '\\', raw.size()) == nullptr) {
        out.assign(raw);
        return true;
    }
    std::string text;
    if (!unescape(raw, text))
        return false;
    out = std::move(text);
    return true;
}

bool read_scalar(ondemand::value& json, json_type found, const type_desc& type, void* target) {
    switch (type.what) {
    case kind::boolean:
        return found == json_type::boolean &&
               json.get_bool().get(*static_cast<bool*>(target)) == simdjson::SUCCESS;
    case kind::signed_integer: {
        std::int64_t number = 0;
        return read_signed(json, found, number) && store_signed(number, type.size, target);
    }
    case kind::unsigned_integer: {
        std::uint64_t number = 0;
        return read_unsigned(json, found, number) && store_unsigned(number, type.size, target);
    }
    case kind::f64:
        return found == json_type::number &&
               json.get_double().get(*static_cast<double*>(target)) == simdjson::SUCCESS;
    case kind::string:
        return read_string(json, found, *static_cast<std::string*>(target));
    case kind::snowflake:
        return read_id(json, found, static_cast<snowflake*>(target)->value);
    case kind::permissions: {
        std::uint64_t bits = 0;
        if (!read_id(json, found, bits))
            return false;
        *static_cast<permissions*>(target) = permissions{bits};
        return true;
    }
    case kind::timestamp: {
        auto moment = found == json_type::string ? parse_timestamp(text_of(json)) : std::nullopt;
        if (moment)
            *static_cast<timestamp*>(target) = *moment;
        return moment.has_value();
    }
    default:
        return false;
    }
}

} // namespace

void decoder::note(const place* here, std::string_view expected) {
    ++report_.count;
    if (report_.problems.size() < decode_report::kept)
        report_.problems.push_back({path_of(here), expected});
}

simdjson::error_code decoder::object(ondemand::object json, const type_desc& type, void* target,
                                     const place* here, int depth) {
    field_finder fields{type};
    for (auto member : json) {
        ondemand::field entry;
        if (auto failure = std::move(member).get(entry))
            return failure;
        const field_desc* field = fields.find(entry.key().raw());
        if (!field)
            continue;
        place inside{here, field, 0};
        bool stored = false;
        if (auto failure = value(entry.value(), *field->type, field->member(target), &inside,
                                 depth + 1, stored))
            return failure;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code decoder::sequence(ondemand::array json, const type_desc& type, void* target,
                                       const place* here, int depth) {
    type.holder->clear(target);
    place inside{here, nullptr, 0};
    for (auto element : json) {
        ondemand::value entry;
        if (auto failure = std::move(element).get(entry))
            return failure;
        bool stored = false;
        void* fresh = type.holder->emplace(target);
        auto failure = value(entry, *type.element, fresh, &inside, depth + 1, stored);
        if (!stored)
            type.holder->undo(target);
        if (failure)
            return failure;
        ++inside.index;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code decoder::held(ondemand::value& json, const type_desc& type, void* target,
                                   const place* here, int depth, bool& stored) {
    const holder_desc& holder = *type.holder;
    bool was_null = holder.is_null(target);
    bool was_there = holder.count(target) != 0;
    void* inner = was_there ? const_cast<void*>(holder.at(target, 0)) : holder.emplace(target);
    auto failure = value(json, *type.element, inner, here, depth, stored);
    if (!stored && !was_there) {
        holder.undo(target);
        if (was_null)
            holder.clear(target);
    }
    return failure;
}

simdjson::error_code decoder::value(ondemand::value& json, const type_desc& type, void* target,
                                    const place* here, int depth, bool& stored) {
    json_type found{};
    if (auto failure = json.type().get(found))
        return failure;
    if (found == json_type::null) {
        bool truly = false;
        if (auto failure = json.is_null().get(truly); failure || !truly)
            return failure ? failure : simdjson::N_ATOM_ERROR;
        if (type.what == kind::optional || type.what == kind::nullable)
            type.holder->clear(target);
        stored = false;
        return simdjson::SUCCESS;
    }
    if (depth > deepest) {
        note(here, "less nesting");
        return simdjson::SUCCESS;
    }
    switch (type.what) {
    case kind::optional:
    case kind::nullable:
        return held(json, type, target, here, depth, stored);
    case kind::object:
        if (found == json_type::object) {
            ondemand::object inner;
            if (auto failure = json.get_object().get(inner))
                return failure;
            stored = true;
            return object(inner, type, target, here, depth);
        }
        break;
    case kind::sequence:
        if (found == json_type::array) {
            ondemand::array inner;
            if (auto failure = json.get_array().get(inner))
                return failure;
            stored = true;
            return sequence(inner, type, target, here, depth);
        }
        break;
    case kind::raw: {
        std::string_view text;
        if (auto failure = raw_text(json, text))
            return failure;
        static_cast<raw_json*>(target)->text.assign(text);
        stored = true;
        return simdjson::SUCCESS;
    }
    default:
        stored = read_scalar(json, found, type, target);
        break;
    }
    if (!stored)
        note(here, expectation(type.what));
    return simdjson::SUCCESS;
}

simdjson::error_code raw_text(ondemand::value& json, std::string_view& out) {
    json_type found{};
    if (auto failure = json.type().get(found))
        return failure;
    simdjson::error_code failure = simdjson::SUCCESS;
    if (found == json_type::object) {
        ondemand::object inner;
        failure = json.get_object().get(inner);
        if (!failure)
            failure = inner.raw_json().get(out);
    } else if (found == json_type::array) {
        ondemand::array inner;
        failure = json.get_array().get(inner);
        if (!failure)
            failure = inner.raw_json().get(out);
    } else {
        out = json.raw_json_token();
    }
    while (!out.empty() && static_cast<unsigned char>(out.back()) <= ' ')
        out.remove_suffix(1);
    return failure;
}

} // namespace strandcord::codec
