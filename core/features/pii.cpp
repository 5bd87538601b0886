// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/pii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace signalbox {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLowerLetter(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isAlnum(char c)
{
    return isDigit(c) || isLowerLetter(c);
}
bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f');
}
bool isBeyondAscii(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

/// Nothing of a word at this place, which may lie outside the text.
bool noWordAt(std::string_view text, std::size_t at)
{
    return at >= text.size() || !(isAlnum(text[at]) || isBeyondAscii(text[at]));
}

// --- e-mail: every '@' is looked at with at most 64 characters before it and 255 behind (RFC 5321, 4.5.3.1).

bool isLocalPart(char c)
{
    return isAlnum(c) || isBeyondAscii(c) ||
           std::string_view("!#$%&'*+/=?^_`{|}~.-").find(c) != std::string_view::npos;
}

bool emailAround(std::string_view text, std::size_t at)
{
    constexpr std::size_t kLongestDomain = 255;
    if (at == 0 || !isLocalPart(text[at - 1]) || text[at - 1] == '.')
        return false;
    std::size_t labelBegin = at + 1;
    const std::size_t end = std::min(text.size(), at + 1 + kLongestDomain);
    for (std::size_t i = at + 1; i <= end; ++i) {
        const bool inLabel = i < end && (isAlnum(text[i]) || isBeyondAscii(text[i]) || text[i] == '-');
        if (inLabel)
            continue;
        if (i == labelBegin)
            return false; // ".." or an empty domain
        const bool dotted = labelBegin > at + 1;
        // The last label is a top level of two letters and more.
        std::size_t letters = labelBegin;
        while (letters < i &&
               (isLowerLetter(text[letters]) || isBeyondAscii(text[letters]) || text[letters] == '-'))
            ++letters;
        if (dotted && letters == i && i - labelBegin >= 2)
            return true;
        if (i >= end || text[i] != '.')
            return false;
        labelBegin = i + 1;
    }
    return false;
}

bool hasEmail(std::string_view text)
{
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        if (emailAround(text, at))
            return true;
    }
    return false;
}

// --- numbers: a run is what a person writes as one number, digits with single separators between its groups.

struct Group
{
    std::size_t begin = 0;
    std::size_t size = 0;
    char before = 0; ///< the separator in front of it, 0 for the first
};

/// Luhn's check (ISO/IEC 7812-1, annex B), kept up digit by digit. Which digits are doubled depends on the
/// number of digits, so both sums are kept.
class Luhn
{
public:
    void add(int digit)
    {
        const int doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
        m_sumEvenDoubled += m_count % 2 == 0 ? doubled : digit;
        m_sumOddDoubled += m_count % 2 == 0 ? digit : doubled;
        m_nonZero = m_nonZero || digit != 0;
        ++m_count;
    }
    int count() const { return m_count; }
    bool valid() const
    {
        return m_nonZero && (m_count % 2 == 0 ? m_sumEvenDoubled : m_sumOddDoubled) % 10 == 0;
    }

private:
    int m_count = 0;
    int m_sumEvenDoubled = 0;
    int m_sumOddDoubled = 0;
    bool m_nonZero = false;
};

constexpr int kFewestCardDigits = 13;
constexpr int kMostCardDigits = 19;

/// Groups of three and more digits, the last of any length; or digits that all stand alone. Lists of short
/// numbers would look like cards too often otherwise: one number in ten passes Luhn's check.
bool cardFrom(std::string_view text, const Group* groups, std::size_t count)
{
    if (text[groups[0].begin] == '0')
        return false;
    const bool spelled = groups[0].size == 1;
    if (!spelled && groups[0].size < 3)
        return false;
    Luhn luhn;
    for (std::size_t g = 0; g < count; ++g) {
        const Group& group = groups[g];
        if (luhn.count() + static_cast<int>(group.size) > kMostCardDigits)
            return false;
        for (std::size_t i = 0; i < group.size; ++i)
            luhn.add(text[group.begin + i] - '0');
        const bool complete = !spelled || g + 1 == count;
        if (complete && luhn.count() >= kFewestCardDigits && luhn.valid())
            return true;
        if (spelled ? group.size != 1 : group.size < 3)
            return false; // only the last group may be shorter
    }
    return false;
}

bool ssnAt(std::string_view text, const Group* groups, std::size_t count)
{
    if (count < 3 || groups[0].size != 3 || groups[1].size != 2 || groups[2].size != 4 ||
        groups[1].before != groups[2].before)
        return false;
    const std::string_view area = text.substr(groups[0].begin, 3);
    return area != "000" && area != "666" && area.front() != '9' && text.substr(groups[1].begin, 2) != "00" &&
           text.substr(groups[2].begin, 4) != "0000";
}

/// Runs of digit groups with one space or hyphen between them, for cards and social security numbers.
PiiKinds inDigitGroups(std::string_view text)
{
    PiiKinds found = 0;
    std::array<Group, kMostCardDigits + 1> window{}; // a card has at most as many groups as digits
    std::size_t i = 0;
    while (i < text.size()) {
        if (!isDigit(text[i])) {
            ++i;
            continue;
        }
        // From every group's begin, look ahead as far as one card may reach.
        const bool opensNumber =
            i == 0 || (noWordAt(text, i - 1) &&
                       !((text[i - 1] == '.' || text[i - 1] == ',') && i > 1 && isDigit(text[i - 2])));
        std::size_t count = 0;
        std::size_t next = i;
        char before = 0;
        std::size_t afterFirst = i;
        int digits = 0;
        while (count < window.size() && digits <= kMostCardDigits) {
            std::size_t end = next;
            while (end < text.size() && isDigit(text[end]))
                ++end;
            if (count == 0)
                afterFirst = end;
            if (!noWordAt(text, end))
                break; // "12ab" is no number
            window[count++] = {next, end - next, before};
            digits += static_cast<int>(std::min<std::size_t>(end - next, 100));
            const bool joined =
                end + 1 < text.size() && (text[end] == ' ' || text[end] == '-') && isDigit(text[end + 1]);
            if (!joined)
                break;
            before = text[end];
            next = end + 1;
        }
        if (opensNumber && count > 0) {
            if (cardFrom(text, window.data(), count))
                found |= pii::kCard;
            const bool partOfLonger = i > 1 && text[i - 1] == '-' && isDigit(text[i - 2]);
            if (!partOfLonger && ssnAt(text, window.data(), count) && !(count > 3 && window[3].before == '-'))
                found |= pii::kSsn;
        }
        i = std::max(afterFirst, i + 1);
    }
    return found;
}

// --- telephone numbers

struct Dialled
{
    std::array<int, 8> groups{}; ///< digits of each group
    std::size_t count = 0;
    int digits = 0;
    char first = 0;
    bool closed = true; ///< not more digits than a telephone number has
    std::size_t end = 0;
};

/// Digits in groups with at most two characters of " -./()" between them.
Dialled dialled(std::string_view text, std::size_t begin)
{
    constexpr int kMostDigits = 15; // E.164
    Dialled number;
    std::size_t i = begin;
    while (i < text.size()) {
        std::size_t end = i;
        while (end < text.size() && isDigit(text[end])) {
            if (number.digits == 0)
                number.first = text[end];
            ++number.digits;
            ++end;
            if (number.digits > kMostDigits) {
                number.closed = false;
                number.end = end;
                return number;
            }
        }
        if (end > i) {
            if (number.count < number.groups.size())
                number.groups[number.count] = static_cast<int>(end - i);
            ++number.count;
        }
        number.end = end;
        std::size_t next = end;
        while (next < text.size() && next - end < 2 &&
               std::string_view(" -./()").find(text[next]) != std::string_view::npos)
            ++next;
        if (next >= text.size() || !isDigit(text[next]) || next == end)
            break;
        i = next;
    }
    number.closed = number.closed && noWordAt(text, number.end);
    return number;
}

bool looksLikePhone(std::string_view text, std::size_t begin, const Dialled& number, bool plus)
{
    if (!number.closed)
        return false;
    if (plus)
        return number.digits >= 8 && number.first != '0';
    if (number.first == '0') {
        if (begin + 1 < text.size() && text[begin + 1] == '0')
            return number.digits >= 10 && number.count >= 2; // 0049 30 …
        return number.digits >= 9 && number.digits <= 12 && number.count >= 2 && number.groups[0] >= 3;
    }
    // North America: 555-234-5678, (555) 234-5678, 1-555-234-5678; the area begins with 2 to 9.
    const bool ten =
        number.digits == 10 && number.count == 3 && number.groups[0] == 3 && number.groups[1] == 3;
    const bool eleven = number.digits == 11 && number.count == 4 && number.groups[0] == 1 &&
                        number.first == '1' && number.groups[1] == 3 && number.groups[2] == 3;
    return (ten && number.first >= '2') || eleven;
}

bool hasPhone(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        if (!isDigit(text[i])) {
            ++i;
            continue;
        }
        std::size_t mark = i;
        if (mark > 0 && text[mark - 1] == '(')
            --mark;
        const bool plus = mark > 0 && text[mark - 1] == '+';
        const std::size_t before =
            plus ? mark - 2 : mark - 1; // wraps at the text's begin: then nothing is there
        const bool inside =
            before < text.size() &&
            (!noWordAt(text, before) ||
             (!plus && std::string_view(" -./").find(text[before]) != std::string_view::npos && before > 0 &&
              isDigit(text[before - 1])));
        const Dialled number = dialled(text, i);
        if (!inside && looksLikePhone(text, i, number, plus))
            return true;
        // The next group may begin a number of its own; it reaches at most 15 digits ahead, so this stays
        // linear.
        while (i < text.size() && isDigit(text[i]))
            ++i;
    }
    return false;
}

// --- IBAN (ISO 13616): country, two check digits, and as many characters as the country has; mod 97 = 1.

std::size_t ibanLength(char a, char b)
{
    // From the IBAN registry of SWIFT.
    static constexpr std::pair<std::string_view, std::size_t> kLengths[] = {
        {"ad", 24}, {"ae", 23}, {"al", 28}, {"at", 20}, {"az", 28}, {"ba", 20}, {"be", 16}, {"bg", 22},
        {"bh", 22}, {"bi", 27}, {"br", 29}, {"by", 28}, {"ch", 21}, {"cr", 22}, {"cy", 28}, {"cz", 24},
        {"de", 22}, {"dj", 27}, {"dk", 18}, {"do", 28}, {"ee", 20}, {"eg", 29}, {"es", 24}, {"fi", 18},
        {"fk", 18}, {"fo", 18}, {"fr", 27}, {"gb", 22}, {"ge", 22}, {"gi", 23}, {"gl", 18}, {"gr", 27},
        {"gt", 28}, {"hr", 21}, {"hu", 28}, {"ie", 22}, {"il", 23}, {"iq", 23}, {"is", 26}, {"it", 27},
        {"jo", 30}, {"kw", 30}, {"kz", 20}, {"lb", 28}, {"lc", 32}, {"li", 21}, {"lt", 20}, {"lu", 20},
        {"lv", 21}, {"ly", 25}, {"mc", 27}, {"md", 24}, {"me", 22}, {"mk", 19}, {"mn", 20}, {"mr", 27},
        {"mt", 31}, {"mu", 30}, {"ni", 28}, {"nl", 18}, {"no", 15}, {"om", 23}, {"pk", 24}, {"pl", 28},
        {"ps", 29}, {"pt", 25}, {"qa", 29}, {"ro", 24}, {"rs", 22}, {"ru", 33}, {"sa", 24}, {"sc", 31},
        {"sd", 18}, {"se", 24}, {"si", 19}, {"sk", 24}, {"sm", 27}, {"so", 23}, {"st", 25}, {"sv", 28},
        {"tl", 23}, {"tn", 24}, {"tr", 26}, {"ua", 29}, {"va", 22}, {"vg", 24}, {"xk", 20}};
    for (const auto& [country, length] : kLengths) {
        if (country[0] == a && country[1] == b)
            return length;
    }
    return 0;
}

bool ibanAt(std::string_view text, std::size_t begin)
{
    const std::size_t length = ibanLength(text[begin], text[begin + 1]);
    if (length == 0)
        return false;
    std::array<char, 34> characters{};
    std::size_t count = 0;
    std::size_t i = begin;
    while (count < length && i < text.size()) {
        if (isAlnum(text[i]))
            characters[count++] = text[i];
        else if ((text[i] != ' ' && text[i] != '-') || i + 1 >= text.size() || !isAlnum(text[i + 1]))
            return false;
        ++i;
    }
    if (count < length || !noWordAt(text, i))
        return false;
    int rest = 0;
    for (std::size_t k = 0; k < length; ++k) {
        const char c = characters[(k + 4) % length]; // country and check digits go to the end
        rest = isDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'a' + 10)) % 97;
    }
    return rest == 1;
}

bool hasIban(std::string_view text)
{
    for (std::size_t i = 0; i + 14 < text.size(); ++i) {
        if (isLowerLetter(text[i]) && isLowerLetter(text[i + 1]) && isDigit(text[i + 2]) && isDigit(text[i + 3]) &&
            (i == 0 || noWordAt(text, i - 1)) && ibanAt(text, i))
            return true;
    }
    return false;
}

// --- IP addresses

bool isIpv4(std::string_view token)
{
    int octets = 0;
    std::size_t i = 0;
    while (true) {
        const std::size_t begin = i;
        int value = 0;
        while (i < token.size() && isDigit(token[i]) && i - begin < 3)
            value = value * 10 + (token[i++] - '0');
        if (i == begin || value > 255)
            return false;
        ++octets;
        if (i == token.size())
            return octets == 4;
        if (token[i++] != '.' || octets == 4)
            return false;
    }
}

bool isIpv6(std::string_view token)
{
    int groups = 0;
    bool shortened = false;
    bool digit = false;
    std::size_t i = 0;
    if (token.substr(0, 2) == "::") {
        shortened = true;
        i = 2;
    } else if (token.front() == ':') {
        return false;
    }
    while (i < token.size()) {
        const std::size_t begin = i;
        while (i < token.size() && isHex(token[i])) {
            digit = digit || isDigit(token[i]);
            ++i;
        }
        if (i < token.size() && token[i] == '.') { // the last 32 bits as an IPv4 address
            if (!isIpv4(token.substr(begin)))
                return false;
            groups += 2;
            break;
        }
        if (i == begin || i - begin > 4)
            return false;
        ++groups;
        if (i == token.size())
            break;
        if (token[i++] != ':')
            return false;
        if (i < token.size() && token[i] == ':') {
            if (shortened)
                return false;
            shortened = true;
            ++i;
        } else if (i == token.size()) {
            return false;
        }
    }
    // Without a digit "a::b" is more likely a name in a program.
    return digit && groups > 0 && (shortened ? groups < 8 : groups == 8);
}

/// Calls `fits(token)` for every longest run of characters that are `part`, until it says yes. A full stop or
/// colon at a run's end is the sentence's.
template <class Part, class Fits>
bool anyToken(std::string_view text, Part part, Fits fits)
{
    constexpr std::size_t kLongest = 64;
    for (std::size_t i = 0; i < text.size();) {
        if (!part(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && part(text[end]))
            ++end;
        std::string_view token = text.substr(i, end - i);
        const bool alone = (i == 0 || noWordAt(text, i - 1)) && noWordAt(text, end);
        while (!token.empty() && (token.back() == '.' || (token.back() == ':' && !token.ends_with("::"))))
            token.remove_suffix(1);
        if (alone && !token.empty() && token.size() <= kLongest && fits(token))
            return true;
        i = end;
    }
    return false;
}

bool hasIpAddress(std::string_view text)
{
    return anyToken(
               text, [](char c) { return isDigit(c) || c == '.'; }, isIpv4) ||
           anyToken(text, [](char c) { return isHex(c) || c == ':' || c == '.'; }, isIpv6);
}

} // namespace

PiiKinds piiKindFrom(std::string_view name)
{
    static constexpr std::pair<std::string_view, PiiKinds> kNames[] = {
        {"email", pii::kEmail}, {"phone", pii::kPhone},          {"card", pii::kCard}, {"iban", pii::kIban},
        {"ssn", pii::kSsn},     {"ip_address", pii::kIpAddress}, {"any", pii::kAny}};
    for (const auto& [known, kind] : kNames) {
        if (known == name)
            return kind;
    }
    return 0;
}

PiiKinds findPii(std::string_view folded)
{
    PiiKinds found = inDigitGroups(folded);
    if (hasEmail(folded))
        found |= pii::kEmail;
    if (hasPhone(folded))
        found |= pii::kPhone;
    if (hasIban(folded))
        found |= pii::kIban;
    if (hasIpAddress(folded))
        found |= pii::kIpAddress;
    return found;
}

} // namespace signalbox
