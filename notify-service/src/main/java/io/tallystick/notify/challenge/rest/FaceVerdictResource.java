package io.tallystick.notify.challenge.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.challenge.Answer;
import io.tallystick.notify.challenge.Challenges;
import io.tallystick.notify.challenge.FaceVerdicts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Answers to challenges by the verdict of a face recognition vendor.
@Path("/v1/challenges/{challengeId}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Challenges")
@RunOnVirtualThread
public class FaceVerdictResource {
  private final Challenges challenges;
  private final FaceVerdicts verdicts;
  private final RestCaller caller;

  FaceVerdictResource(Challenges challenges, FaceVerdicts verdicts, RestCaller caller) {
    this.challenges = challenges;
    this.verdicts = verdicts;
    this.caller = caller;
  }

  /// What the vendor is to sign.
  @RegisterForReflection
  public record VerdictOptions(
      String nonce,
      String challengeId,
      String paymentId,
      String payerId,
      String audience,
      Instant expiresAt) {}

  /// @param verdict the vendor's JSON Web Token, compact form
  @RegisterForReflection
  public record VerdictAnswer(@NotBlank @Size(max = 8_192) String verdict) {
    @Override
    public String toString() {
      return "VerdictAnswer[***]";
    }
  }

  @POST
  @Path("/face-verdict-options")
  @Operation(summary = "What a vendor's verdict has to say, good for one answer")
  public VerdictOptions options(@PathParam("challengeId") String challengeId) {
    FaceVerdicts.Options options = verdicts.options(caller.payer().payerId(), challengeId);
    return new VerdictOptions(
        options.nonce(),
        options.challengeId(),
        options.paymentId(),
        options.payerId(),
        options.audience(),
        options.expiresAt());
  }

  @POST
  @Path("/face-verdicts")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Answers with a vendor's signed verdict")
  public AnswerView answer(
      @PathParam("challengeId") String challengeId, @NotNull @Valid VerdictAnswer body) {
    String payerId = caller.payer().payerId();
    Answer answer = verdicts.answer(payerId, challengeId, body.verdict());
    return AnswerView.from(answer, ChallengeView.from(challenges.get(payerId, challengeId)));
  }
}
