#pragma once

// One JSON text as a list of tokens: simdjson finds where they begin (its first stage, which also
// checks UTF-8 and quotes), one walk checks the grammar and finds the end of every object and
// array. After that, reading needs no checks of form and skipping costs nothing, however deep.
// The walk costs more than the first stage: who may need only the first members does it later.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace strandcord::codec {

class token_list {
public:
    using token = std::uint32_t;

    token_list();
    ~token_list();
    token_list(token_list&&) noexcept;
    token_list& operator=(token_list&&) noexcept;

    /// Adds what the scan may read behind the text.
    static void make_room(std::string& text);
    /// Null when `text` is one JSON value and nothing else, otherwise what is wrong with it.
    /// `text` has room behind it and must not change while the tokens are used.
    const char* scan(const std::string& text);
    /// The first half of `scan`: null when tokens were found. Until `walk`, only `first`, and of
    /// scalars `quoted` and `value`, can be used, up to two tokens behind one that is no NUL.
    const char* index(const std::string& text);
    /// The second half: false when the tokens are no JSON value.
    bool walk();

    /// How many there are. The tokens of an object: `{`, key, `:`, value, `,`, ... `}`.
    token count() const noexcept { return count_; }
    /// The character that the token begins with.
    char first(token at) const noexcept { return text_[begins_[at]]; }
    bool opens(token at) const noexcept { return (first(at) | 0x20) == '{'; }

    /// The token behind the value that begins at `at`.
    token behind(token at) const noexcept { return opens(at) ? closes_[at] + 1 : at + 1; }
    /// The value's text, without white space around it.
    std::string_view value(token at) const noexcept {
        const char* from = text_ + begins_[at];
        if (opens(at))
            return {from, begins_[closes_[at]] + 1 - begins_[at]};
        return {from, end_before(at + 1) - begins_[at]};
    }
    /// The string's text between the quotes, escapes as they stand. At least eight bytes can be
    /// read from its beginning.
    std::string_view quoted(token at) const noexcept {
        const char* from = text_ + begins_[at] + 1;
        return {from, end_before(at + 1) - begins_[at] - 2};
    }
    /// Whether a letter somewhere may be written as an escape: keys are then no longer plain text.
    bool escapes_letters() const noexcept { return escaped_; }

private:
    struct indexer;

    std::size_t end_before(token at) const noexcept {
        std::size_t end = begins_[at];
        while (static_cast<unsigned char>(text_[end - 1]) <= ' ')
            --end;
        return end;
    }
    bool pair_tokens() noexcept;

    std::unique_ptr<indexer> indexer_;
    const char* text_ = nullptr;
    const std::uint32_t* begins_ = nullptr; ///< two more than `count_`, at the end of the text
    std::uint32_t* closes_ = nullptr;
    std::uint32_t* open_ = nullptr;
    token count_ = 0;
    bool escaped_ = false;
};

} // namespace strandcord::codec
