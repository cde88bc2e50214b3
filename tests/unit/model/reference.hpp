#pragma once

#include <strandcord/describe.hpp>

#include <cstdint>
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

struct enumerator_row {
    std::string enumeration;
    std::string type; ///< ours, empty when there is none
    std::uint64_t value = 0;
    std::string name;
};

std::vector<field_row> read_objects();
std::vector<event_row> read_events();
std::vector<enumerator_row> read_enumerations();

/// What has no counterpart and a reason for it. `*word*` stands for every object with the word in
/// its name.
class exceptions {
public:
    exceptions();
    bool excuse(const std::string& object, const std::string& field, const std::string& wrong);
    /// Those of these kinds of wrong that excused nothing.
    std::vector<std::string> unused(const std::vector<std::string>& kinds) const;

private:
    struct row {
        std::string object;
        std::string field;
        std::string wrong;
        bool used = false;
    };
    std::vector<row> rows_;
};

/// Null for what has no model.
const strandcord::codec::type_desc* type_of(const std::string& object);
/// The model of an object as the types of fields name it: `guild member`. Null when it is none.
const strandcord::codec::type_desc* type_called(const std::string& text);

} // namespace reference
