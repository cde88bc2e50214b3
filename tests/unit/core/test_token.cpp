#include "core/token.hpp"

#include <strandcord/error.hpp>

#include <catch2/catch.hpp>
#include <string>

using namespace strandcord;

namespace {

std::string refusal(std::string_view token) {
    try {
        check_token(token);
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("a token of the form that Discord gives out is accepted") {
    CHECK(refusal("MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs") == "accepted");
    CHECK(refusal("x") == "accepted");
    CHECK(refusal("Botany.is.fine") == "accepted");
}

TEST_CASE("a token that cannot be one is refused with what to do, and never repeated: GW-ID-22") {
    CHECK_THAT(refusal(""), Catch::Contains("empty") && Catch::Contains("developer portal"));
    for (const char* prefixed : {"Bot abc.def", "bot abc.def", "BOT abc.def"})
        CHECK_THAT(refusal(prefixed),
                   Catch::Contains("starts with \"Bot \"") && !Catch::Contains("abc"));
    for (const char* spaced : {"abc def", " abc", "abc\n", "abc\r\n", "\tabc", "bot\tabc"})
        CHECK_THAT(refusal(spaced), Catch::Contains("whitespace") && !Catch::Contains("abc"));
    for (const std::string_view odd :
         {std::string_view{"abc\x01"}, std::string_view{"abc\xC3\xA9"},
          std::string_view{"abc\0def", 7}, std::string_view{"abc\x7F"}})
        CHECK_THAT(refusal(odd), Catch::Contains("character") && !Catch::Contains("abc"));
}
