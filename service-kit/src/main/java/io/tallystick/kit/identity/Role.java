package io.tallystick.kit.identity;

import java.util.Set;

/// Roles of the `groups` claim, for `@RolesAllowed`.
public final class Role {
  /// Runs the platform.
  public static final String OPERATOR = "operator";

  /// Decides about frozen payments and rules.
  public static final String RISK_OFFICER = "risk-officer";

  /// Reads everything, changes nothing.
  public static final String AUDITOR = "auditor";

  /// All of them; a token may hold other groups, which mean nothing here.
  public static final Set<String> ALL = Set.of(OPERATOR, RISK_OFFICER, AUDITOR);

  private Role() {}
}
