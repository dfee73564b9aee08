#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "model/tool_report.h"
#include "triage/json_record.h"

namespace headwater::triage {

/// Takes what a reader has made out.
using Sink = std::function<void(ToolEntry)>;

/// How one tool writes JSON. A report is a sequence of records: the objects that are elements of
/// its outermost arrays, or objects one after the other.
struct JsonFormat {
  std::string_view tool;
  /// Whether records of arrays at `path`, the keys that lead there with '/' between, are of this
  /// tool. `first` is the first of them; nullptr: the array is empty.
  bool (*recognises)(std::string_view path, JsonRecord* first);
  /// False: the record has not what an entry needs.
  bool (*read)(std::string_view path, JsonRecord& record, const Sink& sink);
};

/// Reads the pieces of a text in their order.
class TextReader {
 public:
  virtual ~TextReader() = default;
  virtual void take(std::string_view piece, const Sink& sink) = 0;
  /// What is complete only now. False: the text is cut off.
  virtual bool finish(const Sink& sink) = 0;
};

struct TextFormat {
  std::string_view tool;
  /// Whether a report of this tool has such a line, and none of another tool has.
  bool (*recognises)(std::string_view line);
  std::unique_ptr<TextReader> (*make)();
};

}  // namespace headwater::triage
