#include "cache/pruned.hpp"

#include <algorithm>

namespace strandcord::cache {

using codec::field_desc;
using codec::field_hash;

pruned_type::pruned_type(const codec::type_desc& whole,
                         const std::vector<std::string_view>& without)
    : chains_(field_hash::chains, 0), type_{std::make_unique<codec::type_desc>(whole)} {
    for (const field_desc& field : whole)
        if (std::find(without.begin(), without.end(), field.json_name()) == without.end())
            fields_.push_back(field);
    for (std::size_t i = fields_.size(); i > 0; --i) {
        field_desc& field = fields_[i - 1];
        std::uint8_t& chain = chains_[field_hash::of(field.name, field.length)];
        field.next = chain;
        chain = static_cast<std::uint8_t>(i);
    }
    type_->fields = fields_.data();
    type_->field_count = static_cast<std::uint16_t>(fields_.size());
    type_->chains = chains_.data();
}

} // namespace strandcord::cache
