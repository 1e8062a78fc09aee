package io.tallystick.protocol.crypto;

import io.tallystick.protocol.wire.MalformedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;

/** The curve of GB/T 32918.5, with Bouncy Castle's own field arithmetic, five times the generic. */
final class Sm2 {
  static final ECDomainParameters DOMAIN = domain();
  static final BigInteger N = DOMAIN.getN();

  private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

  private Sm2() {}

  static byte[] identity() {
    return IDENTITY.clone();
  }

  static SM2Signer signer() {
    return new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
  }

  /** Decodes a point and checks that it is on the curve and not at infinity. */
  static ECPoint point(byte[] encoded) {
    try {
      ECPoint point = DOMAIN.getCurve().decodePoint(encoded);
      if (point.isInfinity()) {
        throw new MalformedException("public key", "is the point at infinity");
      }
      return point.normalize();
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("public key", "is not a point of the curve");
    }
  }

  private static ECDomainParameters domain() {
    X9ECParameters curve = CustomNamedCurves.getByName("sm2p256v1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }
}
