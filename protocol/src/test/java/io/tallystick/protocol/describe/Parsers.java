package io.tallystick.protocol.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.SealedBytes;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.deny.DenyListDelta;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.state.ChallengeState;
import io.tallystick.protocol.state.HalvesState;
import io.tallystick.protocol.state.OfflinePaymentState;
import io.tallystick.protocol.state.PaymentState;
import io.tallystick.protocol.tap.ApduResponse;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapApdu;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.wire.Armor;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.protocol.wire.Tlv;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Every parser of the protocol with an input it accepts, and what is demanded of all of them. */
final class Parsers {
  private static final NetworkProfile ALTERNATE = NetworkProfile.ALTERNATE;

  private Parsers() {}

  record Parser(String name, byte[] sample, UnaryOperator<byte[]> rewrite) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Parser> ofBytes() {
    return Stream.of(
        new Parser(
            "issuer certificate",
            Sample.certificate().encode(),
            bytes -> IssuerCertificate.parse(bytes).encode()),
        new Parser(
            "authorisation",
            Sample.authorisation().encode(),
            bytes -> DeviceAuthorisation.parse(bytes).encode()),
        new Parser(
            "alternate authorisation",
            Sample.authorisation(ALTERNATE).encode(),
            bytes -> DeviceAuthorisation.parse(bytes, ALTERNATE).encode()),
        new Parser(
            "tap request", Sample.request().encode(), bytes -> TapRequest.parse(bytes).encode()),
        new Parser("tap token", Sample.token().encode(), bytes -> TapToken.parse(bytes).encode()),
        new Parser("receipt", Sample.receipt().encode(), bytes -> Receipt.parse(bytes).encode()),
        new Parser(
            "tap half", Sample.walletHalf().encode(), bytes -> TapHalf.parse(bytes).encode()),
        new Parser(
            "deny list", Sample.denyList().encode(), bytes -> DenyList.parse(bytes).encode()),
        new Parser(
            "deny list delta",
            Sample.denyListDelta().encode(),
            bytes -> DenyListDelta.parse(bytes).encode()),
        new Parser(
            "terminal pack", Sample.pack().encode(), bytes -> TerminalPack.parse(bytes).encode()),
        new Parser(
            "double-spend proof",
            Sample.proof().encode(),
            bytes -> DoubleSpendProof.parse(bytes).encode()),
        new Parser("TLV", Sample.body().encode(), bytes -> Tlv.parse(bytes).encode()),
        new Parser("sealed bytes", new byte[40], bytes -> SealedBytes.parse(bytes).bytes()),
        new Parser(
            "response APDU",
            ApduResponse.of(new byte[9], TapApdu.SUCCESS).encode(),
            bytes -> ApduResponse.parse(bytes).encode()));
  }

  record TextParser(String name, String sample, Consumer<String> parse) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<TextParser> ofText() {
    String key = Sample.ROOT.publicKey().toPem();
    String hex = Sample.token().digest().toString();
    return Stream.of(
        new TextParser("armour", Sample.receipt().toText(), Armor::decode),
        new TextParser("receipt text", Sample.receipt().toText(), Receipt::parseText),
        new TextParser(
            "inspector", Sample.receipt().toText(), TokenInspector.ofDefaults()::describe),
        new TextParser("public key", key, Sm2PublicKey::parsePem),
        new TextParser("digest", hex, Digest::parse),
        new TextParser("log head", "7:" + hex, LogHead::parse),
        new TextParser("alias", "0123456789", Alias::parse),
        new TextParser(
            "code", "36012345678912345678", text -> PaymentCode.parse(text, CodeNetwork.DEFAULT)),
        new TextParser("device id", "0123456789abcdef", DeviceId::parse),
        new TextParser("nonce", "0123456789abcdef", Nonce::parse),
        new TextParser("serial", "0123456789abcdef0000002a", TokenSerial::parse),
        new TextParser("merchant", "M-TEAHOUSE", MerchantId::parse),
        new TextParser("terminal", "T-0001", TerminalId::parse),
        new TextParser("account", "ACCT-00000000042", AccountNumber::parse),
        new TextParser("payment", "refunded(300/1000)", PaymentState::parse),
        new TextParser("declined payment", "declined(no-money)", PaymentState::parse),
        new TextParser("offline payment", "challenged", OfflinePaymentState::parse),
        new TextParser("halves", "wallet-only", HalvesState::parse),
        new TextParser("challenge", "delivered(5)", ChallengeState::parse));
  }

  /** Accepts and writes back as it was read, or refuses as malformed. */
  static void check(Parsers.Parser parser, byte[] input, String what) {
    byte[] written;
    try {
      written = parser.rewrite().apply(input.clone());
    } catch (MalformedException malformed) {
      return;
    } catch (RuntimeException other) {
      fail(parser + ", " + what, other);
      return;
    }
    assertThat(written).as(parser + ", " + what).isEqualTo(input);
  }

  static void onlyMalformed(Runnable parse, String what) {
    try {
      parse.run();
    } catch (MalformedException malformed) {
      assertThat(malformed.field()).isNotBlank();
    } catch (RuntimeException other) {
      fail(what, other);
    }
  }
}
