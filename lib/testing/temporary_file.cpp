#include "testing/temporary_file.hpp"

#include <strandcord/error.hpp>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace strandcord::testing {

namespace {

[[noreturn]] void fail(const std::string& path) {
    throw error{error_code{errno, boost::system::system_category()},
                "The temporary file " + path + " cannot be written."};
}

} // namespace

temporary_file::temporary_file(std::string_view content)
    : path_{(std::filesystem::temp_directory_path() / "strandcord-XXXXXX").string()} {
    const int file = ::mkstemp(path_.data());
    if (file < 0)
        fail(path_);
    while (!content.empty()) {
        const auto written = ::write(file, content.data(), content.size());
        if (written < 0) {
            ::close(file);
            ::unlink(path_.c_str());
            fail(path_);
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    ::close(file);
}

temporary_file::~temporary_file() {
    if (!path_.empty())
        ::unlink(path_.c_str());
}

} // namespace strandcord::testing
