#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace headwater {

/// Appends values to a text of bytes, in this machine's order. What cannot be copied byte by byte
/// has functions `write_to(ByteWriter&, const T&)` and `read_from(ByteReader&, T&)` beside it.
class ByteWriter {
 public:
  template <typename T>
  void put(const T& value) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      write_to(*this, value);
    }
  }
  void put(std::string_view text) {
    put(uint64_t{text.size()});
    bytes_.append(text);
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <typename T>
  void put(const std::vector<T>& values) {
    put(uint64_t{values.size()});
    if constexpr (std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool>) {
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (const auto& value : values) put(value);
    }
  }

  /// What is not filled costs nothing; to grow copies all, and holds it twice meanwhile.
  void reserve(size_t bytes) { bytes_.reserve(bytes); }
  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what a ByteWriter has written. Past the end everything is empty, and is_whole() says no.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : left_(bytes) {}

  template <typename T>
  void get(T& value) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      const std::string_view bytes = next(sizeof value);
      if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    } else {
      read_from(*this, value);
    }
  }
  void get(std::string& text) { text = next(count(1)); }
  template <typename T>
  void get(std::optional<T>& value) {
    bool is_there = false;
    get(is_there);
    if (is_there) get(value.emplace());
  }
  template <typename T>
  void get(std::vector<T>& values) {
    if constexpr (std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool>) {
      const uint64_t size = count(sizeof(T));
      values.resize(size);
      const std::string_view bytes = next(size * sizeof(T));
      if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    } else {
      const uint64_t size = count(1);
      values.clear();
      // Not beyond what can be there: each takes some bytes, and most have a count in front.
      values.reserve(std::min(size, left_.size() / sizeof(uint64_t)));
      while (values.size() < size && is_whole_) get(values.emplace_back());
    }
  }
  void get(std::vector<bool>& values) {
    std::vector<uint8_t> bytes;
    get(bytes);
    values.assign(bytes.begin(), bytes.end());
  }

  /// Whether all was there that was asked for, and nothing is left.
  bool is_whole() const { return is_whole_ && left_.empty(); }

 private:
  std::string_view next(uint64_t size) {
    if (size > left_.size()) {
      is_whole_ = false;
      left_ = {};
      return {};
    }
    const std::string_view bytes = left_.substr(0, size);
    left_.remove_prefix(size);
    return bytes;
  }
  /// Of values that take `size` bytes each, or more.
  uint64_t count(size_t size) {
    uint64_t found = 0;
    get(found);
    if (found <= left_.size() / size) return found;
    is_whole_ = false;
    left_ = {};
    return 0;
  }

  std::string_view left_;
  bool is_whole_ = true;
};

}  // namespace headwater
