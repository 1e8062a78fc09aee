package io.tallystick.seed.password.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.rest.IdempotencyKey;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.seed.password.PasswordState;
import io.tallystick.seed.password.PaymentPasswords;
import io.tallystick.seed.rest.Answers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The payer's payment password.
@Path("/v1/payment-password")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Payment password")
@SecurityRequirement(name = "payer")
@Authenticated
@RunOnVirtualThread
public class PaymentPasswordResource {
  private final PaymentPasswords passwords;
  private final RestCaller caller;

  PaymentPasswordResource(PaymentPasswords passwords, RestCaller caller) {
    this.passwords = passwords;
    this.caller = caller;
  }

  /// @param currentPassword left out when none is set
  @RegisterForReflection
  public record PasswordChange(
      @NotNull @Schema(examples = "739164", minLength = 6, maxLength = 64) String newPassword,
      @Nullable String currentPassword) {
    @Override
    public String toString() {
      return "PasswordChange[not shown]";
    }
  }

  /// @param lockedUntil absent while it is not locked, and when only an operator can unlock it
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record PasswordView(
      boolean set, boolean locked, int attemptsLeft, @Nullable Instant lockedUntil) {}

  @GET
  @Operation(summary = "Whether it is set, and whether it is locked")
  public PasswordView state() {
    PasswordState state = passwords.state(caller.payer().payerId());
    return new PasswordView(
        state.set(), state.locked(), state.attemptsLeft(), state.lockedUntil().orElse(null));
  }

  @PUT
  @Operation(summary = "Sets it, or changes it with the current one")
  @APIResponse(responseCode = "204", description = "Set")
  public Response set(
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @NotNull @Valid PasswordChange change) {
    boolean replayed =
        passwords.set(
            caller.payer().payerId(),
            IdempotencyKey.required(key).value(),
            PasswordField.parse("newPassword", change.newPassword()),
            Optional.ofNullable(change.currentPassword())
                .map(text -> PasswordField.parse("currentPassword", text)));
    return Answers.noContent(replayed);
  }
}
