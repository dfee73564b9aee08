#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "triage/reader.h"

namespace headwater::triage {

/// Puts an exception together out of the lines that tell it, in Python's own form or in one of
/// pytest's, with those that it followed from.
class Exception {
 public:
  /// Takes a line, with its indentation. `is_marked`: pytest's "E" stood before it.
  void line(std::string_view text, bool is_marked = false);
  /// "Type: message", of the exception that the lines before lead to.
  bool raised(std::string_view text);
  /// A line after that one. Whether it was taken: a message that is empty, or ends with a colon,
  /// says on the next line what it is about.
  bool continues(std::string_view text);
  /// The next lines are of an exception that this one led to.
  void chain();

  bool is_empty() const { return parts_.size() == 1 && !parts_[0].is_told(); }
  /// Whether what was raised is known.
  bool is_complete() const { return !parts_.back().type.empty(); }
  /// Hands the entry over and begins anew. `rule`: where the type of the exception is not known.
  void finish(const Sink& sink);

 private:
  struct Part {
    std::vector<ReportedFrame> frames;
    std::string type;
    std::string message;
    ReportedFrame syntax;  // where a SyntaxError is
    bool is_told() const { return !frames.empty() || !type.empty() || syntax.line != 0; }
  };

  void add_frame(std::string_view file, uint32_t line, std::string_view statement);

  std::vector<Part> parts_ = std::vector<Part>(1);
  bool wants_statement_ = false;  // the next line is the statement of the last frame
  bool wants_message_ = false;    // the next line that is not empty is of the message
  std::string marked_;            // of a function's text, the line that pytest marks with ">"
};

}  // namespace headwater::triage
