#include <strandcord/session_store.hpp>

#include <strandcord/error.hpp>
#include <strandcord/json.hpp>

#include <algorithm>
#include <boost/describe/class.hpp>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace strandcord {

namespace session_file {

/// A `resume_point` as it is in the file.
struct entry {
    std::string session_id = {};
    std::string resume_url = {};
    std::int64_t sequence = -1;
    std::vector<std::int32_t> shard = {}; ///< index and count
    std::uint64_t intents = 0;
    std::string token_hash = {};
};
BOOST_DESCRIBE_STRUCT(entry, (), (session_id, resume_url, sequence, shard, intents, token_hash))

struct content {
    std::string format = {};
    std::int32_t version = 0;
    std::vector<entry> sessions = {};
};
BOOST_DESCRIBE_STRUCT(content, (), (format, version, sessions))

} // namespace session_file

namespace {

constexpr std::string_view format = "strandcord sessions";
constexpr std::int32_t version = 1;

[[noreturn]] void refuse_file(const std::string& path, const std::string& what) {
    throw error{errc::invalid_configuration, "The session file " + path + " " + what};
}

std::string last_error() {
    return error_code{errno, boost::system::system_category()}.message();
}

/// A file while it is open.
class open_file {
public:
    explicit open_file(int descriptor) noexcept : descriptor_{descriptor} {}
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;
    ~open_file() { close(); }

    bool good() const noexcept { return descriptor_ >= 0; }
    int get() const noexcept { return descriptor_; }
    bool close() noexcept {
        const int was = std::exchange(descriptor_, -1);
        return was < 0 || ::close(was) == 0;
    }

private:
    int descriptor_;
};

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Nothing when the file does not exist.
std::string read_all(const std::string& path) {
    const open_file file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.good() && errno == ENOENT)
        return {};
    struct stat about {};
    if (!file.good() || ::fstat(file.get(), &about) != 0)
        refuse_file(path, "cannot be read: " + last_error() + ".");
    if (!S_ISREG(about.st_mode))
        refuse_file(path, "is no regular file; name another path.");
    std::string out;
    char piece[4096];
    ssize_t got = 1;
    while (got > 0) {
        got = ::read(file.get(), piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0)
            out.append(piece, static_cast<std::size_t>(got));
    }
    if (got < 0)
        refuse_file(path, "cannot be read: " + last_error() + ".");
    return out;
}

bool is_whole(const session_file::entry& one) {
    return !one.session_id.empty() && !one.resume_url.empty() && one.sequence >= 0 &&
           one.shard.size() == 2 && one.shard[0] >= 0 && one.shard[0] < one.shard[1];
}

} // namespace

file_session_store::file_session_store(std::string path) : path_{std::move(path)} {
    if (path_.empty())
        throw error{
            errc::invalid_configuration,
            "The session file needs a path; without one, leave bot_config::sessions empty."};
}

std::vector<resume_point> file_session_store::load() {
    const std::string text = read_all(path_);
    // A machine that crashed between the rename and its write to the disk leaves an empty file.
    if (text.empty())
        return {};
    constexpr const char* advice = "; move it away, or name another path.";
    session_file::content read;
    codec::decode_report problems;
    try {
        read = from_json<session_file::content>(text, problems);
    } catch (const error&) {
        refuse_file(path_, std::string{"is damaged or not written by strandcord"} + advice);
    }
    if (read.format != format)
        refuse_file(path_, std::string{"was not written by strandcord"} + advice);
    if (read.version != version)
        refuse_file(path_, "has version " + std::to_string(read.version) +
                               ", which this version of strandcord does not know" + advice);
    if (!problems.empty() || !std::all_of(read.sessions.begin(), read.sessions.end(), is_whole))
        refuse_file(path_, std::string{"is damaged"} + advice);
    std::vector<resume_point> out;
    for (auto& one : read.sessions) {
        out.push_back(resume_point{std::move(one.session_id), std::move(one.resume_url),
                                   one.sequence, shard_id{one.shard[0], one.shard[1]},
                                   intents{one.intents}, std::move(one.token_hash)});
    }
    return out;
}

void file_session_store::save(const std::vector<resume_point>& points) {
    session_file::content what{std::string{format}, version, {}};
    for (const auto& one : points)
        what.sessions.push_back(session_file::entry{one.session_id,
                                                    one.resume_url,
                                                    one.sequence,
                                                    {one.shard.index, one.shard.count},
                                                    one.intents.bits(),
                                                    one.token_hash});
    const std::string text = to_json(what) + "\n";
    // One name, so that a killed process leaves at most one of them behind.
    const std::string beside = path_ + ".new";
    ::unlink(beside.c_str());
    constexpr mode_t private_to_owner = 0600;
    open_file file{
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, private_to_owner)};
    const bool done = file.good() && write_all(file.get(), text) && file.close() &&
                      std::rename(beside.c_str(), path_.c_str()) == 0;
    if (done)
        return;
    const std::string why = last_error();
    ::unlink(beside.c_str());
    refuse_file(path_,
                "cannot be written: " + why + "; give the bot a directory that it may write to.");
}

} // namespace strandcord
