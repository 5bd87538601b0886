// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/files.h"

#include "base/ids.h"
#include "exchange/policy_export.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace signalbox {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }
    bool close() { return ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

bool writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

tl::unexpected<Error> writeFailure(const std::string& path, int number)
{
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return fail("exchange.disk_full",
                    "The disk is full, " + path + " was not written: make room, then try again.", path);
    if (number == ENOENT || number == ENOTDIR)
        return fail("exchange.not_found",
                    "The folder of " + path + " does not exist: create it or choose another.", path);
    if (number == EACCES || number == EPERM || number == EROFS)
        return fail("exchange.read_only",
                    path + " cannot be written: check the permissions of its folder or choose another.",
                    path);
    return fail("exchange.io", path + " could not be written: " + std::strerror(number) + ".", path);
}

} // namespace

Result<std::string> readWholeFile(const std::string& path, std::size_t mostBytes)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return fail("exchange.not_found", "There is no file " + path + ": check the name.", path);
        return fail("exchange.io", path + " could not be opened: " + std::strerror(errno) + ".", path);
    }
    struct stat status = {};
    if (::fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode))
        return fail("exchange.not_a_file", path + " is a folder: name a file in it.", path);
    std::string bytes;
    char buffer[1 << 16];
    for (;;) {
        const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail("exchange.io", path + " could not be read: " + std::strerror(errno) + ".", path);
        if (n == 0)
            return bytes;
        bytes.append(buffer, static_cast<std::size_t>(n));
        if (bytes.size() > mostBytes)
            return fail("exchange.too_large",
                        path + " is larger than " + std::to_string(mostBytes >> 20) +
                            " MiB: split it and import the parts.",
                        path);
    }
}

Result<> writeFileAtomically(const std::string& path, std::string_view bytes)
{
    // A link is written through, so that it stays one; a file that is there keeps its permissions.
    std::string target = path;
    if (char* resolved = ::realpath(path.c_str(), nullptr)) {
        target = resolved;
        std::free(resolved);
    }
    struct stat existing = {};
    const bool exists = ::stat(target.c_str(), &existing) == 0;
    if (exists && !S_ISREG(existing.st_mode))
        return fail("exchange.not_a_file", path + " is not a plain file: choose another name.", path);

    const std::string temporary = target + "." + newId() + ".tmp";
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0)
        return writeFailure(path, errno);
    const bool written = (!exists || ::fchmod(file.get(), existing.st_mode & 07777) == 0) &&
                         writeAll(file.get(), bytes) && ::fsync(file.get()) == 0 && file.close() &&
                         ::rename(temporary.c_str(), target.c_str()) == 0;
    if (!written) {
        const int number = errno;
        ::unlink(temporary.c_str());
        return writeFailure(path, number);
    }
    // The rename itself is on disk once its folder is; the file is whole either way.
    const Descriptor folder(::open(folderOf(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0)
        ::fsync(folder.get());
    return {};
}

} // namespace signalbox
