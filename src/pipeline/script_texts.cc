#include "pipeline/script_texts.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "base/text.h"
#include "scripts_audit/mentions.h"
#include "scripts_audit/text_files.h"
#include "scripts_audit/tokens.h"

namespace headwater::pipeline {
namespace {

namespace audit = scripts_audit;
using audit::Mention;
using audit::MentionKind;

constexpr uint64_t kMaxTextBytes = 1 << 20;
/// A module that has less of a script's text is no place of it.
constexpr double kSharedWithModule = 0.5;

/// The files that words are compared with: the scripts, and what else is called as they are.
class Targets {
 public:
  Targets(const SourceTree& tree, std::span<const audit::Candidate> candidates) : tree_(tree) {
    candidate_.assign(tree.files.size(), UINT32_MAX);
    for (uint32_t i = 0; i < candidates.size(); ++i) {
      candidate_[candidates[i].file] = i;
      files_.push_back(candidates[i].file);
      const std::string& path = tree.files[candidates[i].file].path;
      of_name_[file_name(path)];
      for (std::string_view folder = parent_path(path); !folder.empty();
           folder = parent_path(folder)) {
        if (!folders_.emplace(folder).second) break;
      }
    }
    for (uint32_t file = 0; file < tree.files.size(); ++file) {
      const auto found = of_name_.find(file_name(tree.files[file].path));
      if (found != of_name_.end()) found->second.push_back(file);
    }
  }

  struct Meant {
    uint32_t candidate;
    bool is_certain;
  };

  /// What a word of a text in `folder` may mean. A path that is right from there or from the top
  /// means that file alone.
  std::vector<Meant> find(std::string_view word, std::string_view folder, bool is_path) const {
    std::vector<Meant> meant;
    const auto named = of_name_.find(file_name(word));
    if (named == of_name_.end()) return meant;
    const std::string from_there = normalize_path(join_path(folder, word));
    const std::string from_top = normalize_path(word);
    std::vector<uint32_t> fitting;
    for (const uint32_t file : named->second) {
      const std::string& path = tree_.files[file].path;
      if (path == from_there || path == from_top) {
        if (candidate_[file] != UINT32_MAX) meant.push_back({candidate_[file], true});
        return meant;
      }
      const bool is_bare = from_top.find('/') == std::string::npos;
      if (is_bare || audit::can_mean(word, path)) fitting.push_back(file);
    }
    // A path that is wrong by now, of a name that one file has.
    const bool is_outdated = fitting.empty() && is_path && named->second.size() == 1;
    if (is_outdated && candidate_[named->second[0]] != UINT32_MAX) {
      meant.push_back({candidate_[named->second[0]], false});
    }
    for (const uint32_t file : fitting) {
      if (candidate_[file] != UINT32_MAX) meant.push_back({candidate_[file], fitting.size() == 1});
    }
    return meant;
  }

  /// The scripts whose paths begin as a word of a text in `folder` does.
  std::vector<Meant> find_beginning(std::string_view word, std::string_view folder) const {
    std::vector<Meant> meant;
    const size_t slash = word.rfind('/');
    const std::string_view start = word.substr(slash + 1);
    const std::string above(word.substr(0, slash));
    for (const std::string& top :
         {normalize_path(join_path(folder, above)), normalize_path(above)}) {
      if (!folders_.contains(top)) continue;
      for (const uint32_t file : files_) {
        const std::string& path = tree_.files[file].path;
        const bool begins_so = is_within(path, top) && relative_path(path, top).starts_with(start);
        if (begins_so) meant.push_back({candidate_[file], false});
      }
    }
    return meant;
  }

 private:
  const SourceTree& tree_;
  std::vector<uint32_t> candidate_;          // by FileId; UINT32_MAX: none
  std::vector<uint32_t> files_;              // FileIds of the scripts
  std::unordered_set<std::string> folders_;  // that scripts are in or below; not the top: any is
  std::unordered_map<std::string_view, std::vector<uint32_t>> of_name_;  // FileIds
};

/// Of make, shells, YAML and their like.
bool is_in_comment(std::string_view text, std::string_view part) {
  const std::string_view before = text.substr(0, static_cast<size_t>(part.data() - text.data()));
  const std::string_view line = trimmed(text.substr(before.rfind('\n') + 1));
  return line.starts_with('#') && !line.starts_with("#!");
}

/// One reader's share of what is found.
struct Found {
  uint32_t candidate = 0;
  ScriptReference reference;
};

class TextReader {
 public:
  TextReader(const Targets& targets, std::string path, ReferenceKind kind)
      : targets_(targets), path_(std::move(path)), folder_(parent_path(path_)), kind_(kind) {}

  void read(std::string_view text) {
    const audit::Reading reading = audit::reading_of(path_, kind_);
    audit::read_mentions(text, reading, [&](const Mention& mention) {
      is_of_comment_ = kind_ != ReferenceKind::kDocs && is_in_comment(text, mention.text);
      see(mention, 0);
    });
    is_of_comment_ = false;
    if (reading != audit::Reading::kEntries) return;
    // Tools that run tasks have their settings beside entry points, and others name what they skip.
    const ReferenceKind kind = std::exchange(kind_, ReferenceKind::kConfig);
    read_literal(text, 1);
    kind_ = kind;
  }

  /// A string or a comment of a Python source, which begins at `line`. Only paths: modules are
  /// found by the scan.
  void read_literal(std::string_view text, uint32_t line) {
    audit::read_mentions(text, audit::Reading::kPaths, [this, line](const Mention& mention) {
      if (mention.kind != MentionKind::kModule) see(mention, line - 1);
    });
  }

  /// A string that is the path of a folder: the program may go through it. What Sphinx is told in
  /// its conf.py is made part of the documents.
  void read_folder(std::string_view text, uint32_t line) {
    const bool is_path = text.find('/') != text.npos && text.find_first_of(" :%{*") == text.npos;
    if (!is_path || text.ends_with(".py")) return;
    const std::string beginning = std::string(text) + '/';
    std::vector<Targets::Meant> meant = targets_.find_beginning(beginning, folder_);
    const bool is_gallery = file_name(path_) == "conf.py";
    for (Targets::Meant& each : meant) each.is_certain = is_gallery;
    const ReferenceKind kind = std::exchange(kind_, is_gallery ? ReferenceKind::kDocs : kind_);
    add(meant, {MentionKind::kComputed, text, line}, 0);
    kind_ = kind;
  }

  std::vector<Found> take() { return std::move(found_); }

 private:
  void see(const Mention& mention, uint32_t lines_before) {
    if (mention.kind == MentionKind::kComputed) {
      if (kind_ == ReferenceKind::kDocs) return;
      add(targets_.find_beginning(mention.text, folder_), mention, lines_before);
      return;
    }
    std::string word(mention.text);
    if (mention.kind == MentionKind::kModule) {
      if (word.find('/') != std::string::npos) return;
      std::ranges::replace(word, '.', '/');
      word += ".py";
    }
    add(targets_.find(word, folder_, mention.kind == MentionKind::kPath), mention, lines_before);
  }

  void add(const std::vector<Targets::Meant>& meant, const Mention& mention,
           uint32_t lines_before) {
    for (const Targets::Meant& each : meant) {
      Found& found = found_.emplace_back();
      found.candidate = each.candidate;
      found.reference.kind = kind_;
      found.reference.place = {path_, mention.line + lines_before, 0};
      found.reference.text = mention.text;
      found.reference.is_certain =
          each.is_certain && kind_ != ReferenceKind::kConfig && !is_of_comment_;
    }
  }

  const Targets& targets_;
  const std::string path_;
  const std::string folder_;
  ReferenceKind kind_;
  bool is_of_comment_ = false;  // what is seen now: it may have been so once
  std::vector<Found> found_;
};

/// Which scripts have a shingle.
using Holders = std::unordered_map<uint64_t, std::vector<uint32_t>>;

Holders holders_of(std::span<const audit::Shingles> shingles) {
  Holders holders;
  for (uint32_t i = 0; i < shingles.size(); ++i) {
    if (shingles[i].size() < audit::kFewestShingles) continue;
    for (const uint64_t shingle : shingles[i]) holders[shingle].push_back(i);
  }
  return holders;
}

class ScriptTextReader {
 public:
  ScriptTextReader(const FileSystem& files, const StageOutputs& made,
                   std::span<const audit::Candidate> candidates)
      : files_(files), made_(made), candidates_(candidates), targets_(made.tree, candidates) {
    candidate_of_.assign(made.tree.files.size(), UINT32_MAX);
    for (uint32_t i = 0; i < candidates.size(); ++i) candidate_of_[candidates[i].file] = i;
    result_.references.resize(candidates.size());
    result_.shingles.resize(candidates.size());
    result_.shared.resize(candidates.size());
  }

  ScriptTexts run() {
    read_texts();
    read_scripts();
    read_modules();
    return std::move(result_);
  }

 private:
  std::optional<std::string> text_of(const std::string& path) const {
    auto text = files_.read(join_path(made_.tree.root, path), kMaxTextBytes);
    if (!text || text->find('\0') != std::string::npos) return std::nullopt;
    return *std::move(text);
  }

  ReferenceKind kind_of(uint32_t file) const {
    if (candidate_of_[file] != UINT32_MAX) return ReferenceKind::kScript;
    const bool is_test =
        made_.entry_paths.is_test[file] || audit::is_of_tests(made_.tree.files[file].path);
    return is_test ? ReferenceKind::kTest : ReferenceKind::kCode;
  }

  void merge(std::vector<std::vector<Found>>& parts) {
    for (std::vector<Found>& part : parts) {
      for (Found& found : part) {
        const std::string& own = made_.tree.files[candidates_[found.candidate].file].path;
        if (found.reference.place.file == own) continue;
        result_.references[found.candidate].push_back(std::move(found.reference));
      }
    }
  }

  void read_texts() {
    const std::vector<NamingText> texts = naming_texts(made_.tree);
    std::vector<std::vector<Found>> parts(texts.size());
    tbb::parallel_for(tbb::blocked_range<size_t>(0, texts.size()), [&](const auto& range) {
      for (size_t i = range.begin(); i < range.end(); ++i) {
        const auto text = text_of(texts[i].path);
        if (!text) continue;
        TextReader reader(targets_, texts[i].path, texts[i].kind);
        reader.read(*text);
        parts[i] = reader.take();
      }
    });
    merge(parts);
  }

  std::vector<Found> strings_of(uint32_t file, const audit::Tokens& tokens) const {
    TextReader reader(targets_, made_.tree.files[file].path, kind_of(file));
    const auto names_file = [](const audit::Literal& literal) {
      return literal.text.find(".py") != std::string_view::npos ||
             literal.text.find('/') != std::string_view::npos;
    };
    for (const audit::Literal& literal : tokens.literals) {
      if (!names_file(literal)) continue;
      reader.read_literal(literal.text, literal.line);
      reader.read_folder(literal.text, literal.line);
    }
    std::vector<Found> found = reader.take();
    TextReader comments(targets_, made_.tree.files[file].path, ReferenceKind::kDocs);
    for (const audit::Literal& comment : tokens.comments) {
      if (names_file(comment)) comments.read_literal(comment.text, comment.line);
    }
    std::ranges::move(comments.take(), std::back_inserter(found));
    return found;
  }

  void read_scripts() {
    std::vector<std::vector<Found>> parts(candidates_.size());
    tbb::parallel_for(tbb::blocked_range<size_t>(0, candidates_.size()), [&](const auto& range) {
      for (size_t i = range.begin(); i < range.end(); ++i) {
        const uint32_t file = candidates_[i].file;
        const auto text = text_of(made_.tree.files[file].path);
        if (!text) continue;
        const audit::Tokens tokens = audit::tokens_of(*text);
        if (made_.tree.files[file].kind == FileKind::kPython) {
          result_.shingles[i] = audit::shingles_of(tokens.hashes);
        }
        parts[i] = strings_of(file, tokens);
      }
    });
    merge(parts);
  }

  /// What the file has of each script, in shingles.
  std::vector<std::pair<uint32_t, uint32_t>> shared_with(const audit::Tokens& tokens,
                                                         const Holders& holders) const {
    // Few of a module's are of a script: only those are worth sorting.
    std::vector<uint64_t> shared;
    if (!holders.empty()) shared = audit::shingles_in_order(tokens.hashes);
    std::erase_if(shared, [&](uint64_t shingle) { return !holders.contains(shingle); });
    sort_distinct(shared);
    std::unordered_map<uint32_t, uint32_t> counts;
    for (const uint64_t shingle : shared) {
      for (const uint32_t script : holders.at(shingle)) ++counts[script];
    }
    return {counts.begin(), counts.end()};
  }

  void read_modules() {
    const Holders holders = holders_of(result_.shingles);
    std::vector<uint32_t> modules;
    for (uint32_t file = 0; file < made_.tree.files.size(); ++file) {
      const bool is_source = made_.tree.files[file].kind == FileKind::kPython;
      if (is_source && candidate_of_[file] == UINT32_MAX) modules.push_back(file);
    }
    std::vector<std::vector<Found>> parts(modules.size());
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> shared(modules.size());
    tbb::parallel_for(tbb::blocked_range<size_t>(0, modules.size()), [&](const auto& range) {
      for (size_t i = range.begin(); i < range.end(); ++i) {
        const auto text = text_of(made_.tree.files[modules[i]].path);
        if (!text) continue;
        const audit::Tokens tokens = audit::tokens_of(*text);
        parts[i] = strings_of(modules[i], tokens);
        shared[i] = shared_with(tokens, holders);
      }
    });
    merge(parts);
    for (size_t i = 0; i < modules.size(); ++i) {
      for (const auto& [script, count] : shared[i]) {
        const double share =
            static_cast<double>(count) / static_cast<double>(result_.shingles[script].size());
        std::optional<SharedCode>& most = result_.shared[script];
        if (share < kSharedWithModule || (most && most->share >= share)) continue;
        most = SharedCode{made_.tree.files[modules[i]].path, share};
      }
    }
  }

  const FileSystem& files_;
  const StageOutputs& made_;
  const std::span<const audit::Candidate> candidates_;
  const Targets targets_;
  std::vector<uint32_t> candidate_of_;  // by FileId; UINT32_MAX: none
  ScriptTexts result_;
};

}  // namespace

std::vector<NamingText> naming_texts(const SourceTree& tree) {
  std::vector<NamingText> texts;
  for (const ListedFolder& folder : tree.folders) {
    folder.for_each([&](std::string_view name, EntryType type) {
      if (type != EntryType::kFile) return;
      const auto kind = audit::kind_of_text(folder.path, name);
      if (kind) texts.push_back({join_path(folder.path, name), *kind});
    });
  }
  std::ranges::sort(texts, {}, &NamingText::path);
  return texts;
}

ScriptTexts read_script_texts(const FileSystem& files, const StageOutputs& made,
                              std::span<const audit::Candidate> candidates) {
  return ScriptTextReader(files, made, candidates).run();
}

}  // namespace headwater::pipeline
