#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sort_distinct.h"
#include "resolve/finder.h"

namespace headwater::resolve {

/// Whose facts and texts were asked for while something was found out: it says the same as long as
/// they do, and as no other file imports what was asked of all importers. Each thread notes what it
/// does itself, so that a piece of work has to stay on one. Thread safe.
class AskedFiles {
 public:
  /// `is_kept` false: nobody will want to know.
  AskedFiles(const FileIds& ids, bool is_kept) : ids_(ids), is_kept_(is_kept) {}

  void note(uint32_t file) const {
    if (!is_kept_ || file == UINT32_MAX) return;
    std::vector<uint32_t>& noted = noted_.local();
    if (noted.empty() || noted.back() != file) noted.push_back(file);
  }
  void note_path(const std::string& path) const {
    if (is_kept_) note(ids_.find(path));
  }

  /// Of the files that import something called `word`; those that there are, are noted by who asks.
  void note_importers(std::string_view word) const {
    if (is_kept_) words_.local().emplace_back(word);
  }

  /// A piece of work begins; it ends with take(), which gives the files in order, each once.
  void begin() const {
    if (!is_kept_) return;
    noted_.local().clear();
    words_.local().clear();
  }
  std::vector<uint32_t> take() const { return taken(noted_); }
  /// Beside take(): what was asked of importers.
  std::vector<std::string> take_words() const { return taken(words_); }

 private:
  template <typename Noted>
  std::vector<Noted> taken(tbb::enumerable_thread_specific<std::vector<Noted>>& of_threads) const {
    if (!is_kept_) return {};
    std::vector<Noted> taken = of_threads.local();
    sort_distinct(taken);
    return taken;
  }

  const FileIds& ids_;
  const bool is_kept_;
  mutable tbb::enumerable_thread_specific<std::vector<uint32_t>> noted_;
  mutable tbb::enumerable_thread_specific<std::vector<std::string>> words_;
};

}  // namespace headwater::resolve
