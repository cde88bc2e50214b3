#include <strandcord/abi.hpp>

#include <catch2/catch.hpp>
#include <string>

#define TEXT_OF(...) #__VA_ARGS__
#define EXPANDED_TEXT_OF(...) TEXT_OF(__VA_ARGS__)

TEST_CASE("the link-time tag spells Asio's version and modes") {
    const std::string name = EXPANDED_TEXT_OF(STRANDCORD_ABI_SYMBOL);
#if defined(BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
    const std::string frames = "plain_frames";
#else
    const std::string frames = "recycled_frames";
#endif
    CHECK(name == "built_with_asio_" + std::to_string(BOOST_ASIO_VERSION) +
                      "_header_only_untracked_threaded_usual_reactor_" + frames);
}

TEST_CASE("a program built like the library links") {
    strandcord::abi::built_with();
}
