#pragma once

/// From a described struct to a constant table that the compiled decoder, encoder, printer and
/// comparer walk.
///
///     struct ping { sc::snowflake id, channel_id; std::string content; };
///     BOOST_DESCRIBE_STRUCT(ping, (), (id, channel_id, content))
///
/// The member's name is the JSON name; one trailing underscore is dropped (`default_`).
/// Bases named in the macro count with their members. The macro needs namespace scope and takes at
/// most 52 members.

#include <strandcord/snowflake.hpp>
#include <strandcord/timestamp.hpp>

#include <bit>
#include <boost/describe/bases.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace strandcord {

struct raw_json;
class permissions;
template <class T>
class nullable;
template <class T>
class boxed;
template <class T>
class json_map;
template <class E>
class flag_set;

namespace codec {

/// How a value is written in JSON and kept in memory.
enum class kind : std::uint8_t {
    boolean,
    signed_integer,   ///< `size` bytes; enums too: unknown values are kept
    unsigned_integer, ///< `size` bytes; enums too
    f64,
    string,
    snowflake,
    permissions, ///< 64 bits as a string of digits
    timestamp,
    raw,
    object,
    optional, ///< absent or null: nothing
    nullable, ///< absent, null or a value
    sequence,
    map, ///< an object whose names are data
};

struct type_desc;

/// One member of an object.
struct field_desc {
    const char* name = nullptr; ///< JSON name, `length` bytes
    std::uint64_t head = 0;     ///< its first eight bytes as one word in memory order
    std::uint64_t mask = 0;     ///< which of them the name has
    const type_desc* type = nullptr;
    void* (*member)(void* object) noexcept = nullptr;
    std::uint8_t length = 0;
    std::uint8_t next = 0; ///< the next field with the same hash, from 1

    constexpr std::string_view json_name() const noexcept { return {name, length}; }
    const void* read(const void* object) const noexcept {
        return member(const_cast<void*>(object));
    }
};

/// Which chain of fields a name is in; the table's builder and the decoder agree on it.
struct field_hash {
    static constexpr std::size_t chains = 64;
    static constexpr std::size_t of(const char* name, std::size_t length) noexcept {
        if (length == 0)
            return 0;
        auto first = static_cast<unsigned char>(name[0]);
        auto last = static_cast<unsigned char>(name[length - 1]);
        return (first + last * 5U + length * 11U) % chains;
    }
};

/// What can be done with an optional, a nullable or a sequence without knowing its type.
struct holder_desc {
    void* (*emplace)(void*);                    ///< engage, or append; the value's address
    void (*undo)(void*) noexcept;               ///< take back the last emplace
    void (*clear)(void*) noexcept;              ///< empty; a nullable becomes null
    std::size_t (*count)(const void*) noexcept; ///< values held
    const void* (*at)(const void*, std::size_t index) noexcept;
    bool (*is_null)(const void*) noexcept;
    std::size_t (*allocated)(const void*) noexcept; ///< bytes of its own outside of itself
    void (*fit)(void*) = nullptr;                   ///< sequences and maps: gives back unused room
    /// Maps only: the name of an entry.
    std::string& (*name)(void*, std::size_t index) noexcept = nullptr;
};

/// The names of an enumeration's values, in one text as they stand in its list.
struct name_list {
    const char* text = nullptr; ///< `guild_text, dm, default_`
    const std::uint64_t* values = nullptr;
    std::size_t count = 0;
};

/// One type: constant, one per program.
struct type_desc {
    kind what = kind::object;
    std::uint8_t size = 0;                ///< integers: bytes
    std::uint16_t field_count = 0;        ///< objects
    const field_desc* fields = nullptr;   ///< objects
    const std::uint8_t* chains = nullptr; ///< objects: the first field of each hash, from 1
    const type_desc* element = nullptr;   ///< holders: what is inside; flag sets: the flag
    const holder_desc* holder = nullptr;  ///< holders
    const name_list* names = nullptr;     ///< enumerations of the library

    constexpr const field_desc* begin() const noexcept { return fields; }
    constexpr const field_desc* end() const noexcept { return fields + field_count; }
};

/// The table of `T`. Library models have theirs in the library; see STRANDCORD_EXTERN_MODEL.
template <class T>
struct table;

/// The address is a constant: two uses of one `T` have the same.
template <class T>
constexpr const type_desc& describe() noexcept {
    return table<T>::value;
}

namespace detail {

template <class T>
inline constexpr bool never = false;

template <class Owner, auto Pointer>
void* member(void* object) noexcept {
    return &(static_cast<Owner*>(object)->*Pointer);
}

template <class Pointer>
struct pointed;
template <class Owner, class Value>
struct pointed<Value Owner::*> {
    using type = Value;
};

// GCC 12 evaluates a table as soon as its address is taken. So that a type may contain itself, no
// function that is called here may take the address of the table it is called for.
template <class Owner, class Member>
constexpr field_desc make_field() noexcept {
    field_desc field;
    field.name = Member::name;
    std::size_t length = 0;
    while (field.name[length] != 0)
        ++length;
    if (length > 1 && field.name[length - 1] == '_')
        --length;
    field.length = static_cast<std::uint8_t>(length);
    for (std::size_t i = 0; i < 8 && i < length; ++i) {
        std::size_t place = std::endian::native == std::endian::little ? i : 7 - i;
        field.head |= std::uint64_t{static_cast<unsigned char>(field.name[i])} << (8 * place);
        field.mask |= std::uint64_t{0xFF} << (8 * place);
    }
    using value = typename pointed<std::remove_cv_t<decltype(Member::pointer)>>::type;
    field.type = &table<value>::value;
    field.member = &member<Owner, Member::pointer>;
    return field;
}

template <std::size_t Count>
struct fields_of {
    field_desc field[Count + 1] = {}; // one more, so that a struct without members has a table too
    std::uint8_t chain[field_hash::chains] = {};
};

template <class T, class List>
struct field_table;

template <class T, template <class...> class List, class... Members>
struct field_table<T, List<Members...>> {
    static constexpr std::uint16_t count = sizeof...(Members);
    static_assert(count < 256, "a struct this wide needs splitting");

    static constexpr fields_of<count> make() noexcept {
        fields_of<count> fields{{make_field<T, Members>()..., field_desc{}}, {}};
        for (std::size_t i = count; i > 0; --i) {
            field_desc& field = fields.field[i - 1];
            std::uint8_t& chain = fields.chain[field_hash::of(field.name, field.length)];
            field.next = chain;
            chain = static_cast<std::uint8_t>(i);
        }
        return fields;
    }
    static constexpr fields_of<count> value = make();
};

template <class List>
struct all_described;
template <template <class...> class List, class... Bases>
struct all_described<List<Bases...>> {
    static constexpr bool value =
        (boost::describe::has_describe_members<typename Bases::type>::value && ...);
};

template <class T>
using bases_of = boost::describe::describe_bases<T, boost::describe::mod_public>;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public |
                                                            boost::describe::mod_inherited>;

template <class T>
constexpr type_desc make_object() noexcept {
    using table = field_table<T, members_of<T>>;
    type_desc type;
    type.what = kind::object;
    type.fields = table::value.field;
    type.field_count = table::count;
    type.chains = table::value.chain;
    return type;
}

template <class T>
constexpr type_desc make_integer() noexcept {
    type_desc type;
    type.what = std::is_signed_v<T> ? kind::signed_integer : kind::unsigned_integer;
    type.size = sizeof(T);
    return type;
}

constexpr type_desc make_simple(kind what) noexcept {
    type_desc type;
    type.what = what;
    return type;
}

template <class Holder>
struct one_value {
    using value = std::remove_cvref_t<decltype(*std::declval<Holder&>())>;

    static void* emplace(void* holder) {
        auto& self = *static_cast<Holder*>(holder);
        if (!self) {
            if constexpr (requires { self.emplace(); })
                self.emplace();
            else
                self = Holder(new value());
        }
        return &*self;
    }
    static void reset(void* holder) noexcept { static_cast<Holder*>(holder)->reset(); }
    static void clear(void* holder) noexcept {
        auto& self = *static_cast<Holder*>(holder);
        if constexpr (requires { self.set_null(); })
            self.set_null();
        else
            self.reset();
    }
    static std::size_t count(const void* holder) noexcept {
        return *static_cast<const Holder*>(holder) ? 1 : 0;
    }
    static const void* at(const void* holder, std::size_t) noexcept {
        return &**static_cast<const Holder*>(holder);
    }
    static bool is_null(const void* holder) noexcept {
        const auto& self = *static_cast<const Holder*>(holder);
        if constexpr (requires { self.is_null(); })
            return self.is_null();
        else
            return false;
    }
    static std::size_t allocated(const void* holder) noexcept {
        if (count(holder) == 0)
            return 0;
        const auto* from = static_cast<const std::byte*>(holder);
        const auto* held = static_cast<const std::byte*>(at(holder, 0));
        if (held >= from && held < from + sizeof(Holder))
            return 0;
        if constexpr (requires { Holder::block_size(); })
            return Holder::block_size();
        else
            return sizeof(value);
    }
    static constexpr holder_desc desc{&emplace, &reset, &clear, &count, &at, &is_null, &allocated};
};

template <class Vector>
struct many_values {
    static_assert(!std::is_same_v<typename Vector::value_type, bool>,
                  "std::vector<bool> has no bool to point at: use another element type");

    static void* emplace(void* holder) { return &static_cast<Vector*>(holder)->emplace_back(); }
    static void undo(void* holder) noexcept { static_cast<Vector*>(holder)->pop_back(); }
    static void clear(void* holder) noexcept { static_cast<Vector*>(holder)->clear(); }
    static std::size_t count(const void* holder) noexcept {
        return static_cast<const Vector*>(holder)->size();
    }
    static const void* at(const void* holder, std::size_t index) noexcept {
        return static_cast<const Vector*>(holder)->data() + index;
    }
    static bool is_null(const void*) noexcept { return false; }
    static std::size_t allocated(const void* holder) noexcept {
        return static_cast<const Vector*>(holder)->capacity() * sizeof(typename Vector::value_type);
    }
    static void fit(void* holder) { static_cast<Vector*>(holder)->shrink_to_fit(); }
    static constexpr holder_desc desc{&emplace, &undo,    &clear,     &count,
                                      &at,      &is_null, &allocated, &fit};
};

template <class Map>
struct named_values {
    static void* emplace(void* holder) { return &static_cast<Map*>(holder)->append().value; }
    static void undo(void* holder) noexcept { static_cast<Map*>(holder)->remove_last(); }
    static void clear(void* holder) noexcept { static_cast<Map*>(holder)->clear(); }
    static std::size_t count(const void* holder) noexcept {
        return static_cast<const Map*>(holder)->size();
    }
    static const void* at(const void* holder, std::size_t index) noexcept {
        return &(*static_cast<const Map*>(holder))[index].value;
    }
    static bool is_null(const void*) noexcept { return false; }
    static std::string& name(void* holder, std::size_t index) noexcept {
        return const_cast<std::string&>((*static_cast<const Map*>(holder))[index].name);
    }
    static std::size_t allocated(const void* holder) noexcept {
        return static_cast<const Map*>(holder)->capacity() * sizeof(typename Map::entry);
    }
    static void fit(void* holder) { static_cast<Map*>(holder)->shrink_to_fit(); }
    static constexpr holder_desc desc{&emplace, &undo,      &clear, &count, &at,
                                      &is_null, &allocated, &fit,   &name};
};

template <class Holder, class Value>
constexpr type_desc make_holder(kind what) noexcept {
    type_desc type;
    type.what = what;
    type.element = &table<Value>::value;
    type.holder = &one_value<Holder>::desc;
    return type;
}

template <class T>
struct simple;
template <>
struct simple<bool> : std::integral_constant<kind, kind::boolean> {};
template <>
struct simple<double> : std::integral_constant<kind, kind::f64> {};
template <>
struct simple<std::string> : std::integral_constant<kind, kind::string> {};
template <>
struct simple<snowflake> : std::integral_constant<kind, kind::snowflake> {};
template <>
struct simple<timestamp> : std::integral_constant<kind, kind::timestamp> {};
template <>
struct simple<permissions> : std::integral_constant<kind, kind::permissions> {};
template <>
struct simple<raw_json> : std::integral_constant<kind, kind::raw> {};

template <class T>
struct holder;
template <class T>
struct holder<std::optional<T>> {
    static constexpr type_desc type() noexcept {
        return make_holder<std::optional<T>, T>(kind::optional);
    }
};
template <class T>
struct holder<std::unique_ptr<T>> {
    static constexpr type_desc type() noexcept {
        return make_holder<std::unique_ptr<T>, T>(kind::optional);
    }
};
template <class T>
struct holder<std::shared_ptr<T>> {
    static constexpr type_desc type() noexcept {
        return make_holder<std::shared_ptr<T>, T>(kind::optional);
    }
};
template <class T>
struct holder<boxed<T>> {
    static constexpr type_desc type() noexcept { return make_holder<boxed<T>, T>(kind::nullable); }
};
template <class T>
struct holder<json_map<T>> {
    static constexpr type_desc type() noexcept {
        type_desc type = make_simple(kind::map);
        type.element = &table<T>::value;
        type.holder = &named_values<json_map<T>>::desc;
        return type;
    }
};
template <class E>
struct holder<flag_set<E>> {
    static constexpr type_desc type() noexcept {
        type_desc type = make_integer<std::uint64_t>();
        type.element = &table<E>::value;
        return type;
    }
};
template <class T>
struct holder<nullable<T>> {
    static constexpr type_desc type() noexcept {
        return make_holder<nullable<T>, T>(kind::nullable);
    }
};
template <class T>
struct holder<std::vector<T>> {
    static constexpr type_desc type() noexcept {
        type_desc type = make_simple(kind::sequence);
        type.element = &table<T>::value;
        type.holder = &many_values<std::vector<T>>::desc;
        return type;
    }
};

template <class E, std::size_t Count>
struct enumeration {
    std::uint64_t value[Count] = {};

    constexpr explicit enumeration(const E (&list)[Count]) noexcept {
        for (std::size_t i = 0; i < Count; ++i)
            value[i] = static_cast<std::uint64_t>(list[i]);
    }
};

template <class T>
constexpr type_desc make() noexcept {
    if constexpr (requires { simple<T>::value; })
        return make_simple(simple<T>::value);
    else if constexpr (requires { holder<T>::type(); })
        return holder<T>::type();
    else if constexpr (std::is_enum_v<T>)
        return make_integer<std::underlying_type_t<T>>();
    else if constexpr (std::is_integral_v<T>)
        return make_integer<T>();
    else if constexpr (boost::describe::has_describe_members<T>::value) {
        if constexpr (all_described<bases_of<T>>::value)
            return make_object<T>();
        else
            static_assert(never<T>, "strandcord cannot decode this type: a base named in its "
                                    "description is not described itself. A model of the library "
                                    "cannot be a base: name the members that you read instead");
    } else
        static_assert(never<T>, "strandcord cannot decode this type: describe it with "
                                "BOOST_DESCRIBE_STRUCT at namespace scope, or use one of bool, the "
                                "integers, double, enums, std::string, sc::snowflake, "
                                "sc::timestamp, sc::raw_json, std::optional, sc::nullable, "
                                "std::vector");
}

} // namespace detail

template <class T>
struct table {
    static const type_desc value;
};
template <class T>
constinit const type_desc table<T>::value = detail::make<T>();

/// True for the library's models: their tables are in the library.
template <class T>
concept library_model = requires { requires table<T>::is_model; };
/// True for the library's enumerations: their values have names.
template <class T>
concept named_enumeration = requires { requires table<T>::has_names; };

/// True for what BOOST_DESCRIBE_STRUCT described, and for the library's models.
template <class T>
concept described = boost::describe::has_describe_members<T>::value || library_model<T>;

} // namespace codec
} // namespace strandcord

/// Says that the library holds the table of its model and what makes one, so that using the model
/// instantiates nothing. Inside namespace strandcord, after the struct.
#define STRANDCORD_EXTERN_MODEL(type)                                                              \
    template <>                                                                                    \
    struct codec::table<type> {                                                                    \
        static constexpr bool is_model = true;                                                     \
        static const codec::type_desc value;                                                       \
        static std::shared_ptr<void> create();                                                     \
    };

/// The definition, once, in lib/model.
#define STRANDCORD_MODEL(type)                                                                     \
    constinit const codec::type_desc codec::table<type>::value =                                   \
        codec::detail::make_object<type>();                                                        \
    std::shared_ptr<void> codec::table<type>::create() {                                           \
        return std::make_shared<type>();                                                           \
    }

/// Says that the library knows the names of an enumeration's values.
#define STRANDCORD_EXTERN_ENUM(type)                                                               \
    template <>                                                                                    \
    struct codec::table<type> {                                                                    \
        static constexpr bool has_names = true;                                                    \
        static const codec::type_desc value;                                                       \
    };

/// The definition, once, in lib/model: the type and all its enumerators.
#define STRANDCORD_ENUM(type_, ...)                                                                \
    namespace {                                                                                    \
    struct type_##_enumeration {                                                                   \
        using enum type_;                                                                          \
        static constexpr type_ list_[] = {__VA_ARGS__};                                            \
        static constexpr codec::detail::enumeration<type_, std::size(list_)> values_{list_};       \
        static constexpr codec::name_list names_{#__VA_ARGS__, values_.value, std::size(list_)};   \
    };                                                                                             \
    }                                                                                              \
    constinit const codec::type_desc codec::table<type_>::value = [] {                             \
        codec::type_desc type = codec::detail::make_integer<std::underlying_type_t<type_>>();      \
        type.names = &type_##_enumeration::names_;                                                 \
        return type;                                                                               \
    }();
