package io.tallystick.protocol.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.KeyEncryptionKeys;
import io.tallystick.protocol.crypto.SealedBytes;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.deny.DenyListDelta;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapAnswer;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapReader;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapStep;
import io.tallystick.protocol.tap.TapToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The vectors in {@code docs/protocol/vectors} are what this code writes and reads. After a change
 * of format that is meant, {@code -Dvectors.write=true} writes them anew.
 */
class GoldenVectorTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "protocol", "vectors").normalize();
  private static final boolean WRITE = Boolean.getBoolean("vectors.write");
  private static final HexFormat HEX = HexFormat.of();
  private static final NetworkProfile ALTERNATE = NetworkProfile.ALTERNATE;

  @Test
  void everyFormatIsWrittenAndReadAsPublished() throws IOException {
    check(
        "issuer-certificate",
        Sample.certificate(),
        IssuerCertificate::encode,
        IssuerCertificate::parse);
    check(
        "issuer-certificate-alternate",
        Sample.certificate(ALTERNATE),
        IssuerCertificate::encode,
        bytes -> IssuerCertificate.parse(bytes, ALTERNATE));
    check(
        "authorisation",
        Sample.authorisation(),
        DeviceAuthorisation::encode,
        DeviceAuthorisation::parse);
    check(
        "authorisation-alternate",
        Sample.authorisation(ALTERNATE),
        DeviceAuthorisation::encode,
        bytes -> DeviceAuthorisation.parse(bytes, ALTERNATE));
    check("tap-request", Sample.request(), TapRequest::encode, TapRequest::parse);
    check("tap-token", Sample.token(), TapToken::encode, TapToken::parse);
    check("tap-token-conflicting", Sample.conflictingToken(), TapToken::encode, TapToken::parse);
    check("receipt", Sample.receipt(), Receipt::encode, Receipt::parse);
    check("tap-half-wallet", Sample.walletHalf(), TapHalf::encode, TapHalf::parse);
    check("tap-half-terminal", Sample.terminalHalf(), TapHalf::encode, TapHalf::parse);
    check("deny-list", Sample.denyList(), DenyList::encode, DenyList::parse);
    check("deny-list-next", Sample.nextDenyList(), DenyList::encode, DenyList::parse);
    check("deny-list-delta", Sample.denyListDelta(), DenyListDelta::encode, DenyListDelta::parse);
    check("terminal-pack", Sample.pack(), TerminalPack::encode, TerminalPack::parse);
    check("double-spend-proof", Sample.proof(), DoubleSpendProof::encode, DoubleSpendProof::parse);
  }

  private static <T> void check(
      String name, T sample, Function<T, byte[]> encode, Function<byte[], T> parse)
      throws IOException {
    byte[] bytes = encode.apply(sample);
    String hex = HEX.formatHex(bytes).replaceAll("(.{64})(?=.)", "$1\n");
    String published = published(name + ".hex", hex + "\n");
    assertThat(published).as(name).isEqualTo(hex + "\n");
    byte[] read = HEX.parseHex(published.replaceAll("\\s", ""));
    assertThat(parse.apply(read)).as(name).isEqualTo(sample);
  }

  @Test
  void theKeysAreThoseThatSigned() throws IOException {
    StringBuilder text = new StringBuilder("# name,private key,public key\n");
    for (String name : new String[] {"root", "issuer", "device", "terminal"}) {
      Sm2PrivateKey key = Sample.key(name);
      text.append(name)
          .append(',')
          .append(HEX.formatHex(key.toBytes()))
          .append(',')
          .append(key.publicKey())
          .append('\n');
    }
    assertThat(published("keys.csv", text.toString())).isEqualTo(text.toString());
  }

  @Test
  void codesAreDerivedAsPublished() throws IOException {
    StringBuilder text = new StringBuilder("# seed,alias,minute,refresh,code\n");
    SeededRandom random = new SeededRandom("golden codes");
    for (int i = 0; i < 12; i++) {
      Seed seed = Seed.generate(random);
      Alias alias = Alias.generate(random);
      CodeMoment moment = CodeMoment.at(Sample.NOW.plusSeconds(61L * i), i % 10);
      text.append(HEX.formatHex(seed.toBytes()))
          .append(',')
          .append(alias)
          .append(',')
          .append(moment.minute())
          .append(',')
          .append(moment.refreshIndex())
          .append(',')
          .append(OfflineCodes.derive(seed, alias, moment, CodeNetwork.DEFAULT).digits())
          .append('\n');
    }
    String published = published("payment-codes.csv", text.toString());
    assertThat(published).isEqualTo(text.toString());
    published.lines().skip(1).forEach(GoldenVectorTest::matchCode);
  }

  private static void matchCode(String line) {
    String[] columns = line.split(",");
    Seed seed = Seed.fromBytes(HEX.parseHex(columns[0]));
    long minute = Long.parseLong(columns[2]);
    assertThat(
            OfflineCodes.match(seed, columns[4].substring(12), Instant.ofEpochSecond(60 * minute)))
        .hasValue(new CodeMoment(minute, Integer.parseInt(columns[3])));
  }

  @Test
  void theLogIsChainedAsPublished() throws IOException {
    StringBuilder text = new StringBuilder("# entry digest,head after it\n");
    LogHead head = LogHead.GENESIS;
    for (TapToken token : new TapToken[] {Sample.token(), Sample.conflictingToken()}) {
      head = head.append(token.digest());
      text.append(token.digest()).append(',').append(head).append('\n');
    }
    assertThat(published("tap-log.csv", text.toString())).isEqualTo(text.toString());
  }

  @Test
  void sealedBytesOpenAsPublished() throws IOException {
    byte[] key = HEX.parseHex("0123456789abcdeffedcba9876543210");
    KeyEncryptionKeys keys = KeyEncryptionKeys.of(3, Map.of(3, key));
    byte[] context = "seed/0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    byte[] secret = new byte[32];
    new SeededRandom("golden secret").nextBytes(secret);
    SealedBytes sealed = keys.seal(secret, context, new SeededRandom("golden nonce"));
    String text =
        "# key version 3,associated data,plaintext,sealed\n"
            + String.join(
                ",",
                HEX.formatHex(key),
                HEX.formatHex(context),
                HEX.formatHex(secret),
                HEX.formatHex(sealed.bytes()))
            + "\n";
    String published = published("sealed-bytes.csv", text);
    assertThat(published).isEqualTo(text);
    String[] columns = published.lines().skip(1).findFirst().orElseThrow().split(",");
    assertThat(keys.open(SealedBytes.parse(HEX.parseHex(columns[3])), context)).hasValue(secret);
  }

  @Test
  void theExchangeRunsAsPublished() throws IOException {
    StringBuilder text = new StringBuilder();
    for (boolean extended : new boolean[] {false, true}) {
      text.append(extended ? "# extended length\n" : "# short length\n");
      TapCard card = new TapCard(wallet());
      TapReader reader =
          new TapReader(
              Sample.request(), NetworkProfile.DEFAULT, extended, token -> Sample.receipt());
      TapStep step = reader.start();
      while (step instanceof TapStep.Send send) {
        byte[] response = card.process(send.apdu());
        text.append("> ").append(HEX.formatHex(send.apdu())).append('\n');
        text.append("< ").append(HEX.formatHex(response)).append('\n');
        step = reader.next(response);
      }
      assertThat(step).isEqualTo(new TapStep.Finished(Sample.token(), Sample.receipt(), true));
    }
    assertThat(published("tap-exchange.txt", text.toString())).isEqualTo(text.toString());
  }

  private static TapCard.Wallet wallet() {
    return new TapCard.Wallet() {
      @Override
      public TapAnswer answer(TapRequest request) {
        return new TapAnswer.Signed(Sample.token());
      }

      @Override
      public void keepReceipt(TapToken token, Receipt receipt) {
        assertThat(receipt).isEqualTo(Sample.receipt());
      }
    };
  }

  private static String published(String name, String current) throws IOException {
    Path file = FOLDER.resolve(name);
    if (WRITE) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, current);
    }
    return Files.readString(file);
  }
}
