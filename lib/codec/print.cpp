#include "codec/encode.hpp"
#include "codec/values.hpp"

#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord::codec {

namespace {

bool says_nothing(const type_desc& type, const void* value) noexcept {
    if (type.what == kind::optional)
        return type.holder->count(value) == 0;
    if (type.what == kind::nullable)
        return type.holder->count(value) == 0 && !type.holder->is_null(value);
    return type.what == kind::raw && as<raw_json>(value).text.empty();
}

void print_object(const type_desc& type, const void* object, std::string& out) {
    out += '{';
    bool first = true;
    for (const field_desc& field : type) {
        const void* value = field.read(object);
        if (says_nothing(*field.type, value))
            continue;
        if (!first)
            out += ", ";
        first = false;
        out += field.json_name();
        out += '=';
        print(*field.type, value, out);
    }
    out += '}';
}

void print_sequence(const type_desc& type, const void* sequence, std::string& out) {
    out += '[';
    std::size_t count = type.holder->count(sequence);
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0)
            out += ", ";
        print(*type.element, type.holder->at(sequence, i), out);
    }
    out += ']';
}

} // namespace

void print(const type_desc& type, const void* value, std::string& out) {
    switch (type.what) {
    case kind::snowflake:
        append_number(as<snowflake>(value).value, out);
        return;
    case kind::permissions:
        append_number(as<permissions>(value).bits(), out);
        return;
    case kind::timestamp:
        out += to_string(as<timestamp>(value));
        return;
    case kind::object:
        print_object(type, value, out);
        return;
    case kind::sequence:
        print_sequence(type, value, out);
        return;
    case kind::optional:
    case kind::nullable:
        if (type.holder->count(value) == 0)
            out += type.holder->is_null(value) ? "null" : "absent";
        else
            print(*type.element, type.holder->at(value, 0), out);
        return;
    default:
        // Booleans, numbers, strings and raw JSON read best as they are written.
        encode(type, value, out);
    }
}

} // namespace strandcord::codec
