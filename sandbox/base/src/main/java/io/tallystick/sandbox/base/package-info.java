/// What the sandbox and the tests run on: PostgreSQL and Redis, a development certificate
/// authority, a small OIDC issuer, free ports.
///
/// Invariants: nothing is written outside the folder a caller names; everything started is stopped
/// when the virtual machine ends; every start has a time limit. Nothing here is for production use.
/// May be called by the sandbox command line, by `e2e` and by the tests of every service.
@NullMarked
package io.tallystick.sandbox.base;

import org.jspecify.annotations.NullMarked;
