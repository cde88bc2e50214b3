#include "model/catalogue.hpp"

#include "reference.hpp"

#include <strandcord/events/all.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

// The facts of the protocol's reference, copied as data, against the tables of the models.

namespace sc = strandcord;
using sc::codec::kind;
using sc::codec::type_desc;
using namespace reference;

namespace {

const sc::codec::field_desc* find_field(const type_desc& type, const std::string& name) {
    for (const auto& field : type)
        if (field.json_name() == name)
            return &field;
    return nullptr;
}

bool is_permissions(const std::string& field) {
    static const std::set<std::string> names = {"permissions", "allow", "deny", "app_permissions",
                                                "default_member_permissions"};
    return names.count(field) == 1;
}

bool has_names(const type_desc& type) {
    return type.names || (type.element && type.element->names);
}

// `text` is a type as the reference writes it: `[partial channel]`, `integer (command type)`.
bool fits(std::string text, const std::string& field, const type_desc& type) {
    if (type.what == kind::optional || type.what == kind::nullable)
        return fits(text, field, *type.element);
    const auto starts = [&text](const char* with) { return text.rfind(with, 0) == 0; };
    if (starts("[")) {
        std::string element = text.substr(1, text.size() - 2);
        element.erase(std::min(element.find(", "), element.size()));
        return type.what == kind::sequence && fits(element, field, *type.element);
    }
    if (starts("map") || starts("Map"))
        return type.what == kind::map;
    if (text == "snowflake" || starts("snowflake or"))
        return type.what == kind::snowflake;
    if (text == "string")
        return type.what == (is_permissions(field) ? kind::permissions : kind::string);
    if (text == "integer or string" || text == "any" || starts("string,") ||
        text == "string or number")
        return type.what == kind::raw;
    if (text == "integer or number" || text == "number")
        return type.what == kind::f64;
    if (starts("integer")) {
        const bool integer =
            type.what == kind::signed_integer || type.what == kind::unsigned_integer;
        return integer && (!starts("integer (") || has_names(type));
    }
    if (text == "boolean")
        return type.what == kind::boolean;
    if (text == "timestamp")
        return type.what == kind::timestamp;
    if (type.what != kind::object || text == "object")
        return type.what == kind::object;
    if (starts("partial "))
        text.erase(0, 8);
    return type_called(text) == &type;
}

// What a field loses, in a few words; nothing when it is all there.
std::string wrong_with(const field_row& row) {
    const auto* type = type_of(row.object);
    if (!type)
        return "object";
    const auto* field = find_field(*type, row.field);
    if (!field)
        return "field";
    const kind outer = field->type->what;
    if (!fits(row.type, row.field, *field->type))
        return "type";
    if (row.nullable && outer != kind::nullable && outer != kind::raw)
        return "null";
    if (row.optional && outer != kind::nullable && outer != kind::optional && outer != kind::raw)
        return "absent";
    return {};
}

} // namespace

TEST_CASE("every object and field of the reference has a counterpart, or a reason why not") {
    exceptions excused;
    std::size_t seen = 0;
    for (const auto& row : read_objects()) {
        ++seen;
        const auto wrong = wrong_with(row);
        if (wrong.empty() || excused.excuse(row.object, wrong == "object" ? "*" : row.field, wrong))
            continue;
        CAPTURE(row.object, row.field, row.type, wrong);
        FAIL_CHECK("no counterpart");
    }
    CHECK(seen > 1700);
    CHECK(excused.unused({"object", "field", "type", "null", "absent"}).empty());
}

TEST_CASE(
    "INT-1 INT-2 every event of the reference is in the catalogue, with its intents and data") {
    const auto events = read_events();
    CHECK(events.size() == 79);
    std::map<std::string, std::vector<std::string>> fields;
    for (const auto& row : read_objects())
        fields[row.object].push_back(row.field);
    for (const auto& event : events) {
        CAPTURE(event.name);
        const auto* row = sc::find_event(event.name);
        REQUIRE(row);
        sc::intents any;
        for (const auto& name : event.intents)
            any |= sc::intents::parse(name);
        CHECK(row->needs == any);
        for (const auto& part : event.data) {
            CAPTURE(part);
            if (part[0] == '+') {
                CHECK(find_field(*row->data, part.substr(1)));
                continue;
            }
            REQUIRE(fields.count(part) == 1);
            for (const auto& field : fields[part]) {
                CAPTURE(field);
                // An integration in an event has no user, and a guild no mark of a template.
                CHECK(find_field(*row->data, field));
            }
        }
    }
}

TEST_CASE("the catalogue has nothing but the reference's events and our own, each once") {
    const auto events = read_events();
    std::set<std::string_view> names;
    for (const auto& row : sc::catalogue()) {
        CAPTURE(row.name);
        CHECK(names.insert(row.name).second);
        const bool known =
            std::any_of(events.begin(), events.end(),
                        [&row](const event_row& event) { return event.name == row.name; });
        CHECK(known == (row.name.rfind("STRANDCORD_", 0) != 0));
        CHECK((row.in_guild() | row.elsewhere()) == row.needs);
    }
    CHECK(sc::find_event("GUILD_JOIN_REQUEST_UPDATE") == nullptr);
}
