#pragma once

#include <strandcord/snowflake.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strandcord::testing {

/// A JSON document as a tree. The emulator reads with its own parser, strictly, so that a mistake
/// in the codec under test cannot be made twice and so cancel out.
class json_value {
public:
    enum class kind { null, boolean, number, string, array, object };

    /// Nothing when `text` is not exactly one JSON document.
    static std::optional<json_value> parse(std::string_view text);

    kind what() const noexcept { return kind_; }
    bool is_null() const noexcept { return kind_ == kind::null; }
    bool is_boolean() const noexcept { return kind_ == kind::boolean; }
    bool is_string() const noexcept { return kind_ == kind::string; }
    bool is_array() const noexcept { return kind_ == kind::array; }
    bool is_object() const noexcept { return kind_ == kind::object; }
    /// A number without fraction or exponent that fits 64 bits.
    std::optional<std::int64_t> integer() const noexcept;
    /// A string of digits, as ids must be written (GW-SEND-22).
    std::optional<snowflake> id() const noexcept;
    bool truth() const noexcept { return text_ == "true"; }
    /// A string's characters, unescaped.
    const std::string& text() const noexcept { return text_; }
    const std::vector<json_value>& items() const noexcept { return items_; }
    const std::vector<std::pair<std::string, json_value>>& members() const noexcept {
        return members_;
    }
    /// A member of an object; null pointer when absent or when this is no object.
    const json_value* find(std::string_view name) const noexcept;
    /// A string member's text, else `otherwise`.
    std::string_view text_of(std::string_view name, std::string_view otherwise = {}) const noexcept;
    /// Replaces or adds a member of an object.
    void set(std::string_view name, json_value value);
    void erase(std::string_view name);
    std::string dump() const;

private:
    friend class json_reader;
    void dump_to(std::string& out) const;
    kind kind_ = kind::null;
    std::string text_; ///< characters of a string, or the literal of a number or boolean
    std::vector<json_value> items_;
    std::vector<std::pair<std::string, json_value>> members_;
};

/// `text` as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

/// Writes one object, member by member.
class json_object {
public:
    json_object& text(std::string_view name, std::string_view value);
    json_object& id(std::string_view name, snowflake value);
    json_object& number(std::string_view name, std::int64_t value);
    json_object& boolean(std::string_view name, bool value);
    json_object& null(std::string_view name);
    json_object& raw(std::string_view name, std::string_view json);
    /// All members of another object's text.
    json_object& splice(std::string_view object);
    std::string done() &&;

private:
    void key(std::string_view name);
    std::string out_ = "{";
};

/// Writes one array of JSON texts.
class json_array {
public:
    json_array& add(std::string_view json);
    std::string done() &&;

private:
    std::string out_ = "[";
};

} // namespace strandcord::testing
