package io.tallystick.notify.face.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.face.Passkey;
import io.tallystick.notify.face.Passkeys;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// A payer's passkeys.
@Path("/v1/face")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Face")
@RunOnVirtualThread
public class PasskeyResource {
  private final Passkeys passkeys;
  private final RestCaller caller;

  PasskeyResource(Passkeys passkeys, RestCaller caller) {
    this.passkeys = passkeys;
    this.caller = caller;
  }

  /// A passkey in JSON.
  ///
  /// @param passkeyId credential id, base64url
  @RegisterForReflection
  public record PasskeyView(String passkeyId, Instant createdAt) {
    static PasskeyView from(Passkey passkey) {
      return new PasskeyView(passkey.id(), passkey.createdAt());
    }
  }

  /// All of a payer's passkeys; they are few.
  @RegisterForReflection
  public record PasskeyList(List<PasskeyView> items) {
    public PasskeyList {
      items = List.copyOf(items);
    }
  }

  @POST
  @Path("/registration-options")
  @Operation(summary = "PublicKeyCredentialCreationOptionsJSON for a new passkey")
  public String options() {
    String payerId = caller.payer().payerId();
    return passkeys.options(payerId, payerId);
  }

  @POST
  @Path("/registrations")
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @Operation(summary = "Registers the passkey of a RegistrationResponseJSON")
  public PasskeyView register(String registration) {
    return PasskeyView.from(passkeys.register(caller.payer().payerId(), registration));
  }

  @GET
  @Path("/passkeys")
  @Operation(summary = "The caller's passkeys")
  public PasskeyList list() {
    return new PasskeyList(
        passkeys.list(caller.payer().payerId()).stream().map(PasskeyView::from).toList());
  }

  @DELETE
  @Path("/passkeys/{passkeyId}")
  @Operation(summary = "Forgets a passkey")
  public void delete(@PathParam("passkeyId") String passkeyId) {
    byte[] credentialId =
        ApiErrors.valid("PASSKEY_ID_MALFORMED", () -> Base64.getUrlDecoder().decode(passkeyId));
    passkeys.delete(caller.payer().payerId(), credentialId);
  }
}
