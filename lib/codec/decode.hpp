#pragma once

// The walk of a table over JSON. Only the codec includes this header: it brings simdjson.
//
// Rules:
// - a member that does not fit keeps the value it had, costs nothing else, and is noted;
// - null and absent leave a plain member as it was; null empties an optional, a nullable keeps it;
// - unknown members are skipped;
// - recursion ends at `decoder::deepest`, and skipping does not recurse.

#include <strandcord/json.hpp>

#include <simdjson.h>

namespace strandcord::codec {

/// Where the decoder is, from the inside out; made into text only when something does not fit.
struct place {
    const place* outer = nullptr;
    const field_desc* field = nullptr; ///< null: an element
    std::size_t index = 0;
};

class decoder {
public:
    static constexpr int deepest = 64;

    explicit decoder(decode_report& report) noexcept : report_{report} {}

    /// The members of `json` into `target`. An error means that the JSON itself is broken.
    simdjson::error_code object(simdjson::ondemand::object json, const type_desc& type,
                                void* target, const place* here, int depth);
    /// The elements of `json`, in place of those that `target` held.
    simdjson::error_code sequence(simdjson::ondemand::array json, const type_desc& type,
                                  void* target, const place* here, int depth);
    /// Any value. `stored` tells whether it fitted.
    simdjson::error_code value(simdjson::ondemand::value& json, const type_desc& type, void* target,
                               const place* here, int depth, bool& stored);

private:
    simdjson::error_code held(simdjson::ondemand::value& json, const type_desc& type, void* target,
                              const place* here, int depth, bool& stored);
    void note(const place* here, std::string_view expected);

    decode_report& report_;
};

/// The text of a value, without the white space around it; consumes the value.
simdjson::error_code raw_text(simdjson::ondemand::value& json, std::string_view& out);

} // namespace strandcord::codec
