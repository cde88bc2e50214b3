// A compressed stream, cut into messages: the first byte chooses the kind and how they are cut.

#include "codec/inflate.hpp"

#include "target.hpp"

using namespace strandcord;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t bound = 1U << 20U;
    if (size == 0)
        return 0;
    std::unique_ptr<codec::inflater> inflate;
    try {
        inflate = codec::make_inflater(
            data[0] % 2 == 0 ? compression::zlib_stream : compression::zstd_stream, bound);
    } catch (const error&) {
        return 0; // built without zstd
    }
    const std::size_t piece = 1U + data[0] / 2U * 8U;
    auto rest = as_text(data + 1, size - 1);
    std::string out;
    while (!rest.empty()) {
        error_code damaged;
        auto message = rest.substr(0, piece);
        rest.remove_prefix(message.size());
        while (inflate->feed(message, out, damaged)) {
            promise(out.size() <= bound);
            message = {};
        }
        if (damaged)
            return 0;
    }
    return 0;
}
