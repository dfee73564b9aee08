#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headwater::triage {

/// One object of a JSON text, asked by JSON pointers ("/range/start/line"). What is of another type
/// than asked, or not there, is nothing.
class JsonRecord {
 public:
  JsonRecord();
  ~JsonRecord();

  /// Looks at the text, which must stay as it is. Why it is no object; empty: it is one. Members
  /// are read when they are asked for.
  std::string parse(std::string& text);

  /// False: the text has turned out not to be JSON. Then nothing is found any more.
  bool is_whole() const;

  std::optional<std::string> text(std::string_view pointer);
  std::optional<uint64_t> number(std::string_view pointer);
  /// Strings of an array; other elements are left out.
  std::optional<std::vector<std::string>> texts(std::string_view pointer);
  bool has(std::string_view pointer);
  bool has_object(std::string_view pointer);

 private:
  struct Parsed;  // keeps simdjson out of what every reader includes
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace headwater::triage
