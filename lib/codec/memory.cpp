#include "codec/memory.hpp"

#include "codec/values.hpp"

#include <strandcord/json.hpp>

namespace strandcord::codec {

namespace {

std::size_t memory_of(const std::string& text) noexcept {
    static const std::size_t inside = std::string{}.capacity();
    return text.capacity() > inside ? text.capacity() + 1 : 0;
}

bool may_allocate(const type_desc& type) noexcept {
    return type.holder || type.what == kind::string || type.what == kind::raw ||
           type.what == kind::object;
}

} // namespace

std::size_t memory_of(const type_desc& type, const void* object) noexcept {
    switch (type.what) {
    case kind::string:
        return memory_of(as<std::string>(object));
    case kind::raw:
        return memory_of(as<raw_json>(object).text);
    case kind::object: {
        std::size_t sum = 0;
        for (const field_desc& field : type)
            sum += memory_of(*field.type, field.read(object));
        return sum;
    }
    case kind::optional:
    case kind::nullable:
    case kind::sequence:
    case kind::map: {
        std::size_t sum = type.holder->allocated(object);
        const std::size_t count = may_allocate(*type.element) ? type.holder->count(object) : 0;
        for (std::size_t i = 0; i < count; ++i)
            sum += memory_of(*type.element, type.holder->at(object, i));
        for (std::size_t i = 0; type.holder->name && i < type.holder->count(object); ++i)
            sum += memory_of(entry_name(type, object, i));
        return sum;
    }
    default:
        return 0;
    }
}

void compact(const type_desc& type, void* object) {
    switch (type.what) {
    case kind::string:
        static_cast<std::string*>(object)->shrink_to_fit();
        return;
    case kind::raw:
        static_cast<raw_json*>(object)->text.shrink_to_fit();
        return;
    case kind::object:
        for (const field_desc& field : type)
            compact(*field.type, field.member(object));
        return;
    case kind::optional:
    case kind::nullable:
    case kind::sequence:
    case kind::map: {
        if (type.holder->fit)
            type.holder->fit(object);
        const std::size_t count = may_allocate(*type.element) ? type.holder->count(object) : 0;
        for (std::size_t i = 0; i < count; ++i)
            compact(*type.element, const_cast<void*>(type.holder->at(object, i)));
        return;
    }
    default:
        return;
    }
}

} // namespace strandcord::codec
