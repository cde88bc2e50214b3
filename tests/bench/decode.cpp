// Decoding beside the floor, in one run: `meson test --benchmark decode`. CPU nanoseconds per event
// for envelope plus three-field projection, and for the whole MESSAGE_CREATE, beside simdjson
// reading op, s, t and content.

#include "codec/envelope.hpp"
#include "cpu_clock.hpp"
#include "floor.hpp"
#include "payloads.hpp"

#include <strandcord/model/message.hpp>

#include <algorithm>
#include <boost/describe.hpp>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace bench {

struct three_fields {
    strandcord::snowflake id, channel_id;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(three_fields, (), (id, channel_id, content))

} // namespace bench

namespace {

using namespace strandcord;

std::size_t sink = 0; // what was read, so that nothing is optimised away

template <class Work>
double per_event(std::vector<std::string>& frames, Work work) {
    const auto start = bench::thread_cpu();
    for (auto& frame : frames)
        work(frame);
    return static_cast<double>(bench::thread_cpu() - start) / static_cast<double>(frames.size());
}

template <class T>
void decode(codec::frame_parser& parser, std::string& frame) {
    codec::envelope envelope;
    codec::decode_report report;
    T object{};
    if (parser.parse(frame, envelope) ||
        parser.decode_data(codec::describe<T>(), &object, report) || !report.empty())
        std::abort();
    sink += object.content.size();
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    std::vector<std::string> frames;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        frames.push_back(bench::message_create(static_cast<std::int64_t>(i) + 1, i));
        frames.back().reserve(frames.back().size() + 64);
    }
    codec::frame_parser parser;
    std::vector<double> floor, projection, whole;
    for (int i = 0; i < rounds; ++i) {
        floor.push_back(per_event(frames, [](std::string& frame) {
            sink += bench::read_four(frame.data(), frame.size(), frame.capacity()).content.size();
        }));
        projection.push_back(per_event(
            frames, [&](std::string& frame) { decode<bench::three_fields>(parser, frame); }));
        whole.push_back(
            per_event(frames, [&](std::string& frame) { decode<message>(parser, frame); }));
    }
    const auto middle = [](std::vector<double> all) {
        std::sort(all.begin(), all.end());
        return all[all.size() / 2];
    };
    std::printf("MESSAGE_CREATE of %zu bytes: floor %.0f ns  envelope + projection %.0f ns (%.2f)  "
                "whole message %.0f ns (%.2f)\n",
                frames[0].size(), middle(floor), middle(projection),
                middle(projection) / middle(floor), middle(whole), middle(whole) / middle(floor));
    return sink == 0 ? 1 : 0;
}
