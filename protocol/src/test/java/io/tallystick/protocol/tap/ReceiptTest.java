package io.tallystick.protocol.tap;

import static io.tallystick.protocol.tap.ReceiptStatus.AMOUNT_MISMATCH;
import static io.tallystick.protocol.tap.ReceiptStatus.GOOD;
import static io.tallystick.protocol.tap.ReceiptStatus.HEAD_MISMATCH;
import static io.tallystick.protocol.tap.ReceiptStatus.KEY_MISMATCH;
import static io.tallystick.protocol.tap.ReceiptStatus.MERCHANT_MISMATCH;
import static io.tallystick.protocol.tap.ReceiptStatus.SERIAL_MISMATCH;
import static io.tallystick.protocol.tap.ReceiptStatus.SIGNATURE;
import static io.tallystick.protocol.tap.ReceiptStatus.TERMINAL_MISMATCH;
import static io.tallystick.protocol.tap.ReceiptStatus.TOKEN_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.TokenSerial;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final SeededRandom RANDOM = new SeededRandom("receipts");

  private final TapToken token = Sample.token();

  /** Every guard alone and every pair: the earlier of two faults is the one that is named. */
  @Test
  void namesTheFirstFault() {
    ReceiptStatus[] faults = ReceiptStatus.values();
    for (int first = 0; first < faults.length; first++) {
      for (int second = first; second < faults.length; second++) {
        Set<ReceiptStatus> both = EnumSet.of(faults[first], faults[second]);
        both.remove(GOOD);
        ReceiptStatus expected = both.stream().min(Enum::compareTo).orElse(GOOD);
        assertThat(verify(both)).as(both.toString()).isEqualTo(expected);
      }
    }
  }

  private ReceiptStatus verify(Set<ReceiptStatus> faults) {
    ReceiptStatement good = Sample.receipt().statement();
    Digest other = Sm3.hash(new byte[] {7});
    ReceiptStatement statement =
        new ReceiptStatement(
            faults.contains(SERIAL_MISMATCH)
                ? TokenSerial.of(Sample.DEVICE_ID, Counter.of(43))
                : good.serial(),
            faults.contains(TOKEN_MISMATCH) ? other : good.tokenDigest(),
            faults.contains(AMOUNT_MISMATCH) ? Money.of(1_851, "CNY") : good.amount(),
            faults.contains(MERCHANT_MISMATCH) ? MerchantId.of("M-OTHER") : good.merchant(),
            faults.contains(TERMINAL_MISMATCH) ? TerminalId.of("T-9999") : good.terminal(),
            good.time(),
            good.terminalKey(),
            good.denyListVersion(),
            good.denyListAgeSeconds(),
            faults.contains(HEAD_MISMATCH) ? LogHead.GENESIS.append(other) : good.terminalHead(),
            good.decision());
    Receipt receipt = Receipt.sign(statement, Sample.TERMINAL, RANDOM);
    if (faults.contains(SIGNATURE)) {
      receipt = new Receipt(statement, Sample.TERMINAL.sign(new byte[1], RANDOM));
    }
    Optional<Sm2PublicKey> registered =
        Optional.of(
            faults.contains(KEY_MISMATCH)
                ? Sample.STRANGER.publicKey()
                : Sample.TERMINAL.publicKey());
    return receipt.verify(token, registered);
  }

  @Test
  void statesTheDenyListAndItsAge() {
    ReceiptStatement statement = Sample.receipt().statement();
    assertThat(statement.denyListVersion()).isEqualTo(5);
    assertThat(statement.denyListAgeSeconds()).isEqualTo(902);
    ReceiptStatement without =
        ReceiptStatement.about(
            token,
            TerminalDecision.REFUSED,
            Sample.NOW,
            Sample.TERMINAL.publicKey(),
            Optional.empty());
    assertThat(without.denyListVersion()).isZero();
    assertThat(Receipt.sign(without, Sample.TERMINAL, RANDOM).accepted()).isFalse();
  }

  @Test
  void goesThroughBytesAndTextAndBack() {
    Receipt receipt = Sample.receipt();
    assertThat(receipt.encode()).hasSize(Receipt.LENGTH);
    assertThat(Receipt.parse(receipt.encode())).isEqualTo(receipt);
    assertThat(Receipt.parseText(receipt.toText())).isEqualTo(receipt);
    assertThat(receipt.verify(token, Optional.empty())).isEqualTo(GOOD);
  }

  /** A head at the end of its range has no successor; that is a mismatch and no exception. */
  @Test
  void survivesAHeadThatCannotBeFollowed() {
    LogHead last = new LogHead(0xFFFF_FFFFL, Sm3.hash(new byte[1]));
    TapRequest request =
        new TapRequest(
            Sample.MERCHANT,
            Sample.TERMINAL_ID,
            Money.of(1, "CNY"),
            Sample.request().nonce(),
            Sample.NOW,
            last);
    TapBody body =
        TapBody.answering(request)
            .counter(Counter.of(1))
            .createdAt(Sample.NOW)
            .allowanceLeftMinor(0)
            .walletHead(last)
            .build();
    TapToken odd = TapToken.sign(Sample.authorisation(), body, Sample.DEVICE, RANDOM);
    TapHalf half = new TapHalf(TapHalf.Side.TERMINAL, odd, Optional.empty(), last);
    assertThat(TapHalf.parse(half.encode()).isPositionConsistent()).isFalse();
    ReceiptStatement good = Sample.receipt().statement();
    ReceiptStatement statement =
        new ReceiptStatement(
            odd.serial(),
            odd.digest(),
            body.amount(),
            body.merchant(),
            body.terminal(),
            good.time(),
            good.terminalKey(),
            1,
            1,
            last,
            TerminalDecision.ACCEPTED);
    assertThat(Receipt.sign(statement, Sample.TERMINAL, RANDOM).verify(odd, Optional.empty()))
        .isEqualTo(HEAD_MISMATCH);
  }

  @Test
  void signingWithAnotherKeyIsTheCallersError() {
    assertThatThrownBy(() -> Receipt.sign(Sample.receipt().statement(), Sample.STRANGER, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
