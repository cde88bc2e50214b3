#include "codec/decode.hpp"

#include <strandcord/error.hpp>

namespace strandcord::codec {

void decode(const type_desc& type, void* object, std::string_view text, decode_report& report) {
    std::string room;
    room.reserve(text.size() + 64);
    room = text;
    token_list::make_room(room);
    token_list tokens;
    if (const char* failure = tokens.scan(room))
        throw error{errc::malformed_payload, failure};
    bool stored = decoder{tokens, report}.value(0, type, object, nullptr, 0);
    bool may_be_null = type.what == kind::optional || type.what == kind::nullable;
    if (!stored && !(may_be_null && tokens.first(0) == 'n'))
        throw error{errc::malformed_payload,
                    "The JSON is of another kind than the type it was to be read into."};
}

} // namespace strandcord::codec
