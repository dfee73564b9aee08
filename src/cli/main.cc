#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "scan/python/scanner.h"

namespace {

namespace fs = std::filesystem;

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string guards(headwater::Guards set) {
  using namespace headwater;
  std::string out;
  const auto add = [&](Guards guard, const char* name) {
    if (set & guard) out += std::string(out.empty() ? "" : ",") + '"' + name + '"';
  };
  add(kGuardConditional, "conditional");
  add(kGuardElse, "else");
  add(kGuardExcept, "except");
  add(kGuardFinally, "finally");
  add(kGuardSuppress, "suppress");
  add(kGuardTryImportError, "try-import-error");
  add(kGuardTypeChecking, "type-checking");
  return '[' + out + ']';
}

void print_import(const std::string& file, const headwater::FileFacts& facts,
                  const headwater::Import& import) {
  constexpr const char* kScopes[] = {"module", "class", "function"};
  std::string as_name;
  std::string names;
  for (uint32_t i = 0; i < import.name_count; ++i) {
    const auto& bound = facts.imported_names[import.first_name + i];
    const std::string as = bound.has_as ? json_string(facts.names[bound.as_name]) : "null";
    if (!import.is_from) as_name = "\"asname\":" + as + ',';
    if (import.is_from)
      names += (i ? ",[" : "[") + json_string(facts.names[bound.name]) + ',' + as + ']';
  }
  std::printf(
      "{%s\"file\":%s,\"guards\":%s,\"kind\":\"%s\",\"level\":%u,\"line\":%u,\"module\":%s,"
      "\"names\":[%s],\"scope\":\"%s\"}\n",
      as_name.c_str(), json_string(file).c_str(), guards(import.guards).c_str(),
      import.is_from ? "from" : "import", unsigned{import.level}, import.line,
      json_string(facts.names[import.module]).c_str(), names.c_str(),
      kScopes[static_cast<size_t>(import.scope)]);
}

int dump_imports(const fs::path& root) {
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
    for (const auto& import : facts.imports) print_import(file, facts, import);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::puts("headwater 0.1.0");
    return 0;
  }
  if (argc == 4 && std::string_view(argv[1]) == "dump" && std::string_view(argv[2]) == "imports") {
    return dump_imports(argv[3]);
  }
  std::fputs("headwater: usage: headwater --version | headwater dump imports FOLDER\n", stderr);
  return 2;
}
