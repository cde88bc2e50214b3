#include "codec/inflate.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <utility>
#include <zlib.h>

#ifdef STRANDCORD_HAS_ZSTD
#include <zstd.h>
#endif

namespace strandcord::codec {

namespace {

constexpr std::size_t padding = 64;

// Raw memory that decompressors fill. A string would write zeros first.
class output_buffer {
public:
    explicit output_buffer(std::size_t maximum) noexcept
        : limit_{maximum < most ? maximum + 1 : most} {}
    ~output_buffer() { std::free(data_); }
    output_buffer(const output_buffer&) = delete;
    output_buffer& operator=(const output_buffer&) = delete;

    char* free_space() noexcept { return data_ + used_; }
    std::size_t free_size() const noexcept { return capacity_ - used_; }
    std::size_t used() const noexcept { return used_; }
    void commit(std::size_t size) noexcept { used_ += size; }
    // One byte more than allowed has room, so that going over the bound shows.
    bool over_limit() const noexcept { return used_ >= limit_; }

    void make_room() {
        if (used_ < capacity_)
            return;
        const std::size_t wanted = capacity_ == 0 ? initial : capacity_ * 2;
        resize(wanted < limit_ ? wanted : limit_);
    }

    // Replaces `out` by what was collected, with spare bytes behind it, and starts anew.
    void hand_over(std::string& out) {
        const std::size_t needed = used_ + padding;
        if (out.capacity() > large && needed < out.capacity() / 4)
            std::string{}.swap(out);
        out.reserve(needed);
        out.assign(data_, used_);
        shrink_when_oversized();
        used_ = 0;
    }

private:
    static constexpr std::size_t initial = 16U * 1024;
    static constexpr std::size_t large = 1024U * 1024;
    static constexpr int patience = 16;
    static constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / 4;

    void resize(std::size_t capacity) {
        void* moved = std::realloc(data_, capacity);
        if (moved == nullptr)
            throw std::bad_alloc{};
        data_ = static_cast<char*>(moved);
        capacity_ = capacity;
    }

    // Not after the first small payload: large ones come in series while guilds load.
    void shrink_when_oversized() noexcept {
        const bool oversized = capacity_ > large && used_ < capacity_ / 4;
        small_in_a_row_ = oversized ? small_in_a_row_ + 1 : 0;
        if (small_in_a_row_ < patience)
            return;
        std::free(std::exchange(data_, nullptr));
        capacity_ = 0;
        small_in_a_row_ = 0;
    }

    char* data_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t used_ = 0;
    std::size_t limit_;
    int small_in_a_row_ = 0;
};

// One deflate stream, whose payloads end at flush marks (GW-COMP-3 to 6). A mark is an empty stored
// block, so the decompressor is stopped at block boundaries: bytes that merely look like a mark
// inside a block never end a payload, and a mark may be cut anywhere between messages.
class zlib_inflater final : public inflater {
public:
    explicit zlib_inflater(std::size_t maximum_payload) : output_{maximum_payload} {
        if (inflateInit(&stream_) != Z_OK)
            throw std::bad_alloc{};
    }
    ~zlib_inflater() override { inflateEnd(&stream_); }

    bool feed(std::string_view message, std::string& out, error_code& failure) override {
        if (failed_) {
            failure = failed_;
            return false;
        }
        std::string_view input = message;
        if (taken_ != rest_.size()) {
            rest_.append(message);
            input = std::string_view{rest_}.substr(taken_);
        }
        const std::size_t offered = input.size();
        bool complete = false;
        while (!complete && !input.empty() && !failed_)
            complete = step(input);
        keep(input, offered);
        failure = failed_;
        if (!complete)
            return false;
        output_.hand_over(out);
        return true;
    }

private:
    // Inflates up to the next block boundary; true when a payload ended there.
    bool step(std::string_view& input) {
        output_.make_room();
        const std::size_t room = output_.free_size();
        const std::size_t offered = std::min<std::size_t>(input.size(), longest);
        const std::size_t space = std::min<std::size_t>(room, longest);
        // zlib does not write to its input.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
        stream_.avail_in = static_cast<uInt>(offered);
        stream_.next_out = reinterpret_cast<Bytef*>(output_.free_space());
        stream_.avail_out = static_cast<uInt>(space);
        const int result = inflate(&stream_, Z_BLOCK);
        const std::size_t consumed = offered - stream_.avail_in;
        const std::size_t produced = space - stream_.avail_out;
        remember_tail(input.substr(0, consumed));
        input.remove_prefix(consumed);
        output_.commit(produced);
        in_block_ += produced;

        if (result == Z_STREAM_END) {
            ended_ = true;
            if (!input.empty())
                failed_ = errc::decompression_failed;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            failed_ = errc::decompression_failed;
        } else if (consumed == 0 && produced == 0) {
            // More input after the end of the stream, or zlib is stuck.
            failed_ = errc::decompression_failed;
        }
        if (output_.over_limit())
            failed_ = errc::payload_too_large;
        if (failed_)
            return false;
        return ends_payload();
    }

    bool ends_payload() {
        if (ended_)
            return output_.used() != 0;
        constexpr int at_boundary = 128;
        constexpr int unused_bits = 63;
        if ((stream_.data_type & at_boundary) == 0)
            return false;
        const bool empty_block = std::exchange(in_block_, 0) == 0;
        constexpr std::uint32_t mark = 0x0000FFFF;
        return empty_block && tail_ == mark && (stream_.data_type & unused_bits) == 0 &&
               output_.used() != 0;
    }

    void remember_tail(std::string_view consumed) {
        if (consumed.size() > 4)
            consumed.remove_prefix(consumed.size() - 4);
        for (const char byte : consumed)
            tail_ = (tail_ << 8U) | static_cast<unsigned char>(byte);
    }

    // What is left of a message that holds several payloads waits for the next call.
    void keep(std::string_view input, std::size_t offered) {
        if (input.empty() || failed_) {
            if (rest_.capacity() > longest_kept)
                std::string{}.swap(rest_);
            rest_.clear();
            taken_ = 0;
        } else if (taken_ != rest_.size()) {
            taken_ += offered - input.size();
        } else {
            rest_.assign(input);
            taken_ = 0;
        }
    }

    static constexpr std::size_t longest = std::numeric_limits<uInt>::max();
    static constexpr std::size_t longest_kept = 64U * 1024;

    z_stream stream_ = {};
    output_buffer output_;
    std::string rest_;
    std::size_t taken_ = 0;
    std::size_t in_block_ = 0;
    std::uint32_t tail_ = 0xFFFFFFFF;
    bool ended_ = false;
    error_code failed_ = {};
};

#ifdef STRANDCORD_HAS_ZSTD

// One zstd stream; every message is one whole payload without a frame end (GW-COMP-8).
class zstd_inflater final : public inflater {
public:
    explicit zstd_inflater(std::size_t maximum_payload)
        : stream_{ZSTD_createDStream()}, output_{maximum_payload} {
        if (stream_ == nullptr)
            throw std::bad_alloc{};
    }
    ~zstd_inflater() override { ZSTD_freeDStream(stream_); }

    bool feed(std::string_view message, std::string& out, error_code& failure) override {
        failure = failed_;
        if (failed_ || message.empty())
            return false;
        ZSTD_inBuffer input{message.data(), message.size(), 0};
        bool full = true; // a full output may hide more of it
        while (!failed_ && (input.pos != input.size || full)) {
            output_.make_room();
            ZSTD_outBuffer space{output_.free_space(), output_.free_size(), 0};
            const std::size_t result = ZSTD_decompressStream(stream_, &space, &input);
            output_.commit(space.pos);
            full = space.pos == space.size;
            if (ZSTD_isError(result) != 0U)
                failed_ = errc::decompression_failed;
            else if (output_.over_limit())
                failed_ = errc::payload_too_large;
        }
        failure = failed_;
        if (failed_ || output_.used() == 0)
            return false;
        output_.hand_over(out);
        return true;
    }

private:
    ZSTD_DStream* stream_;
    output_buffer output_;
    error_code failed_ = {};
};

#endif

} // namespace

std::unique_ptr<inflater> make_inflater(compression kind, std::size_t maximum_payload) {
    switch (kind) {
    case compression::none:
        return nullptr;
    case compression::zstd_stream:
#ifdef STRANDCORD_HAS_ZSTD
        return std::make_unique<zstd_inflater>(maximum_payload);
#else
        throw error{errc::unsupported, "This build has no libzstd: choose zlib-stream or none, or "
                                       "build with -Dcompression=enabled."};
#endif
    case compression::automatic:
    case compression::zlib_stream:
        break;
    }
    return std::make_unique<zlib_inflater>(maximum_payload);
}

compression resolve(compression kind) noexcept {
    if (kind != compression::automatic)
        return kind;
#ifdef STRANDCORD_HAS_ZSTD
    return compression::zstd_stream;
#else
    return compression::zlib_stream;
#endif
}

std::string_view query_value(compression kind) noexcept {
    switch (resolve(kind)) {
    case compression::zlib_stream:
        return "zlib-stream";
    case compression::zstd_stream:
        return "zstd-stream";
    case compression::automatic:
    case compression::none:
        break;
    }
    return {};
}

} // namespace strandcord::codec
