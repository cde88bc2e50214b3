#pragma once

#include <memory>
#include <string_view>

namespace fixtures {

/// A dispatcher with one typed handler for each event that an example is a payload of, fed as a
/// shard feeds it.
class deliveries {
public:
    deliveries();
    ~deliveries();

    /// What the event's handler was given for this `d`; null when it was not called.
    std::shared_ptr<const void> deliver(std::string_view event, std::string_view data);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace fixtures
