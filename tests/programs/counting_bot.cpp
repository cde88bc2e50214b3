// counting_bot SESSIONS NUMBERS finished|received: a bot to be killed. Appends a line to the file
// NUMBERS for every numbered message of the sandbox that it has dealt with (number, shard,
// sequence), and says on stdout what it does. With `finished` some of its handlers take a while, so
// they end in another order than they began.

#include <strandcord/strandcord.hpp>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>

namespace sc = strandcord;

namespace {

class telling_store final : public sc::session_store {
public:
    explicit telling_store(std::string path) : file_{std::move(path)} {}
    std::vector<sc::resume_point> load() override { return file_.load(); }
    void save(const std::vector<sc::resume_point>& points) override {
        file_.save(points);
        std::printf("saved %zu\n", points.size());
        std::fflush(stdout);
    }

private:
    sc::file_session_store file_;
};

struct numbered_message {
    std::string content;
};
BOOST_DESCRIBE_STRUCT(numbered_message, (), (content))

} // namespace

int main(int argc, char** argv) {
    if (argc != 4)
        return 2;
    const bool at_once = std::strcmp(argv[3], "received") == 0;
    const int numbers = ::open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    sc::bot_config config{.token = sc::env("DISCORD_BOT_TOKEN")};
    config.privileged = sc::intent::message_content;
    config.sessions = std::make_shared<telling_store>(argv[1]);
    config.commit = at_once ? sc::session_commit::received : sc::session_commit::finished;
    sc::bot bot{config};
    bot.on<sc::message_create, numbered_message>([&](auto message) -> sc::task<> {
        int number = 0;
        if (std::sscanf(message->content.c_str(), "#%d ", &number) != 1)
            co_return;
        if (!at_once && number % 3 == 0)
            co_await sc::sleep_for(std::chrono::milliseconds{number * 7 % 50});
        const auto line = std::to_string(number) + ' ' + std::to_string(message.shard().index) +
                          ' ' + std::to_string(message.sequence()) + '\n';
        if (::write(numbers, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw sc::error{sc::errc::invalid_configuration, "the file of numbers is full"};
        std::printf("done %d\n", number);
        std::fflush(stdout);
    });
    bot.on<sc::session_gap>([](auto gap) -> sc::task<> {
        std::printf("gap %s\n", gap->cause.c_str());
        std::fflush(stdout);
        co_return;
    });
    return sc::run(bot);
}
