package io.tallystick.verify.guess;

/// Whose wrong codes are counted together, in the order in which verdicts are looked for.
public enum GuessScope {
  /// All wrong codes at one terminal.
  TERMINAL("terminal"),
  /// All wrong codes at one merchant's terminals.
  MERCHANT("merchant"),
  /// Wrong codes with one alias at one terminal.
  ALIAS_AT_TERMINAL("alias-at-terminal"),
  /// Wrong codes with one alias anywhere.
  ALIAS("alias"),
  /// Wrong codes with one alias anywhere, over a long window: slow guessing.
  ALIAS_LONG("alias-long"),
  /// All wrong codes.
  ALL("all");

  private final String label;

  GuessScope(String label) {
    this.label = label;
  }

  /// The name in the database, in metrics and in error details.
  public String label() {
    return label;
  }
}
