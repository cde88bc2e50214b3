#pragma once

#include <strandcord/json.hpp>

#include <map>
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
    std::string_view event = {}; ///< whose payload it is too, if any
    std::string inside = {};     ///< where in the file the object is: `event.data`
    std::size_t refused = 0;     ///< members with digits that fit no id

    /// Its name and where in the file it is.
    std::string title() const { return inside.empty() ? name : name + ':' + inside; }
};

const std::vector<subject>& all();
/// The names of all examples there are, to why no model is decoded from it: empty when one is.
std::map<std::string, std::string> index();

std::string text_of(const subject& of);

std::shared_ptr<void> decoded(const subject& of, std::string_view text,
                              strandcord::codec::decode_report& report);
std::string encoded(const subject& of, const void* object);

} // namespace fixtures
