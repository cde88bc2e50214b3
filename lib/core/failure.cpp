#include "core/failure.hpp"

#include <strandcord/error.hpp>

namespace strandcord {

bool is_cancellation(const std::exception_ptr& failure) noexcept {
    if (!failure)
        return false;
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& e) {
        return e.code() == cause::cancelled;
    } catch (...) {
        return false;
    }
}

std::string in_words(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an exception that is not a std::exception";
    }
}

} // namespace strandcord
