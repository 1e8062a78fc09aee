/// [LedgerAdminGrpc]: the calls of operators and of the bank adapter.
@NullMarked
package io.tallystick.clearing.bank.grpc;

import org.jspecify.annotations.NullMarked;
