#include "fixtures.hpp"
#include "testing/json.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
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
        case kind::snowflake: // an id that came as a number is written as a string
        case kind::raw:
            if (before.text() != after.text() || before.members().size() != after.members().size())
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
    }
};

json_value parsed(const std::string& text) {
    auto value = json_value::parse(text);
    CAPTURE(text);
    REQUIRE(value);
    return std::move(*value);
}

std::set<std::string> expected_without_member() {
    std::ifstream file{STRANDCORD_TEST_DATA "/catalogue/without_member.txt"};
    REQUIRE(file);
    std::set<std::string> lines;
    std::string line;
    while (std::getline(file, line))
        if (!line.empty() && line[0] != '#')
            lines.insert(line);
    return lines;
}

} // namespace

TEST_CASE(
    "OBJ-2 OBJ-6 every example is written back as it came, up to fields that have no member") {
    std::set<std::string> without_member;
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

        sc::codec::decode_report silent;
        const auto again = fixtures::decoded(of, written, silent);
        CHECK(silent.empty());
        CHECK(sc::codec::equal(*of.type, object.get(), again.get()));
        CHECK(fixtures::encoded(of, again.get()) == written);
    }
    // The list is complete, and has nothing that found its member since.
    CHECK(without_member == expected_without_member());
}
