#pragma once

#include <strandcord/describe.hpp>

#include <map>
#include <string>
#include <vector>

// tests/data/catalogue, and which model each object of the reference is.

namespace reference {

struct field_row {
    std::string object;
    std::string field;
    std::string type;
    bool optional = false;
    bool nullable = false;
};

struct event_row {
    std::string name;
    std::vector<std::string> intents;
    std::vector<std::string> data; ///< objects, and fields after a plus sign
};

std::vector<field_row> read_objects();
std::vector<event_row> read_events();
/// Object, field and what is wrong, to the reason.
std::map<std::string, std::string> read_exceptions();

/// Null for what has no model.
const strandcord::codec::type_desc* type_of(const std::string& object);

} // namespace reference
