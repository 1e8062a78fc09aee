package io.tallystick.seed.device.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.rest.IdempotencyKey;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.seed.device.Devices;
import io.tallystick.seed.device.EnrolmentChallenges;
import io.tallystick.seed.device.EnrolmentRequest;
import io.tallystick.seed.device.Enrolments;
import io.tallystick.seed.device.IssuedDevice;
import io.tallystick.seed.device.RenewalRequest;
import io.tallystick.seed.device.Renewals;
import io.tallystick.seed.password.rest.PasswordField;
import io.tallystick.seed.rest.Answers;
import io.tallystick.seed.rest.Fields;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The payer's devices.
@Path("/v1/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Devices")
@SecurityRequirement(name = "payer")
@Authenticated
@RunOnVirtualThread
public class DeviceResource {
  private final EnrolmentChallenges challenges;
  private final Enrolments enrolments;
  private final Renewals renewals;
  private final Devices devices;
  private final IssuedDeviceViews views;
  private final RestCaller caller;

  DeviceResource(
      EnrolmentChallenges challenges,
      Enrolments enrolments,
      Renewals renewals,
      Devices devices,
      IssuedDeviceViews views,
      RestCaller caller) {
    this.challenges = challenges;
    this.enrolments = enrolments;
    this.renewals = renewals;
    this.devices = devices;
    this.views = views;
    this.caller = caller;
  }

  /// What a new device has to sign.
  @RegisterForReflection
  public record ChallengeView(
      @Schema(description = "32 bytes, Base64") byte[] challenge, Instant expiresAt) {}

  /// A wallet asks to be enrolled.
  @RegisterForReflection
  public record Enrolment(
      @NotNull @Size(min = 1, max = 64) @Pattern(regexp = "[^\\p{Cntrl}]*") String name,
      @NotNull @Schema(description = "Compressed SM2 point, 33 bytes, Base64")
          byte[] devicePublicKey,
      @NotNull @Size(min = 32, max = 32) byte[] challenge,
      @NotNull @Schema(description = "SM2 r‖s, 64 bytes, Base64") byte[] proofOfPossession,
      @NotNull String paymentPassword) {
    @Override
    public String toString() {
      return "Enrolment[not shown]";
    }
  }

  /// A wallet asks for another seed and authorisation.
  @RegisterForReflection
  public record Renewal(
      @NotNull String paymentPassword,
      @NotNull @Schema(description = "Unix seconds") Long signedAt,
      @NotNull @Schema(description = "SM2 r‖s, 64 bytes, Base64") byte[] signature) {
    @Override
    public String toString() {
      return "Renewal[not shown]";
    }
  }

  /// A payer revokes a device.
  @RegisterForReflection
  public record DeviceRevocation(@NotNull String paymentPassword) {
    @Override
    public String toString() {
      return "DeviceRevocation[not shown]";
    }
  }

  /// The payer's devices, newest first.
  @RegisterForReflection
  public record DeviceList(List<DeviceView> devices) {}

  @POST
  @Path("/challenges")
  @Operation(summary = "Gives out a challenge for enrolment")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ChallengeView.class)))
  public Response challenge() {
    EnrolmentChallenges.Challenge challenge = challenges.issue(caller.payer().payerId());
    return Answers.createdInSecret(
        new ChallengeView(challenge.bytes(), challenge.expiresAt()), false);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Enrols a device and retires the earlier one")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = IssuedDeviceView.class)))
  public Response enrol(
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid Enrolment enrolment) {
    EnrolmentRequest request =
        new EnrolmentRequest(
            caller.payer().payerId(),
            IdempotencyKey.required(key).value(),
            enrolment.name(),
            Fields.publicKey("devicePublicKey", enrolment.devicePublicKey()),
            enrolment.challenge(),
            Fields.signature("proofOfPossession", enrolment.proofOfPossession()),
            PasswordField.parse("paymentPassword", enrolment.paymentPassword()));
    return answer(enrolments.enrol(request));
  }

  @GET
  @Operation(summary = "Lists the payer's devices, newest first")
  public DeviceList list() {
    return new DeviceList(
        devices.list(caller.payer().payerId()).stream().map(DeviceView::of).toList());
  }

  @DELETE
  @Path("/{deviceId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Revokes a device")
  public DeviceView revoke(
      @PathParam("deviceId") String deviceId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @RequestBody(required = true) @NotNull @Valid DeviceRevocation revocation) {
    return DeviceView.of(
        devices.revoke(
            caller.payer().payerId(),
            IdempotencyKey.required(key).value(),
            Fields.deviceId(deviceId),
            PasswordField.parse("paymentPassword", revocation.paymentPassword())));
  }

  @POST
  @Path("/{deviceId}/renewals")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Issues another seed and authorisation and tops the allowance up")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = IssuedDeviceView.class)))
  public Response renew(
      @PathParam("deviceId") String deviceId,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid Renewal renewal) {
    RenewalRequest request =
        new RenewalRequest(
            caller.payer().payerId(),
            IdempotencyKey.required(key).value(),
            Fields.deviceId(deviceId),
            renewal.signedAt(),
            Fields.signature("signature", renewal.signature()),
            PasswordField.parse("paymentPassword", renewal.paymentPassword()));
    return answer(renewals.renew(request));
  }

  private Response answer(IssuedDevice issued) {
    return Answers.createdInSecret(views.of(issued), issued.replayed());
  }
}
