// Finds names as headwater does, for finder.py: MAJOR MINOR OWN SITE ROOT... with names on stdin.
// OWN is the number of the root whose file asks, or -1 for roots in the order given.

#include <cstdio>
#include <iostream>
#include <string>

#include "report/dump_resolutions.h"
#include "resolve/resolve.h"
#include "scan/python/scanner.h"

int main(int argc, char** argv) {
  using namespace headwater;
  if (argc < 6) return 2;
  PythonEnvironment environment;
  environment.source = EnvironmentSource::kOption;
  environment.version = {std::stoi(argv[1]), std::stoi(argv[2])};
  environment.search_path = {{argv[4], SearchPathKind::kSitePackages}};
  ProjectLayout layout;
  layout.projects.emplace_back();
  for (int i = 5; i < argc; ++i) layout.roots.push_back({argv[i], "given"});
  const int own = std::stoi(argv[3]);
  layout.explicit_roots = own < 0;

  std::string text;
  for (std::string name; std::getline(std::cin, name);) text += "import " + name + "\n";
  SourceTree tree;
  tree.root = layout.roots[own < 0 ? 0 : static_cast<size_t>(own)].path;
  tree.files.push_back({"asking.py"});
  ScannedTree scanned;
  scanned.facts.push_back(scan::scan_python(text));
  scanned.was_read.push_back(true);
  std::string out;
  append_resolutions_json(
      out, tree, scanned,
      resolve::resolve(real_file_system(), tree, scanned, layout, EntryPaths{}, environment, {}));
  std::fputs(out.c_str(), stdout);
}
