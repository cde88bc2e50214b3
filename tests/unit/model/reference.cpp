#include "reference.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

namespace reference {

namespace sc = strandcord;

namespace {

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= text.size()) {
        const auto to = std::min(text.find(at, from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

std::vector<std::vector<std::string>> read_table(const std::string& name, std::size_t columns) {
    std::ifstream file{STRANDCORD_TEST_DATA "/catalogue/" + name};
    REQUIRE(file);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    while (std::getline(file, line)) {
        if (line.empty() || line[0] == '#')
            continue;
        rows.push_back(split(line, '\t'));
        CAPTURE(line);
        REQUIRE(rows.back().size() == columns);
    }
    return rows;
}

std::vector<std::string> split_list(const std::string& text, char at) {
    return text.empty() ? std::vector<std::string>{} : split(text, at);
}

} // namespace

std::vector<field_row> read_objects() {
    std::vector<field_row> rows;
    for (const auto& row : read_table("objects.tsv", 5))
        rows.push_back({row[0], row[1], row[2], row[3] == "yes", row[4] == "yes"});
    return rows;
}

std::vector<event_row> read_events() {
    std::vector<event_row> rows;
    for (const auto& row : read_table("events.tsv", 3))
        rows.push_back({row[0], split_list(row[1], '|'), split_list(row[2], ';')});
    return rows;
}

std::vector<enumerator_row> read_enumerations() {
    std::vector<enumerator_row> rows;
    for (const auto& row : read_table("enumerations.tsv", 4))
        rows.push_back({row[0], row[1], std::stoull(row[2]), row[3]});
    return rows;
}

exceptions::exceptions() {
    for (auto& row : read_table("exceptions.tsv", 4)) {
        CAPTURE(row);
        CHECK_FALSE(row[3].empty());
        rows_.push_back({std::move(row[0]), std::move(row[1]), std::move(row[2])});
    }
}

bool exceptions::excuse(const std::string& object, const std::string& field,
                        const std::string& wrong) {
    for (auto& row : rows_) {
        const auto& of = row.object;
        const bool group = of.size() > 2 && of.front() == '*' && of.back() == '*';
        const bool fits =
            group ? object.find(of.substr(1, of.size() - 2)) != std::string::npos : object == of;
        if (!fits || row.field != field || row.wrong != wrong)
            continue;
        row.used = true;
        return true;
    }
    return false;
}

std::vector<std::string> exceptions::unused(const std::vector<std::string>& kinds) const {
    std::vector<std::string> names;
    for (const auto& row : rows_)
        if (!row.used && std::find(kinds.begin(), kinds.end(), row.wrong) != kinds.end())
            names.push_back(row.object + ' ' + row.field + ' ' + row.wrong);
    return names;
}

} // namespace reference
