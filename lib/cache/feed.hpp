#pragma once

#include "cache/effects.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace strandcord::cache {

/// What one shard delivers into a store. On the shard's strand.
class feed {
public:
    /// Null: nothing is kept.
    feed(std::shared_ptr<store> into, shard_id shard);

    /// What the event does to the store; null: nothing.
    const effect* concerned_by(std::string_view event) const noexcept {
        return store_ ? effect_of(event) : nullptr;
    }
    /// Once per event, before its handlers run. Gives what the event changed, as it was before.
    std::vector<old_object> apply(const effect& what, const codec::json_view& data, time_point now);
    /// What of the last event did not fit into what is kept, with paths inside the objects.
    const codec::decode_report& problems() const noexcept { return problems_; }

private:
    std::shared_ptr<store> store_;
    shard_id shard_;
    std::uint32_t number_ = 0;
    codec::decode_report problems_;
};

} // namespace strandcord::cache
