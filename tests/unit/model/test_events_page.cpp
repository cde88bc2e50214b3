#include "model/catalogue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <vector>

// docs/reference/events.md is made from the catalogue: `test-unit-model "[write]"` writes it.

namespace sc = strandcord;

namespace {

constexpr const char* page = STRANDCORD_SOURCE_ROOT "/docs/reference/events.md";

std::string intents_of(const sc::catalogue_row& row) {
    if (row.needs.empty())
        return "always sent";
    std::string names;
    for (unsigned bit = 0; bit < 64; ++bit) {
        const sc::intents one{1ULL << bit};
        if ((row.needs & one).empty())
            continue;
        names += (names.empty() ? "" : " or ") + sc::to_string(one);
        if (!(sc::intents::privileged() & one).empty())
            names += " (privileged)";
    }
    return names;
}

std::string touched_by(const sc::catalogue_row& row) {
    std::string names;
    for (std::size_t i = 0; i < sc::entity_kind_count; ++i) {
        const auto one = static_cast<sc::entity_kind>(i);
        if (row.touches.has(one))
            names += (names.empty() ? "" : ", ") + std::string{sc::to_string(one)};
    }
    return names;
}

bool is_own(const sc::catalogue_row& row) {
    return row.name.starts_with("STRANDCORD_");
}

std::string generated() {
    std::vector<sc::catalogue_row> rows{sc::catalogue().begin(), sc::catalogue().end()};
    std::sort(rows.begin(), rows.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    std::ostringstream out;
    out << "# Events\n\n"
           "<!-- Generated: test-unit-model \"[write]\" -->\n\n"
           "Every event that has a type. The payload is what `event->` reads; any one of the "
           "intents switches the event on.\nThe last column says what it changes in a cache that "
           "keeps those kinds. How to use this: [events.md](../events.md).\n";
    for (const bool own : {false, true}) {
        out << (own ? "\n## strandcord's own\n\n" : "\n## Discord's\n\n")
            << "| Event | Type | Payload | Intents | Changes |\n|---|---|---|---|---|\n";
        for (const auto& row : rows)
            if (is_own(row) == own)
                out << "| " << row.name << " | `" << row.type << "` | `" << row.data_type << "` | "
                    << intents_of(row) << " | " << touched_by(row) << " |\n";
    }
    return out.str();
}

} // namespace

TEST_CASE("the page of events is what the catalogue says") {
    std::ifstream file{page};
    INFO("stale: run test-unit-model \"[write]\"");
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    CHECK(text.str() == generated());
}

TEST_CASE("writes the page of events", "[.][write]") {
    std::ofstream{page} << generated();
}
