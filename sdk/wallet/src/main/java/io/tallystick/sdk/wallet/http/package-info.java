/**
 * Calls to the platform's REST interfaces: a small transport port, the JDK's client behind it, and
 * what both sides of a call agree on (bearer tokens, idempotency keys, retries, RFC 9457 problems,
 * server-sent events).
 *
 * <p>Invariants: a call is repeated only when it is safe by itself or carries an {@code
 * Idempotency-Key}, and then with the same key and body; every body read is bounded; tokens and
 * bodies are never printed.
 *
 * <p>{@link io.tallystick.sdk.wallet.http.JdkHttpTransport} is the only class that needs {@code
 * java.net.http}, which Android does not have: an app there gives a transport of its own.
 */
@NullMarked
package io.tallystick.sdk.wallet.http;

import org.jspecify.annotations.NullMarked;
