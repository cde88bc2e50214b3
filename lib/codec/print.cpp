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

void print_map(const type_desc& type, const void* map, std::string& out) {
    out += '{';
    std::size_t count = type.holder->count(map);
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0)
            out += ", ";
        out += entry_name(type, map, i);
        out += '=';
        print(*type.element, type.holder->at(map, i), out);
    }
    out += '}';
}

// Without the underscore that some names need in C++.
std::string_view name_at(const name_list& names, std::size_t index) noexcept {
    std::string_view rest = names.text;
    for (; index > 0; --index)
        rest.remove_prefix(rest.find(',') + 1);
    rest.remove_prefix(rest.find_first_not_of(" \n"));
    rest = rest.substr(0, rest.find(','));
    if (rest.ends_with('_'))
        rest.remove_suffix(1);
    return rest;
}

bool print_name(const name_list& names, std::uint64_t value, std::string& out) {
    for (std::size_t i = 0; i < names.count; ++i)
        if (names.values[i] == value) {
            out += name_at(names, i);
            return true;
        }
    return false;
}

// `ephemeral|loading`; what has no name as a number.
void print_flags(const name_list& names, std::uint64_t bits, std::string& out) {
    std::uint64_t left = bits;
    std::string_view between;
    for (std::size_t i = 0; i < names.count; ++i) {
        if (names.values[i] == 0 || (left & names.values[i]) != names.values[i])
            continue;
        left &= ~names.values[i];
        out += between;
        out += name_at(names, i);
        between = "|";
    }
    if (left == 0 && bits != 0)
        return;
    out += between;
    append_number(left, out);
}

} // namespace

void print(const type_desc& type, const void* value, std::string& out) {
    switch (type.what) {
    case kind::signed_integer:
    case kind::unsigned_integer:
        if (type.element && type.element->names) {
            print_flags(*type.element->names, unsigned_value(value, type.size), out);
            return;
        }
        if (!type.names ||
            !print_name(*type.names,
                        type.what == kind::signed_integer
                            ? static_cast<std::uint64_t>(signed_value(value, type.size))
                            : unsigned_value(value, type.size),
                        out))
            encode(type, value, out);
        return;
    case kind::snowflake:
        append_number(as<snowflake>(value).value, out);
        return;
    case kind::permissions:
        print_flags(*describe<permission>().names, as<permissions>(value).bits(), out);
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
    case kind::map:
        print_map(type, value, out);
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
