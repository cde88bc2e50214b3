#include <strandcord/json.hpp>

namespace strandcord::detail {

// Its address says null.
static box null_box{nullptr};

box* box_pointer::null_mark() noexcept {
    return &null_box;
}

box_pointer::box_pointer(const box_pointer& other)
    : box_{other.has_value() ? other.box_->how->copy(*other.box_) : other.box_} {}

void box_pointer::set_null() noexcept {
    reset();
    box_ = null_mark();
}

void box_pointer::reset() noexcept {
    if (has_value())
        box_->how->destroy(box_);
    box_ = nullptr;
}

void box_pointer::require_value() const {
    if (!has_value())
        throw std::bad_optional_access{};
}

} // namespace strandcord::detail
