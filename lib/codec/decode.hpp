#pragma once

// The walk of a table over JSON tokens.
//
// Rules:
// - a member that does not fit keeps the value it had, costs nothing else, and is noted;
// - null and absent leave a plain member as it was; null empties an optional, a nullable and raw
//   JSON keep it;
// - unknown members are skipped; nothing is read behind the last member that the table knows;
// - recursion ends at `decoder::deepest`, and skipping does not recurse.

#include "codec/tokens.hpp"

#include <strandcord/json.hpp>

namespace strandcord::codec {

/// Where the decoder is, from the inside out; made into text only when something does not fit.
struct place {
    const place* outer = nullptr;
    const field_desc* field = nullptr; ///< null: an element
};

class decoder {
public:
    using token = token_list::token;
    static constexpr int deepest = 64;

    decoder(const token_list& tokens, decode_report& report) noexcept
        : tokens_{tokens}, report_{report} {}

    /// The value at `at` into `target`; true when it fitted.
    bool value(token at, const type_desc& type, void* target, const place* here, int depth);
    /// The members of the object at `at` into `target`.
    void object(token at, const type_desc& type, void* target, const place* here, int depth);

private:
    void sequence(token at, const type_desc& type, void* target, const place* here, int depth);
    void map(token at, const type_desc& type, void* target, const place* here, int depth);
    bool held(token at, const type_desc& type, void* target, const place* here, int depth);
    void note(const place* here, std::string_view expected);

    const token_list& tokens_;
    decode_report& report_;
};

} // namespace strandcord::codec
