// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"

#include "base/clock.h"
#include "base/random.h"

#include <array>
#include <mutex>
#include <openssl/evp.h>
#include <random>

namespace signalbox {

namespace {

__extension__ using Wide = unsigned __int128; // 80 random bits do not fit 64

/// Crockford's base 32, as ULIDs use it.
constexpr char kBase32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Counts up within a millisecond so that identifiers of one process sort by creation.
class IdSource
{
public:
    IdSource() : m_random(seed()) {}

    std::string next()
    {
        const std::lock_guard lock(m_mutex);
        const std::int64_t ms = wallClockMs();
        if (ms > m_lastMs) {
            m_lastMs = ms;
            m_high = m_random.next() >> 48;
            m_low = m_random.next();
        } else if (++m_low == 0) {
            ++m_high;
        }
        std::string id(26, '0');
        std::uint64_t time = static_cast<std::uint64_t>(m_lastMs);
        for (int i = 9; i >= 0; --i, time >>= 5)
            id[static_cast<std::size_t>(i)] = kBase32[time & 31];
        Wide rest = (static_cast<Wide>(m_high) << 64) | m_low;
        for (int i = 25; i >= 10; --i, rest >>= 5)
            id[static_cast<std::size_t>(i)] = kBase32[static_cast<unsigned>(rest & 31)];
        return id;
    }

private:
    static std::uint64_t seed()
    {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32) ^ device();
    }
    std::mutex m_mutex;
    Random m_random;
    std::int64_t m_lastMs = 0;
    std::uint64_t m_high = 0; ///< 16 bits and its carries
    std::uint64_t m_low = 0;
};

} // namespace

std::string newId()
{
    static IdSource source;
    return source.next();
}

std::string sha256Hex(std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::string hex(static_cast<std::size_t>(length) * 2, '0');
    constexpr char digits[] = "0123456789abcdef";
    for (unsigned i = 0; i < length; ++i) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    return hex;
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed)
{
    std::uint64_t h = 0xcbf29ce484222325ULL ^ (seed * 0x9e3779b97f4a7c15ULL);
    for (const char c : bytes) {
        h ^= static_cast<unsigned char>(c);
        h *= 0x100000001b3ULL;
    }
    return Random(h).next();
}

} // namespace signalbox
