#include "project/configuration.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "base/nearest_name.h"
#include "base/paths.h"
#include "base/text.h"
#include "model/requirement.h"

namespace headwater::project {
namespace {

using Problem = std::optional<Error>;

constexpr std::array<std::string_view, 12> kKeys = {
    "baseline",      "deferrals",      "env",   "exclude", "fail-on", "ignore", "known-modules",
    "max-file-size", "python-version", "roots", "select",  "strings"};

std::string place_of(const std::string& file, const toml::source_region& source) {
  return file + ':' + std::to_string(source.begin.line) + ':' + std::to_string(source.begin.column);
}

/// One table of settings; every reader answers the first thing that is wrong.
class SettingsReader {
 public:
  SettingsReader(std::string file, Configuration& configuration)
      : file_(std::move(file)), configuration_(configuration) {}

  Problem read(const toml::table& table) {
    for (const auto& [key, value] : table) {
      if (Problem problem = read_setting(key, value)) return problem;
    }
    return std::nullopt;
  }

 private:
  Problem read_setting(const toml::key& key, const toml::node& value) {
    const std::string_view name = key.str();
    if (name == "roots") return read_strings(name, value, configuration_.roots);
    if (name == "exclude") return read_strings(name, value, configuration_.exclude);
    if (name == "select") return read_strings(name, value, configuration_.select);
    if (name == "ignore") return read_strings(name, value, configuration_.ignore);
    if (name == "known-modules") return read_strings(name, value, configuration_.known_modules);
    if (name == "baseline") return read_string(name, value, configuration_.baseline);
    if (name == "env") return read_string(name, value, configuration_.environment);
    if (name == "python-version") return read_version(name, value);
    if (name == "max-file-size") return read_size(name, value);
    if (name == "fail-on") return read_fail_on(name, value);
    if (name == "deferrals") return read_deferrals(name, value);
    if (name == "strings") return read_string_keys(name, value);
    return unknown(key, kKeys);
  }

  Error unknown(const toml::key& key, std::span<const std::string_view> keys) const {
    const std::string_view nearest = nearest_name(key.str(), keys);
    std::string detail = "unknown key `" + std::string(key.str()) + '`';
    if (nearest.empty()) {
      detail += "; known are";
      for (const std::string_view known : keys) {
        detail += (known == keys.front() ? " " : ", ") + std::string(known);
      }
    } else {
      detail += ": did you mean `" + std::string(nearest) + "`?";
    }
    return {ErrorCode::kUsage, place_of(file_, key.source()), detail};
  }

  Error wrong(std::string_view name, const toml::node& value, const std::string& expected) const {
    return {ErrorCode::kUsage, place_of(file_, value.source()),
            '`' + std::string(name) + "` must be " + expected};
  }

  Problem read_string(std::string_view name, const toml::node& value, std::string& out) const {
    const auto text = value.value_exact<std::string>();
    if (!text) return wrong(name, value, "a string");
    out = *text;
    return std::nullopt;
  }

  Problem read_strings(std::string_view name, const toml::node& value,
                       std::vector<std::string>& out) const {
    const toml::array* array = value.as_array();
    if (array == nullptr) return wrong(name, value, "a list of strings, as [\"...\"]");
    for (const toml::node& element : *array) {
      const auto text = element.value_exact<std::string>();
      if (!text) return wrong(name, element, "a list of strings, and this is none");
      out.push_back(*text);
    }
    return std::nullopt;
  }

  Problem read_version(std::string_view name, const toml::node& value) {
    const auto text = value.value_exact<std::string>();
    if (text) configuration_.python_version = parse_python_version(*text);
    if (!configuration_.python_version) {
      return wrong(name, value, "a version in quotes, as \"3.12\"");
    }
    return std::nullopt;
  }

  /// Bytes, or a text with the units that --max-file-size takes.
  Problem read_size(std::string_view name, const toml::node& value) {
    const Error problem = wrong(name, value, "bytes, or \"64K\", \"10M\", \"1G\"");
    if (const auto bytes = value.value_exact<int64_t>()) {
      if (*bytes < 0) return problem;
      configuration_.max_file_size = static_cast<uint64_t>(*bytes);
      return std::nullopt;
    }
    const std::string text = value.value_exact<std::string>().value_or("");
    uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{}) return problem;
    const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
    const size_t power = unit.empty() ? 0 : std::string_view("KMG").find(unit) + 1;
    constexpr uint64_t kMaxCount = uint64_t{1} << 32;  // with a unit, so that nothing overflows
    if (unit.size() > 1 || (!unit.empty() && power == 0) || (power > 0 && count > kMaxCount)) {
      return problem;
    }
    configuration_.max_file_size = count << (10 * power);
    return std::nullopt;
  }

  Problem read_fail_on(std::string_view name, const toml::node& value) {
    if (Problem problem = read_string(name, value, configuration_.fail_on)) return problem;
    if (configuration_.fail_on != "fault") return wrong(name, value, "\"fault\"");
    return std::nullopt;
  }

  Problem read_deferrals(std::string_view name, const toml::node& value) {
    const toml::array* array = value.as_array();
    if (array == nullptr) return wrong(name, value, "a list of tables, as [{module = \"...\"}]");
    for (const toml::node& element : *array) {
      const toml::table* table = element.as_table();
      if (table == nullptr) return wrong(name, element, "a list of tables, and this is none");
      Deferral deferral;
      deferral.file = file_;
      deferral.line = element.source().begin.line;
      for (const auto& [key, of_key] : *table) {
        if (Problem problem = read_of_deferral(key, of_key, deferral)) return problem;
      }
      if (deferral.module.empty() && deferral.code.empty() && deferral.path.empty()) {
        return wrong(name, element, "about something: a `module`, a `code` or a `path`");
      }
      if (deferral.reason.empty()) return wrong(name, element, "given a `reason`");
      configuration_.deferrals.push_back(std::move(deferral));
    }
    return std::nullopt;
  }

  /// `class_path = "object"`: what the texts under a key of this name are.
  Problem read_string_keys(std::string_view name, const toml::node& value) {
    constexpr std::array<std::pair<std::string_view, NameUse>, 4> kUses = {
        {{"module", NameUse::kModule},
         {"object", NameUse::kObject},
         {"any", NameUse::kModuleOrObject},
         {"path", NameUse::kPath}}};
    const toml::table* table = value.as_table();
    if (table == nullptr) return wrong(name, value, "a table, as {class_path = \"object\"}");
    for (const auto& [key, of_key] : *table) {
      const std::string text = of_key.value_exact<std::string>().value_or("");
      const auto use = std::ranges::find(kUses, std::string_view(text),
                                         &std::pair<std::string_view, NameUse>::first);
      if (use == kUses.end()) {
        return wrong(key.str(), of_key, "\"object\", \"module\", \"any\" or \"path\"");
      }
      configuration_.strings.push_back({std::string(key.str()), use->second});
    }
    return std::nullopt;
  }

  Problem read_of_deferral(const toml::key& key, const toml::node& value,
                           Deferral& deferral) const {
    constexpr std::array<std::string_view, 6> kOfDeferral = {"code", "module", "owner",
                                                             "path", "reason", "until"};
    const std::string_view name = key.str();
    if (name == "code") return read_string(name, value, deferral.code);
    if (name == "module") return read_string(name, value, deferral.module);
    if (name == "owner") return read_string(name, value, deferral.owner);
    if (name == "reason") return read_string(name, value, deferral.reason);
    if (name == "until") return read_date(name, value, deferral.until);
    if (name != "path") return unknown(key, kOfDeferral);
    Problem problem = read_string(name, value, deferral.path);
    deferral.path = normalize_path(deferral.path);
    return problem;
  }

  /// In quotes, or as TOML's own date.
  Problem read_date(std::string_view name, const toml::node& value, std::string& out) const {
    if (const auto day = value.value_exact<toml::date>()) {
      const auto padded = [](unsigned number, size_t width) {
        const std::string digits = std::to_string(number);
        return std::string(width - std::min(width, digits.size()), '0') + digits;
      };
      out = padded(day->year, 4) + '-' + padded(day->month, 2) + '-' + padded(day->day, 2);
      return std::nullopt;
    }
    out = value.value_exact<std::string>().value_or("");
    if (!is_date(out)) return wrong(name, value, "a date, as \"2027-01-31\"");
    return std::nullopt;
  }

  const std::string file_;
  Configuration& configuration_;
};

/// The settings in `file`; `table` is "" or where they lie. Empty if the table is not there.
Result<Configuration> read_settings(const std::string& text, const std::string& file,
                                    std::string_view table) {
  Configuration configuration;
  try {
    const toml::table document = toml::parse(text, file);
    const toml::node* found = table.empty() ? &document : document.at_path(table).node();
    if (found == nullptr) return configuration;
    if (!found->is_table()) {
      return fail(ErrorCode::kUsage, place_of(file, found->source()),
                  '`' + std::string(table) + "` must be a table");
    }
    configuration.file = file;
    if (Problem problem = SettingsReader(file, configuration).read(*found->as_table())) {
      return tl::unexpected(*std::move(problem));
    }
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::kMalformed, place_of(file, error.source()),
                "no TOML: " + std::string(error.description()));
  }
  return configuration;
}

}  // namespace

Result<Configuration> read_configuration(const FileSystem& files, const std::string& repository) {
  constexpr std::pair<const char*, const char*> kPlaces[] = {{"headwater.toml", ""},
                                                             {"pyproject.toml", "tool.headwater"}};
  for (const auto& [file, table] : kPlaces) {
    const auto text = files.read(join_path(repository, file));
    if (!text && text.error().code == ErrorCode::kNotFound) continue;
    if (!text) return fail(text.error().code, file, "cannot be read: " + text.error().detail);
    auto configuration = read_settings(*text, file, table);
    if (!configuration || !configuration->file.empty()) return configuration;
  }
  return Configuration{};
}

}  // namespace headwater::project
