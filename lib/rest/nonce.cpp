#include "rest/nonce.hpp"

#include <random>

namespace strandcord::rest {

std::string make_nonce() {
    constexpr char letters[] = "0123456789abcdefghijklmnopqrstuv";
    std::random_device device;
    std::uniform_int_distribution<int> one_of{0, 31};
    std::string out(25, '0');
    for (char& letter : out)
        letter = letters[one_of(device)];
    return out;
}

} // namespace strandcord::rest
