#include "support/temporary_directory.hpp"

#include <strandcord/error.hpp>
#include <strandcord/session_store.hpp>

#include <catch2/catch.hpp>
#include <sys/stat.h>

using namespace strandcord;
using test::content_of;
using test::temporary_directory;
using test::write_file;

namespace {

const std::vector<resume_point> two{
    {"session \"one\"", "wss://resume.example", 4294967297, {0, 2}, intents{513}, "aa11"},
    {"session two", "wss://resume.example", 0, {1, 2}, intents{513}, "aa11"}};

/// The sentence of what `load` throws.
std::string refusal(const std::string& path) {
    file_session_store store{path};
    try {
        store.load();
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        return e.what();
    }
    return "loaded";
}

} // namespace

TEST_CASE("sessions come back from the file as they were saved (GW-RES-17)") {
    const temporary_directory place;
    file_session_store store{place.file("sessions")};
    CHECK(store.load().empty());
    store.save(two);
    CHECK(store.load() == two);
    CHECK(file_session_store{place.file("sessions")}.load() == two);
    store.save({});
    CHECK(store.load().empty());
}

TEST_CASE("the session file is its owner's, and nothing else stays in the directory") {
    const temporary_directory place;
    const auto path = place.file("sessions");
    write_file(path + ".new", "what a killed process left");
    ::chmod((path + ".new").c_str(), 0666);
    file_session_store store{path};
    store.save(two);
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(place.files() == 1);
}

TEST_CASE("an empty session file holds nothing") {
    const temporary_directory place;
    write_file(place.file("sessions"), "");
    CHECK(file_session_store{place.file("sessions")}.load().empty());
}

TEST_CASE("a session file that cannot be understood is refused by its path and left alone") {
    const temporary_directory place;
    const auto path = place.file("sessions");
    file_session_store{path}.save(two);
    const auto good = content_of(path);
    const auto with = [&good](std::string_view what, std::string_view instead) {
        auto out = good;
        out.replace(out.find(what), what.size(), instead);
        return out;
    };
    const std::vector<std::pair<std::string, std::string>> bad{
        {good.substr(0, good.size() / 2), "damaged"},
        {"\x7f"
         "ELF",
         "damaged"},
        {"my notes", "damaged"},
        {"{}", "not written by strandcord"},
        {R"({"format":"sessions","version":1,"sessions":[]})", "not written by strandcord"},
        {with("\"version\":1", "\"version\":2"), "version 2"},
        {with("4294967297", "\"x\""), "damaged"},
        {with("[0,2]", "[2,2]"), "damaged"},
        {with("[0,2]", "[0]"), "damaged"},
        {with("wss://resume.example", ""), "damaged"},
        {R"({"format":"strandcord sessions","version":1,"sessions":7})", "damaged"},
    };
    for (const auto& [text, word] : bad) {
        INFO(text);
        write_file(path, text);
        const auto said = refusal(path);
        CHECK(said.find(path) != said.npos);
        CHECK(said.find(word) != said.npos);
        CHECK(content_of(path) == text);
    }
}

TEST_CASE("a path that is no file, or cannot be written, is one sentence that names it") {
    const temporary_directory place;
    const auto directory = place.file("");
    CHECK(refusal(directory).find("is no regular file") != std::string::npos);
    CHECK(refusal("/dev/null").find("is no regular file") != std::string::npos);
    const auto nowhere = place.file("missing/sessions");
    CHECK(refusal(nowhere) == "loaded"); // there is nothing yet
    file_session_store store{nowhere};
    try {
        store.save(two);
        FAIL("saved into a directory that does not exist");
    } catch (const error& e) {
        CHECK(e.code() == errc::invalid_configuration);
        CHECK(std::string{e.what()}.find(nowhere + " cannot be written") != std::string::npos);
    }
    CHECK_THROWS_AS(file_session_store{""}, error);
}

TEST_CASE("a save that fails leaves the file as it was") {
    const temporary_directory place;
    const auto path = place.file("sessions");
    file_session_store store{path};
    store.save(two);
    // The temporary file's name is taken by something that cannot be removed like a file.
    std::filesystem::create_directory(path + ".new");
    CHECK_THROWS_AS(store.save({}), error);
    CHECK(store.load() == two);
}
