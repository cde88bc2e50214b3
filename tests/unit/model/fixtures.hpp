#pragma once

#include <strandcord/json.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Discord's own examples, and the model of each.

namespace fixtures {

struct subject {
    std::string name; ///< of the file, without its suffix
    const strandcord::codec::type_desc* type = nullptr;
    std::shared_ptr<void> (*create)() = nullptr;
    std::size_t refused = 0; ///< members with digits that fit no id
};

const std::vector<subject>& all();

std::string text_of(const subject& of);

std::shared_ptr<void> decoded(const subject& of, std::string_view text,
                              strandcord::codec::decode_report& report);
std::string encoded(const subject& of, const void* object);

} // namespace fixtures
