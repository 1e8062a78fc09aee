/// Who is calling: a terminal, a service or an operator by client certificate; a payer, a merchant
/// or a person with roles by token.
@NullMarked
package io.tallystick.kit.identity;

import org.jspecify.annotations.NullMarked;
