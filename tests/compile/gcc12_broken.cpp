// The coroutine shapes that GCC 12.2 miscompiles, one run of this program each: `gcc12_broken NAME`
// exits with 0 when the shape behaved, with 1 when objects were destroyed too often, or crashes.
// gcc12_report.py runs them all and reports what the compiler at hand makes of them.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

namespace asio = boost::asio;

namespace {

template <class T = void>
using task = asio::awaitable<T>;

struct counted {
    static inline int alive = 0;

    counted() { ++alive; }
    explicit counted(int) { ++alive; }
    counted(const counted&) { ++alive; }
    counted(counted&&) noexcept { ++alive; }
    ~counted() { --alive; }
};

struct aggregate {
    counted value;
    int number = 0;
};

task<> later() {
    auto executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable);
}

task<bool> ready() {
    co_await later();
    co_return true;
}

task<counted> make() {
    co_await later();
    co_return counted{1};
}

task<> take(aggregate) {
    co_await later();
}
task<> take_default(aggregate = {counted{1}, 2}) {
    co_await later();
}

template <class Function>
task<> call(Function function) {
    co_await later();
    function();
}

task<> await_in_a_condition() {
    if (co_await ready())
        co_await later();
}

task<> aggregate_temporary() {
    co_await take({counted{1}, 2});
}
task<> aggregate_default_argument() {
    co_await take_default();
}

task<> await_inside_aggregate_braces() {
    aggregate made{.value = co_await make(), .number = 2};
    (void)made;
}

task<> owning_temporary_lambda() {
    co_await call([value = counted{1}] { (void)value; });
}

task<> conditional_expression() {
    bool flag = true;
    counted value = flag ? co_await make() : counted{1};
    (void)value;
}

constexpr struct {
    const char* name;
    task<> (*shape)();
} shapes[] = {
    {"await_in_a_condition", await_in_a_condition},
    {"aggregate_temporary", aggregate_temporary},
    {"aggregate_default_argument", aggregate_default_argument},
    {"await_inside_aggregate_braces", await_inside_aggregate_braces},
    {"owning_temporary_lambda", owning_temporary_lambda},
    {"conditional_expression", conditional_expression},
};

} // namespace

int main(int argc, char** argv) {
    for (const auto& [name, shape] : shapes) {
        if (argc < 2) {
            std::puts(name);
        } else if (std::strcmp(argv[1], name) == 0) {
            asio::io_context context;
            asio::co_spawn(context, shape(), asio::detached);
            context.run();
            return counted::alive == 0 ? 0 : 1;
        }
    }
    return argc < 2 ? 0 : 2;
}
