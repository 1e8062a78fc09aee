package io.tallystick.clearing.tap;

import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.protocol.state.HalvesState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Whether the halves of a tap agree.
final class HalvesRules {
  private static final Comparator<Half> BY_ARRIVAL =
      Comparator.comparing(Half::receivedAt).thenComparing(Half::side);

  private HalvesRules() {}

  /// What the halves say together.
  record Verdict(HalvesState state, List<Reason> reasons) {}

  /// A dispute if anything contradicts: the two tokens, or a receipt and its token (a receipt is
  /// what the terminal says, whichever side brings it, so that one half can be enough). Otherwise
  /// matched when both are here. The order of arrival doesn't matter.
  ///
  /// @param halves one or two, of different sides
  static Verdict judge(List<Half> halves) {
    List<Half> arrived = halves.stream().sorted(BY_ARRIVAL).toList();
    List<Reason> contradictions = new ArrayList<>();
    arrived.stream()
        .sorted(Comparator.comparing(Half::side))
        .forEach(half -> addReceiptContradictions(contradictions, half));
    if (arrived.size() == 2) {
      addTokenContradiction(contradictions, arrived.get(0), arrived.get(1));
    }
    return switch (HalvesState.begin(arrived.getFirst().side())) {
      case HalvesState.WalletOnly alone ->
          verdict(arrived.size(), contradictions, alone, alone.match(), alone.dispute());
      case HalvesState.TerminalOnly alone ->
          verdict(arrived.size(), contradictions, alone, alone.match(), alone.dispute());
      case HalvesState.Matched _, HalvesState.Disputed _ ->
          throw new AssertionError("halves begin with one");
    };
  }

  private static Verdict verdict(
      int count,
      List<Reason> contradictions,
      HalvesState alone,
      HalvesState matched,
      HalvesState disputed) {
    if (!contradictions.isEmpty()) {
      return new Verdict(disputed, contradictions);
    }
    return new Verdict(count == 2 ? matched : alone, List.of());
  }

  private static void addReceiptContradictions(List<Reason> reasons, Half half) {
    Half.Receipt receipt = half.receipt();
    if (receipt == null) {
      return;
    }
    PaymentTerms terms = half.terms();
    String side = Half.text(half.side());
    if (!receipt.amount().equals(terms.amount())) {
      reasons.add(
          new Reason(
              "receipt_amount",
              "the receipt of the %s's half says %s, the token %s"
                  .formatted(side, receipt.amount(), terms.amount()),
              Map.of("receipt", receipt.amount().toString(), "token", terms.amount().toString()),
              Map.of(),
              List.of()));
    }
    if (!receipt.merchantId().equals(terms.merchantId())) {
      reasons.add(
          new Reason(
              "receipt_merchant",
              "the receipt of the %s's half names merchant %s, the token %s"
                  .formatted(side, receipt.merchantId(), terms.merchantId()),
              Map.of("receipt", receipt.merchantId(), "token", terms.merchantId()),
              Map.of(),
              List.of()));
    }
  }

  private static void addTokenContradiction(List<Reason> reasons, Half first, Half second) {
    if (!first.tokenDigest().equals(second.tokenDigest())) {
      reasons.add(Reason.of("token_digest", "the halves have different tokens"));
    }
    if (!first.terms().amount().equals(second.terms().amount())) {
      reasons.add(Reason.of("token_amount", "the halves have different amounts"));
    }
    if (!first.terms().merchantId().equals(second.terms().merchantId())) {
      reasons.add(Reason.of("token_merchant", "the halves name different merchants"));
    }
  }
}
