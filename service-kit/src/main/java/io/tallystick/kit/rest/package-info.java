/// REST as every service speaks it: RFC 9457 problems, idempotency keys, cursor pages, callers from
/// OIDC tokens.
@NullMarked
package io.tallystick.kit.rest;

import org.jspecify.annotations.NullMarked;
