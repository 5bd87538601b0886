// SPDX-License-Identifier: GPL-3.0-or-later
#include "retrieval/embedder.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>

namespace signalbox {

namespace {

// What a word brings: itself, its parts together, and the pair with the word before it.
constexpr double kWordWeight = 1.0;
constexpr double kPartsWeight = 0.7;
constexpr double kPairWeight = 0.5;
constexpr std::size_t kPartLengths[] = {3, 4, 5};

std::uint64_t hashed(char kind, std::string_view text)
{
    // FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/), then the finaliser of splitmix64 (Steele,
    // Lea, Flood 2014), so that every bit is as good as any other.
    std::uint64_t hash = 14695981039346656037ULL;
    const auto mix = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; };
    mix(kind);
    for (const char c : text)
        mix(c);
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31U);
}

struct Weight
{
    double each = 0;
    int times = 0;
};

class HashedWords
{
public:
    void add(char kind, std::string_view text, double weight)
    {
        Weight& feature = m_features[hashed(kind, text)];
        feature.each = std::max(feature.each, weight);
        ++feature.times;
    }

    /// The parts of "<word>", as fastText takes them: Bojanowski, Grave, Joulin, Mikolov, "Enriching Word
    /// Vectors with Subword Information", TACL 2017. Of bytes here: nobody reads them.
    void addParts(const std::string& word)
    {
        const std::string bounded = "<" + word + ">";
        std::size_t count = 0;
        for (const std::size_t length : kPartLengths)
            count += bounded.size() >= length ? bounded.size() - length + 1 : 0;
        const double weight = kPartsWeight / std::sqrt(static_cast<double>(std::max<std::size_t>(count, 1)));
        for (const std::size_t length : kPartLengths) {
            for (std::size_t at = 0; at + length <= bounded.size(); ++at)
                add('p', std::string_view(bounded).substr(at, length), weight);
        }
    }

    /// Feature hashing with a sign: Weinberger, Dasgupta, Langford, Smola, Attenberg, "Feature Hashing for
    /// Large Scale Multitask Learning", ICML 2009.
    std::vector<float> vector() const
    {
        std::vector<double> sums(kEmbeddingSize);
        for (const auto& [hash, feature] : m_features) {
            const double value = feature.each * (1.0 + std::log(static_cast<double>(feature.times)));
            sums[hash % kEmbeddingSize] += (hash >> 63U) != 0 ? value : -value;
        }
        double squares = 0;
        for (const double sum : sums)
            squares += sum * sum;
        std::vector<float> result(kEmbeddingSize);
        if (squares > 0) {
            for (std::size_t i = 0; i < kEmbeddingSize; ++i)
                result[i] = static_cast<float>(sums[i] / std::sqrt(squares));
        }
        return result;
    }

private:
    std::map<std::uint64_t, Weight> m_features; ///< in an order of their own: sums come out alike everywhere
};

} // namespace

std::vector<float> embedded(std::string_view text)
{
    const std::vector<std::string> words = wordsOf(text);
    HashedWords features;
    for (std::size_t i = 0; i < words.size(); ++i) {
        features.add('w', words[i], kWordWeight);
        features.addParts(words[i]);
        if (i > 0)
            features.add('b', words[i - 1] + " " + words[i], kPairWeight);
    }
    return features.vector();
}

double cosine(std::span<const float> a, std::span<const float> b)
{
    // Four sums at once: the compiler keeps them in one register, and the order is the same on every machine.
    float sums[4] = {};
    const std::size_t size = std::min(a.size(), b.size());
    std::size_t i = 0;
    for (; i + 4 <= size; i += 4) {
        for (std::size_t j = 0; j < 4; ++j)
            sums[j] += a[i + j] * b[i + j];
    }
    for (; i < size; ++i)
        sums[0] += a[i] * b[i];
    return static_cast<double>(sums[0] + sums[1]) + static_cast<double>(sums[2] + sums[3]);
}

} // namespace signalbox
