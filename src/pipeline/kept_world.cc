#include "pipeline/kept_world.h"

#include "base/bytes.h"
#include "model/stored.h"

namespace headwater::resolve {

void write_to(ByteWriter& to, const ResolveTrace::Registered& registered) {
  to.put(registered.file), to.put(registered.names);
}

void read_from(ByteReader& from, ResolveTrace::Registered& registered) {
  from.get(registered.file), from.get(registered.names);
}

void write_to(ByteWriter& to, const ResolveTrace::Missing& missing) {
  to.put(missing.name), to.put(missing.setter);
}

void read_from(ByteReader& from, ResolveTrace::Missing& missing) {
  from.get(missing.name), from.get(missing.setter);
}

void write_to(ByteWriter& to, const ResolveTrace::Suspect& suspect) {
  to.put(suspect.module), to.put(suspect.missing), to.put(suspect.asked);
}

void read_from(ByteReader& from, ResolveTrace::Suspect& suspect) {
  from.get(suspect.module), from.get(suspect.missing), from.get(suspect.asked);
}

void write_to(ByteWriter& to, const TracedStrings& strings) {
  to.put(strings.identity), to.put(strings.begin), to.put(strings.asked), to.put(strings.words);
}

void read_from(ByteReader& from, TracedStrings& strings) {
  from.get(strings.identity), from.get(strings.begin), from.get(strings.asked);
  from.get(strings.words);
}

void write_to(ByteWriter& to, const ResolveTrace& trace) {
  to.put(trace.is_whole);
  if (!trace.is_whole) return;
  to.put(trace.package), to.put(trace.asked_ends), to.put(trace.asked);
  to.put(trace.registered), to.put(trace.suspects), to.put(trace.strings);
}

void read_from(ByteReader& from, ResolveTrace& trace) {
  from.get(trace.is_whole);
  if (!trace.is_whole) return;
  from.get(trace.package), from.get(trace.asked_ends), from.get(trace.asked);
  from.get(trace.registered), from.get(trace.suspects), from.get(trace.strings);
}

}  // namespace headwater::resolve

namespace headwater::pipeline {

void write_to(ByteWriter& to, const KeptQuestion& question) {
  to.put(question.module), to.put(question.name), to.put(question.is_asked_for);
}

void read_from(ByteReader& from, KeptQuestion& question) {
  from.get(question.module), from.get(question.name), from.get(question.is_asked_for);
}

void write_to(ByteWriter& to, const KeptSimulation& simulation) {
  to.put(simulation.key), to.put(simulation.read), to.put(simulation.questions);
  to.put(simulation.table);
}

void read_from(ByteReader& from, KeptSimulation& simulation) {
  from.get(simulation.key), from.get(simulation.read), from.get(simulation.questions);
  from.get(simulation.table);
}

std::string encode(const WorldView& world) {
  constexpr size_t kMostPerRow = 128;  // of a resolution, with its share of all else: mostly 80
  ByteWriter to;
  to.reserve(world.resolved.resolutions.size() * kMostPerRow);
  to.put(world.tree), to.put(world.settings), to.put(world.layout_key);
  to.put(world.simulations);
  to.put(world.key), to.put(world.entry_paths), to.put(world.path_editors);
  write_to(to, world.trace);
  if (world.trace.is_whole) to.put(world.resolved);
  return std::move(to).take();
}

std::optional<KeptWorld> decode(std::string_view bytes) {
  ByteReader from(bytes);
  KeptWorld made;
  KeptResolving& resolving = made.resolving;
  from.get(made.tree), from.get(made.settings), from.get(made.layout_key);
  from.get(made.simulations);
  from.get(resolving.key), from.get(resolving.entry_paths), from.get(resolving.path_editors);
  read_from(from, resolving.trace);
  if (resolving.trace.is_whole) from.get(resolving.resolved);
  if (!from.is_whole()) return std::nullopt;
  return made;
}

}  // namespace headwater::pipeline
