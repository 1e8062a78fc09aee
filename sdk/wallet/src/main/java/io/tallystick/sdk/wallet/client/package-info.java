/**
 * The wallet's calls to the platform: enrolment, renewal, online codes, uploads, bills, inbox and
 * challenges.
 *
 * <p>Invariants: what must survive a lost answer is durable in the wallet before it is sent;
 * answers of the platform are checked (root key, authorisation, device key) before they are
 * believed; every server time seen becomes clock evidence.
 *
 * <p>Called by wallet apps. No class here keeps state of its own.
 */
@NullMarked
package io.tallystick.sdk.wallet.client;

import org.jspecify.annotations.NullMarked;
