#include <strandcord/abi.hpp>

namespace strandcord::abi {

tag STRANDCORD_ABI_SYMBOL() noexcept {
    return {};
}

} // namespace strandcord::abi
