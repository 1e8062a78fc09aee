package io.tallystick.protocol.log;

/** How a head that somebody witnessed stands to the log as it is known here. */
public sealed interface LogRelation {
  /** The witnessed head is on the known chain. */
  record Consistent() implements LogRelation {}

  /**
   * The witnessed head is further than what is known: entries are missing.
   *
   * @param missingEntries how many
   */
  record Gap(long missingEntries) implements LogRelation {}

  /**
   * The known chain has another digest at this place: one of the two was rewritten.
   *
   * @param sequence where
   */
  record Fork(long sequence) implements LogRelation {}

  /** The witnessed head is older than the known segment and cannot be placed. */
  record Unknown() implements LogRelation {}
}
