/// Commands of whoever runs the platform: the ledger's check, settlement, money from the bank. They
/// speak gRPC with the sandbox operator's certificate.
@NullMarked
package io.tallystick.sandbox.cli.operator;

import org.jspecify.annotations.NullMarked;
