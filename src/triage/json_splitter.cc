#include "triage/json_splitter.h"

#include <fmt/format.h>

#include <algorithm>

namespace headwater::triage {
namespace {

constexpr size_t kLongestKey = 256;
constexpr size_t kDeepest = 64;          // containers outside of records
constexpr size_t kLongestAlone = 65536;  // bytes of a record that no array holds

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Of numbers, true, false and null; that they are spelt right does not matter here.
bool is_of_scalar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '+' || c == '.';
}

/// The end of the string that goes on at `at`: behind its quote, or the end of the piece.
size_t skip_string(std::string_view piece, size_t at, bool& is_escaped, bool& in_string) {
  while (at < piece.size()) {
    const char c = piece[at++];
    if (is_escaped) {
      is_escaped = false;
    } else if (c == '\\') {
      is_escaped = true;
    } else if (c == '"') {
      in_string = false;
      return at;
    }
  }
  return at;
}

}  // namespace

void JsonSplitter::take(std::string_view piece) {
  size_t at = 0;
  while (at < piece.size() && error_.empty()) {
    const size_t begin = at;
    if (in_record_) {
      at = take_record(piece, at);
    } else if (in_string_) {
      at = take_string(piece, at);
    } else {
      take_structure(piece[at], offset_ + at);
      if (!in_record_) ++at;
    }
    if (!is_alone_) continue;
    alone_ += piece.substr(begin, at - begin);
    if (alone_.size() > kLongestAlone) is_alone_ = false;
    if (is_alone_ && open_.empty()) {
      is_alone_ = false;
      handler_.on_record("", alone_, record_offset_);
    }
  }
  offset_ += piece.size();
}

void JsonSplitter::finish() {
  if (!error_.empty()) return;
  if (!open_.empty() || in_record_ || in_string_) {
    is_cut_off_ = true;
    fail(offset_, in_record_
                      ? fmt::format("it ends in the entry that begins at byte {}", record_offset_)
                      : "it ends before its last bracket");
  }
}

size_t JsonSplitter::take_string(std::string_view piece, size_t at) {
  const size_t end = skip_string(piece, at, is_escaped_, in_string_);
  const size_t length = end - at - (in_string_ ? 0 : 1);
  key_ += piece.substr(at, std::min(length, kLongestKey - std::min(kLongestKey, key_.size())));
  if (!in_string_) end_string();
  return end;
}

void JsonSplitter::end_string() {
  if (open_.empty() || open_.back().is_array || !open_.back().wants_key) return;
  open_.back().key = key_;
  open_.back().wants_key = false;
}

size_t JsonSplitter::take_record(std::string_view piece, size_t at) {
  const size_t begin = at;
  while (at < piece.size()) {
    if (in_string_) {
      at = skip_string(piece, at, is_escaped_, in_string_);
      continue;
    }
    const char c = piece[at++];
    in_string_ = c == '"';
    record_depth_ += c == '{' || c == '[';
    record_depth_ -= c == '}' || c == ']';
    if (record_depth_ == 0) break;
  }
  if (!is_large_ && record_.size() + (at - begin) > most_bytes_) {
    is_large_ = true;
    record_.clear();
    record_.shrink_to_fit();
  }
  if (!is_large_) record_ += piece.substr(begin, at - begin);
  if (record_depth_ == 0) {
    in_record_ = false;
    if (is_large_) {
      handler_.on_large_record(record_offset_);
    } else {
      handler_.on_record(path(), record_, record_offset_);
    }
  }
  return at;
}

void JsonSplitter::take_structure(char byte, uint64_t offset) {
  if (is_space(byte)) return;
  switch (byte) {
    case '{':
    case '[':
      return open(byte == '[', offset);
    case '}':
    case ']':
      return close(byte == ']', offset);
    case '"':
      in_string_ = true;
      key_.clear();
      return open_.empty() ? fail(offset, "text stands outside of brackets") : void();
    case ',':
      if (!open_.empty()) open_.back().wants_key = true;
      return open_.empty() ? fail(offset, "a comma stands outside of brackets") : void();
    case ':':
      return open_.empty() || open_.back().is_array ? fail(offset, "a colon follows no key")
                                                    : void();
    default:
      if (open_.empty()) return fail(offset, "text stands outside of brackets");
      if (!is_of_scalar(byte)) return fail(offset, "no JSON has such a byte there");
  }
}

void JsonSplitter::open(bool is_array, uint64_t offset) {
  const bool is_record = !is_array && !open_.empty() && open_.back().is_array;
  if (is_record) {
    in_record_ = true;
    is_large_ = false;
    is_alone_ = false;
    record_.clear();
    record_offset_ = offset;
    record_depth_ = 0;
    return;
  }
  if (open_.size() == kDeepest) return fail(offset, "its brackets are nested too deep");
  if (open_.empty() && !is_array) {
    is_alone_ = true;
    alone_.clear();
    record_offset_ = offset;
  }
  open_.push_back({is_array, {}});
  if (is_array) handler_.on_array(path());
}

void JsonSplitter::close(bool is_array, uint64_t offset) {
  if (open_.empty() || open_.back().is_array != is_array) {
    return fail(offset, "a bracket closes none that is open");
  }
  open_.pop_back();
}

void JsonSplitter::fail(uint64_t offset, std::string_view what) {
  error_ = fmt::format("byte {}: {}", offset, what);
}

std::string JsonSplitter::path() const {
  std::string path;
  for (const Container& container : open_) {
    if (container.is_array) continue;
    if (!path.empty()) path += '/';
    path += container.key;
  }
  return path;
}

}  // namespace headwater::triage
