package io.tallystick.kit.sealing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operator sees of the key-encryption keys of a service: versions and counts, no keys.
///
/// @param current version that is sealed with
/// @param versions that open
/// @param heldBack versions that are gone from the configuration and kept because rows need them
/// @param fault why the configuration was not taken when it was read last; absent when it was
/// @param uses rows by what they are and version
/// @param job the newest re-seal job; absent when there was none
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealingStatus(
    String service,
    int current,
    Set<Integer> versions,
    Set<Integer> heldBack,
    @Nullable String fault,
    List<Use> uses,
    @Nullable Job job) {

  /// @param shortLived whether they expire by themselves within minutes
  @RegisterForReflection
  public record Use(String what, int version, long rows, boolean shortLived) {}

  /// A re-seal job.
  ///
  /// @param finishedAt absent while it runs
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Job(
      int version,
      String requestedBy,
      Instant requestedAt,
      long resealed,
      long broken,
      @Nullable Instant finishedAt) {
    static Job of(ResealJob job) {
      return new Job(
          job.version(),
          job.requestedBy(),
          job.requestedAt(),
          job.resealed(),
          job.broken(),
          job.finishedAt().orElse(null));
    }
  }
}
