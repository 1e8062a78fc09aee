package io.tallystick.notify.contact.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.rest.RestCaller;
import io.tallystick.notify.contact.Contact;
import io.tallystick.notify.contact.Contacts;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The number that a payer's codes go to. It comes from the token's standard claims (OpenID Connect
/// Core §5.1) and nothing else, so nobody can name a number that the issuer did not verify.
@Path("/v1/contact")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Contact")
@RunOnVirtualThread
public class ContactResource {
  private static final String NUMBER = "phone_number";
  private static final String VERIFIED = "phone_number_verified";

  private final Contacts contacts;
  private final RestCaller caller;
  private final JsonWebToken token;

  ContactResource(Contacts contacts, RestCaller caller, JsonWebToken token) {
    this.contacts = contacts;
    this.caller = caller;
    this.token = token;
  }

  /// A contact in JSON.
  ///
  /// @param phoneNumber masked
  @RegisterForReflection
  public record ContactView(String phoneNumber, Instant updatedAt) {
    static ContactView from(Contact contact) {
      return new ContactView(contact.masked(), contact.updatedAt());
    }
  }

  @PUT
  @Operation(summary = "Takes the number from the token's verified claims; no body")
  public ContactView put() {
    String payerId = caller.payer().payerId();
    String number = token.getClaim(NUMBER);
    if (number == null || !verified()) {
      throw ApiErrors.failedPrecondition(
          "PHONE_NUMBER_UNVERIFIED", "the token states no verified phone_number");
    }
    return ContactView.from(contacts.put(payerId, number));
  }

  @GET
  @Operation(summary = "The number, masked")
  public ContactView get() {
    return contacts
        .find(caller.payer().payerId())
        .map(ContactView::from)
        .orElseThrow(() -> ApiErrors.notFound("NOT_FOUND", "no telephone number is known"));
  }

  private boolean verified() {
    Object claim = token.getClaim(VERIFIED);
    return JsonValue.TRUE.equals(claim) || Boolean.TRUE.equals(claim);
  }
}
