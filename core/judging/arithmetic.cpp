// SPDX-License-Identifier: GPL-3.0-or-later
// Equations in numbers that an answer states. See checkArithmetic().
#include "judging/verifiers.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace signalbox {

namespace {

constexpr std::size_t kMostText = 1u << 20;
constexpr int kDeepest = 32;
constexpr int kMostTerms = 1000;

/// How numbers are written: 1,234.5 or 1.234,5.
enum class Style { English, German };

struct Written
{
    double value = 0;
    double halfUnit = 0.5; ///< of the last place that is shown
    bool percent = false;
    std::string unit;
    std::string_view currency; ///< its sign
};

struct Term
{
    double value = 0;
    double halfUnit = 0.5;  ///< of a lone number; 0 = it was worked out
    bool operators = false; ///< more than a lone number
    bool sums = false;      ///< + or − occurs
    bool percent = false;   ///< some number is a percentage
    bool mixedUnits = false;
    std::string unit;
    std::string_view currency; ///< of a lone number
    bool byZero = false;
    bool share = false;        ///< so many percent of something
};

/// Typographic operators made plain, emphasis and LaTeX's delimiters dropped. Code is left out: there "="
/// assigns.
std::string plainly(std::string_view answer)
{
    std::string out;
    bool inCode = false;
    for (const std::string_view line : splitLines(answer.substr(0, kMostText))) {
        const std::string_view text = trimmed(line);
        if (text.starts_with("```") || text.starts_with("~~~")) {
            inCode = !inCode;
        } else if (!inCode) {
            out += text;
            out += '\n';
        }
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kPlain = {
        {{"×", "*"},
         {"⋅", "*"},
         {"·", "*"},
         {"∙", "*"},
         {"÷", "/"},
         {"∕", "/"},
         {"−", "-"},
         {"–", "-"},
         {"\\times", "*"},
         {"\\cdot", "*"},
         {"\\div", "/"},
         {"\\approx", "~"},
         {"≈", "~"},
         {"\xC2\xA0", " "},
         {"\xE2\x80\xAF", "'"},
         {"\xE2\x80\x89", "'"},
         {"\\,", ""},
         {"**", ""},
         {"__", ""},
         {"`", ""},
         {"’", "'"}}};
    std::string plain;
    plain.reserve(out.size());
    for (std::size_t at = 0; at < out.size();) {
        const auto one = std::ranges::find_if(
            kPlain, [&](const auto& p) { return out.compare(at, p.first.size(), p.first) == 0; });
        if (one == kPlain.end()) {
            plain += out[at++];
        } else if (one->first == "**" && at > 0 && isDigit(out[at - 1]) && at + 2 < out.size() &&
                   isDigit(out[at + 2])) {
            plain += '^';
            at += 2;
        } else {
            plain += one->second;
            at += one->first.size();
        }
    }
    return plain;
}

bool isWordLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Currency signs before or after a number say nothing of its value.
std::size_t currencyAt(std::string_view text, std::size_t at)
{
    for (const std::string_view sign : {"$", "€", "£", "¥"}) {
        if (text.compare(at, sign.size(), sign) == 0)
            return sign.size();
    }
    return 0;
}

class Reader
{
public:
    Reader(std::string_view text, std::size_t at, Style style) : m_text(text), m_at(at), m_style(style) {}

    std::size_t at() const { return m_at; }

    /// Sums of products of powers.
    bool expression(Term& out, int depth = 0)
    {
        if (depth > kDeepest || !product(out, depth))
            return false;
        while (const char op = operatorNext("+-")) {
            Term right;
            if (++m_terms > kMostTerms || !product(right, depth))
                return false;
            out.mixedUnits = out.mixedUnits || right.mixedUnits || out.unit != right.unit;
            join(out, right);
            out.sums = true;
            out.value += op == '+' ? right.value : -right.value;
        }
        return true;
    }

    /// "=" or "~" (about), and past it; 0 when neither follows, or one that compares ("==", "=>").
    char equals()
    {
        spaces();
        if (m_at >= m_text.size() || (m_text[m_at] != '=' && m_text[m_at] != '~'))
            return 0;
        const char next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : ' ';
        if (next == '=' || next == '>' || next == '<')
            return 0;
        return m_text[m_at++];
    }

    /// "is", and past it, where a number follows: "20 % of 80 is 16".
    bool is()
    {
        const std::size_t before = m_at;
        for (const std::string_view word : {" is ", " ist ", " sind ", " are "}) {
            if (m_text.compare(m_at, word.size(), word) != 0)
                continue;
            m_at += word.size();
            spaces();
            if (m_at < m_text.size() && (isDigit(m_text[m_at]) || currencyAt(m_text, m_at) > 0))
                return true;
            m_at = before;
        }
        return false;
    }

    /// True when the term really ends here: no operator follows, and no variable.
    bool ends()
    {
        const std::size_t before = m_at;
        spaces();
        const char next = m_at < m_text.size() ? m_text[m_at] : '\n';
        bool open = std::string_view("({[\\_").find(next) != std::string_view::npos;
        if (std::string_view("+-*/^").find(next) != std::string_view::npos) {
            // An operator before a variable goes on; a dash before a word is punctuation.
            const std::size_t after = std::min(m_text.find_first_not_of(' ', m_at + 1), m_text.size());
            const char first = after < m_text.size() ? m_text[after] : '\n';
            const bool word = after + 1 < m_text.size() && isWordLetter(m_text[after + 1]);
            open = isDigit(first) || first == '(' || first == '\\' || (isWordLetter(first) && !word);
        }
        m_at = before;
        return !open;
    }

private:
    void spaces()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
            ++m_at;
    }

    static void join(Term& out, const Term& right)
    {
        out.operators = true;
        out.halfUnit = 0;
        out.percent = out.percent || right.percent;
        out.byZero = out.byZero || right.byZero;
        out.sums = out.sums || right.sums;
        if (out.unit.empty())
            out.unit = right.unit;
    }

    /// One of these operators, past it; an "x" between numbers multiplies.
    char operatorNext(std::string_view which)
    {
        const std::size_t before = m_at;
        spaces();
        if (m_at < m_text.size()) {
            char c = m_text[m_at];
            const std::size_t after = std::min(m_text.find_first_not_of(' ', m_at + 1), m_text.size());
            if ((c == 'x' || c == 'X') && after < m_text.size() && isDigit(m_text[after]))
                c = '*';
            if (c == ':' && m_at > before && after > m_at + 1) // "12 : 4", spaces on both sides
                c = '/';
            const bool operand = after < m_text.size() &&
                                 (isDigit(m_text[after]) || m_text[after] == '(' || m_text[after] == '-' ||
                                  m_text[after] == '+' || currencyAt(m_text, after) > 0);
            if (operand && which.find(c) != std::string_view::npos) {
                ++m_at;
                return c;
            }
        }
        m_at = before;
        return 0;
    }

    /// "of" before a number, and past it.
    bool ofFollows()
    {
        for (const std::string_view word : {" of ", " von "}) {
            const std::size_t after = m_at + word.size();
            if (m_text.compare(m_at, word.size(), word) == 0 && after < m_text.size() &&
                (isDigit(m_text[after]) || currencyAt(m_text, after) > 0)) {
                m_at = after;
                return true;
            }
        }
        return false;
    }

    bool product(Term& out, int depth)
    {
        if (!power(out, depth))
            return false;
        if (out.percent && !out.operators && ofFollows()) {
            Term whole;
            if (++m_terms > kMostTerms || !power(whole, depth) || whole.percent)
                return false;
            join(out, whole);
            out.value *= whole.value;
            out.percent = false;
            out.share = true;
        }
        while (const char op = operatorNext("*/")) {
            Term right;
            if (++m_terms > kMostTerms || !power(right, depth))
                return false;
            out.mixedUnits = out.mixedUnits || right.mixedUnits;
            join(out, right);
            if (op == '*') {
                out.value *= right.value;
            } else if (right.value == 0) {
                out.byZero = true;
            } else {
                out.value /= right.value;
            }
        }
        return true;
    }

    bool power(Term& out, int depth)
    {
        if (!factor(out, depth))
            return false;
        if (operatorNext("^") != 0) {
            Term exponent;
            if (!power(exponent, depth + 1))
                return false;
            join(out, exponent);
            out.value = std::pow(out.value, exponent.value);
        }
        return true;
    }

    bool factor(Term& out, int depth)
    {
        spaces();
        if (depth > kDeepest || m_at >= m_text.size())
            return false;
        if (m_text[m_at] == '-' || m_text[m_at] == '+') {
            const bool minus = m_text[m_at++] == '-';
            if (!factor(out, depth + 1))
                return false;
            out.value = minus ? -out.value : out.value;
            return true;
        }
        if (m_text[m_at] == '(') {
            ++m_at;
            if (!expression(out, depth + 1))
                return false;
            spaces();
            if (m_at >= m_text.size() || m_text[m_at] != ')')
                return false;
            ++m_at;
            return true;
        }
        Written number;
        if (!written(number))
            return false;
        out.value = number.percent ? number.value / 100 : number.value;
        out.halfUnit = number.percent ? number.halfUnit / 100 : number.halfUnit;
        out.percent = number.percent;
        out.unit = number.unit;
        out.currency = number.currency;
        return true;
    }

    bool written(Written& out)
    {
        if (const std::size_t sign = currencyAt(m_text, m_at)) {
            out.currency = m_text.substr(m_at, sign);
            m_at += sign;
            spaces();
        }
        std::string digits;
        const char point = m_style == Style::English ? '.' : ',';
        const char group = m_style == Style::English ? ',' : '.';
        bool decimals = false;
        std::size_t places = 0;
        std::size_t sinceGroup = 0;
        bool grouped = false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const bool digitFollows = m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]);
            if (isDigit(c)) {
                digits += c;
                places += decimals;
                ++sinceGroup;
            } else if (c == point && digitFollows && !digits.empty()) {
                if (decimals || (grouped && sinceGroup != 3))
                    return false;
                digits += '.';
                decimals = true;
            } else if ((c == group || c == '\'') && digitFollows && !digits.empty()) {
                if (decimals || digits.size() > (grouped ? 30u : 3u) || (grouped && sinceGroup != 3))
                    return false; // a version, a date: no number
                grouped = true;
                sinceGroup = 0;
            } else {
                break;
            }
            ++m_at;
        }
        if (digits.empty() || digits.size() > 30 || (grouped && !decimals && sinceGroup != 3))
            return false;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), out.value).ec != std::errc())
            return false;
        out.halfUnit = 0.5 * std::pow(10.0, -static_cast<double>(places));
        if (m_at < m_text.size() && (m_text[m_at] == ':' || m_text[m_at] == '_'))
            return m_at + 1 >= m_text.size() || !isDigit(m_text[m_at + 1]); // not a time of day
        return suffix(out);
    }

    /// A percent sign, a currency sign, a unit.
    bool suffix(Written& out)
    {
        std::size_t at = m_at;
        while (at < m_text.size() && m_text[at] == ' ')
            ++at;
        if (at >= m_text.size())
            return true;
        if (m_text[at] == '%') {
            out.percent = true;
            m_at = at + 1;
            return true;
        }
        if (const std::size_t sign = currencyAt(m_text, at)) {
            // "$2 + $3": here the sign belongs to what comes before it, unless a digit follows.
            if (at + sign >= m_text.size() || !isDigit(m_text[at + sign])) {
                m_at = at + sign;
                out.currency = m_text.substr(at, sign);
            }
            return true;
        }
        if (!isWordLetter(m_text[at]))
            return true;
        std::size_t end = at;
        while (end < m_text.size() && isWordLetter(m_text[end]))
            ++end;
        std::string word = toLowerAscii(m_text.substr(at, end - at));
        if (word == "x" || word == "of" || word == "and" || word == "und" || word == "von")
            return word != "of" && word != "von" && at != m_at; // "2x" is a variable, "20 % of" a sentence
        for (const std::string_view scale :
             {"k", "thousand", "million", "billion", "trillion", "mio", "mrd", "tsd", "tausend", "millionen",
              "milliarden", "m", "bn", "b", "dozen", "hundred", "e", "i"}) {
            if (word == scale)
                return word == "m" && at != m_at; // "5 m" are metres, "5m" may be millions
        }
        if (end - at > 12)
            return true;
        if (word.size() == 1 && at == m_at &&
            std::string_view("mshgljwva").find(word[0]) == std::string_view::npos)
            return false; // a variable
        // Only what an operator or an equals sign follows is a unit; else the sentence goes on.
        std::size_t next = end;
        if (next < m_text.size() && m_text[next] == '/' && next + 1 < m_text.size() &&
            isWordLetter(m_text[next + 1])) {
            for (++next; next < m_text.size() && isWordLetter(m_text[next]);)
                ++next;
            word += m_text.substr(end, next - end);
        }
        const std::size_t unitEnd = next;
        while (next < m_text.size() && m_text[next] == ' ')
            ++next;
        const bool goesOn =
            next < m_text.size() && std::string_view("+-*/=~").find(m_text[next]) != std::string_view::npos;
        if (word.size() > 1 && word.back() == 's' && word.size() > 3)
            word.pop_back(); // 1 apple + 2 apples
        if (goesOn || m_afterEquals) {
            out.unit = word;
            m_at = unitEnd;
        }
        return true;
    }

public:
    void afterEquals() { m_afterEquals = true; }

private:
    std::string_view m_text;
    std::size_t m_at;
    Style m_style;
    bool m_afterEquals = false;
    int m_terms = 0;
};

enum class Holds { Yes, No, Unclear };

/// Two numbers in a chain that has worked something out: "2 + 2 = 4 = 5". Of different units it converts.
Holds compareNumbers(const Term& left, const Term& right, bool about)
{
    const bool converts = left.unit != right.unit || left.currency != right.currency;
    if (converts || left.percent != right.percent)
        return Holds::Unclear;
    const double allowed = std::max({std::abs(left.value) * (about ? 0.05 : 1e-9), left.halfUnit, right.halfUnit}) * 1.000001;
    return std::abs(left.value - right.value) <= allowed ? Holds::Yes : Holds::No;
}

/// Whether `right` may stand after the equals sign behind `left`. `workedOut`: something before them was.
Holds compare(const Term& left, const Term& right, bool about, bool workedOut)
{
    if (!left.operators && !right.operators) // "x = 3 = 4" says nothing that could be worked out
        return workedOut ? compareNumbers(left, right, about) : Holds::Unclear;
    const bool unitsDiffer =
        left.sums && !left.unit.empty() && !right.unit.empty() && left.unit != right.unit;
    const bool percentOfWhat =
        (left.sums && left.percent) || (right.sums && right.percent) || left.percent != right.percent;
    if (left.mixedUnits || right.mixedUnits || unitsDiffer)
        return Holds::Unclear;
    if (left.byZero || right.byZero)
        return Holds::No;
    if (!std::isfinite(left.value) || !std::isfinite(right.value))
        return Holds::Unclear;
    double allowed = std::max(std::abs(left.value), std::abs(right.value)) * (about ? 0.05 : 1e-9);
    if (!right.operators)
        allowed = std::max(allowed, right.halfUnit * 1.000001);
    else if (!left.operators)
        allowed = std::max(allowed, left.halfUnit * 1.000001);
    if (std::abs(left.value - right.value) <= allowed)
        return Holds::Yes;
    return percentOfWhat ? Holds::Unclear : Holds::No;
}

struct Stated
{
    Holds holds = Holds::Unclear;
    std::size_t end = 0; ///< where the equation ends; 0 = there is none
};

Stated statedAt(std::string_view text, std::size_t at, Style style)
{
    Stated stated;
    Reader reader(text, at, style);
    Term left;
    if (!reader.expression(left))
        return stated;
    bool workedOut = false;
    for (;;) {
        const bool said = left.share && reader.is();
        const char sign = said ? '=' : reader.equals();
        if (sign == 0)
            break;
        reader.afterEquals();
        Term right;
        if (!reader.expression(right) || !reader.ends() || (said && right.operators)) // "is 15-25" is a range
            return stated;
        const Holds one = compare(left, right, sign == '~', workedOut);
        workedOut = workedOut || left.operators || right.operators;
        if (stated.end == 0 || one == Holds::No || stated.holds == Holds::Unclear)
            stated.holds = stated.holds == Holds::No ? Holds::No : one;
        stated.end = reader.at();
        left = right;
        left.halfUnit = right.halfUnit;
    }
    return stated;
}

/// A number or a parenthesis that nothing before it belongs to.
bool mayBegin(std::string_view text, std::size_t at)
{
    const char c = text[at];
    const bool sign = c == '-' && at + 1 < text.size() && isDigit(text[at + 1]);
    if (!sign && !isDigit(c) && c != '(' && currencyAt(text, at) == 0)
        return false;
    if (at == 0)
        return true;
    const char touching = text[at - 1];
    if (isDigit(touching) || isWordLetter(touching) ||
        std::string_view(".,'_{[^\\:/").find(touching) != std::string_view::npos)
        return false;
    std::size_t before = at;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t'))
        --before;
    if (before == 0 || text[before - 1] == '\n')
        return true;
    const char last = text[before - 1];
    if (sign) // a dash may as well stand between words
        return std::string_view(":=(").find(last) != std::string_view::npos;
    if (std::string_view("+*/^=~-)").find(last) == std::string_view::npos)
        return true;
    // A list's bullet is no operator; "=" may stand before what is then worked out.
    const bool lineBegins = before == 1 || text[before - 2] == '\n';
    return last == '=' || (lineBegins && before < at && (last == '*' || last == '-' || last == '+'));
}

} // namespace

Check checkArithmetic(std::string_view answer)
{
    Check check;
    check.threshold = 1;
    const std::string text = plainly(answer);
    int stated = 0;
    int held = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!mayBegin(text, at))
            continue;
        const Stated english = statedAt(text, at, Style::English);
        const Stated german = statedAt(text, at, Style::German);
        const std::size_t end = std::max(english.end, german.end);
        if (end == 0)
            continue;
        const auto is = [&](Holds h) {
            return (english.end != 0 && english.holds == h) || (german.end != 0 && german.holds == h);
        };
        if (is(Holds::Yes) || is(Holds::No)) {
            const bool fine = is(Holds::Yes);
            ++stated;
            held += fine;
            if (!fine && check.explanation.empty())
                check.explanation =
                    "This does not hold: " +
                    toValidUtf8(std::string_view(text).substr(at, std::min<std::size_t>(end - at, 120))) +
                    ".";
        }
        at = end - 1;
    }
    if (stated > 0)
        check.score = static_cast<double>(held) / stated;
    check.fires = held < stated;
    if (stated == 0)
        check.explanation = "The answer states nothing that could be worked out.";
    else if (!check.fires)
        check.explanation =
            stated == 1 ? "The equation holds." : "All " + std::to_string(stated) + " equations hold.";
    return check;
}

} // namespace signalbox
