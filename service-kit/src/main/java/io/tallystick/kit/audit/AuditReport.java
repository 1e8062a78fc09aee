package io.tallystick.kit.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a check of one log found.
///
/// @param sound whether nothing was found
/// @param sealedRows rows that the chain vouches for
/// @param unsealedRows written lately and not yet sealed
/// @param broken the first thing that contradicts the chain; absent when sound
/// @param head where the chain stands: to be kept elsewhere and held against later checks
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditReport(
    String log,
    boolean sound,
    long sealedRows,
    long segments,
    long unsealedRows,
    @Nullable Broken broken,
    Head head) {

  /// @param kind `row-altered`, `row-deleted`, `row-inserted`, `rows-reordered`, `segment-altered`,
  ///   `segment-missing`, `head-not-genuine`, `head-contradicted`, `truncated`
  /// @param sequence the segment
  /// @param rowId `written_id` of the row, when it is about one
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Broken(String kind, long sequence, @Nullable Long rowId, String explanation) {}

  /// @param sequence of the last segment, 0 of an empty chain
  /// @param digest hexadecimal
  /// @param signedAt of the last signed head, absent when none is signed yet
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Head(long sequence, String digest, @Nullable Instant signedAt) {}
}
