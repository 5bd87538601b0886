// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/gzip_writer.h"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

namespace signalbox::sandbox {

namespace {

namespace zlib = boost::beast::zlib;

constexpr std::string_view kGzipHead("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);

/// Raw deflate (RFC 1951). After a full flush nothing refers back, so a block can be sent again and again.
std::string deflated(std::string_view bytes, zlib::Flush flush)
{
    zlib::deflate_stream stream;
    std::string out(zlib::deflate_upper_bound(bytes.size()) + 64, '\0');
    zlib::z_params params;
    params.next_in = bytes.data();
    params.avail_in = bytes.size();
    params.next_out = out.data();
    params.avail_out = out.size();
    boost::beast::error_code ignored; // end_of_stream; the bound leaves room for everything
    stream.write(params, flush, ignored);
    out.resize(params.total_out);
    return out;
}

void appendLe32(std::string& out, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(value >> shift & 0xffu);
}

} // namespace

std::string gzipped(std::string_view bytes)
{
    std::string out(kGzipHead);
    out += deflated(bytes, zlib::Flush::finish);
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    appendLe32(out, crc.checksum());
    appendLe32(out, static_cast<std::uint32_t>(bytes.size()));
    return out;
}

GzipBomb gzipBomb()
{
    GzipBomb bomb;
    bomb.begin = std::string(kGzipHead);
    bomb.block = deflated(std::string(GzipBomb::kBlock, ' '), zlib::Flush::full);
    bomb.end = deflated({}, zlib::Flush::finish);
    appendLe32(bomb.end, 0);
    appendLe32(bomb.end, 0);
    return bomb;
}

} // namespace signalbox::sandbox
