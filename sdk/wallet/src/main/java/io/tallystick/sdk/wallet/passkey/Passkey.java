package io.tallystick.sdk.wallet.passkey;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An ES256 credential of one user at one relying party (WebAuthn Level 3). Immutable: signing gives
 * the passkey with the next counter.
 */
public final class Passkey {
  /** COSE algorithm identifier of ECDSA with P-256 and SHA-256. */
  public static final int ES256 = -7;

  /** User present. */
  static final int UP = 0x01;

  /** User verified. */
  static final int UV = 0x04;

  /** Attested credential data included. */
  static final int AT = 0x40;

  private static final int CREDENTIAL_ID_LENGTH = 32;
  private static final int EXPORT_VERSION = 1;
  private static final int COORDINATE_LENGTH = 32;

  private final String rpId;
  private final byte[] userId;
  private final byte[] credentialId;
  private final ECPrivateKey privateKey;
  private final ECPublicKey publicKey;
  private final int counter;

  private Passkey(String rpId, byte[] userId, byte[] credentialId, KeyPair keys, int counter) {
    this.rpId = rpId;
    this.userId = userId;
    this.credentialId = credentialId;
    this.privateKey = (ECPrivateKey) keys.getPrivate();
    this.publicKey = (ECPublicKey) keys.getPublic();
    this.counter = counter;
  }

  /**
   * Creates a credential.
   *
   * @param origin the wallet's origin as the relying party knows it, for example {@code
   *     https://wallet.example}
   * @param userVerified whether the wallet has verified its user just now
   */
  public static Registration create(
      CreationOptions options, String origin, boolean userVerified, SecureRandom random) {
    requireNonNull(origin, "origin is null");
    byte[] credentialId = new byte[CREDENTIAL_ID_LENGTH];
    random.nextBytes(credentialId);
    Passkey passkey =
        new Passkey(options.rpId(), decoded(options.userId()), credentialId, newKeys(random), 0);
    byte[] clientData = new ClientData(ClientData.CREATE, options.challenge(), origin).json();
    byte[] attestation =
        new CborWriter()
            .map(3)
            .text("fmt")
            .text("none")
            .text("attStmt")
            .map(0)
            .text("authData")
            .bytes(passkey.registrationData(userVerified))
            .toByteArray();
    return new Registration(passkey, encoded(clientData), encoded(attestation));
  }

  /**
   * Signs an answer to the options.
   *
   * @throws IllegalArgumentException if the options are for another relying party or for other
   *     credentials
   */
  public Assertion sign(RequestOptions options, String origin, boolean userVerified) {
    if (!options.allows(this)) {
      throw new IllegalArgumentException("options do not allow this passkey: " + options.rpId());
    }
    Passkey next =
        new Passkey(rpId, userId, credentialId, new KeyPair(publicKey, privateKey), counter + 1);
    byte[] authenticatorData = next.header(userVerified ? UP | UV : UP);
    byte[] clientData = new ClientData(ClientData.GET, options.challenge(), origin).json();
    byte[] signature = next.signature(authenticatorData, sha256(clientData));
    return new Assertion(next, encoded(clientData), encoded(authenticatorData), encoded(signature));
  }

  public String rpId() {
    return rpId;
  }

  /** Base64url. */
  public String userId() {
    return encoded(userId);
  }

  /** Base64url. */
  public String credentialId() {
    return encoded(credentialId);
  }

  /** Signatures made so far. */
  public int counter() {
    return counter;
  }

  /**
   * Everything, the private key included: {@code version(1) counter(4)}, then rpId, user id,
   * credential id, PKCS #8 private key and X.509 public key, each as {@code length(2) bytes}. Keep
   * it as secret as the wallet's seed.
   */
  public byte[] export() {
    byte[][] parts = {
      rpId.getBytes(StandardCharsets.UTF_8),
      userId,
      credentialId,
      privateKey.getEncoded(),
      publicKey.getEncoded()
    };
    int length = 5 + Arrays.stream(parts).mapToInt(part -> 2 + part.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length).put((byte) EXPORT_VERSION).putInt(counter);
    for (byte[] part : parts) {
      out.putShort((short) part.length).put(part);
    }
    return out.array();
  }

  /** Reads what {@link #export()} wrote. */
  public static Passkey parse(byte[] exported) {
    ByteBuffer in = ByteBuffer.wrap(exported);
    try {
      if (in.get() != EXPORT_VERSION) {
        throw new IllegalArgumentException("passkey is not of version " + EXPORT_VERSION);
      }
      int counter = in.getInt();
      String rpId = new String(part(in), StandardCharsets.UTF_8);
      byte[] userId = part(in);
      byte[] credentialId = part(in);
      KeyFactory keys = KeyFactory.getInstance("EC");
      var privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(part(in)));
      var publicKey = keys.generatePublic(new X509EncodedKeySpec(part(in)));
      return new Passkey(rpId, userId, credentialId, new KeyPair(publicKey, privateKey), counter);
    } catch (GeneralSecurityException | java.nio.BufferUnderflowException malformed) {
      throw new IllegalArgumentException("passkey is malformed", malformed);
    }
  }

  @Override
  public String toString() {
    return "Passkey[" + rpId + ", " + credentialId() + ", counter " + counter + "]";
  }

  /** {@code rpIdHash(32) flags(1) signCount(4)}. */
  private byte[] header(int flags) {
    return ByteBuffer.allocate(37)
        .put(sha256(rpId.getBytes(StandardCharsets.UTF_8)))
        .put((byte) flags)
        .putInt(counter)
        .array();
  }

  /** The header, then {@code aaguid(16) credentialIdLength(2) credentialId COSE_Key}. */
  private byte[] registrationData(boolean userVerified) {
    byte[] header = header(userVerified ? UP | UV | AT : UP | AT);
    byte[] key = coseKey();
    return ByteBuffer.allocate(header.length + 18 + credentialId.length + key.length)
        .put(header)
        .put(new byte[16])
        .putShort((short) credentialId.length)
        .put(credentialId)
        .put(key)
        .array();
  }

  private byte[] coseKey() {
    return new CborWriter()
        .map(5)
        .integer(1)
        .integer(2)
        .integer(3)
        .integer(ES256)
        .integer(-1)
        .integer(1)
        .integer(-2)
        .bytes(coordinate(publicKey.getW().getAffineX().toByteArray()))
        .integer(-3)
        .bytes(coordinate(publicKey.getW().getAffineY().toByteArray()))
        .toByteArray();
  }

  private byte[] signature(byte[] authenticatorData, byte[] clientDataHash) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(privateKey);
      signer.update(authenticatorData);
      signer.update(clientDataHash);
      return signer.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java platform has ES256", impossible);
    }
  }

  private static KeyPair newKeys(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java platform has P-256", impossible);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** An unsigned big-endian number in exactly 32 bytes. */
  private static byte[] coordinate(byte[] number) {
    byte[] out = new byte[COORDINATE_LENGTH];
    int length = Math.min(number.length, COORDINATE_LENGTH);
    System.arraycopy(number, number.length - length, out, COORDINATE_LENGTH - length, length);
    return out;
  }

  private static byte[] part(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xFFFF];
    in.get(bytes);
    return bytes;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
