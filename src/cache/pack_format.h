#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cache/facts_key.h"
#include "model/file_facts.h"

/// The bytes of a pack, a file of facts that is written once and never changed. docs/cache.md has
/// the grammar and the reasons. Integers are in the machine's byte order: another one has another
/// identity.
namespace headwater::cache {

/// Raised when what is below means something else.
inline constexpr uint32_t kPackFormat = 1;

/// Entries begin at multiples of it, so that 32 bits of an offset reach 32 GiB.
inline constexpr uint64_t kWord = 8;

struct EntryHeader {
  uint64_t checksum;  // XXH3-64 of the entry behind it, padding included
  uint64_t content_hash;
  uint64_t size_bytes;
  uint32_t payload_bytes;  // FileFacts::append_bytes(); zeros up to a whole word follow
  uint8_t flavour;
  uint8_t zeros[3];
};
static_assert(sizeof(EntryHeader) == 32);

/// Rows are sorted by key_hash, each once.
struct IndexRow {
  uint64_t key_hash;
  uint32_t offset_words;
  uint32_t words;  // of the whole entry
};
static_assert(sizeof(IndexRow) == 16);

/// The last bytes of a pack: a pack that was cut short has none.
struct PackFooter {
  uint64_t magic;
  uint32_t format;
  uint32_t zero;
  uint64_t identity;
  uint64_t entry_count;
  uint64_t index_offset;  // bytes; entries lie before it
  uint64_t index_checksum;
  uint64_t checksum;  // of the footer before it
};
static_assert(sizeof(PackFooter) == 56);

/// "HWFACTS\n" as it stands in a file of a little endian machine.
inline constexpr uint64_t kPackMagic = 0x0a53544341465748;

/// Of packs that the scanner may read: it differs by format and by layout of the facts, too.
uint64_t pack_identity(uint64_t scanner);

/// By which an entry is looked up. Two keys with one hash are possible: the entry says whose it is.
uint64_t hash_of(const FactsKey& key);

uint64_t checksum_of(std::span<const std::byte> bytes);
uint64_t checksum_of(const PackFooter& footer);

/// Appends an entry; gives its row, with the offset in `out`, which holds whole words.
IndexRow append_entry(const FactsKey& key, const FileFacts& facts, std::vector<std::byte>& out);

/// Whether the bytes are a whole entry as it was written, whatever key it has.
bool is_whole(std::span<const std::byte> entry);

/// The key and the payload of an entry that is whole.
FactsKey key_of(std::span<const std::byte> entry);
std::span<const std::byte> payload_of(std::span<const std::byte> entry);

}  // namespace headwater::cache
