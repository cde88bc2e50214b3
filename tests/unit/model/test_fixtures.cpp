#include "fixtures.hpp"
#include "testing/json.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

namespace sc = strandcord;
using sc::codec::kind;
using sc::codec::type_desc;
using sc::testing::json_value;

namespace {

class round_trip {
public:
    std::vector<std::string> lost;        ///< said before, not said after
    std::set<std::string> without_member; ///< no field of the model has this name
    /// Said after, not said before: the object, and the members it has more.
    std::map<std::string, std::set<std::string>> added;
    std::vector<std::string> made_up; ///< added, and more than nothing

    void compare(const type_desc& type, const json_value& before, const json_value& after,
                 const std::string& path) {
        switch (type.what) {
        case kind::optional:
        case kind::nullable:
            if (!before.is_null())
                compare(*type.element, before, after, path);
            else if (type.what == kind::nullable && !after.is_null())
                lost.push_back(path + ": null");
            return;
        case kind::object:
            compare_members(type, before, after, path);
            return;
        case kind::sequence:
            if (before.items().size() != after.items().size()) {
                lost.push_back(path + ": elements");
                return;
            }
            for (std::size_t i = 0; i < before.items().size(); ++i)
                compare(*type.element, before.items()[i], after.items()[i], path + "[]");
            return;
        case kind::map:
            for (const auto& [name, value] : before.members())
                if (const auto* kept = after.find(name))
                    compare(*type.element, value, *kept, path + "{}");
                else
                    lost.push_back(path + ": " + name);
            return;
        case kind::f64:
            if (std::strtod(before.dump().c_str(), nullptr) !=
                std::strtod(after.dump().c_str(), nullptr))
                lost.push_back(path + ": value");
            return;
        case kind::snowflake: // what came as a number is written as a string
        case kind::permissions:
        case kind::raw:
            if (before.text() != after.text() ||
                before.members().size() != after.members().size() ||
                before.is_null() != after.is_null())
                lost.push_back(path + ": value");
            return;
        default:
            if (!before.is_null() && before.dump() != after.dump())
                lost.push_back(path + ": value");
        }
    }

private:
    void compare_members(const type_desc& type, const json_value& before, const json_value& after,
                         const std::string& path) {
        for (const auto& [name, value] : before.members()) {
            const sc::codec::field_desc* found = nullptr;
            for (const auto& field : type)
                if (field.json_name() == name)
                    found = &field;
            const std::string here = path.empty() ? name : path + '.' + name;
            if (!found) {
                without_member.insert(here);
                continue;
            }
            const auto* kept = after.find(name);
            if (kept)
                compare(*found->type, value, *kept, here);
            else if (!value.is_null() || found->type->what == kind::nullable)
                lost.push_back(here);
        }
        for (const auto& [name, value] : after.members()) {
            if (before.find(name))
                continue;
            added[path.empty() ? "." : path].insert(name);
            if (!says_nothing(value))
                made_up.push_back(path + '.' + name);
        }
    }

    // What a member is that nobody set. Some count from one.
    static bool says_nothing(const json_value& value) {
        for (const auto& [name, inner] : value.members())
            if (!says_nothing(inner))
                return false;
        return value.is_object() || value.dump() == "false" || value.dump() == "0" ||
               value.dump() == "1" || value.dump() == "[]" ||
               (value.is_string() && value.text().empty()) || value.text() == "0" ||
               value.text() == "1970-01-01T00:00:00.000000+00:00";
    }
};

json_value parsed(const std::string& text) {
    auto value = json_value::parse(text);
    CAPTURE(text);
    REQUIRE(value);
    return std::move(*value);
}

std::set<std::string> lines_of(const std::string& name) {
    std::ifstream file{STRANDCORD_TEST_DATA "/catalogue/" + name};
    CAPTURE(name);
    REQUIRE(file);
    std::set<std::string> lines;
    std::string line;
    while (std::getline(file, line))
        if (!line.empty() && line[0] != '#')
            lines.insert(line);
    return lines;
}

// Without the reason.
std::set<std::string> expected_additions() {
    std::set<std::string> rows;
    for (const auto& line : lines_of("added_members.tsv")) {
        const auto tab = line.rfind('\t');
        CAPTURE(line);
        REQUIRE(tab != std::string::npos);
        CHECK(tab + 1 < line.size());
        rows.insert(line.substr(0, tab));
    }
    return rows;
}

std::string joined(const std::set<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : " ") + name;
    return text;
}

} // namespace

TEST_CASE(
    "OBJ-2 OBJ-6 every example is written back as it came, up to fields that have no member") {
    std::set<std::string> without_member;
    std::set<std::string> added;
    for (const auto& of : fixtures::all()) {
        CAPTURE(of.name);
        const std::string text = fixtures::text_of(of);
        sc::codec::decode_report report;
        const auto object = fixtures::decoded(of, text, report);
        CHECK(report.count == of.refused);
        const std::string written = fixtures::encoded(of, object.get());
        round_trip trip;
        trip.compare(*of.type, parsed(text), parsed(written), "");
        CAPTURE(trip.lost);
        CHECK(trip.lost.size() == of.refused);
        for (const auto& path : trip.without_member)
            without_member.insert(of.name + ' ' + path);
        for (const auto& [object, names] : trip.added)
            added.insert(of.title() + '\t' + object + '\t' + joined(names));
        CAPTURE(trip.made_up);
        CHECK(trip.made_up.empty());

        sc::codec::decode_report silent;
        const auto again = fixtures::decoded(of, written, silent);
        CHECK(silent.empty());
        CHECK(sc::codec::equal(*of.type, object.get(), again.get()));
        CHECK(fixtures::encoded(of, again.get()) == written);
    }
    // The lists are complete, and have nothing that found its member since.
    CHECK(without_member == lines_of("without_member.txt"));
    CHECK(added == expected_additions());
}

TEST_CASE("every example of the documentation is decoded, or there is a reason why not") {
    std::set<std::string> decoded;
    for (const auto& of : fixtures::all())
        decoded.insert(of.name);
    const auto index = fixtures::index();
    CHECK(index.size() == 164);
    for (const auto& [name, reason] : index) {
        CAPTURE(name, reason);
        CHECK((decoded.count(name) == 1) == reason.empty());
    }
    for (const auto& name : decoded) {
        CAPTURE(name);
        CHECK(index.count(name) == 1);
    }
}
