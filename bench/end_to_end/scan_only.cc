// The walk and the scan without what follows, so that the scanner's own targets can be measured.
// Over the .py files alone, as the floors are.
//
//   headwater_scan_only ROOT THREADS

#include <tbb/global_control.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/file_system.h"
#include "scan/scan_tree.h"
#include "walk/walker.h"

int main(int argc, char** argv) {
  const int threads = argc == 3 ? std::atoi(argv[2]) : 0;
  if (threads < 1) {
    std::fputs("usage: headwater_scan_only ROOT THREADS\n", stderr);
    return 2;
  }
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<size_t>(threads));
  headwater::walk::WalkOptions options;
  options.root = argv[1];
  options.respect_ignore_files = false;  // the floors know no rules
  options.with_status = false;           // nor does an audit ask for sizes
  auto tree = headwater::walk::walk(headwater::real_file_system(), options);
  if (!tree) {
    std::fprintf(stderr, "headwater_scan_only: %s cannot be listed\n", argv[1]);
    return 2;
  }
  std::erase_if(tree->files, [](const headwater::SourceFile& file) {
    return file.kind != headwater::FileKind::kPython;
  });
  const headwater::ScannedTree scanned = headwater::scan::scan_tree(*tree, {});
  std::printf("{\"files\":%zu,\"bytes\":%lu}\n", tree->files.size(), scanned.bytes);
  return 0;
}
