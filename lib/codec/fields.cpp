#include "codec/fields.hpp"

#include "codec/scalars.hpp"
#include "codec/values.hpp"

#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

#include <cstring>

namespace strandcord::codec {

namespace {

bool holds_one(const type_desc& type) noexcept {
    return type.what == kind::optional || type.what == kind::nullable;
}

void assign_held(const type_desc& type, const void* from, void* to) {
    const holder_desc& holder = *type.holder;
    if (holder.count(from) != 0) {
        assign(*type.element, holder.at(from, 0), holder.emplace(to));
        return;
    }
    if (holder.is_null(from))
        holder.clear(to);
    else
        holder.undo(to);
}

void assign_each(const type_desc& type, const void* from, void* to) {
    const holder_desc& holder = *type.holder;
    holder.clear(to);
    const std::size_t count = holder.count(from);
    for (std::size_t i = 0; i < count; ++i) {
        assign(*type.element, holder.at(from, i), holder.emplace(to));
        if (type.what == kind::map)
            holder.name(to, i) = entry_name(type, from, i);
    }
}

template <class T>
void assign_as(const void* from, void* to) {
    *static_cast<T*>(to) = as<T>(from);
}

template <class T>
void reset_as(void* value) noexcept {
    *static_cast<T*>(value) = T{};
}

void set_digits(value_ref value, std::string_view text) {
    if (const value_ref inside = value ? value.engaged() : value)
        read_scalar(text, true, *inside.type, inside.at);
}

} // namespace

const field_desc* field_named(const type_desc& object, std::string_view name) noexcept {
    if (object.what != kind::object)
        return nullptr;
    std::size_t index = object.chains[field_hash::of(name.data(), name.size())];
    while (index != 0) {
        const field_desc& field = object.fields[index - 1];
        if (field.json_name() == name)
            return &field;
        index = field.next;
    }
    return nullptr;
}

value_ref value_ref::member(std::string_view name) const noexcept {
    const value_ref object = at ? held() : *this;
    if (!object)
        return {};
    const field_desc* field = field_named(*object.type, name);
    return field ? value_ref{field->type, field->member(object.at)} : value_ref{};
}

value_ref value_ref::held() const noexcept {
    value_ref value = *this;
    while (value && holds_one(*value.type)) {
        if (value.type->holder->count(value.at) == 0)
            return {};
        value = {value.type->element, const_cast<void*>(value.type->holder->at(value.at, 0))};
    }
    return value;
}

value_ref value_ref::engaged() const {
    value_ref value = *this;
    while (value && holds_one(*value.type)) {
        const holder_desc& holder = *value.type->holder;
        void* inside = holder.count(value.at) != 0 ? const_cast<void*>(holder.at(value.at, 0))
                                                   : holder.emplace(value.at);
        value = {value.type->element, inside};
    }
    return value;
}

void reset(value_ref value) noexcept {
    switch (value.type->what) {
    case kind::boolean:
        return reset_as<bool>(value.at);
    case kind::signed_integer:
    case kind::unsigned_integer:
        std::memset(value.at, 0, value.type->size);
        return;
    case kind::f64:
        return reset_as<double>(value.at);
    case kind::string:
        return reset_as<std::string>(value.at);
    case kind::snowflake:
        return reset_as<snowflake>(value.at);
    case kind::permissions:
        return reset_as<permissions>(value.at);
    case kind::timestamp:
        return reset_as<timestamp>(value.at);
    case kind::raw:
        return reset_as<raw_json>(value.at);
    case kind::object:
        for (const field_desc& field : *value.type)
            reset({field.type, field.member(value.at)});
        return;
    case kind::optional:
    case kind::nullable:
        value.type->holder->undo(value.at);
        return;
    case kind::sequence:
    case kind::map:
        value.type->holder->clear(value.at);
        return;
    }
}

void assign(const type_desc& type, const void* from, void* to) {
    switch (type.what) {
    case kind::boolean:
        return assign_as<bool>(from, to);
    case kind::signed_integer:
    case kind::unsigned_integer:
        std::memcpy(to, from, type.size);
        return;
    case kind::f64:
        return assign_as<double>(from, to);
    case kind::string:
        return assign_as<std::string>(from, to);
    case kind::snowflake:
        return assign_as<snowflake>(from, to);
    case kind::permissions:
        return assign_as<permissions>(from, to);
    case kind::timestamp:
        return assign_as<timestamp>(from, to);
    case kind::raw:
        return assign_as<raw_json>(from, to);
    case kind::object:
        for (const field_desc& field : type)
            assign(*field.type, field.read(from), field.member(to));
        return;
    case kind::optional:
    case kind::nullable:
        return assign_held(type, from, to);
    case kind::sequence:
    case kind::map:
        return assign_each(type, from, to);
    }
}

std::optional<std::int64_t> integer_of(value_ref value) noexcept {
    value = value.held();
    if (!value)
        return std::nullopt;
    if (value.type->what == kind::signed_integer)
        return signed_value(value.at, value.type->size);
    if (value.type->what == kind::unsigned_integer)
        return static_cast<std::int64_t>(unsigned_value(value.at, value.type->size));
    return std::nullopt;
}

snowflake id_of(value_ref value) noexcept {
    value = value.held();
    return value && value.type->what == kind::snowflake ? as<snowflake>(value.at) : snowflake{};
}

std::string_view text_of(value_ref value) noexcept {
    value = value.held();
    return value && value.type->what == kind::string ? std::string_view{as<std::string>(value.at)}
                                                     : std::string_view{};
}

void set_integer(value_ref value, std::int64_t number) {
    set_digits(value, std::to_string(number));
}

void set_id(value_ref value, snowflake id) {
    set_digits(value, std::to_string(id.value));
}

void set_boolean(value_ref value, bool is) {
    if (const value_ref inside = value ? value.engaged() : value;
        inside && inside.type->what == kind::boolean)
        *static_cast<bool*>(inside.at) = is;
}

std::size_t count_of(value_ref sequence) noexcept {
    sequence = sequence.held();
    return sequence && sequence.type->what == kind::sequence
               ? sequence.type->holder->count(sequence.at)
               : 0;
}

value_ref element_of(value_ref sequence, std::size_t index) noexcept {
    sequence = sequence.held();
    return {sequence.type->element,
            const_cast<void*>(sequence.type->holder->at(sequence.at, index))};
}

value_ref append_to(value_ref sequence) {
    if (sequence)
        sequence = sequence.engaged();
    if (!sequence || sequence.type->what != kind::sequence)
        return {};
    return {sequence.type->element, sequence.type->holder->emplace(sequence.at)};
}

void erase_from(value_ref sequence, std::size_t index) {
    sequence = sequence.held();
    const type_desc& element = *sequence.type->element;
    const holder_desc& holder = *sequence.type->holder;
    const std::size_t count = holder.count(sequence.at);
    for (; index + 1 < count; ++index)
        assign(element, holder.at(sequence.at, index + 1),
               const_cast<void*>(holder.at(sequence.at, index)));
    holder.undo(sequence.at);
}

} // namespace strandcord::codec
