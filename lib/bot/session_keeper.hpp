#pragma once

// Keeps a bot's sessions in its store while it runs, and tells those who wait when it is over.
// Rules:
// - the store is asked once, before anything connects; what cannot be read is not written over;
// - a save follows at once when a session began or ended, within `interval` when sequences went on,
//   and not at all when nothing changed; two saves are `interval` apart, but for the last one;
// - a save that fails is logged, once until one works again, and hurts nobody.

#include "runtime/task_group.hpp"

#include <strandcord/log.hpp>
#include <strandcord/session_store.hpp>
#include <strandcord/task.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace strandcord {

class session_keeper : public std::enable_shared_from_this<session_keeper> {
public:
    /// What is to be saved now. Any thread.
    using source = std::function<std::vector<resume_point>()>;

    static constexpr std::chrono::milliseconds interval{500};

    /// `store` may be null: then nothing is kept.
    session_keeper(boost::asio::any_io_executor executor, std::shared_ptr<session_store> store,
                   logger log);

    /// `given`, and what is stored for other shards. Throws what the store throws, also for a place
    /// that cannot be written to. Once, first.
    std::vector<resume_point> load(std::vector<resume_point> given);
    /// Saves from now on. Once, after `load`.
    void start(source now);
    /// A session began or ended. Any thread.
    void on_session_changed();
    /// Saves for the last time; everybody who waits for `over()` goes on. On `strand()`.
    task<> finish(std::vector<resume_point> last);
    /// Waits for `finish`. On `strand()`.
    task<> over();
    const boost::asio::any_io_executor& strand() const noexcept { return children_.executor(); }

private:
    task<> serve(source now);
    void save(std::vector<resume_point> points);

    std::shared_ptr<session_store> store_;
    logger log_;
    task_group children_;
    timer due_;
    timer ended_; ///< never expires; cancelled when `over_` is set
    std::vector<resume_point> saved_;
    runtime_clock::time_point saved_at_ = {};
    bool usable_ = false; ///< the store was read, and may be written
    bool failing_ = false;
    bool over_ = false;
};

} // namespace strandcord
