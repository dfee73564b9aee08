#include "git/library.h"

#include <dlfcn.h>

#include <string>

namespace headwater::git {
namespace {

struct Loaded {
  Library library;
  std::string error;
};

Loaded load() {
  Loaded made;
  void* const file = dlopen(HEADWATER_LIBGIT2, RTLD_NOW | RTLD_LOCAL);
  if (file == nullptr) {
    made.error = dlerror();
    return made;
  }
  const auto find = [&](const char* name) {
    void* const found = dlsym(file, name);
    if (found == nullptr) made.error = std::string("has no ") + name;
    return found;
  };
#define HEADWATER_GIT_FIND(name) \
  made.library.name = reinterpret_cast<decltype(made.library.name)>(find(#name));
  HEADWATER_GIT_FUNCTIONS(HEADWATER_GIT_FIND)
#undef HEADWATER_GIT_FIND
  if (made.error.empty() && made.library.git_libgit2_init() < 0) made.error = "does not start";
  return made;
}

}  // namespace

Result<const Library*> library() {
  static const Loaded kLoaded = load();
  if (kLoaded.error.empty()) return &kLoaded.library;
  return fail(ErrorCode::kNotFound, HEADWATER_LIBGIT2,
              kLoaded.error + "; commits are read with it: install libgit2");
}

}  // namespace headwater::git
