/// The check of audit logs over REST, for auditors and operators.
@NullMarked
package io.tallystick.kit.audit.rest;

import org.jspecify.annotations.NullMarked;
