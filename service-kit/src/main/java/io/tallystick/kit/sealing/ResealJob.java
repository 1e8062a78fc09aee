package io.tallystick.kit.sealing;

import java.time.Instant;
import java.util.Optional;

/// A re-seal job as it stands.
///
/// @param version everything is sealed under this one when the job has finished
/// @param resealed rows sealed anew so far
/// @param broken rows that did not open in the last pass
public record ResealJob(
    long jobId,
    int version,
    String requestedBy,
    Instant requestedAt,
    long resealed,
    long broken,
    Optional<Instant> finishedAt) {
  public boolean finished() {
    return finishedAt.isPresent();
  }
}
