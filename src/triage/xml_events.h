#pragma once

#include <string>
#include <string_view>

namespace headwater::triage {

/// As much of XML as test runners write: tags and text, in pieces of any size. Attributes are left
/// in the tag. Entities but the five of XML itself and those by number stay as they are written, so
/// that a text cannot grow; a tag that is longer than anybody writes loses its end.
class XmlEvents {
 public:
  class Handler {
   public:
    virtual ~Handler() = default;
    /// `tag`: what stands between < and >.
    virtual void on_tag(std::string_view tag) = 0;
    virtual void on_text(std::string_view text) = 0;
  };

  explicit XmlEvents(Handler& handler) : handler_(handler) {}

  void take(std::string_view piece);
  /// False: the text is cut off in a tag.
  bool finish();

 private:
  void text_byte(char c);
  void flush();

  enum class State : unsigned char { kText, kTag, kCharacterData };

  Handler& handler_;
  State state_ = State::kText;
  char quote_ = 0;      // of the attribute that is being read
  std::string tag_;     // what has been read of it
  std::string text_;    // not handed on yet
  std::string entity_;  // from its ampersand on
};

}  // namespace headwater::triage
