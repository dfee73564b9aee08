#include "cache/world_file.h"

#include <cstring>

#include "base/hash.h"

namespace headwater::cache {
namespace {

constexpr std::string_view kMagic = "hwworld1";
constexpr size_t kNumber = sizeof(uint64_t);
constexpr size_t kHeader = kMagic.size() + kNumber;

uint64_t number_at(std::string_view bytes, size_t offset) {
  uint64_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

void append(std::string& to, uint64_t number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

}  // namespace

WorldFile encode_world(std::string_view content, uint64_t program) {
  WorldFile made;
  made.bytes.reserve(kHeader + content.size() + kNumber);
  made.bytes.append(kMagic);
  append(made.bytes, program);
  made.bytes.append(content);
  made.number = hash_of(made.bytes);
  append(made.bytes, made.number);
  return made;
}

std::optional<std::string_view> world_content(std::string_view bytes, uint64_t program,
                                              uint64_t number) {
  if (bytes.size() < kHeader + kNumber || program_of_world(bytes) != program) return std::nullopt;
  const std::string_view sealed = bytes.substr(0, bytes.size() - kNumber);
  if (number_at(bytes, sealed.size()) != number || hash_of(sealed) != number) return std::nullopt;
  return sealed.substr(kHeader);
}

std::optional<uint64_t> program_of_world(std::string_view first_bytes) {
  if (first_bytes.size() < kHeader || !first_bytes.starts_with(kMagic)) return std::nullopt;
  return number_at(first_bytes, kMagic.size());
}

}  // namespace headwater::cache
