/// The ledger's check and its postings over REST, for auditors and operators.
@NullMarked
package io.tallystick.clearing.audit.rest;

import org.jspecify.annotations.NullMarked;
