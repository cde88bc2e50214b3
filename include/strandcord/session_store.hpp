#pragma once

#include <strandcord/shard_plan.hpp>

#include <string>
#include <vector>

namespace strandcord {

/// Where a bot keeps its sessions for a later process: one store for all its shards, and one bot
/// for a store. Derive for a database of your own.
///
/// `load` is called once, before anything connects, on the thread that runs the bot; `save` later,
/// from any thread of the bot's executor, never two calls at the same time. Both hold that thread
/// up: be quick. Session ids are secrets: keep them where nobody else reads.
class session_store {
public:
    virtual ~session_store() = default;
    /// What was saved last; nothing when nothing was. What it throws, `run()` throws.
    virtual std::vector<resume_point> load() = 0;
    /// Replaces what was saved before. What it throws before the first connection, `run()` throws;
    /// later it is logged, and the bot goes on.
    virtual void save(const std::vector<resume_point>& points) = 0;
};

/// One JSON file, readable by its owner only. A save writes `path` + ".new" beside it and renames
/// that, so the file is always whole, whenever the process is killed. It is not forced to the disk:
/// when the machine itself crashes, the session is as a rule too old by the time it is back.
class file_session_store final : public session_store {
public:
    explicit file_session_store(std::string path);

    /// A missing or empty file holds nothing. Throws `error` (`errc::invalid_configuration`) that
    /// names the path when the file cannot be read, is damaged, is none of strandcord's, or was
    /// written by a newer version; it is left as it is.
    std::vector<resume_point> load() override;
    /// Throws `error` (`errc::invalid_configuration`) that names the path when it cannot be
    /// written; the file is left as it is.
    void save(const std::vector<resume_point>& points) override;

private:
    std::string path_;
};

} // namespace strandcord
