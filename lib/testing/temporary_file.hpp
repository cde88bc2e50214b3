#pragma once

#include <string>
#include <string_view>

namespace strandcord::testing {

/// A file of the system's temporary directory, gone with this object.
class temporary_file {
public:
    /// Throws `error` when it cannot be written.
    explicit temporary_file(std::string_view content);
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file();

    /// Empty when there is none.
    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

} // namespace strandcord::testing
