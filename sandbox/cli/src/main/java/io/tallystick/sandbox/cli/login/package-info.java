/// Logging in at the platform's OIDC issuer, for commands of payers and of merchants' staff.
@NullMarked
package io.tallystick.sandbox.cli.login;

import org.jspecify.annotations.NullMarked;
