#include "rest/nonce.hpp"

#include "core/random.hpp"

#include <random>

namespace strandcord::rest {

std::string make_nonce() {
    constexpr char letters[] = "0123456789abcdefghijklmnopqrstuv";
    random_words words;
    std::uniform_int_distribution<int> one_of{0, 31};
    std::string out(25, '0');
    for (char& letter : out)
        letter = letters[one_of(words)];
    return out;
}

} // namespace strandcord::rest
