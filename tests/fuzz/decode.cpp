// JSON into models: every text either is refused or decodes, and what was decoded and written
// decodes again to the same.

#include "target.hpp"

#include <strandcord/error.hpp>
#include <strandcord/events/all.hpp>

using namespace strandcord;

namespace {

template <class T>
void round_trip(std::string_view text) {
    T value;
    try {
        value = from_json<T>(text);
    } catch (const error&) {
        return;
    }
    const std::string written = to_json(value);
    const T again = from_json<T>(written);
    promise(to_json(again) == written);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const auto text = as_text(data + 1, size - 1);
    switch (data[0] % 6) {
    case 0:
        round_trip<message>(text);
        break;
    case 1:
        round_trip<guild_create_data>(text);
        break;
    case 2:
        round_trip<channel>(text);
        break;
    case 3:
        round_trip<interaction>(text);
        break;
    case 4:
        round_trip<presence>(text);
        break;
    default:
        round_trip<ready_data>(text);
        break;
    }
    return 0;
}
