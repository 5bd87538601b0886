// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One thing that goes wrong: what, for which requests, and how a careful client comes out of it. README.md
// describes every key; scenario_faults.cpp reads them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::sandbox {

/// A log-normal quantity.
struct Spread
{
    double median = 0;
    double sigma = 0; ///< of the logarithm
};

/// How a client ends that makes up to three tries on one endpoint and streams. Stated by the scenario, so
/// that a person can read it and a test can hold a client to it; the sandbox itself does nothing with it.
struct Expectation
{
    std::string outcome; ///< "ok", or a kind of providers/errors.h
    int attempts = 1;    ///< tries on this endpoint
    std::string text;    ///< "whole", "part", "none": what of the answer came
    std::string usage;   ///< "known", "unknown"; "" = not said
    std::string retry;   ///< of a failure: "same_endpoint", "elsewhere", "never"
};

struct Fault
{
    enum class Kind {
        Status,
        Latency,
        Stall,
        Cut,
        Garbage,
        Malformed,
        Split,
        LineEnds,
        Noise,
        Usage,
        ContentType,
        SlowHeaders,
        HugeHeader,
        HugeBody,
        Endless,
        Redirect,
        Encoding,
        Ending,
        Empty,
        Finish,
        ErrorEvent,
        OtherId,
        Http10,
        BadChunk,
        EarlyClose,
        Refuse
    };

    std::string id; ///< "" = cannot be switched
    std::string title;
    std::optional<Expectation> expect;
    bool on = true;
    std::string model; ///< "" = all of them
    Kind kind = Kind::Status;
    std::string how; ///< which variant of the kind; "" if it has none

    std::vector<int> statuses; ///< the n-th hit gets the n-th, then they begin anew; 200 = nothing goes wrong
    std::optional<double> retryAfterS;
    std::optional<double> retryAfterDateS; ///< an HTTP date so many seconds from now
    std::string retryAfter;                ///< as it is
    int afterChunks = 0;                   ///< content chunks before it happens
    bool afterHeaders = false;             ///< of a stall or cut: the headers are sent
    Spread headersMs, firstTokenMs, perTokenMs;
    double paceMs = 0;
    std::uint64_t bytes = 0;
    std::string location;
    double forMs = 0;

    // Exactly one of these says which requests it hits, but for Refuse.
    int every = 0;          ///< each N-th
    int first = 0;          ///< the first N
    std::vector<int> nth;   ///< these
    double probability = 0; ///< a seeded draw for each
};

} // namespace signalbox::sandbox
