/// Key-encryption keys that change while a service runs, and the job that seals anew what an older
/// version sealed.
///
/// Invariants: a version that something still needs is never given up, whatever the file says; a
/// file that can't be read changes nothing; a re-seal job is one row, worked on by one replica at a
/// time under its lock, each batch one transaction, so that a killed replica loses nothing and
/// another goes on; a key that stands wrapped is opened by nobody but what [KeyUnwrapping] names,
/// and only under the version and the service it was wrapped for. A service that seals offers one
/// [SealedData] bean; without one nothing here runs.
@NullMarked
package io.tallystick.kit.sealing;

import org.jspecify.annotations.NullMarked;
