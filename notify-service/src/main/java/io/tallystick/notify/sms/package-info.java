/// Short messages as phones and SMS centres see them: alphabets, parts, outcomes of a submission.
///
/// Invariants: free of I/O; nothing here is logged with its text. Called by `challenge`; carried by
/// `sms.smpp`.
@NullMarked
package io.tallystick.notify.sms;

import org.jspecify.annotations.NullMarked;
