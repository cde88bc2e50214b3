#include <strandcord/recording.hpp>

#include "core/clock.hpp"

#include <strandcord/error.hpp>
#include <strandcord/json.hpp>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <mutex>
#include <utility>

namespace strandcord {
namespace {

[[noreturn]] void refuse_recording(const std::string& path, const std::string& what) {
    throw error{errc::invalid_configuration, "The recording " + path + " " + what};
}

struct close_file {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

class recorder {
public:
    explicit recorder(const std::string& path) {
        // A recording is never mixed with another, and its content is for its owner.
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0)
            refuse_recording(path,
                             "cannot be made: " +
                                 error_code{errno, boost::system::system_category()}.message());
        file_.reset(::fdopen(descriptor, "w"));
    }

    void write(int shard, payload_direction direction, std::string_view text) {
        recorded_frame frame;
        frame.shard = shard;
        frame.received = direction == payload_direction::received;
        frame.text = without_secrets(text);
        const std::lock_guard lock{mutex_};
        if (!file_)
            return;
        frame.ms = (runtime_clock::now() - begun_) / std::chrono::milliseconds{1};
        auto line = to_json(frame);
        line += '\n';
        const bool written = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() &&
                             std::fflush(file_.get()) == 0;
        if (!written)
            file_.reset();
    }

private:
    std::mutex mutex_;
    std::unique_ptr<std::FILE, close_file> file_;
    runtime_clock::time_point begun_ = runtime_clock::now();
};

bool is_json_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Behind the string that begins at `quote`; the end of the text when it has none.
std::size_t end_of_string(std::string_view text, std::size_t quote) noexcept {
    for (auto at = quote + 1; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

} // namespace

std::string without_secrets(std::string_view json) {
    std::string out;
    std::size_t copied = 0;
    for (auto at = json.find('"'); at != std::string_view::npos; at = json.find('"', at)) {
        const auto end = end_of_string(json, at);
        const auto word = json.substr(at, end - at);
        at = end;
        if (word != "\"token\"" && word != "\"session_id\"")
            continue;
        while (at < json.size() && is_json_space(json[at]))
            ++at;
        if (at == json.size() || json[at] != ':')
            continue;
        ++at;
        while (at < json.size() && is_json_space(json[at]))
            ++at;
        if (at == json.size() || json[at] != '"')
            continue;
        out.append(json.substr(copied, at - copied)).append("\"***\"");
        copied = at = end_of_string(json, at);
    }
    return out.append(json.substr(copied));
}

payload_hook record_frames(const std::string& path) {
    return [into = std::make_shared<recorder>(path)](int shard, payload_direction direction,
                                                     std::string_view text) {
        into->write(shard, direction, text);
    };
}

std::vector<recorded_frame> read_recording(const std::string& path) {
    std::ifstream file{path};
    if (!file)
        refuse_recording(path, "cannot be read.");
    std::vector<recorded_frame> out;
    for (std::string line; std::getline(file, line);) {
        try {
            codec::decode_report report;
            auto frame = from_json<recorded_frame>(line, report);
            if (report.empty() && line.find("\"text\"") != std::string::npos) {
                out.push_back(std::move(frame));
                continue;
            }
        } catch (const error&) {
        }
        // What a crash cut off. It is then that one wants the rest.
        if (file.eof())
            break;
        refuse_recording(path, "has a line that is no frame: line " +
                                   std::to_string(out.size() + 1) + ".");
    }
    return out;
}

} // namespace strandcord
