/// A live screen of the running platform, from the metrics that every service shows.
@NullMarked
package io.tallystick.sandbox.cli.watch;

import org.jspecify.annotations.NullMarked;
