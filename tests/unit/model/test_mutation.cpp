#include "codec/tokens.hpp"
#include "codec/values.hpp"
#include "deliveries.hpp"
#include "fixtures.hpp"
#include "model/catalogue.hpp"

#include <strandcord/json.hpp>

#include <catch2/catch.hpp>

// Every member of every example, at any depth, becomes something else.

namespace sc = strandcord;
using sc::codec::kind;
using sc::codec::token_list;
using sc::codec::type_desc;

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

using names = std::vector<std::string>;

bool same_elements(const type_desc& type, const void* left, const void* right, const names& path,
                   std::size_t at);

// Whether two objects are equal in all but the member at the path from `at` on.
bool same_but(const type_desc& type, const void* left, const void* right, const names& path,
              std::size_t at) {
    switch (type.what) {
    case kind::optional:
    case kind::nullable:
    case kind::sequence:
    case kind::map:
        return same_elements(type, left, right, path, at);
    case kind::object:
        for (const auto& field : type) {
            if (field.json_name() != path[at]) {
                if (!sc::codec::equal(*field.type, field.read(left), field.read(right)))
                    return false;
            } else if (at + 1 < path.size() &&
                       !same_but(*field.type, field.read(left), field.read(right), path, at + 1)) {
                return false;
            }
        }
        return true;
    case kind::raw: // the text around the member
        return sc::codec::as<sc::raw_json>(left).text.empty() ==
               sc::codec::as<sc::raw_json>(right).text.empty();
    default:
        return sc::codec::equal(type, left, right);
    }
}

bool same_elements(const type_desc& type, const void* left, const void* right, const names& path,
                   std::size_t at) {
    const auto& holder = *type.holder;
    if (type.what == kind::map && at + 1 == path.size()) {
        // The entry is the member: the others are those of before.
        std::size_t other = 0;
        for (std::size_t i = 0; i < holder.count(left); ++i) {
            const auto& name = sc::codec::entry_name(type, left, i);
            const bool there =
                other < holder.count(right) && sc::codec::entry_name(type, right, other) == name;
            if (name != path[at] && (!there || !sc::codec::equal(*type.element, holder.at(left, i),
                                                                 holder.at(right, other))))
                return false;
            other += there ? 1 : 0;
        }
        return other == holder.count(right);
    }
    if (holder.count(left) != holder.count(right) || holder.is_null(left) != holder.is_null(right))
        return false;
    const bool is_list = type.what == kind::sequence || type.what == kind::map;
    for (std::size_t i = 0; i < holder.count(left); ++i) {
        const bool inside = !is_list || (type.what == kind::sequence
                                             ? path[at] == '#' + std::to_string(i)
                                             : path[at] == sc::codec::entry_name(type, left, i));
        const bool same =
            inside ? same_but(*type.element, holder.at(left, i), holder.at(right, i), path,
                              is_list ? at + 1 : at)
                   : sc::codec::equal(*type.element, holder.at(left, i), holder.at(right, i));
        if (!same)
            return false;
    }
    return true;
}

std::vector<std::string> replacements() {
    std::string deep_objects = "1";
    for (int i = 0; i < 200; ++i)
        deep_objects = "{\"data\":" + deep_objects + "}";
    return {"null",
            "12345",
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
            std::string(200, '[') + "1" + std::string(200, ']'),
            deep_objects};
}

} // namespace

TEST_CASE("a member of any example that is something else costs itself only, and the event "
          "arrives") {
    const auto values = replacements();
    fixtures::deliveries bot;
    std::size_t decoded = 0;
    std::size_t delivered = 0;
    for (const auto& of : fixtures::all()) {
        const std::string text = fixtures::text_of(of);
        sc::codec::decode_report untouched;
        const auto whole = fixtures::decoded(of, text, untouched);
        for (const place& where : places{text}.all) {
            CAPTURE(of.name, of.event, where.path);
            sc::codec::decode_report absent_report;
            const std::string shorter = without(text, where);
            const auto absent = fixtures::decoded(of, shorter, absent_report);
            CHECK(same_but(*of.type, whole.get(), absent.get(), where.path, 0));

            for (const auto& value : values) {
                CAPTURE(value);
                const std::string changed = with(text, where, value);
                sc::codec::decode_report report;
                const auto object = fixtures::decoded(of, changed, report);
                ++decoded;
                CHECK(same_but(*of.type, whole.get(), object.get(), where.path, 0));
                // A scalar that does not fit is as if it had not been there.
                if (report.count == absent_report.count + 1 && value[0] != '[' && value[0] != '{')
                    CHECK(sc::codec::equal(*of.type, object.get(), absent.get()));
                CHECK(report.count <= absent_report.count + 2);
                if (of.event.empty())
                    continue;
                const auto heard = bot.deliver(of.event, changed);
                REQUIRE(heard);
                CHECK(sc::codec::equal(*of.type, object.get(), heard.get()));
                ++delivered;
            }
            if (!of.event.empty()) {
                const auto heard = bot.deliver(of.event, shorter);
                REQUIRE(heard);
                CHECK(sc::codec::equal(*of.type, absent.get(), heard.get()));
            }
        }
    }
    CHECK(decoded > 20000);
    CHECK(delivered > 10000);
}

TEST_CASE("an example that is an event's payload is read as the event is") {
    for (const auto& of : fixtures::all()) {
        CAPTURE(of.name, of.event);
        const auto* row = sc::find_event(of.event);
        CHECK((row != nullptr) == !of.event.empty());
        if (row)
            CHECK(row->data == of.type);
    }
}
