#include "compressor.hpp"

#include <stdexcept>
#include <zlib.h>
#ifdef STRANDCORD_HAS_ZSTD
#include <zstd.h>
#endif

namespace bench {

struct compressor::impl {
    stream_compression kind;
    z_stream deflate{};
#ifdef STRANDCORD_HAS_ZSTD
    ZSTD_CCtx* zstd = nullptr;
#endif
};

compressor::compressor(stream_compression kind) : impl_{new impl{kind}} {
    if (kind == stream_compression::zlib)
        deflateInit(&impl_->deflate, Z_DEFAULT_COMPRESSION);
#ifdef STRANDCORD_HAS_ZSTD
    if (kind == stream_compression::zstd)
        impl_->zstd = ZSTD_createCCtx();
#else
    if (kind == stream_compression::zstd)
        throw std::runtime_error{"built without zstd"};
#endif
}

compressor::~compressor() {
    if (impl_->kind == stream_compression::zlib)
        deflateEnd(&impl_->deflate);
#ifdef STRANDCORD_HAS_ZSTD
    if (impl_->kind == stream_compression::zstd)
        ZSTD_freeCCtx(impl_->zstd);
#endif
}

std::string compressor::compress(std::string_view payload) {
    if (impl_->kind == stream_compression::none)
        return std::string{payload};
    std::string out(payload.size() * 2 + 1024, '\0');
    if (impl_->kind == stream_compression::zlib) {
        z_stream& deflating = impl_->deflate;
        deflating.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(payload.data()));
        deflating.avail_in = static_cast<uInt>(payload.size());
        deflating.next_out = reinterpret_cast<Bytef*>(out.data());
        deflating.avail_out = static_cast<uInt>(out.size());
        deflate(&deflating, Z_SYNC_FLUSH);
        out.resize(out.size() - deflating.avail_out);
        return out;
    }
#ifdef STRANDCORD_HAS_ZSTD
    ZSTD_inBuffer in{payload.data(), payload.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    ZSTD_compressStream2(impl_->zstd, &to, &in, ZSTD_e_flush);
    out.resize(to.pos);
#endif
    return out;
}

} // namespace bench
