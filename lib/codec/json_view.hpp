#pragma once

// Reading a scanned JSON text by name, for those who need a few members of it and want to decode
// parts into different types.

#include "codec/tokens.hpp"

#include <strandcord/json.hpp>
#include <strandcord/snowflake.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strandcord::codec {

/// One value inside a token list, or nothing: a member of nothing is nothing. Valid as long as the
/// list and its text.
class json_view {
public:
    using token = token_list::token;

    json_view() noexcept = default;
    json_view(const token_list& tokens, token at) noexcept : tokens_{&tokens}, at_{at} {}

    explicit operator bool() const noexcept { return tokens_ != nullptr; }
    bool is_null() const noexcept { return first() == 'n'; }
    bool is_object() const noexcept { return first() == '{'; }
    bool is_array() const noexcept { return first() == '['; }
    bool is_true() const noexcept { return first() == 't'; }

    /// The member of that name; nothing when there is none or this is no object.
    json_view operator[](std::string_view name) const;
    /// `fn(name, value)` for the members of an object; names with their escapes as they stand.
    template <class Fn>
    void members(Fn&& fn) const {
        if (!is_object())
            return;
        for (token at = at_ + 1; tokens_->first(at) != '}'; at = next(at + 2))
            fn(tokens_->quoted(at), json_view{*tokens_, at + 2});
    }
    /// `fn(value)` for the elements of an array.
    template <class Fn>
    void each(Fn&& fn) const {
        if (!is_array())
            return;
        for (token at = at_ + 1; tokens_->first(at) != ']'; at = next(at))
            fn(json_view{*tokens_, at});
    }

    /// Zero when it is no id.
    snowflake id() const noexcept;
    std::optional<std::int64_t> integer() const noexcept;
    /// Empty when it is no string.
    std::string text() const;
    /// The JSON itself.
    std::string_view raw() const noexcept {
        return tokens_ ? tokens_->value(at_) : std::string_view{};
    }
    /// Into an object of that type; what it has and the JSON lacks stays. Whether it fitted.
    bool decode(const type_desc& type, void* object, decode_report& report) const;

private:
    char first() const noexcept { return tokens_ ? tokens_->first(at_) : '\0'; }
    token next(token value) const noexcept {
        const token behind = tokens_->behind(value);
        return tokens_->first(behind) == ',' ? behind + 1 : behind;
    }

    const token_list* tokens_ = nullptr;
    token at_ = 0;
};

/// A text of one's own, scanned.
class json_document {
public:
    /// Throws `error` (`errc::malformed_payload`) when it is not JSON.
    explicit json_document(std::string_view text);
    json_view root() const noexcept { return {tokens_, 0}; }

private:
    std::string text_;
    token_list tokens_;
};

} // namespace strandcord::codec
