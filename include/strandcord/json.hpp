#pragma once

#include <strandcord/describe.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord {

/// JSON text kept as it came. Empty means absent. Read it with `from_json<T>(raw.text)`.
struct raw_json {
    std::string text = {};

    friend bool operator==(const raw_json&, const raw_json&) = default;
};

/// For bodies where null differs from absent: absent (not written), null, or a value.
template <class T>
class nullable {
public:
    constexpr nullable() noexcept = default;
    constexpr nullable(std::nullopt_t) noexcept : null_{true} {}
    nullable(T value) : value_{std::move(value)} {}

    bool is_absent() const noexcept { return !value_ && !null_; }
    bool is_null() const noexcept { return null_; }
    bool has_value() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }

    T& operator*() noexcept { return *value_; }
    const T& operator*() const noexcept { return *value_; }
    T* operator->() noexcept { return &*value_; }
    const T* operator->() const noexcept { return &*value_; }

    T& emplace() {
        null_ = false;
        return value_.emplace();
    }
    void set_null() noexcept {
        value_.reset();
        null_ = true;
    }
    /// To absent.
    void reset() noexcept {
        value_.reset();
        null_ = false;
    }

    friend bool operator==(const nullable&, const nullable&) = default;

private:
    std::optional<T> value_;
    bool null_ = false;
};

/// An optional on the heap with the value's own copy: for members of the type they are in.
template <class T>
class boxed {
public:
    boxed() noexcept = default;
    boxed(T value) : value_{std::make_unique<T>(std::move(value))} {}
    boxed(const boxed& other)
        : value_{other.value_ ? std::make_unique<T>(*other.value_) : nullptr} {}
    boxed(boxed&&) noexcept = default;
    boxed& operator=(boxed other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }
    ~boxed() = default;

    bool has_value() const noexcept { return value_ != nullptr; }
    explicit operator bool() const noexcept { return has_value(); }
    T& operator*() noexcept { return *value_; }
    const T& operator*() const noexcept { return *value_; }
    T* operator->() noexcept { return value_.get(); }
    const T* operator->() const noexcept { return value_.get(); }
    T& emplace() {
        value_ = std::make_unique<T>();
        return *value_;
    }
    void reset() noexcept { value_.reset(); }

private:
    std::unique_ptr<T> value_;
};

namespace codec {

/// One member that did not fit; it kept the value it had.
struct decode_problem {
    std::string path = {};          ///< `author.id`, `embeds[2].title`
    std::string_view expected = {}; ///< `snowflake`, `string`, ...; static text

    friend bool operator==(const decode_problem&, const decode_problem&) = default;
};

/// What one decode had to leave out: the first few with their places, and how many in all.
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

/// For people: `{id=1, content="hi"}`.
template <class T>
std::string to_text(const T& value) {
    std::string out;
    codec::print(codec::describe<T>(), &value, out);
    return out;
}

} // namespace strandcord
