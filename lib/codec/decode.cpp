#include "codec/decode.hpp"

#include "codec/scalars.hpp"

#include <cstring>

namespace strandcord::codec {

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
    case kind::map:
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
        path += "[]";
    }
    return path;
}

// `key` can be read for eight bytes whatever its length.
const field_desc* find_field(std::string_view key, const type_desc& type) {
    std::size_t index = type.chains[field_hash::of(key.data(), key.size())];
    std::uint64_t head = 0;
    std::memcpy(&head, key.data(), sizeof head);
    while (index != 0) {
        const field_desc& field = type.fields[index - 1];
        if (field.length == key.size() && (head & field.mask) == field.head &&
            (key.size() <= 8 || std::memcmp(key.data() + 8, field.name + 8, key.size() - 8) == 0))
            return &field;
        index = field.next;
    }
    return nullptr;
}

// Nobody escapes letters in a key, but JSON allows it.
const field_desc* find_escaped(std::string_view key, const type_desc& type) {
    std::string plain;
    if (key.find('\\') == std::string_view::npos || !unescape(key, plain))
        return nullptr;
    for (const field_desc& field : type)
        if (field.json_name() == plain)
            return &field;
    return nullptr;
}

} // namespace

void decoder::note(const place* here, std::string_view expected) {
    ++report_.count;
    if (report_.problems.size() == decode_report::kept)
        return;
    // What one element of an array has wrong, all may have.
    decode_problem problem{path_of(here), expected};
    for (const decode_problem& known : report_.problems)
        if (known == problem)
            return;
    report_.problems.push_back(std::move(problem));
}

void decoder::object(token at, const type_desc& type, void* target, const place* here, int depth) {
    constexpr unsigned widest = 64;
    std::uint64_t missing = ~std::uint64_t{0};
    if (type.field_count < widest)
        missing = (std::uint64_t{1} << type.field_count) - 1;
    ++at;
    while (tokens_.first(at) != '}') {
        std::string_view key = tokens_.quoted(at);
        const field_desc* field = find_field(key, type);
        if (!field && tokens_.escapes_letters())
            field = find_escaped(key, type);
        token content = at + 2;
        if (field) {
            place inside{here, field};
            value(content, *field->type, field->member(target), &inside, depth + 1);
            auto index = static_cast<unsigned>(field - type.fields);
            if (index < widest - 1)
                missing &= ~(std::uint64_t{1} << index);
            // A projection is complete long before its object ends.
            if (missing == 0)
                return;
        }
        at = tokens_.behind(content);
        if (tokens_.first(at) == ',')
            ++at;
    }
}

void decoder::sequence(token at, const type_desc& type, void* target, const place* here,
                       int depth) {
    type.holder->clear(target);
    place inside{here, nullptr};
    ++at;
    while (tokens_.first(at) != ']') {
        void* fresh = type.holder->emplace(target);
        if (!value(at, *type.element, fresh, &inside, depth + 1))
            type.holder->undo(target);
        at = tokens_.behind(at);
        if (tokens_.first(at) == ',')
            ++at;
    }
}

void decoder::map(token at, const type_desc& type, void* target, const place* here, int depth) {
    type.holder->clear(target);
    place inside{here, nullptr};
    ++at;
    while (tokens_.first(at) != '}') {
        void* fresh = type.holder->emplace(target);
        std::string& name = type.holder->name(target, type.holder->count(target) - 1);
        if (!unescape(tokens_.quoted(at), name) ||
            !value(at + 2, *type.element, fresh, &inside, depth + 1))
            type.holder->undo(target);
        at = tokens_.behind(at + 2);
        if (tokens_.first(at) == ',')
            ++at;
    }
}

bool decoder::held(token at, const type_desc& type, void* target, const place* here, int depth) {
    const holder_desc& holder = *type.holder;
    if (holder.count(target) != 0)
        return value(at, *type.element, const_cast<void*>(holder.at(target, 0)), here, depth);
    bool was_null = holder.is_null(target);
    if (value(at, *type.element, holder.emplace(target), here, depth))
        return true;
    holder.undo(target);
    if (was_null)
        holder.clear(target);
    return false;
}

bool decoder::value(token at, const type_desc& type, void* target, const place* here, int depth) {
    char first = tokens_.first(at);
    if (first == 'n') {
        if (type.what == kind::raw) {
            static_cast<raw_json*>(target)->text = "null";
            return true;
        }
        if (type.what == kind::optional || type.what == kind::nullable)
            type.holder->clear(target);
        return false;
    }
    if (depth > deepest && tokens_.opens(at)) {
        note(here, "less nesting");
        return false;
    }
    switch (type.what) {
    case kind::optional:
    case kind::nullable:
        return held(at, type, target, here, depth);
    case kind::object:
        if (first == '{') {
            object(at, type, target, here, depth);
            return true;
        }
        break;
    case kind::map:
        if (first == '{') {
            map(at, type, target, here, depth);
            return true;
        }
        break;
    case kind::sequence:
        if (first == '[') {
            sequence(at, type, target, here, depth);
            return true;
        }
        break;
    case kind::raw:
        static_cast<raw_json*>(target)->text.assign(tokens_.value(at));
        return true;
    default:
        bool is_string = first == '"';
        if (!tokens_.opens(at) && read_scalar(is_string ? tokens_.quoted(at) : tokens_.value(at),
                                              is_string, type, target))
            return true;
    }
    note(here, expectation(type.what));
    return false;
}

} // namespace strandcord::codec
