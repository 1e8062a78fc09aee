package io.tallystick.risk.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.Role;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.kit.rest.TimeCursor;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.postgres.StoredJson;
import io.tallystick.risk.replay.Replay;
import io.tallystick.risk.replay.Replayed;
import io.tallystick.risk.rest.ReplayViews.Move;
import io.tallystick.risk.rest.ReplayViews.ReplayPage;
import io.tallystick.risk.rest.ReplayViews.ReplayRequest;
import io.tallystick.risk.rest.ReplayViews.ReplayedDecision;
import io.tallystick.risk.thresholds.RuleBooks;
import io.tallystick.risk.thresholds.Thresholds;
import io.tallystick.risk.thresholds.ThresholdsException;
import io.tallystick.risk.thresholds.ThresholdsFile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Thresholds, and what others would have decided.
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "thresholds")
public class ReplayResource {
  private final Replay replay;
  private final RuleBooks ruleBooks;

  @Inject
  ReplayResource(Replay replay, RuleBooks ruleBooks) {
    this.replay = replay;
    this.ruleBooks = ruleBooks;
  }

  @GET
  @Path("/thresholds")
  @RolesAllowed({Role.RISK_OFFICER, Role.AUDITOR})
  @Operation(operationId = "getThresholds", summary = "The thresholds in force")
  public ThresholdsView thresholds() {
    Thresholds current = ruleBooks.current();
    return new ThresholdsView(
        current.version(),
        ruleBooks.refusal().orElse(null),
        StoredJson.readTree(current.effectiveText()));
  }

  @POST
  @Path("/replays")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.RISK_OFFICER)
  @Operation(
      operationId = "replay",
      summary = "Judges stored decisions again, and by other thresholds; changes nothing")
  @APIResponse(responseCode = "200", description = "A page of decisions judged again")
  @APIResponse(responseCode = "400", description = "The thresholds are refused: THRESHOLDS_REFUSED")
  public ReplayPage replay(@NotNull ReplayRequest request) {
    Thresholds other = other(request.thresholds());
    PageRequest page = PageRequest.of(request.limit(), request.cursor());
    TimeCursor after = TimeCursor.of(page).orElse(null);
    List<Replayed> rows =
        replay.replay(
            Times.parse("from", request.from(), Instant.EPOCH),
            Times.parse("to", request.to(), Times.END),
            after,
            page.limit() + 1,
            other);
    Page<Replayed> judged = Page.of(page, rows, one -> cursor(one.decision()));
    return view(judged, other);
  }

  private static String cursor(Decision decision) {
    return new TimeCursor(decision.decidedAt(), decision.paymentId()).text();
  }

  private static ReplayPage view(Page<Replayed> judged, @Nullable Thresholds other) {
    List<Replayed> all = judged.items();
    return new ReplayPage(
        all.size(),
        (int) all.stream().filter(Replayed::reproduced).count(),
        other == null ? null : other.version(),
        moves(all),
        all.stream()
            .filter(one -> one.differs() || !one.reproduced())
            .map(ReplayedDecision::of)
            .toList(),
        judged.nextCursor());
  }

  private static List<Move> moves(List<Replayed> all) {
    Map<String, Integer> counted = new TreeMap<>();
    all.forEach(one ->
        one.other()
            .ifPresent(other ->
                counted.merge(
                    StoredJson.wire(one.decision().judgement().outcome())
                        + " "
                        + StoredJson.wire(other.outcome()),
                    1,
                    Integer::sum)));
    List<Move> moves = new ArrayList<>();
    counted.forEach((names, count) -> {
      String[] both = names.split(" ");
      moves.add(new Move(both[0], both[1], count));
    });
    return moves;
  }

  private static @Nullable Thresholds other(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > ThresholdsFile.MAX_BYTES) {
      throw ApiErrors.invalidArgument("THRESHOLDS_REFUSED", "the thresholds are too long");
    }
    try {
      return ThresholdsFile.over("the thresholds given", text);
    } catch (ThresholdsException refused) {
      throw ApiErrors.invalidArgument("THRESHOLDS_REFUSED", refused.getMessage() + "");
    }
  }
}
