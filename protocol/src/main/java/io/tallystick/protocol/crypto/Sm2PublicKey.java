package io.tallystick.protocol.crypto;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * An SM2 public key: a point that is on the curve and not at infinity. Verification is unforgeable
 * under chosen messages as GB/T 32918.2 defines it, with the default identity.
 */
public final class Sm2PublicKey {
  /** Length of a compressed point. */
  public static final int LENGTH = 33;

  /** SEQUENCE, id-ecPublicKey, the SM2 curve 1.2.156.10197.1.301, BIT STRING of 65 bytes. */
  private static final byte[] SUBJECT_PUBLIC_KEY_INFO =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a811ccf5501822d034200");

  private static final int UNCOMPRESSED_LENGTH = 65;
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  /** Some megabytes: the customers of a terminal's day, the devices of a service's minute. */
  private static final RecentKeys RECENT = new RecentKeys(4_096);

  private final ECPublicKeyParameters parameters;
  private final byte[] compressed;

  Sm2PublicKey(ECPublicKeyParameters parameters) {
    this.parameters = parameters;
    this.compressed = parameters.getQ().getEncoded(true);
  }

  /**
   * From 33 bytes, {@code 02} or {@code 03} and the x coordinate.
   *
   * @throws MalformedException when they are not a point of the curve
   */
  public static Sm2PublicKey fromCompressed(byte[] compressed) {
    if (compressed.length != LENGTH || (compressed[0] != 2 && compressed[0] != 3)) {
      throw new MalformedException("public key", "is not a compressed point of 33 bytes");
    }
    return RECENT.get(compressed).orElseGet(() -> decoded(compressed));
  }

  private static Sm2PublicKey decoded(byte[] compressed) {
    Sm2PublicKey key =
        new Sm2PublicKey(new ECPublicKeyParameters(Sm2.point(compressed), Sm2.DOMAIN));
    RECENT.add(key);
    return key;
  }

  /**
   * From a PEM {@code SubjectPublicKeyInfo} on the SM2 curve with an uncompressed point, as {@code
   * openssl pkey -pubout} writes it.
   */
  public static Sm2PublicKey parsePem(String pem) {
    String text = requireNonNull(pem, "pem is null").strip();
    if (text.length() > 1_000
        || !text.startsWith(BEGIN)
        || !text.endsWith(END)
        || text.length() < BEGIN.length() + END.length()) {
      throw new MalformedException("public key PEM", "has no BEGIN and END lines");
    }
    String base64 = text.substring(BEGIN.length(), text.length() - END.length());
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64.replaceAll("[ \\t\\r\\n]", ""));
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("public key PEM", "is not Base64");
    }
    int prefix = SUBJECT_PUBLIC_KEY_INFO.length;
    if (der.length != prefix + UNCOMPRESSED_LENGTH
        || !Arrays.equals(der, 0, prefix, SUBJECT_PUBLIC_KEY_INFO, 0, prefix)
        || der[prefix] != 4) {
      throw new MalformedException("public key PEM", "is not an uncompressed SM2 key");
    }
    byte[] point = Arrays.copyOfRange(der, prefix, der.length);
    return new Sm2PublicKey(new ECPublicKeyParameters(Sm2.point(point), Sm2.DOMAIN));
  }

  /** The compressed point, 33 bytes. */
  public byte[] compressed() {
    return compressed.clone();
  }

  /** PEM {@code SubjectPublicKeyInfo} with the SM2 curve's object identifier. */
  public String toPem() {
    byte[] point = parameters.getQ().getEncoded(false);
    byte[] der =
        Arrays.copyOf(SUBJECT_PUBLIC_KEY_INFO, SUBJECT_PUBLIC_KEY_INFO.length + point.length);
    System.arraycopy(point, 0, der, SUBJECT_PUBLIC_KEY_INFO.length, point.length);
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return BEGIN + "\n" + base64 + "\n" + END + "\n";
  }

  /** Whether the signature over the message is this key's. */
  public boolean verify(byte[] message, Sm2Signature signature) {
    SM2Signer verifier = Sm2.signer();
    verifier.init(false, new ParametersWithID(parameters, Sm2.identity()));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature.bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sm2PublicKey that && Arrays.equals(compressed, that.compressed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compressed);
  }

  /** The compressed point in hex: a public key is no secret. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(compressed);
  }
}
