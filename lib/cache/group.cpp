#include "cache/group.hpp"

#include <algorithm>

namespace strandcord::cache {

std::size_t table::group::find(snowflake id) const noexcept {
    if (index_.empty()) {
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (slots_[i].id == id)
                return i;
        return none;
    }
    for (std::size_t place = home(id); index_[place] != 0; place = next(place))
        if (slots_[index_[place] - 1].id == id)
            return index_[place] - 1;
    return none;
}

table::slot& table::group::add(snowflake id) {
    if (slots_.size() == slots_.capacity())
        slots_.reserve(slots_.size() < small ? std::max<std::size_t>(1, 2 * slots_.size())
                                             : slots_.size() + slots_.size() / 4);
    if (slots_.size() + 1 > small && (slots_.size() + 1) * 5 > index_.size() * 4)
        reindex(std::max<std::size_t>(16, index_.size() * 2));
    slot& added = slots_.emplace_back();
    added.id = id;
    if (!index_.empty())
        enter(slots_.size() - 1);
    return added;
}

void table::group::remove(std::size_t at) noexcept {
    const std::size_t last = slots_.size() - 1;
    if (!index_.empty())
        leave(place_of(at));
    if (at != last) {
        if (!index_.empty())
            index_[place_of(last)] = static_cast<std::uint32_t>(at + 1);
        slots_[at] = std::move(slots_[last]);
    }
    slots_.pop_back();
    shrink();
}

void table::group::shrink() noexcept {
    if (slots_.capacity() > small && slots_.size() <= slots_.capacity() / 2)
        slots_.shrink_to_fit();
    if (index_.size() > 2 * small && slots_.size() <= index_.size() / 4) {
        index_.resize(index_.size() / 2);
        index_.shrink_to_fit();
        reindex(index_.size());
    }
}

std::size_t table::group::place_of(std::size_t at) const noexcept {
    std::size_t place = home(slots_[at].id);
    while (index_[place] != at + 1)
        place = next(place);
    return place;
}

void table::group::enter(std::size_t at) noexcept {
    std::size_t place = home(slots_[at].id);
    while (index_[place] != 0)
        place = next(place);
    index_[place] = static_cast<std::uint32_t>(at + 1);
}

// What stands behind moves up, so that no search ends too early.
void table::group::leave(std::size_t place) noexcept {
    index_[place] = 0;
    for (std::size_t other = next(place); index_[other] != 0; other = next(other)) {
        const std::size_t at = index_[other] - 1;
        index_[other] = 0;
        enter(at);
    }
}

void table::group::reindex(std::size_t capacity) {
    index_.assign(capacity, 0);
    for (std::size_t i = 0; i < slots_.size(); ++i)
        enter(i);
}

} // namespace strandcord::cache
