package io.tallystick.protocol.state;

import io.tallystick.protocol.tap.TapHalf;

/** Which halves of a tap are here: {@code wallet-only | terminal-only → matched | disputed}. */
public sealed interface HalvesState {
  /** The stable name, as {@link #parse} reads it. */
  String text();

  /** Whether nothing can follow. */
  default boolean isFinal() {
    return false;
  }

  /** Where it begins: with the half that arrived first. */
  static HalvesState begin(TapHalf.Side side) {
    return switch (side) {
      case WALLET -> new WalletOnly();
      case TERMINAL -> new TerminalOnly();
    };
  }

  /** The terminal's half is missing. */
  record WalletOnly() implements HalvesState {
    public Matched match() {
      return new Matched();
    }

    public Disputed dispute() {
      return new Disputed();
    }

    @Override
    public String text() {
      return "wallet-only";
    }
  }

  /** The wallet's half is missing. */
  record TerminalOnly() implements HalvesState {
    public Matched match() {
      return new Matched();
    }

    public Disputed dispute() {
      return new Disputed();
    }

    @Override
    public String text() {
      return "terminal-only";
    }
  }

  /** Both halves say the same. */
  record Matched() implements HalvesState {
    @Override
    public String text() {
      return "matched";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** The halves differ in amount or merchant. */
  record Disputed() implements HalvesState {
    @Override
    public String text() {
      return "disputed";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** Reads {@link #text()}. */
  static HalvesState parse(String text) {
    return switch (text) {
      case "wallet-only" -> new WalletOnly();
      case "terminal-only" -> new TerminalOnly();
      case "matched" -> new Matched();
      case "disputed" -> new Disputed();
      default -> throw StateText.unknown("halves state");
    };
  }
}
