/// The independent checker: from what callers were told it computes what the databases must say,
/// and reads whether they do. It shares no code and no query with clearing-service's own check of
/// its ledger.
@NullMarked
package io.tallystick.sandbox.soak.check;

import org.jspecify.annotations.NullMarked;
