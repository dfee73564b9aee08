#include "project/container_file.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/paths.h"
#include "base/text.h"
#include "project/python_path_value.h"

namespace headwater::project {
namespace {

using Words = std::vector<std::string>;
using Variables = std::map<std::string, std::string, std::less<>>;

/// No file that people write comes near these; what goes beyond is not followed.
constexpr size_t kMostInstructions = 2000;
constexpr size_t kMostFolders = 500;
constexpr size_t kLongestText = 1 << 16;  // of an instruction with its variables, in bytes

struct Instruction {
  std::string name;  // in capitals
  std::string text;  // what follows it, of all its lines
  uint32_t line = 0;
};

/// Lines that end in a backslash go on; comments between them do not end it.
std::vector<Instruction> instructions_of(std::string_view text) {
  std::vector<Instruction> found;
  bool goes_on = false;
  uint32_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    std::string_view content = trimmed(line);
    if (content.empty() || content.starts_with('#')) continue;
    if (!goes_on) {
      const size_t end = std::min(content.find_first_of(" \t"), content.size());
      std::string name(content.substr(0, end));
      std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      });
      found.push_back({std::move(name), "", number});
      content = trimmed(content.substr(end));
    }
    goes_on = content.ends_with('\\');
    if (goes_on) content.remove_suffix(1);
    found.back().text.append(found.back().text.empty() ? "" : " ").append(content);
  }
  return found;
}

/// `$NAME`, `${NAME}` and `${NAME:-default}` where the value is known. Values may hold each other,
/// so that a few lines could ask for more than any memory has.
std::string expanded(std::string_view text, const Variables& variables) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto known = [&]() -> const Variables::value_type* {
      if (text[at] != '$') return nullptr;
      const size_t begin = at + (text.substr(at + 1).starts_with('{') ? 2 : 1);
      const auto is_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
      };
      size_t end = begin;
      while (end < text.size() && is_part(text[end])) ++end;
      const auto found = variables.find(text.substr(begin, end - begin));
      if (found == variables.end()) return nullptr;
      at = begin == at + 1 ? end : std::min(text.find('}', end), text.size() - 1) + 1;
      return &*found;
    }();
    if (known != nullptr) {
      out += known->second;
      if (out.size() > kLongestText) return {};
    } else {
      out += text[at++];
    }
  }
  return out;
}

/// Words between blanks, commas and brackets of the JSON form, without quotes.
Words words_of(std::string_view text) {
  Words words(1);
  char quote = 0;
  for (const char c : text) {
    if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? '\0' : c;
    } else if (quote == 0 && (c == ' ' || c == '\t' || c == ',' || c == '[' || c == ']')) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

class Reader {
 public:
  Reader(const FileSystem& files, const std::string& tree_root, std::vector<std::string> contexts)
      : files_(files), tree_root_(tree_root), contexts_(std::move(contexts)) {}

  ContainerFile run(std::string_view text) {
    const std::vector<Instruction> instructions = instructions_of(text);
    if (instructions.size() > kMostInstructions) return {};
    for (const Instruction& each : instructions) {
      if (out_.folders.size() > kMostFolders) return {};
      const std::string plain = expanded(each.text, variables_);
      if (each.name == "FROM") begin_stage(words_of(plain));
      if (each.name == "WORKDIR") working_folder_ = in_container(trimmed(plain));
      if (each.name == "COPY" || each.name == "ADD") copy(words_of(plain));
      if (each.name == "ARG" || each.name == "ENV") set_variables(plain);
      read_python_path(each, plain);
    }
    return std::move(out_);
  }

 private:
  std::string in_container(std::string_view path) const {
    return normalize_path(join_path(working_folder_, path));
  }

  void begin_stage(const Words& words) {
    const auto known = words.empty() ? stages_.end() : stages_.find(words[0]);
    working_folder_ = known == stages_.end() ? "" : known->second;
    stage_ = words.size() >= 3 ? words[2] : "";
    stages_[stage_] = working_folder_;
  }

  void set_variables(const std::string& text) {
    const Words words = words_of(text);
    for (const std::string& word : words) {
      const size_t sign = word.find('=');
      if (sign != std::string::npos) variables_[word.substr(0, sign)] = word.substr(sign + 1);
    }
    const bool is_old_form = words.size() == 2 && words[0].find('=') == std::string::npos;
    if (is_old_form) variables_[words[0]] = words[1];
  }

  void copy(Words words) {
    // Another stage has what it copied at the same places, or made it.
    const auto is_option = [](const std::string& word) { return word.starts_with("--"); };
    const bool is_of_stage = std::ranges::any_of(
        words, [](const std::string& word) { return word.starts_with("--from="); });
    std::erase_if(words, is_option);
    if (words.size() < 2) return;
    const std::string inside = in_container(words.back());
    words.pop_back();
    for (const std::string& source : words) {
      if (out_.folders.size() > kMostFolders) return;
      if (is_of_stage) {
        for (ContainerFolder shown : shown_at(out_.folders, normalize_path(source))) {
          shown.inside = inside;
          show(std::move(shown));
        }
      } else {
        copy_source(source, inside);
      }
    }
  }

  /// A module stands for the folder that it lies in.
  void copy_source(std::string source, const std::string& inside) {
    while (source.starts_with('/')) source.erase(0, 1);
    if (source.ends_with(".py")) source = parent_path(source);
    for (const std::string& context : contexts_) {
      const std::string outside = normalize_path(join_path(context, source));
      if (outside.starts_with("..")) continue;
      if (!files_.is_folder(normalize_path(join_path(tree_root_, outside)))) continue;
      show({inside, outside, context});
    }
  }

  void show(ContainerFolder shown) {
    const bool is_known = std::ranges::any_of(out_.folders, [&](const ContainerFolder& old) {
      return old.inside == shown.inside && old.outside == shown.outside &&
             old.context == shown.context;
    });
    if (!is_known) out_.folders.push_back(std::move(shown));
  }

  void read_python_path(const Instruction& instruction, const std::string& plain) {
    if (!working_folder_.empty()) stages_[stage_] = working_folder_;
    constexpr std::string_view kOldForm = "PYTHONPATH ";
    if (instruction.name == "ENV" && plain.starts_with(kOldForm) && plain.find('=') == plain.npos) {
      std::string_view value = trimmed(std::string_view(plain).substr(kOldForm.size()));
      const bool is_quoted =
          value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
      if (is_quoted) value = value.substr(1, value.size() - 2);
      out_.python_path.push_back({std::string(value), working_folder_, instruction.line});
    }
    for (PythonPathAssignment& found : python_path_assignments(plain)) {
      out_.python_path.push_back({std::move(found.value), working_folder_, instruction.line});
    }
  }

  const FileSystem& files_;
  const std::string& tree_root_;
  std::vector<std::string> contexts_;
  Variables variables_;
  std::map<std::string, std::string> stages_;  // to the working folder
  std::string stage_;
  std::string working_folder_;
  ContainerFile out_;
};

}  // namespace

ContainerFile read_container_file(const FileSystem& files, const std::string& tree_root,
                                  const std::string& file, std::string_view text) {
  std::vector<std::string> contexts = {std::string(parent_path(file))};
  if (!contexts[0].empty()) contexts.emplace_back();
  return Reader(files, tree_root, std::move(contexts)).run(text);
}

ContainerFile read_container_file_in(const FileSystem& files, const std::string& tree_root,
                                     const std::string& context, std::string_view text) {
  return Reader(files, tree_root, {context}).run(text);
}

namespace {

/// What follows `key` in a line of YAML, without quotes and comment.
std::string value_of(std::string_view content, std::string_view key) {
  std::string_view value = trimmed(content.substr(key.size()));
  value = value.substr(0, value.find(" #"));
  const size_t begin = value.find_first_not_of("\"'");
  if (begin == std::string_view::npos || value.starts_with('#')) return {};
  value = value.substr(begin);
  return std::string(value.substr(0, value.find_first_of("\"' ")));
}

/// One of `context: ./web`, `dockerfile: web.Dockerfile` and what else `build:` may hold.
void read_build_key(std::string_view content, ContainerBuild& build) {
  constexpr std::string_view kContext = "context:";
  constexpr std::string_view kFile = "dockerfile:";
  if (content.starts_with(kContext)) build.context = value_of(content, kContext);
  if (content.starts_with(kFile)) build.file = value_of(content, kFile);
}

/// `{context: ./web, dockerfile: web.Dockerfile}`, of one line.
ContainerBuild inline_build(std::string_view mapping) {
  ContainerBuild build{".", "Dockerfile"};
  mapping = mapping.substr(1, mapping.find('}') - 1);
  while (!mapping.empty()) {
    const size_t comma = std::min(mapping.find(','), mapping.size());
    read_build_key(trimmed(mapping.substr(0, comma)), build);
    mapping.remove_prefix(std::min(comma + 1, mapping.size()));
  }
  return build;
}

}  // namespace

std::vector<ContainerBuild> read_builds(const std::string& file, std::string_view text) {
  std::vector<ContainerBuild> found;
  bool is_inside = false;  // of a `build:` that has lines of its own
  size_t depth = 0;        // of that one, in blanks
  for (const std::string_view line : split_lines(text)) {
    const std::string_view content = trimmed(line);
    if (content.empty() || content.starts_with('#')) continue;
    const size_t indent = line.find_first_not_of(' ');
    if (is_inside && indent <= depth) is_inside = false;
    constexpr std::string_view kBuild = "build:";
    if (content.starts_with(kBuild)) {
      const std::string_view written = trimmed(content.substr(kBuild.size()));
      if (written.starts_with('{')) {
        found.push_back(inline_build(written));
        continue;
      }
      const std::string context = value_of(content, kBuild);
      is_inside = context.empty();
      depth = indent;
      found.push_back({context.empty() ? "." : context, "Dockerfile"});
    } else if (is_inside) {
      read_build_key(content, found.back());
    }
  }
  const std::string here(parent_path(file));
  for (ContainerBuild& each : found) {
    each.context = normalize_path(join_path(here, each.context));
    each.file = normalize_path(join_path(each.context, each.file));
  }
  std::erase_if(found, [](const ContainerBuild& each) {
    return each.context.starts_with("..") || each.file.starts_with("..") ||
           each.context.starts_with('/') || each.file.starts_with('/');
  });
  return found;
}

std::vector<ContainerFolder> read_volumes(const std::string& file, std::string_view text) {
  std::vector<ContainerFolder> found;
  const std::string context(parent_path(file));
  for (const std::string_view line : split_lines(text)) {
    std::string_view item = trimmed(line);
    if (!item.starts_with("- ")) continue;
    item = trimmed(item.substr(2));
    const size_t begin = item.find_first_not_of("\"'");
    item = begin == std::string_view::npos ? std::string_view() : item.substr(begin);
    item = item.substr(0, item.find_first_of("\"' "));
    const size_t colon = item.find(':');
    if (colon == std::string_view::npos || !item.starts_with('.')) continue;
    std::string_view inside = item.substr(colon + 1);
    inside = inside.substr(0, inside.find(':'));
    const std::string outside = normalize_path(join_path(context, item.substr(0, colon)));
    if (!inside.starts_with('/') || outside.starts_with("..")) continue;
    found.push_back({normalize_path(inside), outside, context});
  }
  return found;
}

std::vector<ContainerFolder> shown_at(const std::vector<ContainerFolder>& folders,
                                      std::string_view path) {
  std::vector<ContainerFolder> shown;
  for (const ContainerFolder& each : folders) {
    std::string outside;
    if (is_within(path, each.inside)) {
      outside = join_path(each.outside, relative_path(path, each.inside));
    } else if (is_within(each.inside, path)) {
      // `COPY lib/shop /app/shop` shows lib at /app, of which shop alone is copied.
      const std::string below(relative_path(each.inside, path));
      if (each.outside != below && !each.outside.ends_with('/' + below)) continue;
      outside = each.outside.substr(0, each.outside.size() - below.size());
      if (outside.ends_with('/')) outside.pop_back();
    } else {
      continue;
    }
    shown.push_back({std::string(path), normalize_path(outside), each.context});
  }
  return shown;
}

}  // namespace headwater::project
