#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <memory>
#include <string>
#include <string_view>

#include "git/library.h"
#include "git/repository.h"

namespace headwater::git {

// What the files of Repository share.

inline constexpr size_t kHexSize = GIT_OID_HEXSZ;

inline ObjectId hex(const git_oid& id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  ObjectId text;
  text.reserve(kHexSize);
  for (const unsigned char byte : id.id) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

inline git_oid binary(const ObjectId& text) {
  git_oid id{};
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (size_t i = 0; i + 1 < text.size() && i / 2 < sizeof id.id; i += 2) {
    id.id[i / 2] = static_cast<unsigned char>(digit(text[i]) << 4 | digit(text[i + 1]));
  }
  return id;
}

/// What libgit2 gives, freed by the function that it says.
template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

/// libgit2 lets one thread at a time use a repository: each has its own.
struct Repository::Handles {
  struct Handle {
    git_repository* repository = nullptr;
    git_odb* objects = nullptr;
  };

  explicit Handles(const Library& library) : git(library) {}
  ~Handles() {
    for (const Handle& handle : all) {
      git.git_odb_free(handle.objects);
      git.git_repository_free(handle.repository);
    }
  }

  /// That of this thread; both are nullptr where it cannot be opened.
  Handle& local() {
    Handle& handle = all.local();
    if (handle.objects != nullptr) return handle;
    if (git.git_repository_open_ext(&handle.repository, folder.c_str(), 0, nullptr) != 0 ||
        git.git_repository_odb(&handle.objects, handle.repository) != 0) {
      git.git_repository_free(handle.repository);
      handle = {};
    }
    return handle;
  }

  const Library& git;
  std::string folder;
  tbb::enumerable_thread_specific<Handle> all;
};

}  // namespace headwater::git
