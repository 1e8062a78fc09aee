/// The command line `./tally`: one picocli command a class, each with `--help`, `--json` and the
/// exit statuses of [ExitStatus]. Commands parse and print; what they do lives in the SDKs and in
/// `sandbox.platform`.
@NullMarked
package io.tallystick.sandbox.cli;

import org.jspecify.annotations.NullMarked;
