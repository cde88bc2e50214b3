#pragma once

// Keeps a bot's sessions in its store while it runs, and tells those who wait when it is over.
// Rules:
// - the store is asked once, before anything connects; what cannot be read is not written over;
// - a save follows at once when a session began or ended, within `interval` when sequences went on,
//   and not at all when nothing changed; two saves are `interval` apart, but for the last one;
// - a save that fails is logged, once until one works again, and hurts nobody;
// - who waits for the end does so on an executor of their own: the bot's may have no thread left.

#include "runtime/task_group.hpp"

#include <strandcord/log.hpp>
#include <strandcord/session_store.hpp>
#include <strandcord/task.hpp>

#include <functional>
#include <memory>
#include <mutex>
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
    /// Waits for `finish`. Any executor.
    task<> over();
    const boost::asio::any_io_executor& strand() const noexcept { return children_.executor(); }

private:
    task<> serve(source now);
    void save(std::vector<resume_point> points);
    task<> wait(std::shared_ptr<timer> own);
    bool is_over() const;

    std::shared_ptr<session_store> store_;
    logger log_;
    task_group children_;
    timer due_;
    std::vector<resume_point> saved_;
    runtime_clock::time_point saved_at_ = {};
    bool usable_ = false; ///< the store was read, and may be written
    bool failing_ = false;

    mutable std::mutex mutex_;                  ///< guards what follows
    std::vector<std::weak_ptr<timer>> waiting_; ///< never expire; cancelled when it is over
    bool over_ = false;
};

} // namespace strandcord
