#include "triage/xml_events.h"

#include <charconv>
#include <cstdint>
#include <utility>

namespace headwater::triage {
namespace {

constexpr size_t kLongestTag = 65536;
constexpr size_t kLongestEntity = 12;
constexpr size_t kTextPiece = 65536;
constexpr std::string_view kCharacterDataBegin = "![CDATA[";

void append_utf8(std::string& out, uint32_t value) {
  const auto byte = [&](uint32_t bits) { out += static_cast<char>(bits); };
  if (value < 0x80) {
    byte(value);
  } else if (value < 0x800) {
    byte(0xC0 | value >> 6);
    byte(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    byte(0xE0 | value >> 12);
    byte(0x80 | (value >> 6 & 0x3F));
    byte(0x80 | (value & 0x3F));
  } else {
    byte(0xF0 | value >> 18);
    byte(0x80 | (value >> 12 & 0x3F));
    byte(0x80 | (value >> 6 & 0x3F));
    byte(0x80 | (value & 0x3F));
  }
}

/// `entity` is "&lt;" and the like.
std::string text_of(std::string_view entity) {
  constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&apos;", "'"}};
  for (const auto& [name, text] : kKnown) {
    if (entity == name) return std::string(text);
  }
  if (!entity.starts_with("&#")) return std::string(entity);
  const bool is_hex = entity.size() > 2 && entity[2] == 'x';
  const char* const begin = entity.data() + (is_hex ? 3 : 2);
  uint32_t value = 0;
  const auto read = std::from_chars(begin, entity.data() + entity.size(), value, is_hex ? 16 : 10);
  if (read.ec != std::errc() || value > 0x10FFFF) return std::string(entity);
  std::string text;
  append_utf8(text, value);
  return text;
}

}  // namespace

void XmlEvents::take(std::string_view piece) {
  for (const char c : piece) {
    if (state_ == State::kCharacterData) {
      text_ += c;
      if (text_.ends_with("]]>")) {
        text_.resize(text_.size() - 3);
        state_ = State::kText;
      } else if (text_.size() > 2 * kTextPiece) {
        handler_.on_text(std::string_view(text_).substr(0, kTextPiece));
        text_.erase(0, kTextPiece);
      }
    } else if (state_ == State::kText) {
      text_byte(c);
    } else if (quote_ != 0) {
      if (c == quote_) quote_ = 0;
      if (tag_.size() < kLongestTag) tag_ += c;
    } else if (c == '>') {
      state_ = State::kText;
      handler_.on_tag(tag_);
      tag_.clear();
    } else {
      if (c == '"' || c == '\'') quote_ = c;
      if (tag_.size() < kLongestTag) tag_ += c;
      if (tag_ == kCharacterDataBegin) {
        tag_.clear();
        state_ = State::kCharacterData;
      }
    }
  }
}

void XmlEvents::text_byte(char c) {
  if (!entity_.empty()) {
    entity_ += c;
    if (c != ';' && entity_.size() < kLongestEntity) return;
    text_ += c == ';' ? text_of(entity_) : entity_;
    entity_.clear();
  } else if (c == '&') {
    entity_.assign(1, c);
  } else if (c == '<') {
    flush();
    state_ = State::kTag;
  } else {
    text_ += c;
    if (text_.size() > kTextPiece) flush();
  }
}

void XmlEvents::flush() {
  if (!text_.empty()) handler_.on_text(text_);
  text_.clear();
}

bool XmlEvents::finish() {
  text_ += entity_;
  entity_.clear();
  flush();
  return state_ == State::kText;
}

}  // namespace headwater::triage
