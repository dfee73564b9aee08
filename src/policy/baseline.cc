#include "policy/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "base/sort_distinct.h"
#include "base/text.h"
#include "base/utf8.h"

namespace headwater::policy {
namespace {

constexpr std::string_view kSchema = "# headwater-baseline/";
constexpr std::string_view kFirstLine = "# headwater-baseline/1";
constexpr std::string_view kDeep = " --deep";
constexpr std::string_view kHelp =
    "# What is known, one finding a line: `headwater check` fails on others alone.\n"
    "# `headwater baseline update` takes out what is fixed and adds what is new.\n"
    "# In a merge, keep the lines of both sides; their order does not matter.\n";

bool is_plain(std::string_view word) {
  const auto is_special = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7F || c == '"' || c == '\\';
  };
  return !word.empty() && word[0] != '#' && word != "-" && word != "<-" &&
         std::ranges::none_of(word, is_special) && is_utf8(word);
}

std::string quoted(std::string_view word) {
  const bool is_text = is_utf8(word);
  std::string text = "\"";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < ' ' || byte == 0x7F || (byte >= 0x80 && !is_text)) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += c;
    }
  }
  return text + '"';
}

std::string word_of(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted(text);
}

std::optional<uint32_t> number(std::string_view digits, int base = 10) {
  uint32_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, value, base);
  if (digits.empty() || error != std::errc() || rest != end) return std::nullopt;
  return value;
}

struct Word {
  std::string text;
  bool is_quoted = false;
};

/// Takes the word in quotes that `rest` begins with.
std::optional<Word> take_quoted(std::string_view& rest) {
  Word word{{}, true};
  for (size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      if (!rest.empty() && rest[0] != ' ') return std::nullopt;
      return word;
    }
    if (rest[i] != '\\') {
      word.text += rest[i];
    } else if (rest.substr(i).starts_with("\\x") && i + 3 < rest.size()) {
      const auto byte = number(rest.substr(i + 2, 2), 16);
      if (!byte) return std::nullopt;
      word.text += static_cast<char>(*byte);
      i += 3;
    } else if (++i < rest.size() && (rest[i] == '"' || rest[i] == '\\')) {
      word.text += rest[i];
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::vector<Word>> words_of(std::string_view line) {
  std::vector<Word> words;
  for (std::string_view rest = trimmed(line); !rest.empty(); rest = trimmed(rest)) {
    if (rest[0] != '"') {
      const std::string_view word = rest.substr(0, rest.find(' '));
      words.push_back({std::string(word)});
      rest.remove_prefix(word.size());
      continue;
    }
    auto word = take_quoted(rest);
    if (!word) return std::nullopt;
    words.push_back(*std::move(word));
  }
  return words;
}

bool is_code(std::string_view text) {
  return text.size() == 5 && text.starts_with("HW") && number(text.substr(2));
}

std::optional<BaselineEntry> parse_entry(std::string_view line) {
  const auto words = words_of(line);
  if (!words || words->size() < 3 || !is_code((*words)[1].text)) return std::nullopt;
  const auto is_sign = [&](size_t at, std::string_view sign) {
    return at < words->size() && !(*words)[at].is_quoted && (*words)[at].text.starts_with(sign);
  };
  BaselineEntry entry;
  entry.file = (*words)[0].text;
  entry.code = (*words)[1].text;
  const bool has_module = (*words)[2].is_quoted || (*words)[2].text != "-";
  if (has_module) entry.module = (*words)[2].text;
  size_t at = 3;
  if (at < words->size() && !is_sign(at, "#") && !is_sign(at, "<-")) {
    entry.name = (*words)[at++].text;
  }
  if (is_sign(at, "#")) {
    const auto ordinal = number(std::string_view((*words)[at++].text).substr(1));
    if (!ordinal || *ordinal == 0) return std::nullopt;
    entry.ordinal = *ordinal;
  }
  if (is_sign(at, "<-") && at + 1 < words->size()) {
    entry.cause = (*words)[at + 1].text;
    at += 2;
  }
  if (at != words->size() || entry.file.empty()) return std::nullopt;
  return entry;
}

tl::unexpected<Error> malformed(const std::string& file, size_t line, std::string detail) {
  return fail(ErrorCode::kMalformed, fmt::format("{}:{}", file, line), std::move(detail));
}

tl::unexpected<Error> conflict(const std::string& file, size_t line) {
  return malformed(file, line,
                   "a merge conflict is left; keep the findings of both sides, and remove its "
                   "marks");
}

bool is_of_a_conflict(std::string_view line) {
  constexpr std::string_view kMarkers[] = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};
  return std::ranges::any_of(kMarkers,
                             [&](std::string_view marker) { return line.starts_with(marker); });
}

}  // namespace

void put_in_order(Baseline& baseline) {
  std::vector<BaselineEntry>& all = baseline.entries;
  for (BaselineEntry& entry : all) entry.ordinal = 1;
  std::ranges::sort(all);
  for (size_t i = 1; i < all.size(); ++i) {
    BaselineEntry equal = all[i - 1];
    equal.ordinal = all[i].ordinal;
    if (equal == all[i]) all[i].ordinal = all[i - 1].ordinal + 1;
  }
}

std::string line_of(const BaselineEntry& entry) {
  std::string line = fmt::format("{} {} {}", word_of(entry.file), entry.code,
                                 entry.module.empty() ? "-" : word_of(entry.module));
  if (!entry.name.empty()) line += ' ' + word_of(entry.name);
  if (entry.ordinal != 1) line += fmt::format(" #{}", entry.ordinal);
  if (!entry.cause.empty()) line += " <- " + word_of(entry.cause);
  return line;
}

std::string baseline_text(const Baseline& baseline) {
  std::string text(kFirstLine);
  if (baseline.deep) text += kDeep;
  text.append(1, '\n').append(kHelp);
  for (const BaselineEntry& entry : baseline.entries) text += line_of(entry) + '\n';
  return text;
}

Result<Baseline> parse_baseline(std::string_view text, const std::string& file) {
  const std::vector<std::string_view> lines = split_lines(text);
  const std::string_view first = lines.empty() ? std::string_view() : trimmed(lines[0]);
  Baseline baseline;
  baseline.deep = first == std::string(kFirstLine).append(kDeep);
  if (!baseline.deep && first != kFirstLine) {
    if (is_of_a_conflict(first)) return conflict(file, 1);
    const bool is_foreign = first.starts_with(kSchema);
    return malformed(
        file, 1,
        fmt::format("the first line of {} is \"{}\"; remove the file, and write it "
                    "with headwater baseline create",
                    is_foreign ? "this version's baselines" : "a baseline", kFirstLine));
  }
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (line.empty() || line[0] == '#') continue;
    auto entry = parse_entry(line);
    if (entry) {
      baseline.entries.push_back(*std::move(entry));
    } else if (is_of_a_conflict(line)) {
      return conflict(file, i + 1);
    } else {
      return malformed(file, i + 1,
                       "no finding, as FILE CODE MODULE [NAME]; remove the line, and let headwater "
                       "baseline update write it anew");
    }
  }
  sort_distinct(baseline.entries);
  return baseline;
}

}  // namespace headwater::policy
