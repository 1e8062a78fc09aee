package io.tallystick.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.tap.TapToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another implementation agrees: signatures both ways, digests, MACs, keys in PEM. */
class OpenSslIT {
  private static final String IDENTITY = "distid:1234567812345678";

  @TempDir Path folder;

  private record Outcome(int status, byte[] output) {
    String text() {
      return new String(output, StandardCharsets.UTF_8).strip();
    }
  }

  @BeforeAll
  static void needsOpenSsl() {
    boolean present;
    try {
      present = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException absent) {
      present = false;
    } catch (InterruptedException interrupted) {
      throw new AssertionError("nothing interrupts this test", interrupted);
    }
    assumeTrue(present, "openssl is not on the path: SM2 is not checked against it");
  }

  @Test
  void opensslVerifiesOurSignatures() throws Exception {
    byte[] message = "twelve yuan fifty".getBytes(StandardCharsets.UTF_8);
    Sm2Signature signature = Sample.DEVICE.sign(message, new SeededRandom("openssl"));
    assertThat(opensslVerifies(Sample.DEVICE.publicKey(), message, signature)).isTrue();
    assertThat(opensslVerifies(Sample.STRANGER.publicKey(), message, signature)).isFalse();
    message[0]++;
    assertThat(opensslVerifies(Sample.DEVICE.publicKey(), message, signature)).isFalse();
  }

  /** The whole chain of a tap token and its receipt, from the bytes alone. */
  @Test
  void opensslVerifiesEverySignatureOfATap() throws Exception {
    byte[] token = Sample.token().encode();
    byte[] certified = Arrays.copyOfRange(token, 6, 53);
    Sm2Signature root = Sm2Signature.of(Arrays.copyOfRange(token, 53, 117));
    assertThat(opensslVerifies(Sample.ROOT.publicKey(), certified, root)).isTrue();

    byte[] authorised = Arrays.copyOf(token, 211);
    Sm2Signature issuer = Sm2Signature.of(Arrays.copyOfRange(token, 212, 276));
    assertThat(opensslVerifies(Sample.ISSUER.publicKey(), authorised, issuer)).isTrue();

    byte[] signed = Arrays.copyOf(token, token.length - 64);
    Sm2Signature device = TapToken.parse(token).signature();
    assertThat(opensslVerifies(Sample.DEVICE.publicKey(), signed, device)).isTrue();

    byte[] receipt = Sample.receipt().encode();
    byte[] stated = Arrays.copyOf(receipt, receipt.length - 64);
    Sm2Signature terminal =
        Sm2Signature.of(Arrays.copyOfRange(receipt, receipt.length - 64, receipt.length));
    assertThat(opensslVerifies(Sample.TERMINAL.publicKey(), stated, terminal)).isTrue();
  }

  @Test
  void weVerifyOpensslsSignaturesAndReadItsKeys() throws Exception {
    openssl("genpkey", "-algorithm", "SM2", "-out", path("key.pem"));
    openssl("pkey", "-in", path("key.pem"), "-pubout", "-out", path("public.pem"));
    Sm2PublicKey key = Sm2PublicKey.parsePem(Files.readString(folder.resolve("public.pem")));
    byte[] message = "signed elsewhere".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("message"), message);
    Outcome signed =
        openssl("dgst", "-sm3", "-sign", path("key.pem"), "-sigopt", IDENTITY, path("message"));
    assertThat(signed.status).isZero();
    assertThat(key.verify(message, fromDer(signed.output))).isTrue();
    assertThat(key.toPem().strip())
        .isEqualTo(Files.readString(folder.resolve("public.pem")).strip());
  }

  @Test
  void opensslAgreesOnDigestsAndMacs() throws Exception {
    SeededRandom random = new SeededRandom("digests");
    for (int length : new int[] {0, 1, 55, 56, 63, 64, 65, 1_000}) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      Files.write(folder.resolve("message"), message);
      assertThat(openssl("dgst", "-sm3", "-r", path("message")).text())
          .startsWith(Sm3.hash(message).toString());
      String mac =
          HexFormat.of().formatHex(Sm3.hmac("the key".getBytes(StandardCharsets.UTF_8), message));
      assertThat(openssl("dgst", "-sm3", "-hmac", "the key", "-r", path("message")).text())
          .startsWith(mac);
    }
  }

  private boolean opensslVerifies(Sm2PublicKey key, byte[] message, Sm2Signature signature)
      throws Exception {
    Files.writeString(folder.resolve("public.pem"), key.toPem());
    Files.write(folder.resolve("message"), message);
    Files.write(folder.resolve("signature"), toDer(signature));
    Outcome outcome =
        openssl(
            "dgst",
            "-sm3",
            "-verify",
            path("public.pem"),
            "-sigopt",
            IDENTITY,
            "-signature",
            path("signature"),
            path("message"));
    assertThat(outcome.text()).contains(outcome.status == 0 ? "Verified OK" : "ailure");
    return outcome.status == 0;
  }

  private static byte[] toDer(Sm2Signature signature) throws IOException {
    byte[] raw = signature.bytes();
    return new DERSequence(
            new ASN1Integer[] {
              new ASN1Integer(new BigInteger(1, raw, 0, 32)),
              new ASN1Integer(new BigInteger(1, raw, 32, 32))
            })
        .getEncoded(ASN1Encoding.DER);
  }

  private static Sm2Signature fromDer(byte[] der) {
    ASN1Sequence sequence = ASN1Sequence.getInstance(der);
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      String number =
          ASN1Integer.getInstance(sequence.getObjectAt(i)).getPositiveValue().toString(16);
      hex.append("0".repeat(64 - number.length())).append(number);
    }
    return Sm2Signature.of(HexFormat.of().parseHex(hex));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Outcome openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("openssl ends").isTrue();
    return new Outcome(process.exitValue(), Files.readAllBytes(output));
  }
}
