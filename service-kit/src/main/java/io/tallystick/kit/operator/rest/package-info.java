/// Requests of people with roles.
@NullMarked
package io.tallystick.kit.operator.rest;

import org.jspecify.annotations.NullMarked;
