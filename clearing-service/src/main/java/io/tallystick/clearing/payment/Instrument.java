package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

/// The one use of a code, or the one token serial, that pays. It pays once, ever.
///
/// @param id unique for all time: `code:<seed id>:<minute>:<refresh>`, `online:<code id>`,
///   `tap:<serial>`
public record Instrument(InstrumentKind kind, String id) {
  public static final int LONGEST_ID = 128;

  public Instrument {
    requireNonNull(kind, "kind is null");
    requireNonNull(id, "id is null");
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException("instrument id has a length of " + id.length());
    }
  }
}
