#pragma once

#include <strandcord/describe.hpp>
#include <strandcord/shard_plan.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace strandcord {

class rest_client;
namespace detail {
struct delivery_state;
}

/// One event on its way to one handler: what every event knows, whatever its type. Cheap to copy;
/// keeps the payload alive, so it may be held across `co_await` and after the handler.
class delivery {
public:
    /// `MESSAGE_CREATE`, as Discord names it.
    std::string_view name() const noexcept;
    /// The JSON text of `d`, also of events that strandcord has no type for.
    std::string_view raw() const noexcept;
    /// The `s` of the payload.
    std::int64_t sequence() const noexcept;
    /// The shard it came on: `auto [index, count] = event.shard();`
    shard_id shard() const noexcept;
    /// The REST client of the bot or client that received it.
    rest_client& rest() const noexcept;

    /// What the event changed or removed, as the cache had it before: `before<sc::channel>()` of a
    /// CHANNEL_UPDATE. `T` is the type that the kind is stored as. Null when the cache had nothing,
    /// or does not keep the kind. An event that removes several has them under `index` from 0.
    template <class T>
    std::shared_ptr<const T> before(std::size_t index = 0) const {
        return std::static_pointer_cast<const T>(old(codec::describe<T>(), index));
    }

    /// For the dispatcher.
    delivery(std::shared_ptr<const detail::delivery_state> state, const void* object) noexcept
        : state_{std::move(state)}, object_{object} {}

protected:
    const void* object() const noexcept { return object_; }

private:
    std::shared_ptr<const void> old(const codec::type_desc& type, std::size_t index) const noexcept;

    std::shared_ptr<const detail::delivery_state> state_;
    const void* object_;
};

} // namespace strandcord
