#include "codec/tokens.hpp"
#include "fixtures.hpp"
#include "testing/json.hpp"

#include <catch2/catch.hpp>

// Every member of every example, at any depth, becomes something else.

namespace sc = strandcord;
using sc::codec::token_list;

namespace {

struct place {
    std::vector<std::string> path; ///< names, and `#3` for an element
    std::size_t name = 0;          ///< where the quoted name begins
    std::size_t value = 0;
    std::size_t end = 0; ///< of the value
};

class places {
public:
    explicit places(std::string text) : text_{std::move(text)} {
        token_list::make_room(text_);
        REQUIRE(tokens_.scan(text_) == nullptr);
        walk(0, {});
    }

    std::vector<place> all;

private:
    std::size_t at(std::string_view part) const {
        return static_cast<std::size_t>(part.data() - text_.data());
    }

    void walk(token_list::token at_value, const std::vector<std::string>& path) {
        const char first = tokens_.first(at_value);
        if (first != '{' && first != '[')
            return;
        token_list::token next = at_value + 1;
        std::size_t index = 0;
        while (tokens_.first(next) != '}' && tokens_.first(next) != ']') {
            auto inner = path;
            token_list::token content = next;
            if (first == '{') {
                content = next + 2;
                const auto name = tokens_.quoted(next);
                inner.emplace_back(name);
                const auto value = tokens_.value(content);
                all.push_back({inner, at(name) - 1, at(value), at(value) + value.size()});
            } else {
                inner.push_back('#' + std::to_string(index++));
            }
            walk(content, inner);
            next = tokens_.behind(content);
            if (tokens_.first(next) == ',')
                ++next;
        }
    }

    std::string text_;
    token_list tokens_;
};

std::string with(const std::string& text, const place& where, std::string_view value) {
    std::string changed = text;
    changed.replace(where.value, where.end - where.value, value);
    return changed;
}

std::string without(const std::string& text, const place& where) {
    std::size_t from = where.name;
    std::size_t to = where.end;
    const std::size_t behind = text.find_first_not_of(" \n", to);
    if (text[behind] == ',')
        to = behind + 1;
    else if (const std::size_t before = text.find_last_not_of(" \n", from - 1); text[before] == ',')
        from = before;
    return text.substr(0, from) + text.substr(to);
}

// The JSON of a value without the member at the path.
void write_rest(const sc::testing::json_value& value, const std::vector<std::string>& path,
                std::size_t at, std::string& out) {
    const bool last = at + 1 == path.size();
    if (value.is_object()) {
        for (const auto& [name, inner] : value.members()) {
            out += name + ':';
            if (name != path[at])
                out += inner.dump();
            else if (!last)
                write_rest(inner, path, at + 1, out);
            else
                out.resize(out.size() - name.size() - 1);
            out += ',';
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            if (path[at] == '#' + std::to_string(i) && !last)
                write_rest(value.items()[i], path, at + 1, out);
            else
                out += value.items()[i].dump();
            out += ',';
        }
    } else {
        out += value.dump();
    }
}

// Without commas: how many there are depends on whether the member was written.
std::string rest_of(const fixtures::subject& of, const void* object, const place& where) {
    const auto value = sc::testing::json_value::parse(fixtures::encoded(of, object));
    REQUIRE(value);
    std::string out;
    write_rest(*value, where.path, 0, out);
    std::string rest;
    for (const char one : out)
        if (one != ',')
            rest += one;
    return rest;
}

} // namespace

TEST_CASE("a member of any example that is something else costs itself only") {
    const std::string deep = std::string(200, '[') + "1" + std::string(200, ']');
    const std::string deep_objects = [] {
        std::string text = "1";
        for (int i = 0; i < 200; ++i)
            text = "{\"data\":" + text + "}";
        return text;
    }();
    const std::string_view values[] = {"12345",
                                       "-1",
                                       "1e400",
                                       "1.5",
                                       "\"text\"",
                                       "\"\"",
                                       "true",
                                       "{}",
                                       "[]",
                                       "[null]",
                                       "[{}]",
                                       "\"99999999999999999999999\"",
                                       "99999999999999999999999",
                                       deep,
                                       deep_objects};
    std::size_t tried = 0;
    for (const auto& of : fixtures::all()) {
        const std::string text = fixtures::text_of(of);
        sc::codec::decode_report untouched;
        const auto whole = fixtures::decoded(of, text, untouched);
        for (const place& where : places{text}.all) {
            CAPTURE(of.name, where.path);
            sc::codec::decode_report absent_report;
            const auto absent = fixtures::decoded(of, without(text, where), absent_report);

            sc::codec::decode_report null_report;
            const auto null = fixtures::decoded(of, with(text, where, "null"), null_report);
            CHECK(null_report.count == absent_report.count);
            CHECK(rest_of(of, null.get(), where) == rest_of(of, absent.get(), where));
            CHECK(rest_of(of, null.get(), where) == rest_of(of, whole.get(), where));

            for (const auto value : values) {
                CAPTURE(value);
                ++tried;
                sc::codec::decode_report report;
                const auto object = fixtures::decoded(of, with(text, where, value), report);
                // Either it fitted, in part at least, or it is as if it had not been there.
                if (report.count == absent_report.count + 1 && report.problems.size() == 1 &&
                    value[0] != '[' && value[0] != '{')
                    CHECK(sc::codec::equal(*of.type, object.get(), absent.get()));
                else
                    CHECK(report.count <= absent_report.count + 2);
            }
        }
    }
    CHECK(tried > 10000);
}
