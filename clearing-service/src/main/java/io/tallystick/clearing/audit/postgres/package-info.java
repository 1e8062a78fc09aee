/// The queries of the ledger's check.
@NullMarked
package io.tallystick.clearing.audit.postgres;

import org.jspecify.annotations.NullMarked;
