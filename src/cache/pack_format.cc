#include "cache/pack_format.h"

#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace headwater::cache {
namespace {

EntryHeader header_of(std::span<const std::byte> entry) {
  EntryHeader header;
  std::memcpy(&header, entry.data(), sizeof header);
  return header;
}

}  // namespace

uint64_t pack_identity(uint64_t scanner) {
  const uint64_t parts[] = {scanner, kPackFormat, FileFacts::layout()};
  return XXH3_64bits(parts, sizeof parts);
}

uint64_t hash_of(const FactsKey& key) {
  const uint64_t parts[] = {key.content_hash, key.size_bytes, key.flavour};
  return XXH3_64bits(parts, sizeof parts);
}

uint64_t checksum_of(std::span<const std::byte> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

uint64_t checksum_of(const PackFooter& footer) {
  return XXH3_64bits(&footer, offsetof(PackFooter, checksum));
}

IndexRow append_entry(const FactsKey& key, const FileFacts& facts, std::vector<std::byte>& out) {
  const size_t begin = out.size();
  EntryHeader header{};
  header.content_hash = key.content_hash;
  header.size_bytes = key.size_bytes;
  header.flavour = key.flavour;
  const auto bytes = std::as_bytes(std::span(&header, 1));
  out.insert(out.end(), bytes.begin(), bytes.end());
  facts.append_bytes(out);
  header.payload_bytes = static_cast<uint32_t>(out.size() - begin - sizeof header);
  out.resize((out.size() + kWord - 1) / kWord * kWord);
  std::memcpy(out.data() + begin, &header, sizeof header);
  header.checksum = checksum_of(std::span(out).subspan(begin + sizeof header.checksum));
  std::memcpy(out.data() + begin, &header.checksum, sizeof header.checksum);
  return {hash_of(key), static_cast<uint32_t>(begin / kWord),
          static_cast<uint32_t>((out.size() - begin) / kWord)};
}

bool is_whole(std::span<const std::byte> entry) {
  if (entry.size() < sizeof(EntryHeader)) return false;
  const EntryHeader header = header_of(entry);
  return header.payload_bytes <= entry.size() - sizeof header &&
         header.checksum == checksum_of(entry.subspan(sizeof header.checksum));
}

FactsKey key_of(std::span<const std::byte> entry) {
  const EntryHeader header = header_of(entry);
  return {header.content_hash, header.size_bytes, header.flavour};
}

std::span<const std::byte> payload_of(std::span<const std::byte> entry) {
  return entry.subspan(sizeof(EntryHeader), header_of(entry).payload_bytes);
}

}  // namespace headwater::cache
