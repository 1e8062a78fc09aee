package io.tallystick.notify.challenge.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.rest.IdempotencyKey;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.challenge.Answer;
import io.tallystick.notify.challenge.Challenges;
import io.tallystick.notify.challenge.FaceChallenges;
import io.tallystick.notify.challenge.SmsChallenges;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// A payer's challenges.
@Path("/v1/challenges/{challengeId}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Challenges")
@RunOnVirtualThread
public class ChallengeResource {
  private final Challenges challenges;
  private final SmsChallenges sms;
  private final FaceChallenges face;
  private final RestCaller caller;

  ChallengeResource(
      Challenges challenges, SmsChallenges sms, FaceChallenges face, RestCaller caller) {
    this.challenges = challenges;
    this.sms = sms;
    this.face = face;
    this.caller = caller;
  }

  /// The six digits of an SMS.
  @RegisterForReflection
  public record SmsAnswer(@NotNull @Pattern(regexp = "[0-9]{6}") String code) {
    @Override
    public String toString() {
      return "SmsAnswer[***]";
    }
  }

  @GET
  @Operation(summary = "A challenge of the caller")
  public ChallengeView get(@PathParam("challengeId") String challengeId) {
    return view(caller.payer().payerId(), challengeId);
  }

  @POST
  @Path("/sms")
  @ResponseStatus(202)
  @Operation(summary = "Sends a code, or another one")
  public ChallengeView sendCode(
      @PathParam("challengeId") String challengeId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key) {
    String payerId = caller.payer().payerId();
    sms.send(payerId, challengeId, IdempotencyKey.required(key).value());
    return view(payerId, challengeId);
  }

  @POST
  @Path("/sms-answers")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Answers with a code")
  public AnswerView answerSms(
      @PathParam("challengeId") String challengeId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid SmsAnswer body) {
    String payerId = caller.payer().payerId();
    String required = IdempotencyKey.required(key).value();
    Answer answer = sms.answer(payerId, challengeId, body.code(), required);
    return AnswerView.from(answer, view(payerId, challengeId));
  }

  @POST
  @Path("/face-options")
  @Operation(summary = "PublicKeyCredentialRequestOptionsJSON, good for one answer")
  public String faceOptions(@PathParam("challengeId") String challengeId) {
    return face.options(caller.payer().payerId(), challengeId);
  }

  @POST
  @Path("/face-answers")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Answers with an AuthenticationResponseJSON")
  public AnswerView answerFace(@PathParam("challengeId") String challengeId, String assertion) {
    String payerId = caller.payer().payerId();
    Answer answer = face.answer(payerId, challengeId, assertion);
    return AnswerView.from(answer, view(payerId, challengeId));
  }

  private ChallengeView view(String payerId, String challengeId) {
    return ChallengeView.from(challenges.get(payerId, challengeId));
  }
}
