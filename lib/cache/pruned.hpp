#pragma once

#include <strandcord/describe.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace strandcord::cache {

/// The table of a type without some of its members: what decodes through it leaves them empty.
class pruned_type {
public:
    pruned_type() = default;
    pruned_type(const codec::type_desc& whole, const std::vector<std::string_view>& without);

    const codec::type_desc& type() const noexcept { return *type_; }

private:
    std::vector<codec::field_desc> fields_;
    std::vector<std::uint8_t> chains_;
    std::unique_ptr<codec::type_desc> type_; ///< has addresses of the others' content
};

} // namespace strandcord::cache
