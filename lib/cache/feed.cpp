#include "cache/feed.hpp"

namespace strandcord::cache {

feed::feed(std::shared_ptr<store> into, shard_id shard) : shard_{shard} {
    if (!into || into->keeps_nothing())
        return;
    store_ = std::move(into);
    number_ = store_->new_feed();
}

std::vector<old_object> feed::apply(const effect& what, const codec::json_view& data,
                                    time_point now) {
    problems_ = {};
    if (!data.is_object())
        return {};
    change made{*store_, shard_, number_, now, what.touches};
    what.apply(made, data);
    if (const snowflake guild = data["guild_id"].id())
        store_->note_feed(guild, number_);
    problems_ = made.take_problems();
    return made.take_notes();
}

} // namespace strandcord::cache
