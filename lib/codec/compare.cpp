#include "codec/values.hpp"

#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

namespace strandcord::codec {

namespace {

bool equal_held(const type_desc& type, const void* left, const void* right) noexcept {
    std::size_t count = type.holder->count(left);
    if (count != type.holder->count(right) ||
        type.holder->is_null(left) != type.holder->is_null(right))
        return false;
    for (std::size_t i = 0; i < count; ++i)
        if (!equal(*type.element, type.holder->at(left, i), type.holder->at(right, i)) ||
            (type.what == kind::map && entry_name(type, left, i) != entry_name(type, right, i)))
            return false;
    return true;
}

template <class T>
bool same(const void* left, const void* right) noexcept {
    return as<T>(left) == as<T>(right);
}

} // namespace

bool equal(const type_desc& type, const void* left, const void* right) noexcept {
    switch (type.what) {
    case kind::boolean:
        return same<bool>(left, right);
    case kind::signed_integer:
        return signed_value(left, type.size) == signed_value(right, type.size);
    case kind::unsigned_integer:
        return unsigned_value(left, type.size) == unsigned_value(right, type.size);
    case kind::f64:
        return same<double>(left, right);
    case kind::string:
        return same<std::string>(left, right);
    case kind::snowflake:
        return same<snowflake>(left, right);
    case kind::permissions:
        return same<permissions>(left, right);
    case kind::timestamp:
        return same<timestamp>(left, right);
    case kind::raw:
        return same<raw_json>(left, right);
    case kind::object:
        for (const field_desc& field : type)
            if (!equal(*field.type, field.read(left), field.read(right)))
                return false;
        return true;
    case kind::optional:
    case kind::nullable:
    case kind::sequence:
    case kind::map:
        return equal_held(type, left, right);
    }
    return false;
}

} // namespace strandcord::codec
