/// Terminal packs: everything a terminal needs to decide alone, made for the one that asks.
@NullMarked
package io.tallystick.verify.pack;

import org.jspecify.annotations.NullMarked;
