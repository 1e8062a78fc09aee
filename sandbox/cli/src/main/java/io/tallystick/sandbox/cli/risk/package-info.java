/// Commands of risk officers: why a payment was decided so, and what other thresholds would decide.
@NullMarked
package io.tallystick.sandbox.cli.risk;

import org.jspecify.annotations.NullMarked;
