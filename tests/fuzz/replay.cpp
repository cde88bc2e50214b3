// The main of a fuzz target that is built without libFuzzer: every file named, or in the folders
// named, is one input; then each again, cut and changed in a few places.

#include "target.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::size_t inputs = 0;

void give(const std::string& input) {
    ++inputs;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

void replay(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    const std::string whole{std::istreambuf_iterator<char>{in}, {}};
    give(whole);
    const std::size_t step = whole.size() / 16 + 1;
    for (std::size_t at = 0; at < whole.size(); at += step) {
        give(whole.substr(0, at));
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x20);
        give(changed);
    }
}

} // namespace

int main(int count, char** words) {
    for (int i = 1; i < count; ++i) {
        if (!std::filesystem::is_directory(words[i])) {
            replay(words[i]);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator{words[i]})
            replay(entry.path());
    }
    std::printf("%zu inputs\n", inputs);
    return inputs == 0 ? 1 : 0;
}
