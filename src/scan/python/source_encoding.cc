#include "scan/python/source_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cstring>

#include "base/utf8.h"

namespace headwater::scan {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_encoding_byte(char c) {
  const char lower = static_cast<char>(c | 32);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

/// What a comment line declares; nothing if `line` is none or declares nothing.
std::string encoding_of_line(std::string_view line) {
  const size_t hash = line.find_first_not_of(" \t\f");
  if (hash == std::string_view::npos || line[hash] != '#') return {};
  for (size_t at = line.find("coding", hash); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    size_t i = at + 6;
    if (i >= line.size() || (line[i] != ':' && line[i] != '=')) continue;
    i = std::min(line.find_first_not_of(" \t", i + 1), line.size());
    std::string name;
    for (; i < line.size() && is_encoding_byte(line[i]); ++i) {
      const char c = line[i];
      name += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
    }
    if (!name.empty()) return name;
  }
  return {};
}

bool is_name_or_prefix(std::string_view name, std::string_view known) {
  return name.substr(0, known.size()) == known &&
         (name.size() == known.size() || name[known.size()] == '-');
}

bool is_utf8_name(std::string_view name) {
  return is_name_or_prefix(name, "utf-8") || name == "utf8" || name == "u8" || name == "utf";
}

enum class Transcoding { kDone, kInvalid, kUnknown };

Transcoding transcode(const std::string& encoding, std::string_view bytes, std::string& out) {
  // Python's names for what iconv calls otherwise.
  const bool latin = is_name_or_prefix(encoding, "latin-1") || encoding == "latin1" ||
                     is_name_or_prefix(encoding, "iso-latin-1") || encoding == "l1";
  const iconv_t converter = iconv_open("UTF-8", latin ? "ISO-8859-1" : encoding.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return Transcoding::kUnknown;
  out.resize(bytes.size() * 4 + 16);             // no encoding of ASCII supersets grows by more
  char* from = const_cast<char*>(bytes.data());  // iconv's interface; it does not write
  size_t from_left = bytes.size();
  char* to = out.data();
  size_t to_left = out.size();
  const bool good = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<size_t>(-1);
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return good ? Transcoding::kDone : Transcoding::kInvalid;
}

SyntaxFault fault_at(std::string_view bytes, size_t offset, SyntaxErrorKind kind) {
  const auto line =
      1 + std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(offset), '\n');
  return {static_cast<uint32_t>(line), kind};
}

/// The offset of the first byte that is not part of UTF-8, or the size.
size_t first_non_utf8(std::string_view bytes, size_t begin) {
  for (size_t i = begin; i < bytes.size();) {
    const uint32_t size = decode_utf8(bytes.substr(i)).size;
    if (size == 0) return i;
    i = first_non_ascii(bytes, i + size);
  }
  return bytes.size();
}

}  // namespace

size_t first_non_ascii(std::string_view bytes, size_t begin) {
  size_t i = begin;
  for (; i + 32 <= bytes.size(); i += 32) {
    uint64_t words[4];
    std::memcpy(words, bytes.data() + i, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080) != 0) break;
  }
  while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) < 0x80) ++i;
  return i;
}

std::string declared_encoding(std::string_view bytes) {
  if (bytes.substr(0, 3) == kByteOrderMark) bytes.remove_prefix(3);
  for (int line = 0; line < 2; ++line) {
    const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const std::string_view first = bytes.substr(0, end);
    if (std::string name = encoding_of_line(first); !name.empty()) return name;
    const size_t code = first.find_first_not_of(" \t\f");
    if (code != std::string_view::npos && first[code] != '#') return {};
    bytes.remove_prefix(std::min(bytes.size(), end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1)));
  }
  return {};
}

DecodedSource decode_source(std::string_view bytes, std::string& storage) {
  if (const size_t null = bytes.find('\0'); null != std::string_view::npos) {
    return {bytes, fault_at(bytes, null, SyntaxErrorKind::kNullByte)};
  }
  const size_t first = first_non_ascii(bytes, 0);
  if (first == bytes.size()) return {bytes, std::nullopt};
  const std::string encoding = declared_encoding(bytes);
  // With a byte order mark CPython takes no other spelling than this, not even `utf8`.
  if (!encoding.empty() && bytes.substr(0, 3) == kByteOrderMark &&
      !is_name_or_prefix(encoding, "utf-8")) {
    return {bytes, SyntaxFault{1, SyntaxErrorKind::kEncoding}};
  }
  if (encoding.empty() || is_utf8_name(encoding)) {
    const size_t bad = first_non_utf8(bytes, first);
    if (bad == bytes.size()) return {bytes, std::nullopt};
    return {bytes, fault_at(bytes, bad, SyntaxErrorKind::kEncoding)};
  }
  switch (transcode(encoding, bytes, storage)) {
    case Transcoding::kDone:
      return {storage, std::nullopt};
    case Transcoding::kInvalid:
      return {bytes, SyntaxFault{1, SyntaxErrorKind::kEncoding}};
    case Transcoding::kUnknown:
      break;
  }
  return {bytes, std::nullopt};
}

}  // namespace headwater::scan
