#include <cstdio>

#include "walk/walker.h"

/// Prints the paths of the source files below a folder, each ended by NUL: what `git ls-files -z`
/// prints of the same folder.
int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: headwater_walk_driver FOLDER\n", stderr);
    return 2;
  }
  headwater::walk::WalkOptions options;
  options.root = argv[1];
  const auto tree = headwater::walk::walk(headwater::real_file_system(), options);
  if (!tree) {
    std::fprintf(stderr, "%s: %s\n", tree.error().path.c_str(), tree.error().detail.c_str());
    return 2;
  }
  for (const auto& file : tree->files) {
    std::fwrite(file.path.c_str(), 1, file.path.size() + 1, stdout);
  }
  return 0;
}
