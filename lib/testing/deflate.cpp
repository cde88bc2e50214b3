#include "testing/deflate.hpp"

#include <new>
#include <stdexcept>
#include <zlib.h>
#ifdef STRANDCORD_HAS_ZSTD
#include <zstd.h>
#endif

namespace strandcord::testing {

namespace {

class zlib_deflater final : public deflater {
public:
    zlib_deflater() {
        if (deflateInit(&stream_, Z_DEFAULT_COMPRESSION) != Z_OK)
            throw std::bad_alloc{};
    }
    ~zlib_deflater() override { deflateEnd(&stream_); }
    zlib_deflater(const zlib_deflater&) = delete;
    zlib_deflater& operator=(const zlib_deflater&) = delete;

    std::string feed(std::string_view payload) override {
        std::string out;
        // zlib takes no pointer to const, and does not write through it.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(payload.data()));
        stream_.avail_in = static_cast<uInt>(payload.size());
        do {
            const auto used = out.size();
            out.resize(used + step);
            stream_.next_out = reinterpret_cast<Bytef*>(out.data() + used);
            stream_.avail_out = step;
            if (::deflate(&stream_, Z_SYNC_FLUSH) == Z_STREAM_ERROR)
                throw std::logic_error{"the emulator's zlib stream is broken"};
            out.resize(used + step - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return out;
    }

private:
    static constexpr uInt step = 16U * 1024;
    z_stream stream_{};
};

#ifdef STRANDCORD_HAS_ZSTD
class zstd_deflater final : public deflater {
public:
    zstd_deflater() : stream_{ZSTD_createCCtx()} {
        if (!stream_)
            throw std::bad_alloc{};
    }
    ~zstd_deflater() override { ZSTD_freeCCtx(stream_); }
    zstd_deflater(const zstd_deflater&) = delete;
    zstd_deflater& operator=(const zstd_deflater&) = delete;

    std::string feed(std::string_view payload) override {
        std::string out;
        ZSTD_inBuffer in{payload.data(), payload.size(), 0};
        for (;;) {
            const auto used = out.size();
            out.resize(used + step);
            ZSTD_outBuffer piece{out.data() + used, step, 0};
            const auto left = ZSTD_compressStream2(stream_, &piece, &in, ZSTD_e_flush);
            out.resize(used + piece.pos);
            if (ZSTD_isError(left) != 0)
                throw std::logic_error{"the emulator's zstd stream is broken"};
            if (left == 0)
                return out;
        }
    }

private:
    static constexpr std::size_t step = 16U * 1024;
    ZSTD_CCtx* stream_;
};
#endif

} // namespace

std::unique_ptr<deflater> make_deflater(compression kind) {
    if (kind == compression::zlib_stream)
        return std::make_unique<zlib_deflater>();
#ifdef STRANDCORD_HAS_ZSTD
    if (kind == compression::zstd_stream)
        return std::make_unique<zstd_deflater>();
#endif
    return nullptr;
}

} // namespace strandcord::testing
