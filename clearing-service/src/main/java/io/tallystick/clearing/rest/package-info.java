/// What heads the OpenAPI document of this service.
@NullMarked
package io.tallystick.clearing.rest;

import org.jspecify.annotations.NullMarked;
