package io.tallystick.protocol.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.Tlv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapExchangeTest {
  private final RecordingWallet wallet = new RecordingWallet();
  private final TapCard card = new TapCard(wallet);

  private static final class RecordingWallet implements TapCard.Wallet {
    private final List<Receipt> receipts = new ArrayList<>();
    private int asked;
    private TapAnswer answer = new TapAnswer.Signed(Sample.token());

    @Override
    public TapAnswer answer(TapRequest request) {
      asked++;
      return answer;
    }

    @Override
    public void keepReceipt(TapToken token, Receipt receipt) {
      receipts.add(receipt);
    }
  }

  @Test
  void bothSidesEndWithTokenAndReceipt() {
    for (boolean extended : new boolean[] {false, true}) {
      wallet.receipts.clear();
      card.deactivate();
      TapStep end = run(reader(extended));
      assertThat(end).isEqualTo(new TapStep.Finished(Sample.token(), Sample.receipt(), true));
      assertThat(wallet.receipts).containsExactly(Sample.receipt());
    }
  }

  @Test
  void aShortReaderFetchesTheTokenInParts() {
    List<String> statusWords = new ArrayList<>();
    TapReader reader = reader(false);
    TapStep step = reader.start();
    while (step instanceof TapStep.Send send) {
      byte[] response = card.process(send.apdu());
      assertThat(response.length).isLessThanOrEqualTo(258);
      statusWords.add("%04x".formatted(ApduResponse.parse(response).statusWord()));
      step = reader.next(response);
    }
    int last = Sample.token().encode().length - 512;
    assertThat(statusWords)
        .containsExactly("9000", "6100", "61%02x".formatted(last), "9000", "9000");
  }

  @Test
  void theSameRequestAgainIsAnsweredWithTheSameTokenAndSignedOnce() {
    card.process(TapApdu.select().encode());
    byte[] first = card.process(TapApdu.tap(Sample.request(), true).encode());
    byte[] again = card.process(TapApdu.tap(Sample.request(), true).encode());
    assertThat(again).isEqualTo(first);
    assertThat(wallet.asked).isEqualTo(1);
  }

  @Test
  void anotherRequestInTheSameFieldIsRefused() {
    card.process(TapApdu.select().encode());
    card.process(TapApdu.tap(Sample.request(), true).encode());
    TapRequest other =
        new TapRequest(
            Sample.MERCHANT,
            Sample.TERMINAL_ID,
            Sample.request().amount(),
            Nonce.parse("0000000000000009"),
            Sample.NOW,
            Sample.request().terminalHead());
    assertThat(status(TapApdu.tap(other, true).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    assertThat(wallet.asked).isEqualTo(1);
  }

  @Test
  void nothingWorksBeforeSelectOrOutOfOrder() {
    assertThat(status(TapApdu.tap(Sample.request(), true).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    assertThat(status(TapApdu.receipt(Sample.receipt()).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    assertThat(status(TapApdu.getResponse(256).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    card.process(TapApdu.select().encode());
    assertThat(status(TapApdu.receipt(Sample.receipt()).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    card.process(TapApdu.tap(Sample.request(), true).encode());
    card.deactivate();
    assertThat(status(TapApdu.receipt(Sample.receipt()).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    assertThat(wallet.receipts).isEmpty();
  }

  /** What is left of a token, its receipt and the answered request go with the field. */
  @Test
  void nothingOfATapOutlivesTheFieldOrASelection() {
    for (Runnable ending :
        List.<Runnable>of(
            card::deactivate,
            () -> card.process(TapApdu.select().encode()),
            () -> {
              card.deactivate();
              card.process(TapApdu.select().encode());
            })) {
      wallet.asked = 0;
      card.process(TapApdu.select().encode());
      byte[] part = card.process(TapApdu.tap(Sample.request(), false).encode());
      assertThat(ApduResponse.parse(part).statusWord() >> 8).isEqualTo(TapApdu.MORE_DATA);

      ending.run();

      assertThat(status(TapApdu.getResponse(256).encode()))
          .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
      assertThat(status(TapApdu.receipt(Sample.receipt()).encode()))
          .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
      card.process(TapApdu.select().encode());
      card.process(TapApdu.tap(Sample.request(), true).encode());
      assertThat(wallet.asked).isEqualTo(2);
    }
    assertThat(wallet.receipts).isEmpty();
  }

  @Test
  void refusesParametersThatMeanNothing() {
    card.process(TapApdu.select().encode());
    byte[] tap = TapApdu.tap(Sample.request(), true).encode();
    tap[3] = 1;
    assertThat(status(tap)).isEqualTo(TapApdu.WRONG_PARAMETERS);
    assertThat(wallet.asked).isZero();
  }

  @Test
  void aReaderTapsOnce() {
    TapReader reader = reader(true);
    reader.start();
    assertThatThrownBy(reader::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsOnlyAReceiptThatIsGoodForTheToken() {
    card.process(TapApdu.select().encode());
    card.process(TapApdu.tap(Sample.request(), true).encode());
    Receipt forged =
        new Receipt(
            Sample.receipt().statement(),
            Sample.STRANGER.sign(new byte[1], new SeededRandom("forged")));
    assertThat(status(TapApdu.receipt(forged).encode())).isEqualTo(TapApdu.WRONG_DATA);
    Receipt ofAnother = Sample.receipt(Sample.conflictingToken(), TerminalDecision.ACCEPTED);
    assertThat(status(TapApdu.receipt(ofAnother).encode())).isEqualTo(TapApdu.WRONG_DATA);
    assertThat(wallet.receipts).isEmpty();

    assertThat(status(TapApdu.receipt(Sample.receipt()).encode())).isEqualTo(TapApdu.SUCCESS);
    assertThat(status(TapApdu.receipt(Sample.receipt()).encode())).isEqualTo(TapApdu.SUCCESS);
    Receipt changed = Sample.receipt(Sample.token(), TerminalDecision.REFUSED);
    assertThat(status(TapApdu.receipt(changed).encode()))
        .isEqualTo(TapApdu.CONDITIONS_NOT_SATISFIED);
    assertThat(wallet.receipts).containsExactly(Sample.receipt());
  }

  @Test
  void theTerminalLearnsWhyTheWalletRefused() {
    for (TapRefusal refusal : TapRefusal.values()) {
      wallet.answer = new TapAnswer.Refused(refusal);
      assertThat(run(reader(false)))
          .isEqualTo(new TapStep.Failed(TapFailure.WALLET_REFUSED, refusal.statusWord()));
      assertThat(TapRefusal.of(refusal.statusWord())).hasValue(refusal);
    }
  }

  @Test
  void anotherCardHasNoApplication() {
    TapReader reader = reader(false);
    reader.start();
    assertThat(reader.next(HexFormat.of().parseHex("6a82")))
        .isEqualTo(new TapStep.Failed(TapFailure.NO_APPLICATION, 0x6A82));
    byte[] otherName =
        new ByteWriter()
            .bytes(Tlv.constructed(0x6F, Tlv.primitive(0x84, new byte[] {1})).encode())
            .u16(0x9000)
            .toByteArray();
    TapReader second = reader(false);
    second.start();
    assertThat(second.next(otherName))
        .isEqualTo(new TapStep.Failed(TapFailure.NO_APPLICATION, 0x9000));
  }

  @Test
  void aCardThatAnnouncesMoreForEverIsLeft() {
    TapReader reader = selectedReader();
    assertThat(reader.next(HexFormat.of().parseHex("6110"))).isInstanceOf(TapStep.Send.class);
    assertThat(reader.next(HexFormat.of().parseHex("6110")))
        .isEqualTo(new TapStep.Failed(TapFailure.MALFORMED_ANSWER, 0x6110));

    TapReader flooded = selectedReader();
    byte[] part = ApduResponse.of(new byte[256], 0x6100).encode();
    TapStep step = flooded.next(part);
    int parts = 1;
    while (step instanceof TapStep.Send) {
      step = flooded.next(part);
      parts++;
    }
    assertThat(step).isEqualTo(new TapStep.Failed(TapFailure.ANSWER_TOO_LONG, 0x6100));
    assertThat(parts).isEqualTo(5);
  }

  @Test
  void aCardTakenAwayEarlyLeavesNothingAndLateLeavesTheToken() {
    TapReader early = selectedReader();
    assertThat(early.connectionLost()).isEqualTo(new TapStep.Failed(TapFailure.CONNECTION_LOST, 0));
    assertThatThrownBy(early::connectionLost).isInstanceOf(IllegalStateException.class);

    TapReader late = selectedReader();
    late.next(ApduResponse.of(Sample.token().encode(), TapApdu.SUCCESS).encode());
    assertThat(late.connectionLost())
        .isEqualTo(new TapStep.Finished(Sample.token(), Sample.receipt(), false));
  }

  @Test
  void aDamagedTokenIsNoToken() {
    byte[] bytes = Sample.token().encode();
    bytes[0] = 0;
    assertThat(selectedReader().next(ApduResponse.of(bytes, TapApdu.SUCCESS).encode()))
        .isEqualTo(new TapStep.Failed(TapFailure.MALFORMED_ANSWER, TapApdu.SUCCESS));
    assertThat(selectedReader().next(new byte[1]))
        .isEqualTo(new TapStep.Failed(TapFailure.MALFORMED_ANSWER, 0));
  }

  /**
   * Whatever a reader sends, the card answers with a status word and signs at most once a field.
   */
  @Test
  void theCardAnswersAnyBytes() {
    SeededRandom random = new SeededRandom("apdus");
    byte[][] starts = {
      TapApdu.select().encode(),
      TapApdu.tap(Sample.request(), true).encode(),
      TapApdu.tap(Sample.request(), false).encode(),
      TapApdu.receipt(Sample.receipt()).encode(),
      TapApdu.getResponse(7).encode(),
      new byte[0],
      new byte[300]
    };
    for (int i = 0; i < 20_000; i++) {
      byte[] apdu = starts[random.nextInt(starts.length)].clone();
      for (int change = random.nextInt(3); change > 0 && apdu.length > 0; change--) {
        apdu[random.nextInt(apdu.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0) {
        apdu = Arrays.copyOf(apdu, random.nextInt(apdu.length + 2));
      }
      byte[] response = card.process(apdu);
      assertThat(ApduResponse.parse(response).encode()).isEqualTo(response);
    }
  }

  private TapReader reader(boolean extended) {
    return new TapReader(
        Sample.request(), NetworkProfile.DEFAULT, extended, token -> Sample.receipt());
  }

  private TapReader selectedReader() {
    TapReader reader = reader(false);
    reader.start();
    assertThat(reader.next(new TapCard(wallet).process(TapApdu.select().encode())))
        .isInstanceOf(TapStep.Send.class);
    return reader;
  }

  private TapStep run(TapReader reader) {
    TapStep step = reader.start();
    while (step instanceof TapStep.Send send) {
      step = reader.next(card.process(send.apdu()));
    }
    return step;
  }

  private int status(byte[] apdu) {
    return ApduResponse.parse(card.process(apdu)).statusWord();
  }
}
