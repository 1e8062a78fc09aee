package io.tallystick.protocol.crypto;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.MalformedException;
import java.math.BigInteger;
import java.security.SecureRandom;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * An SM2 private key, a number from 1 to n−2. It never prints itself and compares only by identity.
 * {@link #destroy()} drops it; the number may linger in memory until it is collected, because Java
 * cannot overwrite a {@code BigInteger}.
 */
public final class Sm2PrivateKey implements Destroyable {
  /** Length of the key. */
  public static final int LENGTH = 32;

  private static final BigInteger LARGEST = Sm2.N.subtract(BigInteger.TWO);

  private final Sm2PublicKey publicKey;
  private volatile @Nullable BigInteger scalar;

  private Sm2PrivateKey(BigInteger scalar) {
    this.scalar = scalar;
    this.publicKey =
        new Sm2PublicKey(
            new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(Sm2.DOMAIN.getG(), scalar).normalize(),
                Sm2.DOMAIN));
  }

  /** A new key from the caller's generator. */
  public static Sm2PrivateKey generate(SecureRandom random) {
    requireNonNull(random, "random is null");
    return new Sm2PrivateKey(BigIntegers.createRandomInRange(BigInteger.ONE, LARGEST, random));
  }

  /**
   * From 32 bytes, big-endian, as {@link #toBytes()} gives them.
   *
   * @throws MalformedException when they are no number from 1 to n−2
   */
  public static Sm2PrivateKey fromBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new MalformedException("private key", "is not 32 bytes");
    }
    BigInteger scalar = new BigInteger(1, bytes);
    if (scalar.signum() == 0 || scalar.compareTo(LARGEST) > 0) {
      throw new MalformedException("private key", "is out of range");
    }
    return new Sm2PrivateKey(scalar);
  }

  /** The secret itself, for sealing; overwrite the array after use. */
  public byte[] toBytes() {
    return BigIntegers.asUnsignedByteArray(LENGTH, alive());
  }

  public Sm2PublicKey publicKey() {
    return publicKey;
  }

  /** Signs the message with the default identity. */
  public Sm2Signature sign(byte[] message, SecureRandom random) {
    requireNonNull(random, "random is null");
    SM2Signer signer = Sm2.signer();
    ECPrivateKeyParameters key = new ECPrivateKeyParameters(alive(), Sm2.DOMAIN);
    signer.init(true, new ParametersWithID(new ParametersWithRandom(key, random), Sm2.identity()));
    signer.update(message, 0, message.length);
    try {
      return Sm2Signature.of(signer.generateSignature());
    } catch (CryptoException unexpected) {
      throw new AssertionError("an initialised signer signs", unexpected);
    }
  }

  @Override
  public void destroy() {
    scalar = null;
  }

  @Override
  public boolean isDestroyed() {
    return scalar == null;
  }

  /** The public key only. */
  @Override
  public String toString() {
    return "Sm2PrivateKey[of " + publicKey + "]";
  }

  private BigInteger alive() {
    BigInteger alive = scalar;
    if (alive == null) {
      throw new IllegalStateException("the key was destroyed");
    }
    return alive;
  }
}
