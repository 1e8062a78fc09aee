/// Commands that need no platform: they take a file and say what it is or whether it is right.
@NullMarked
package io.tallystick.sandbox.cli.inspect;

import org.jspecify.annotations.NullMarked;
