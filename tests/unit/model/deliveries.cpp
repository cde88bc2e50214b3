#include "deliveries.hpp"

#include "unit/bot/runner_fixture.hpp"

namespace fixtures {

namespace sc = strandcord;

struct deliveries::impl {
    sc::test::runner_fixture runner;
    std::shared_ptr<const void> last;

    template <class... Events>
    void listen() {
        (listen_to<Events>(), ...);
    }

private:
    template <class Event>
    void listen_to() {
        runner.events.on<Event>([this](sc::event<Event> event) -> sc::task<> {
            const auto kept = std::make_shared<sc::event<Event>>(event);
            last = std::shared_ptr<const void>{kept, &**kept};
            co_return;
        });
    }
};

deliveries::deliveries() : impl_{std::make_unique<impl>()} {
    impl_->listen<sc::auto_moderation_rule_create, sc::channel_create, sc::entitlement_create,
                  sc::guild_create, sc::guild_delete, sc::guild_member_add,
                  sc::guild_soundboard_sound_create, sc::guild_update, sc::interaction_create,
                  sc::message_create, sc::stage_instance_create, sc::subscription_create,
                  sc::user_update, sc::voice_server_update, sc::voice_state_update>();
}

deliveries::~deliveries() = default;

std::shared_ptr<const void> deliveries::deliver(std::string_view event, std::string_view data) {
    impl_->last.reset();
    impl_->runner.deliver(event, data);
    return std::move(impl_->last);
}

} // namespace fixtures
