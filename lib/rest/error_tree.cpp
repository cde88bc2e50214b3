#include "rest/error_tree.hpp"

#include <algorithm>
#include <cstddef>

namespace strandcord::rest {
namespace {

constexpr int deepest = 32;

/// Walks JSON that a parser has already accepted; it stops, instead of failing, where it meets
/// something else.
class walker {
public:
    explicit walker(std::string_view text) : text_{text} {}

    /// Stands before a value. True when the value holds a complaint, which is then in `found`.
    bool search(const std::string& path, field_error& found, int depth) {
        skip_space();
        if (depth > deepest || peek() != '{') {
            skip_value();
            return false;
        }
        ++at_;
        while (next_member()) {
            const std::string name = read_string();
            skip_to_value();
            if (name == "_errors") {
                found.path = path;
                found.message = read_first_message();
                return true;
            }
            if (search(join(path, name), found, depth + 1))
                return true;
        }
        return false;
    }

private:
    static std::string join(const std::string& path, const std::string& name) {
        const bool index = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return c >= '0' && c <= '9';
        });
        if (index)
            return path + "[" + name + "]";
        return path.empty() ? name : path + "." + name;
    }

    /// Stands before the array of `_errors`.
    std::string read_first_message() {
        if (!take('[') || !take('{'))
            return {};
        while (next_member()) {
            const std::string name = read_string();
            skip_to_value();
            if (name == "message" && peek() == '"')
                return read_string();
            skip_value();
        }
        return {};
    }

    char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_space() noexcept {
        while (at_ < text_.size() &&
               std::string_view{" \t\r\n"}.find(text_[at_]) != std::string_view::npos)
            ++at_;
    }

    bool take(char wanted) noexcept {
        skip_space();
        if (peek() != wanted)
            return false;
        ++at_;
        skip_space();
        return true;
    }

    /// True before a member's name; false past the end of the object, or where the text is no
    /// object.
    bool next_member() noexcept {
        skip_space();
        if (peek() == ',')
            ++at_;
        skip_space();
        if (peek() == '"')
            return true;
        if (peek() == '}')
            ++at_;
        else
            at_ = text_.size();
        return false;
    }

    void skip_to_value() noexcept {
        skip_space();
        if (peek() == ':')
            ++at_;
        skip_space();
    }

    std::string read_string() {
        std::string out;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] != '\\') {
                out += text_[at_];
                continue;
            }
            ++at_;
            switch (peek()) {
            case 'n':
            case 'r':
            case 't':
            case 'b':
            case 'f':
                out += ' ';
                break;
            case 'u':
                out += '?';
                at_ += 4;
                break;
            default:
                out += peek();
            }
        }
        ++at_;
        return out;
    }

    void skip_value() {
        skip_space();
        if (peek() == '"') {
            read_string();
            return;
        }
        if (peek() != '{' && peek() != '[') {
            while (at_ < text_.size() &&
                   std::string_view{",]}"}.find(text_[at_]) == std::string_view::npos)
                ++at_;
            return;
        }
        int open = 0;
        do {
            if (peek() == '"') {
                read_string();
                continue;
            }
            if (peek() == '{' || peek() == '[')
                ++open;
            if (peek() == '}' || peek() == ']')
                --open;
            ++at_;
        } while (open > 0 && at_ < text_.size());
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

field_error first_field_error(std::string_view errors) {
    field_error found;
    walker{errors}.search({}, found, 0);
    return found;
}

} // namespace strandcord::rest
