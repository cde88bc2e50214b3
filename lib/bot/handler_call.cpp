#include "bot/handler_call.hpp"

namespace strandcord::detail {

task<> handler_call::step(std::size_t place) {
    if (!around_ || place == around_->size())
        return handler_.call.invoke(handler_.call.fn.get(), slot_, given_);
    const middleware& here = (*around_)[place].call;
    return here.invoke(here.fn.get(), given_, next_handler{*this, place + 1});
}

task<> call_next(handler_call& call, std::size_t place) {
    return call.step(place);
}

std::string_view handler_of(const handler_call& call) noexcept {
    return call.handler().name;
}

} // namespace strandcord::detail
