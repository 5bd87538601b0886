// SPDX-License-Identifier: GPL-3.0-or-later
// Code blocks of an answer: brackets, quotes and comments, or JSON. See checkCode().
#include "judging/verifiers.h"

#include "base/text.h"
#include "judging/strict_json.h"

#include <map>

namespace signalbox {

namespace {

struct CodeBlock
{
    std::string language; ///< lower case; "" = not named
    std::string_view text;
    std::size_t line = 0; ///< of the answer, where the fence stands
    bool closed = false;
};

/// How much of a fence ("```", "~~~~") the line begins with; 0 = it is none.
std::size_t fenceOf(std::string_view line)
{
    if (line.empty() || (line[0] != '`' && line[0] != '~'))
        return 0;
    const std::size_t end = std::min(line.find_first_not_of(line[0]), line.size());
    return end >= 3 ? end : 0;
}

std::vector<CodeBlock> codeBlocksOf(std::string_view answer)
{
    std::vector<CodeBlock> blocks;
    std::string_view opening; // the fence that is open
    std::size_t from = 0;
    std::size_t line = 0;
    for (std::size_t at = 0; at < answer.size();) {
        const std::size_t end = std::min(answer.find('\n', at), answer.size());
        const std::string_view text = trimmed(answer.substr(at, end - at));
        const std::size_t fence = fenceOf(text);
        ++line;
        if (fence > 0 && opening.empty()) {
            const std::string_view info = trimmed(text.substr(fence));
            if (text[0] != '`' || info.find('`') == std::string_view::npos) { // else it is code within a line
                opening = text.substr(0, fence);
                from = std::min(end + 1, answer.size());
                const std::size_t word = info.find_first_of(" \t{,:");
                blocks.push_back({toLowerAscii(info.substr(0, word)), answer.substr(from), line, false});
            }
        } else if (fence >= opening.size() && !opening.empty() && text[0] == opening[0] &&
                   text.size() == fence) {
            blocks.back().text = answer.substr(from, at - from);
            blocks.back().closed = true;
            opening = {};
        }
        at = end + 1;
    }
    return blocks;
}

enum class Family { Unknown, Json, Python, Script, Sql, C, Rust, Go };

Family familyOf(const std::string& language)
{
    static const std::map<std::string, Family> kFamilies = {{"json", Family::Json},
                                                            {"python", Family::Python},
                                                            {"py", Family::Python},
                                                            {"python3", Family::Python},
                                                            {"javascript", Family::Script},
                                                            {"js", Family::Script},
                                                            {"typescript", Family::Script},
                                                            {"ts", Family::Script},
                                                            {"mjs", Family::Script},
                                                            {"sql", Family::Sql},
                                                            {"postgresql", Family::Sql},
                                                            {"mysql", Family::Sql},
                                                            {"sqlite", Family::Sql},
                                                            {"c", Family::C},
                                                            {"h", Family::C},
                                                            {"cpp", Family::C},
                                                            {"c++", Family::C},
                                                            {"hpp", Family::C},
                                                            {"java", Family::C},
                                                            {"cs", Family::C},
                                                            {"csharp", Family::C},
                                                            {"c#", Family::C},
                                                            {"kotlin", Family::C},
                                                            {"swift", Family::C},
                                                            {"rust", Family::Rust},
                                                            {"rs", Family::Rust},
                                                            {"go", Family::Go},
                                                            {"golang", Family::Go}};
    const auto found = kFamilies.find(language);
    return found == kFamilies.end() ? Family::Unknown : found->second;
}

bool isWordChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
}

/// Walks code and keeps the brackets that are open.
class BracketWalk
{
public:
    BracketWalk(std::string_view code, Family family) : m_code(code), m_family(family) {}

    /// "" when all is closed.
    std::string problem()
    {
        while (m_at < m_code.size()) {
            if (!skipComment() && !skipText())
                bracket();
            if (!m_problem.empty())
                return m_problem;
        }
        if (!m_open.empty())
            return std::string("\"") + m_open.back().bracket + "\" of line " +
                   std::to_string(m_open.back().line) + " is never closed";
        return {};
    }

private:
    struct Open
    {
        char bracket;
        int line;
        bool ofTemplate; ///< "${" within a template literal
    };

    bool starts(std::string_view what) const { return m_code.substr(m_at, what.size()) == what; }
    void step(std::size_t many = 1)
    {
        for (; many > 0 && m_at < m_code.size(); --many) {
            const char c = m_code[m_at++];
            if (c == '\n')
                ++m_line;
            else if (c != ' ' && c != '\t' && c != '\r')
                m_last = c;
        }
    }
    void toLineEnd() { m_at = std::min(m_code.find('\n', m_at), m_code.size()); }
    /// Past the next `end`; says what was never closed.
    void past(std::size_t opening, std::string_view end, const char* what)
    {
        const int line = m_line;
        const std::size_t found = m_code.find(end, m_at + opening);
        if (found == std::string_view::npos)
            m_problem = std::string(what) + " of line " + std::to_string(line) + " is never closed";
        else
            step(found + end.size() - m_at);
    }

    bool skipComment()
    {
        const bool slashes = m_family == Family::Script || m_family == Family::C ||
                             m_family == Family::Rust || m_family == Family::Go;
        if ((m_family == Family::Python && starts("#")) || (m_family == Family::Sql && starts("--")) ||
            (slashes && starts("//"))) {
            toLineEnd();
            return true;
        }
        if ((slashes || m_family == Family::Sql) && starts("/*")) {
            past(2, "*/", "A comment");
            return true;
        }
        return false;
    }

    bool skipText()
    {
        const char c = m_code[m_at];
        if (c == '/' && m_family == Family::Script && regexMayStart())
            return skipRegex();
        if (m_family == Family::Sql && starts("$$")) {
            past(2, "$$", "A text");
            return true;
        }
        if (c == '`' && m_family == Family::Script) {
            step();
            inTemplate();
            return true;
        }
        if (c == '`' && (m_family == Family::Go || m_family == Family::Sql)) {
            past(1, "`", "A quote");
            return true;
        }
        if (c != '"' && c != '\'')
            return false;
        if (m_family == Family::Sql) {
            past(1, std::string_view(&m_code[m_at], 1), "A quote"); // a doubled quote ends and begins again
            return true;
        }
        if (c == '\'' && m_family != Family::Python && m_family != Family::Script && !isCharacter())
            return false;
        if (m_family == Family::C && c == '"' && m_at > 0 &&
            (m_code[m_at - 1] == 'R' || m_code[m_at - 1] == '@'))
            return skipRaw();
        const std::string triple(3, c);
        if (m_family != Family::Script && starts(triple)) {
            past(3, triple, "A quote");
            return true;
        }
        skipQuoted(c, m_family == Family::Rust);
        return true;
    }

    /// 'x' and '\n', but neither a lifetime nor a digit separator.
    bool isCharacter() const
    {
        if (m_at > 0 && isWordChar(m_code[m_at - 1]) && isDigit(m_code[m_at - 1]))
            return false;
        if (m_family != Family::Rust)
            return true;
        const std::string_view rest = m_code.substr(m_at + 1, 6);
        return !rest.empty() &&
               (rest[0] == '\\' || (rest.find('\'') != std::string_view::npos && rest.find('\'') <= 4 &&
                                    !(isWordChar(rest[0]) && rest.find('\'') > 1)));
    }

    bool skipRaw()
    {
        if (m_code[m_at - 1] == '@') {
            past(1, "\"", "A quote"); // a doubled quote ends and begins again
            return true;
        }
        const std::size_t bracket = m_code.find('(', m_at);
        if (bracket == std::string_view::npos || bracket - m_at > 17) {
            m_problem = "A raw string of line " + std::to_string(m_line) + " has no delimiter";
            return true;
        }
        const std::string end = ")" + std::string(m_code.substr(m_at + 1, bracket - m_at - 1)) + "\"";
        past(bracket + 1 - m_at, end, "A raw string");
        return true;
    }

    void skipQuoted(char quote, bool overLines)
    {
        const int line = m_line;
        step();
        while (m_at < m_code.size()) {
            const char c = m_code[m_at];
            if (c == '\\') {
                step(2);
                continue;
            }
            if (c == '\n' && !overLines)
                break;
            step();
            if (c == quote)
                return;
        }
        m_problem = "A quote of line " + std::to_string(line) + " is never closed";
    }

    /// Within a template literal, up to its end or to the code of a "${".
    void inTemplate()
    {
        const int line = m_line;
        while (m_at < m_code.size()) {
            if (m_code[m_at] == '\\') {
                step(2);
            } else if (starts("${")) {
                step(2);
                m_open.push_back({'{', m_line, true});
                return;
            } else {
                const bool ends = m_code[m_at] == '`';
                step();
                if (ends)
                    return;
            }
        }
        m_problem = "A template of line " + std::to_string(line) + " is never closed";
    }

    /// A slash after a value divides, else it begins a regular expression. "return /x/" is the one word we
    /// know.
    bool regexMayStart() const
    {
        if (m_last == 0 || std::string_view("(,=:[!&|?{};+-*%<>~^").find(m_last) != std::string_view::npos)
            return true;
        const std::string_view before = trimmed(m_code.substr(0, m_at));
        return before.size() >= 6 && before.substr(before.size() - 6) == "return";
    }

    bool skipRegex()
    {
        bool inClass = false;
        for (std::size_t i = m_at + 1; i < m_code.size() && m_code[i] != '\n'; ++i) {
            if (m_code[i] == '\\')
                ++i;
            else if (m_code[i] == '[')
                inClass = true;
            else if (m_code[i] == ']')
                inClass = false;
            else if (m_code[i] == '/' && !inClass) {
                step(i + 1 - m_at);
                return true;
            }
        }
        return false; // it was a division after all
    }

    void bracket()
    {
        const char c = m_code[m_at];
        if (c == '(' || c == '[' || c == '{') {
            m_open.push_back({c, m_line, false});
        } else if (c == ')' || c == ']' || c == '}') {
            const char opening = c == ')' ? '(' : c == ']' ? '[' : '{';
            if (m_open.empty() || m_open.back().bracket != opening) {
                m_problem =
                    std::string("\"") + c + "\" of line " + std::to_string(m_line) + " closes nothing";
                return;
            }
            const bool ofTemplate = m_open.back().ofTemplate;
            m_open.pop_back();
            if (ofTemplate) {
                step();
                inTemplate();
                return;
            }
        }
        step();
    }

    std::string_view m_code;
    Family m_family;
    std::size_t m_at = 0;
    int m_line = 1;
    char m_last = 0; ///< character before, white space apart
    std::vector<Open> m_open;
    std::string m_problem;
};

/// "" or what is wrong with the block.
std::string problemOfBlock(const CodeBlock& block, Family family)
{
    if (family != Family::Json)
        return BracketWalk(block.text, family).problem();
    std::string problem;
    return parseStrictJson(block.text, problem) ? std::string() : "it " + problem;
}

} // namespace

Check checkCode(std::string_view answer)
{
    Check check;
    check.threshold = 1;
    int checked = 0;
    int held = 0;
    int passedOver = 0;
    for (const CodeBlock& block : codeBlocksOf(answer)) {
        const Family family = familyOf(block.language);
        std::string problem = block.closed ? std::string() : "its fence is never closed";
        if (block.closed && family == Family::Unknown) {
            ++passedOver;
            continue;
        }
        if (problem.empty())
            problem = problemOfBlock(block, family);
        ++checked;
        held += problem.empty();
        if (!problem.empty() && check.explanation.empty())
            check.explanation =
                "The code block at line " + std::to_string(block.line) + " of the answer: " + problem + ".";
    }
    if (checked > 0)
        check.score = static_cast<double>(held) / checked;
    check.fires = held < checked;
    if (!check.fires) {
        check.explanation = checked == 0 ? "There is no code block that could be checked"
                                         : std::to_string(checked) + " of the code blocks " +
                                               (checked == 1 ? "was" : "were") +
                                               " checked: JSON parses, brackets pair and quotes end";
        if (passedOver > 0)
            check.explanation +=
                "; " + std::to_string(passedOver) + " in another language or none that is named";
        check.explanation += ".";
    }
    return check;
}

} // namespace signalbox
