/**
 * What a payment terminal links: it takes taps offline, keeps its halves durably, uploads them when
 * it is online, and takes payment codes.
 *
 * <ul>
 *   <li>{@link io.tallystick.sdk.terminal.Terminal} is one terminal: its identity, its journal, its
 *       pack.
 *   <li>{@code journal} is the durable memory: an append-only file.
 *   <li>{@code tap} decides about taps; {@code platform} talks gRPC to verify-service.
 * </ul>
 *
 * Invariants: a half is on disk before a wallet hears "accepted"; it leaves the disk only after the
 * platform answered for it; a device's counter is taken once; nothing is decided by a pack that is
 * too old or a clock that went back.
 */
@NullMarked
package io.tallystick.sdk.terminal;

import org.jspecify.annotations.NullMarked;
