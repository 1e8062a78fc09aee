package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TokenSerial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything a wallet must not forget. Immutable; holds secrets.
 *
 * @param pending a request to seed-service without an answer yet
 * @param enrolment absent until the device is enrolled
 * @param codeUse which codes are over
 * @param tapUse counter, allowance and log
 * @param taps signed, oldest first; those waiting for their upload and the latest others
 * @param serverTimeSeen clock evidence
 * @param inboxSeen id of the last inbox item read, 0 for none
 * @param attachments what other parts of a wallet keep here, by name
 */
public record WalletState(
    @Nullable PendingRequest pending,
    @Nullable Enrolment enrolment,
    CodeUse codeUse,
    TapUse tapUse,
    List<KeptTap> taps,
    @Nullable ServerTimeSeen serverTimeSeen,
    long inboxSeen,
    Map<String, String> attachments) {

  /** Halves that may wait at once; a wallet that reaches it has to go online. */
  public static final int MAX_WAITING = 500;

  /** Uploaded taps that are remembered, for the payer to look at. */
  public static final int MAX_UPLOADED = 200;

  /** After this no terminal can upload its half any more either. */
  private static final Duration LONGEST_WITHOUT_RECEIPT = Duration.ofDays(31);

  private static final int MAX_ATTACHMENTS = 16;
  private static final int MAX_ATTACHMENT_LENGTH = 65_536;

  /** A wallet nobody has used. */
  public static final WalletState EMPTY =
      new WalletState(null, null, CodeUse.NONE, TapUse.fresh(0), List.of(), null, 0, Map.of());

  public WalletState {
    requireNonNull(codeUse, "codeUse is null");
    requireNonNull(tapUse, "tapUse is null");
    taps = List.copyOf(taps);
    attachments = Map.copyOf(attachments);
    if (taps.size() > MAX_WAITING + MAX_UPLOADED) {
      throw new IllegalArgumentException("more taps than a wallet keeps: " + taps.size());
    }
    if (inboxSeen < 0) {
      throw new IllegalArgumentException("inboxSeen is negative: " + inboxSeen);
    }
    if (attachments.size() > MAX_ATTACHMENTS
        || attachments.values().stream().anyMatch(a -> a.length() > MAX_ATTACHMENT_LENGTH)) {
      throw new IllegalArgumentException("attachments are out of bounds");
    }
  }

  /** A new device: its counter, log and codes start anew, older halves still go to the platform. */
  public WalletState enrolled(Enrolment fresh) {
    TapUse use = TapUse.fresh(fresh.authorisation().allowance().amountMinor());
    return new WalletState(
        null, fresh, CodeUse.NONE, use, taps, serverTimeSeen, inboxSeen, attachments);
  }

  /**
   * The same device with a new seed and authorisation. The hold behind it also has to cover the
   * taps that the platform hasn't seen yet.
   */
  public WalletState renewed(Enrolment renewed) {
    long unseenMinor =
        waiting().stream().mapToLong(tap -> tap.token().body().amount().amountMinor()).sum();
    long leftMinor = renewed.authorisation().allowance().amountMinor() - unseenMinor;
    return new WalletState(
        null,
        renewed,
        CodeUse.NONE,
        tapUse.withAllowanceLeft(leftMinor),
        taps,
        serverTimeSeen,
        inboxSeen,
        attachments);
  }

  public WalletState withPending(@Nullable PendingRequest request) {
    return new WalletState(
        request, enrolment, codeUse, tapUse, taps, serverTimeSeen, inboxSeen, attachments);
  }

  public WalletState withCodeUse(CodeUse use) {
    return new WalletState(
        pending, enrolment, use, tapUse, taps, serverTimeSeen, inboxSeen, attachments);
  }

  public WalletState withTapUse(TapUse use) {
    return new WalletState(
        pending, enrolment, codeUse, use, taps, serverTimeSeen, inboxSeen, attachments);
  }

  public WalletState withServerTimeSeen(ServerTimeSeen seen) {
    return new WalletState(pending, enrolment, codeUse, tapUse, taps, seen, inboxSeen, attachments);
  }

  public WalletState withInboxSeen(long id) {
    return new WalletState(
        pending, enrolment, codeUse, tapUse, taps, serverTimeSeen, id, attachments);
  }

  /** Keeps a text for another part of the wallet. */
  public WalletState withAttachment(String name, String text) {
    Map<String, String> next = new TreeMap<>(attachments);
    next.put(name, text);
    return new WalletState(
        pending, enrolment, codeUse, tapUse, taps, serverTimeSeen, inboxSeen, next);
  }

  public WalletState withoutAttachment(String name) {
    Map<String, String> next = new TreeMap<>(attachments);
    next.remove(name);
    return new WalletState(
        pending, enrolment, codeUse, tapUse, taps, serverTimeSeen, inboxSeen, next);
  }

  /**
   * Adds a tap just signed, and forgets the oldest uploaded ones beyond the bound, and those that
   * stayed without a receipt for longer than the platform takes halves.
   */
  public WalletState withTap(KeptTap signed) {
    Instant earliest = signed.token().body().createdAt().minus(LONGEST_WITHOUT_RECEIPT);
    List<KeptTap> next = new ArrayList<>(taps);
    next.removeIf(tap ->
        tap.receipt().isEmpty()
            && tap.isWaiting()
            && tap.token().body().createdAt().isBefore(earliest));
    next.add(signed);
    long uploaded = next.stream().filter(tap -> !tap.isWaiting()).count();
    for (int i = 0; uploaded > MAX_UPLOADED; ) {
      if (next.get(i).isWaiting()) {
        i++;
      } else {
        next.remove(i);
        uploaded--;
      }
    }
    return withTaps(next);
  }

  /** Changes the tap with this serial; does nothing when it is not kept any more. */
  public WalletState withTapChanged(TokenSerial serial, UnaryOperator<KeptTap> change) {
    return withTaps(
        taps.stream().map(tap -> tap.serial().equals(serial) ? change.apply(tap) : tap).toList());
  }

  public Optional<KeptTap> tap(TokenSerial serial) {
    return taps.stream().filter(tap -> tap.serial().equals(serial)).findFirst();
  }

  /**
   * Taps whose half is to be uploaded, oldest first. A tap without a receipt is not among them: the
   * terminal may never have had the token, and has it cleared by its own half if it did.
   */
  public List<KeptTap> uploadable() {
    return taps.stream().filter(tap -> tap.isWaiting() && tap.receipt().isPresent()).toList();
  }

  /** Taps whose half the platform doesn't have, oldest first. */
  public List<KeptTap> waiting() {
    return taps.stream().filter(KeptTap::isWaiting).toList();
  }

  /** Without its contents, which hold secrets. */
  @Override
  public String toString() {
    return "WalletState[enrolled "
        + (enrolment != null)
        + ", "
        + taps.size()
        + " taps, "
        + waiting().size()
        + " waiting]";
  }

  private WalletState withTaps(List<KeptTap> kept) {
    return new WalletState(
        pending, enrolment, codeUse, tapUse, kept, serverTimeSeen, inboxSeen, attachments);
  }
}
