/// The payers and tills of a soak: they do what the plan says through the SDKs, REST and gRPC, as
/// any app and any terminal would, and write down what they asked and were told.
@NullMarked
package io.tallystick.sandbox.soak.work;

import org.jspecify.annotations.NullMarked;
