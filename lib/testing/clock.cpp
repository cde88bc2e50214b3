#include "testing/clock_state.hpp"

#include <strandcord/testing/clock.hpp>

namespace strandcord::testing {

virtual_clock::virtual_clock() : impl_{std::make_unique<impl>()} {}
virtual_clock::~virtual_clock() = default;

boost::asio::any_io_executor virtual_clock::executor() {
    return impl_->loop.executor();
}
std::chrono::nanoseconds virtual_clock::elapsed() const {
    return impl_->loop.elapsed();
}
void virtual_clock::settle() {
    impl_->loop.settle();
}
void virtual_clock::advance(std::chrono::nanoseconds span) {
    impl_->loop.advance(span);
}
void virtual_clock::spawn(task<> work) {
    impl_->loop.spawn(std::move(work));
}

std::exception_ptr virtual_clock::failure_of_spawned() const {
    return impl_->loop.failure_of_spawned();
}

void virtual_clock::run_to_end(task<> work, std::chrono::nanoseconds limit) {
    impl_->loop.run(std::move(work), limit);
}

} // namespace strandcord::testing
