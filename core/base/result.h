// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Errors as values. Every function that can fail returns Result<T>; exceptions do not cross a room.

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace signalbox {

struct Error
{
    std::string code;    ///< stable and dotted, e.g. "workspace.newer_version"; never translated
    std::string message; ///< one English sentence: what happened, to what, and what to do
    std::string context; ///< path, URL or pointer it concerns; may be empty
};

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string code, std::string message, std::string context = {})
{
    return tl::unexpected<Error>(Error{std::move(code), std::move(message), std::move(context)});
}

} // namespace signalbox
