/// The whole platform on one machine: stores, certificates, the five services as processes of their
/// own, the OIDC issuer and the SMS centre, started in order and stopped whatever happens.
///
/// Everything written stays below one folder. [PlatformDescription] is the only thing other
/// commands need to know.
@NullMarked
package io.tallystick.sandbox.platform;

import org.jspecify.annotations.NullMarked;
