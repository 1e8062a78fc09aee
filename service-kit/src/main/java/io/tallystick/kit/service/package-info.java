/// Who this process is: the service it belongs to and which replica.
@NullMarked
package io.tallystick.kit.service;

import org.jspecify.annotations.NullMarked;
