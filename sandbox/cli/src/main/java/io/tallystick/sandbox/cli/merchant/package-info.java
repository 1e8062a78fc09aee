/// The command group `merchant`: what a merchant's staff read and set.
@NullMarked
package io.tallystick.sandbox.cli.merchant;

import org.jspecify.annotations.NullMarked;
