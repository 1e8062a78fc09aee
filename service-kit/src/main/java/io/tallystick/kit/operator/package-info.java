/// Who of those who run the platform asked for what.
///
/// Every gRPC call with an operator's certificate, and every REST request of a person with a role
/// that is not a read, is written to `operator_call` before it does anything: a call that can't be
/// written down is refused. The trail says that something was asked for, not how it ended; what
/// came of it stands in the tables that it changed. Calls that the policy refuses are not in it.
@NullMarked
package io.tallystick.kit.operator;

import org.jspecify.annotations.NullMarked;
