// The coroutine shapes that docs/gcc12.md tells people to write, over Asio's awaitable: each must
// behave with every compiler that the project supports. gcc12_broken.cpp has their counterparts.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asio = boost::asio;

namespace {

template <class T = void>
using task = asio::awaitable<T>;

// Counts what lives: a value destroyed twice, or copied bitwise, makes the count wrong.
struct counted {
    static inline int alive = 0;

    counted() { ++alive; }
    explicit counted(std::string t) : text{std::move(t)} { ++alive; }
    counted(const counted& other) : text{other.text} { ++alive; }
    counted(counted&& other) noexcept : text{std::move(other.text)} { ++alive; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) noexcept = default;
    ~counted() { --alive; }

    counted&& with(const std::string& more) && {
        text += more;
        return std::move(*this);
    }

    std::string text;
};

struct options {
    counted value;
    int number = 0;
};

const std::string long_text = "longer than any small string optimisation would keep in place";

// Really suspends, so that what the frame keeps has to survive.
task<> later() {
    auto executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable);
}

task<bool> answer(bool value) {
    co_await later();
    co_return value;
}

task<std::string> text_of(counted value) {
    co_await later();
    co_return value.text;
}

task<std::string> text_of_options(options given) {
    co_await later();
    co_return given.value.text;
}

task<std::optional<counted>> next(int& left) {
    co_await later();
    if (left-- == 0)
        co_return std::nullopt;
    co_return counted{long_text};
}

template <class Function>
task<std::string> call(Function function) {
    co_await later();
    co_return function();
}

template <class T>
T run(task<T> work) {
    asio::io_context context;
    std::optional<T> out;
    std::exception_ptr failure;
    asio::co_spawn(context, std::move(work), [&](std::exception_ptr e, T value) {
        failure = e;
        out.emplace(std::move(value));
    });
    context.run();
    if (failure)
        std::rethrow_exception(failure);
    return std::move(*out);
}

task<int> a_named_condition() {
    bool ready = co_await answer(true);
    if (ready)
        co_return 1;
    co_return 0;
}

task<int> a_local_in_a_condition() {
    int left = 3;
    int seen = 0;
    while (auto value = co_await next(left))
        seen += value->text == long_text ? 1 : 100;
    co_return seen;
}

task<std::string> a_constructed_temporary() {
    co_return co_await text_of(counted{long_text});
}

task<std::string> a_chain_of_calls() {
    std::string text = co_await text_of(counted{long_text}.with("!").with("?"));
    co_return text;
}

task<std::string> a_named_aggregate() {
    options given{.value = counted{long_text}, .number = 1};
    std::string text = co_await text_of_options(std::move(given));
    co_return text;
}

task<std::string> a_kept_awaitable() {
    auto operation = text_of_options({.value = counted{long_text}, .number = 1});
    std::string text = co_await std::move(operation);
    co_return text;
}

task<options> awaited_before_the_braces() {
    std::string text = co_await text_of(counted{long_text});
    co_return options{.value = counted{text}, .number = 2};
}

task<std::string> a_named_owning_lambda() {
    auto function = [value = counted{long_text}] { return value.text; };
    std::string text = co_await call(std::move(function));
    co_return text;
}

task<std::string> a_lambda_that_refers() {
    counted value{long_text};
    std::string text = co_await call([&] { return value.text; });
    co_return text;
}

task<std::string> an_if_instead_of_a_ternary(bool first) {
    std::string text;
    if (first)
        text = co_await text_of(counted{long_text});
    else
        text = "no";
    co_return text;
}

task<int> owners_and_containers() {
    std::vector<counted> many;
    many.emplace_back(long_text);
    auto [text, ok] = std::pair{co_await text_of(many.front()), true};
    auto owner = std::make_unique<counted>(text);
    std::string again = co_await text_of(*owner);
    ok = ok && again == long_text;
    co_return ok ? 1 : 0;
}

task<std::string> an_await_in_a_try_block() {
    std::string text;
    try {
        text = co_await text_of(counted{long_text});
        throw text;
    } catch (const std::string& thrown) {
        text = thrown + "!";
    }
    co_return text;
}

} // namespace

TEST_CASE("the coroutine shapes to write behave with this compiler") {
    counted::alive = 0;
    CHECK(run(a_named_condition()) == 1);
    CHECK(run(a_local_in_a_condition()) == 3);
    CHECK(run(a_constructed_temporary()) == long_text);
    CHECK(run(a_chain_of_calls()) == long_text + "!?");
    CHECK(run(a_named_aggregate()) == long_text);
    CHECK(run(a_kept_awaitable()) == long_text);
    CHECK(run(awaited_before_the_braces()).number == 2);
    CHECK(run(a_named_owning_lambda()) == long_text);
    CHECK(run(a_lambda_that_refers()) == long_text);
    CHECK(run(an_if_instead_of_a_ternary(true)) == long_text);
    CHECK(run(an_if_instead_of_a_ternary(false)) == "no");
    CHECK(run(owners_and_containers()) == 1);
    CHECK(run(an_await_in_a_try_block()) == long_text + "!");
    CHECK(counted::alive == 0);
}
