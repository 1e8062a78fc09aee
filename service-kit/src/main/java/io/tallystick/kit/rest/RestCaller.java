package io.tallystick.kit.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.MerchantPrincipal;
import io.tallystick.kit.identity.PayerIdentity;
import io.tallystick.kit.identity.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who makes this REST request, by the verified access token.
///
/// A resource says who may call it with `@Authenticated` or `@RolesAllowed`; this says for whom.
@RequestScoped
public class RestCaller {
  /// Claim with the merchant that the caller acts for.
  public static final String MERCHANT_CLAIM = "tallystick_merchant";

  @Inject SecurityIdentity identity;
  @Inject JsonWebToken token;

  /// The payer who calls. A merchant's staff and people with roles aren't payers.
  ///
  /// @throws io.tallystick.kit.error.ApiException `UNAUTHENTICATED` without a token,
  ///   `PERMISSION_DENIED` if it isn't a payer's
  public PayerIdentity payer() {
    requireToken();
    if (merchantClaim().isPresent() || Role.ALL.stream().anyMatch(identity::hasRole)) {
      throw ApiErrors.permissionDenied("NOT_A_PAYER", "only a payer may call this");
    }
    return named("NOT_A_PAYER", () -> new PayerIdentity(token.getSubject()));
  }

  /// The merchant's staff who calls.
  public MerchantPrincipal merchant() {
    requireToken();
    String merchantId =
        merchantClaim()
            .orElseThrow(() ->
                ApiErrors.permissionDenied("NOT_A_MERCHANT", "only a merchant may call this"));
    return named("NOT_A_MERCHANT", () -> new MerchantPrincipal(merchantId, token.getSubject()));
  }

  /// Whether the caller has a role of [io.tallystick.kit.identity.Role].
  public boolean has(String role) {
    return identity.hasRole(role);
  }

  /// The `sub` claim, for audit records.
  public String subject() {
    requireToken();
    return token.getSubject();
  }

  private void requireToken() {
    if (identity.isAnonymous() || token.getSubject() == null || token.getSubject().isBlank()) {
      throw ApiErrors.unauthenticated("NO_TOKEN", "no bearer token that verifies");
    }
  }

  /// Whoever issued the token may name people as nobody is named here.
  private static <T> T named(String refusal, Supplier<T> identity) {
    try {
      return identity.get();
    } catch (IllegalArgumentException e) {
      throw ApiErrors.permissionDenied(refusal, "the token's name is none that may be here");
    }
  }

  private Optional<String> merchantClaim() {
    return token.claim(MERCHANT_CLAIM);
  }
}
