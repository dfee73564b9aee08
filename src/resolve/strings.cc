#include "resolve/strings.h"

#include <tbb/parallel_for.h>
#include <xxhash.h>

#include <algorithm>
#include <unordered_map>

#include "base/bytes.h"
#include "resolve/holders.h"
#include "resolve/string_resolver.h"

namespace headwater::resolve {
namespace {

/// The strings of one file.
using Strings = std::span<const NamedString>;

std::vector<Strings> by_file(Strings strings) {
  std::vector<Strings> files;
  for (size_t begin = 0; begin < strings.size();) {
    size_t end = begin + 1;
    while (end < strings.size() && strings[end].file == strings[begin].file) ++end;
    files.push_back(strings.subspan(begin, end - begin));
    begin = end;
  }
  return files;
}

/// Of everything that what they lead to depends on, other files aside.
uint64_t identity_of(Strings strings) {
  ByteWriter bytes;
  bytes.put(strings[0].file);
  for (const NamedString& one : strings) {
    bytes.put(one.key), bytes.put(one.name), bytes.put(one.reader), bytes.put(one.use);
    bytes.put(one.unknown_because), bytes.put(one.viewer);
    bytes.put(one.is_of_command);
  }
  const std::string all = std::move(bytes).take();
  return XXH3_64bits(all.data(), all.size());
}

class Resolving {
 public:
  Resolving(const World& world, const Symbols& symbols, Strings strings)
      : world_(world),
        resolver_(world, symbols),
        strings_(strings),
        files_(by_file(strings)),
        targets_(strings.size()) {}

  const std::vector<Strings>& files() const { return files_; }
  size_t begin_of(Strings of_file) const {
    return static_cast<size_t>(of_file.data() - strings_.data());
  }

  /// `asked`: by viewer; empty: all are.
  void resolve(Strings of_file, const std::vector<bool>& asked) {
    for (size_t i = 0; i < of_file.size(); ++i) {
      const uint32_t viewer = of_file[i].viewer;
      if (viewer == UINT32_MAX || (!asked.empty() && !asked[viewer])) continue;
      targets_[begin_of(of_file) + i] = resolver_.resolve(of_file[i], of_file);
    }
  }

  void trace(Strings of_file, const std::vector<bool>& asked, TracedStrings& traced) {
    world_.asked.begin();
    // A viewer's own way to come by modules counts: what it registers, say.
    for (const NamedString& one : of_file) world_.asked.note(one.viewer);
    world_.asked.note(of_file[0].file_id);
    resolve(of_file, asked);
    traced = {identity_of(of_file), static_cast<uint32_t>(begin_of(of_file)), world_.asked.take(),
              world_.asked.take_words()};
  }

  std::vector<StringTarget>& targets() { return targets_; }

 private:
  const World& world_;
  const StringResolver resolver_;
  const Strings strings_;
  const std::vector<Strings> files_;
  std::vector<StringTarget> targets_;
};

}  // namespace

std::vector<StringTarget> resolve_strings(const World& world, const Symbols& symbols,
                                          std::span<const NamedString> strings,
                                          const std::vector<bool>& asked,
                                          std::vector<TracedStrings>& traced) {
  if (strings.empty()) return {};
  Resolving resolving(world, symbols, strings);
  const std::vector<Strings>& files = resolving.files();
  traced.resize(files.size());
  tbb::parallel_for(size_t{0}, files.size(),
                    [&](size_t i) { resolving.trace(files[i], asked, traced[i]); });
  return std::move(resolving.targets());
}

std::vector<StringTarget> resolve_strings_again(const World& world, const Symbols& symbols,
                                                std::span<const NamedString> strings,
                                                std::vector<StringTarget> before,
                                                const std::vector<TracedStrings>& traced,
                                                const std::vector<uint32_t>& changed) {
  if (strings.empty()) return {};
  std::unordered_map<uint64_t, const TracedStrings*> known;
  for (const TracedStrings& one : traced) {
    const bool says_the_same =
        std::ranges::none_of(
            one.asked, [&](uint32_t file) { return std::ranges::binary_search(changed, file); }) &&
        std::ranges::none_of(changed, [&](uint32_t file) {
          return std::ranges::any_of(one.words, [&](const std::string& word) {
            return imports_word(world.scanned.facts[file], word);
          });
        });
    if (says_the_same) known.emplace(one.identity, &one);
  }
  Resolving resolving(world, symbols, strings);
  const std::vector<Strings>& files = resolving.files();
  tbb::parallel_for(size_t{0}, files.size(), [&](size_t i) {
    // A path may lead to what is no source, which may have come or gone.
    const bool has_path = std::ranges::any_of(
        files[i], [](const NamedString& one) { return one.use == NameUse::kPath; });
    const auto found = has_path ? known.end() : known.find(identity_of(files[i]));
    if (found == known.end()) return resolving.resolve(files[i], {});
    const auto targets = std::span(before).subspan(found->second->begin, files[i].size());
    std::ranges::move(targets, resolving.targets().data() + resolving.begin_of(files[i]));
  });
  return std::move(resolving.targets());
}

}  // namespace headwater::resolve
