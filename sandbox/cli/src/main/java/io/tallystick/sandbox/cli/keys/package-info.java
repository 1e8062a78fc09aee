/// Commands that change keys while the platform runs: key-encryption keys, issuer keys. They work
/// on key files as a secret store would, and ask the services as an operator.
@NullMarked
package io.tallystick.sandbox.cli.keys;

import org.jspecify.annotations.NullMarked;
