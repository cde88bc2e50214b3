#pragma once

#include <strandcord/describe.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// JSON text kept as it came: `null` when it was null. Empty means absent. Read it with
/// `from_json<T>(raw.text)`.
struct raw_json {
    std::string text = {};

    friend bool operator==(const raw_json&, const raw_json&) = default;
};

/// Absent, null or a value: for what may be cleared, where null differs from absent. Reads like a
/// `std::optional`; absent and null are both empty.
template <class T>
class nullable {
public:
    constexpr nullable() noexcept = default;
    constexpr nullable(std::nullopt_t) noexcept : state_{state::null} {}
    template <class U>
        requires(std::is_convertible_v<U, T> && !std::is_same_v<std::remove_cvref_t<U>, nullable>)
    constexpr nullable(U&& value) : value_(std::forward<U>(value)), state_{state::value} {}

    constexpr bool is_absent() const noexcept { return state_ == state::absent; }
    constexpr bool is_null() const noexcept { return state_ == state::null; }
    constexpr bool has_value() const noexcept { return state_ == state::value; }
    constexpr explicit operator bool() const noexcept { return has_value(); }

    constexpr T& operator*() noexcept { return value_; }
    constexpr const T& operator*() const noexcept { return value_; }
    constexpr T* operator->() noexcept { return &value_; }
    constexpr const T* operator->() const noexcept { return &value_; }
    /// Throws `std::bad_optional_access` when there is none.
    constexpr const T& value() const {
        if (!has_value())
            throw std::bad_optional_access{};
        return value_;
    }
    constexpr T value_or(T otherwise) const { return has_value() ? value_ : std::move(otherwise); }

    T& emplace() {
        value_ = T{};
        state_ = state::value;
        return value_;
    }
    void set_null() noexcept {
        value_ = T{};
        state_ = state::null;
    }
    /// To absent.
    void reset() noexcept {
        value_ = T{};
        state_ = state::absent;
    }

    friend constexpr bool operator==(const nullable&, const nullable&) = default;
    template <class U>
        requires(!std::is_same_v<U, nullable> && !std::is_same_v<U, std::nullopt_t>)
    friend constexpr bool operator==(const nullable& left, const U& right) {
        return left.has_value() && left.value_ == right;
    }

private:
    enum class state : std::uint8_t { absent, null, value };

    T value_{}; // the default while there is none
    state state_ = state::absent;
};

namespace detail {

struct box;

/// What a box can do without anybody naming the type of its value.
struct box_operations {
    box* (*copy)(const box&);
    void (*destroy)(box*) noexcept;
};

struct box {
    const box_operations* how;
};

template <class T>
struct box_of : box {
    T value;

    template <class... Args>
    explicit box_of(Args&&... args) : box{&operations}, value(std::forward<Args>(args)...) {}

    static box* copy(const box& other) {
        return new box_of(static_cast<const box_of&>(other).value);
    }
    static void destroy(box* self) noexcept { delete static_cast<box_of*>(self); }
    static constexpr box_operations operations{&copy, &destroy};
};

/// The part of `boxed` that does not depend on the type: every model has dozens of them, and a
/// compiler must not instantiate what copies and destroys each.
class box_pointer {
public:
    constexpr box_pointer() noexcept = default;
    box_pointer(const box_pointer& other);
    box_pointer(box_pointer&& other) noexcept : box_{std::exchange(other.box_, nullptr)} {}
    box_pointer& operator=(box_pointer other) noexcept {
        std::swap(box_, other.box_);
        return *this;
    }
    ~box_pointer() { reset(); }

    bool is_absent() const noexcept { return box_ == nullptr; }
    bool is_null() const noexcept { return box_ == null_mark(); }
    bool has_value() const noexcept { return !is_absent() && !is_null(); }
    explicit operator bool() const noexcept { return has_value(); }

    void set_null() noexcept;
    /// To absent.
    void reset() noexcept;

protected:
    explicit box_pointer(box* fresh) noexcept : box_{fresh} {}

    static box* null_mark() noexcept;
    /// Throws `std::bad_optional_access` when there is no value.
    void require_value() const;

    box* box_ = nullptr;
};

} // namespace detail

/// Absent, null or a value of its own on the heap: for members that are objects or arrays and may
/// be missing. Copies are deep. One pointer wide, and `T` may be incomplete where a member is
/// declared; reads like a `std::optional`, absent and null are both empty.
template <class T>
class boxed : public detail::box_pointer {
public:
    constexpr boxed() noexcept = default;
    boxed(std::nullopt_t) noexcept : detail::box_pointer{null_mark()} {}
    boxed(T value) : detail::box_pointer{new detail::box_of<T>(std::move(value))} {}

    T& operator*() noexcept { return held().value; }
    const T& operator*() const noexcept { return held().value; }
    T* operator->() noexcept { return &held().value; }
    const T* operator->() const noexcept { return &held().value; }
    /// Throws `std::bad_optional_access` when there is none.
    const T& value() const {
        require_value();
        return **this;
    }

    T& emplace() {
        auto* fresh = new detail::box_of<T>();
        reset();
        box_ = fresh;
        return fresh->value;
    }

    /// Bytes that a value takes on the heap.
    static constexpr std::size_t block_size() noexcept { return sizeof(detail::box_of<T>); }

private:
    detail::box_of<T>& held() const noexcept { return *static_cast<detail::box_of<T>*>(box_); }
};

/// A JSON object whose names are data: objects by their id, texts by locale. Keeps the order.
template <class T>
class json_map {
public:
    struct entry {
        std::string name = {};
        T value = {};
    };

    /// Null when there is none. The names of Discord's maps are ids mostly.
    const T* find(std::string_view name) const noexcept {
        for (const entry& one : entries_)
            if (one.name == name)
                return &one.value;
        return nullptr;
    }
    const T* find(snowflake id) const { return find(to_string(id)); }

    std::size_t size() const noexcept { return entries_.size(); }
    bool empty() const noexcept { return entries_.empty(); }
    auto begin() const noexcept { return entries_.begin(); }
    auto end() const noexcept { return entries_.end(); }
    const entry& operator[](std::size_t index) const noexcept { return entries_[index]; }

    /// An entry at the end, with an empty name.
    entry& append() { return entries_.emplace_back(); }
    void remove_last() noexcept { entries_.pop_back(); }
    void clear() noexcept { entries_.clear(); }
    std::size_t capacity() const noexcept { return entries_.capacity(); }
    void shrink_to_fit() { entries_.shrink_to_fit(); }

private:
    std::vector<entry> entries_;
};

namespace codec {

/// One member that did not fit; it kept the value it had.
struct decode_problem {
    std::string path = {};          ///< `author.id`, `embeds[].title`
    std::string_view expected = {}; ///< `snowflake`, `string`, ...; static text

    friend bool operator==(const decode_problem&, const decode_problem&) = default;
};

/// What one decode had to leave out: the first few places, each once, and how many in all.
struct decode_report {
    static constexpr std::size_t kept = 8;

    std::vector<decode_problem> problems = {};
    std::size_t count = 0;

    bool empty() const noexcept { return count == 0; }
};

/// Throws `error` (`errc::malformed_payload`) when `text` is not JSON or not of the type's outer
/// form (an object, an array); what is wrong inside is left out and noted in `report`.
void decode(const type_desc& type, void* object, std::string_view text, decode_report& report);
/// Appends to `out`.
void encode(const type_desc& type, const void* object, std::string& out);
/// Appends to `out`: `{id=1, content="hi"}`. Absent optionals are left out.
void print(const type_desc& type, const void* object, std::string& out);
bool equal(const type_desc& type, const void* left, const void* right) noexcept;

} // namespace codec

/// `text` as a `T`: a described struct, a vector of them, or any other type a member may have.
/// Unknown members are ignored; members that do not fit keep their default and are noted in
/// `report`. Throws `error` (`errc::malformed_payload`) when `text` is no such JSON at all.
template <class T>
T from_json(std::string_view text, codec::decode_report& report) {
    T value{};
    codec::decode(codec::describe<T>(), &value, text, report);
    return value;
}
template <class T>
T from_json(std::string_view text) {
    codec::decode_report report;
    return from_json<T>(text, report);
}

/// Compact JSON. Absent optionals and empty `raw_json` members are left out, ids are strings.
template <class T>
std::string to_json(const T& value) {
    std::string out;
    codec::encode(codec::describe<T>(), &value, out);
    return out;
}

/// Member by member.
template <class T>
bool equal(const T& left, const T& right) noexcept {
    return codec::equal(codec::describe<T>(), &left, &right);
}

/// Models are equal when all their members are.
template <class T>
    requires codec::library_model<T>
bool operator==(const T& left, const T& right) noexcept {
    return codec::equal(codec::describe<T>(), &left, &right);
}

/// Absent, null and a value are three things; values are compared, not addresses.
template <class T>
bool operator==(const boxed<T>& left, const boxed<T>& right) noexcept {
    return equal(left, right);
}

/// The same names with equal values in the same order.
template <class T>
bool operator==(const json_map<T>& left, const json_map<T>& right) noexcept {
    return equal(left, right);
}

/// For people: `{id=1, content="hi"}`; enumerators and flags by their names.
template <class T>
std::string to_text(const T& value) {
    std::string out;
    codec::print(codec::describe<T>(), &value, out);
    return out;
}

} // namespace strandcord
