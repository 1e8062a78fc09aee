package io.tallystick.seed.issuer.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.seed.issuer.IssuerKey;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.issuer.TrustAnchor;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The platform's public keys; anyone may read them.
@Path("/v1/issuer-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Issuer keys")
@PermitAll
@RunOnVirtualThread
public class IssuerKeyResource {
  private final IssuerKeys issuerKeys;
  private final TrustAnchor anchor;

  IssuerKeyResource(IssuerKeys issuerKeys, TrustAnchor anchor) {
    this.issuerKeys = issuerKeys;
    this.anchor = anchor;
  }

  /// The root's key and every certified issuer key, the signing one first.
  @RegisterForReflection
  public record IssuerKeyList(
      @Schema(description = "Compressed point, 33 bytes, Base64") byte[] rootPublicKey,
      List<IssuerKeyView> issuerKeys) {}

  /// A certified issuer key.
  @RegisterForReflection
  @Schema(name = "IssuerKey")
  public record IssuerKeyView(
      String issuerKeyId,
      @Schema(description = "Compressed point, 33 bytes, Base64") byte[] publicKey,
      @Schema(description = "117 bytes, Base64") byte[] certificate,
      Instant expiresAt,
      boolean signing) {}

  @GET
  @Operation(summary = "Root key and issuer certificates, the signing one first")
  public IssuerKeyList list() {
    List<IssuerKeyView> views = new ArrayList<>();
    for (IssuerKey key : issuerKeys.trusted()) {
      views.add(
          new IssuerKeyView(
              key.id().toString(),
              key.publicKey().compressed(),
              key.certificate().orElseThrow().encode(),
              key.expiresAt().orElseThrow(),
              views.isEmpty()));
    }
    return new IssuerKeyList(anchor.root().compressed(), views);
  }
}
