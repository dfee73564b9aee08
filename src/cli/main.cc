#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "report/dump_facts.h"
#include "scan/python/scanner.h"

namespace {

namespace fs = std::filesystem;

using Writer = void (*)(std::string&, std::string_view, const headwater::FileFacts&);

int dump(const fs::path& root, Writer append) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(root, error), end; !error && it != end;
       it.increment(error)) {
    const auto extension = it->path().extension();
    if ((extension == ".py" || extension == ".pyi") && it->is_regular_file(error)) {
      files.push_back(it->path().lexically_relative(root).generic_string());
    }
  }
  if (error) {
    std::fprintf(stderr, "headwater: cannot read %s: %s\n", root.c_str(), error.message().c_str());
    return 2;
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    std::ifstream stream(root / file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream),
                           std::istreambuf_iterator<char>()};
    const headwater::FileFacts facts = headwater::scan::scan_python(text);
    std::string out;
    append(out, file, facts);
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::puts("headwater 0.1.0");
    return 0;
  }
  if (argc == 4 && std::string_view(argv[1]) == "dump") {
    const std::string_view stage(argv[2]);
    if (stage == "imports") return dump(argv[3], headwater::report::append_imports_json);
    if (stage == "bindings") return dump(argv[3], headwater::report::append_bindings_json);
    if (stage == "facts") return dump(argv[3], headwater::report::append_facts_json);
  }
  std::fputs(
      "headwater: usage: headwater --version | headwater dump imports|bindings|facts FOLDER\n",
      stderr);
  return 2;
}
