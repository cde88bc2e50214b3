#include "codec/tokens.hpp"

#include <cstring>
#include <simdjson.h>

namespace strandcord::codec {

namespace {

constexpr std::size_t smallest_capacity = 4096;
// One huge frame must not cost its memory for the life of the connection.
constexpr int patience_with_spare_capacity = 256;

bool ends_scalar(char letter) noexcept {
    return letter == ',' || letter == '}' || letter == ']' ||
           static_cast<unsigned char>(letter) <= ' ';
}

const char* digits(const char* at) noexcept {
    while (*at >= '0' && *at <= '9')
        ++at;
    return at;
}

// JSON's numbers: no leading zeros, no plus sign, digits on both sides of the point.
const char* number(const char* at) noexcept {
    if (*at == '-')
        ++at;
    const char* from = at;
    at = digits(at);
    if (at == from || (*from == '0' && at != from + 1))
        return nullptr;
    if (*at == '.') {
        from = ++at;
        at = digits(at);
        if (at == from)
            return nullptr;
    }
    if (*at == 'e' || *at == 'E') {
        ++at;
        if (*at == '+' || *at == '-')
            ++at;
        from = at;
        at = digits(at);
        if (at == from)
            return nullptr;
    }
    return at;
}

// A scalar that is no string.
bool is_word(const char* from) noexcept {
    switch (*from) {
    case 'n':
        return std::memcmp(from, "null", 4) == 0 && ends_scalar(from[4]);
    case 't':
        return std::memcmp(from, "true", 4) == 0 && ends_scalar(from[4]);
    case 'f':
        return std::memcmp(from, "false", 5) == 0 && ends_scalar(from[5]);
    default:
        const char* end = number(from);
        return end && ends_scalar(*end);
    }
}

} // namespace

struct token_list::indexer {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::size_t capacity = 0;
    int spared = 0; ///< frames in a row that were small for the capacity

    // Closing token of each opening one, then the stack of those that are open. Uninitialised:
    // only what a frame needs is ever touched.
    std::unique_ptr<std::uint32_t[]> pairs;
    std::size_t pairs_size = 0;

    simdjson::error_code index(const std::string& text) {
        if (auto failure = fit(text.size()))
            return failure;
        return stage->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                             simdjson::stage1_mode::regular);
    }

    simdjson::error_code fit(std::size_t size) {
        bool small = size < capacity / 8 && capacity > smallest_capacity;
        spared = small ? spared + 1 : 0;
        if (stage && size <= capacity && spared < patience_with_spare_capacity)
            return simdjson::SUCCESS;
        std::size_t wanted = size < smallest_capacity ? smallest_capacity : size + size / 2;
        spared = 0;
        capacity = 0;
        pairs.reset();
        pairs_size = 0;
        simdjson::error_code failure =
            stage ? stage->set_capacity(wanted)
                  : simdjson::get_active_implementation()->create_dom_parser_implementation(
                        wanted, simdjson::DEFAULT_MAX_DEPTH, stage);
        if (!failure)
            capacity = wanted;
        return failure;
    }

    std::uint32_t* pairs_for(std::uint32_t tokens) {
        std::size_t wanted = 2 * (std::size_t{tokens} + 2);
        if (pairs_size < wanted) {
            wanted += wanted / 2;
            pairs.reset(new std::uint32_t[wanted]);
            pairs_size = wanted;
        }
        return pairs.get();
    }
};

token_list::token_list() : indexer_{std::make_unique<indexer>()} {}
token_list::~token_list() = default;
token_list::token_list(token_list&&) noexcept = default;
token_list& token_list::operator=(token_list&&) noexcept = default;

void token_list::make_room(std::string& text) {
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
}

const char* token_list::scan(const std::string& text) {
    if (const char* failure = index(text))
        return failure;
    return walk() ? nullptr : "The text is not JSON: tokens are missing, or in the wrong place.";
}

const char* token_list::index(const std::string& text) {
    count_ = 0;
    if (auto failure = indexer_->index(text))
        return simdjson::error_message(failure);
    text_ = text.data();
    std::uint32_t found = indexer_->stage->n_structural_indexes;
    // The walk looks up to two tokens ahead: there it finds the NUL behind the text.
    std::uint32_t* begins = indexer_->stage->structural_indexes.get();
    begins[found] = static_cast<std::uint32_t>(text.size());
    begins[found + 1] = static_cast<std::uint32_t>(text.size());
    begins_ = begins;
    count_ = found;
    return nullptr;
}

bool token_list::walk() {
    closes_ = indexer_->pairs_for(count_);
    open_ = closes_ + count_ + 2;
    escaped_ = std::string_view{text_, begins_[count_]}.find("\\u00") != std::string_view::npos;
    return pair_tokens();
}

// A loop with a stack of its own, so that depth costs nothing. Tokens behind the end read as NUL,
// which fits nowhere.
bool token_list::pair_tokens() noexcept {
    const char* const text = text_;
    const std::uint32_t* const begins = begins_;
    std::uint32_t* const closes = closes_;
    std::uint32_t* const open = open_;
    token at = 0;
    std::uint32_t depth = 0;
    bool in_object = false;
    auto letter_at = [text, begins](token t) { return text[begins[t]]; };
    auto skip_key = [&] {
        bool is_key = letter_at(at) == '"' && letter_at(at + 1) == ':';
        at += 2;
        return is_key;
    };
    for (;;) {
        char letter = letter_at(at);
        if (letter == '{' || letter == '[') {
            in_object = letter == '{';
            open[depth++] = at++;
            if (letter_at(at) != (in_object ? '}' : ']')) {
                if (in_object && !skip_key())
                    return false;
                continue;
            }
        } else {
            if (letter != '"' && !is_word(text + begins[at]))
                return false;
            ++at;
        }
        // A value has ended. Close what ends with it, until the next value begins.
        for (;;) {
            if (depth == 0)
                return at == count_;
            letter = letter_at(at);
            if (letter == ',') {
                ++at;
                if (in_object && !skip_key())
                    return false;
                break;
            }
            if (letter != (in_object ? '}' : ']'))
                return false;
            closes[open[--depth]] = at++;
            in_object = depth != 0 && letter_at(open[depth - 1]) == '{';
        }
    }
}

} // namespace strandcord::codec
