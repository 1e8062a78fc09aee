package io.tallystick.protocol.crypto;

import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM3 (GB/T 32905-2016) and HMAC-SM3 (GB/T 15852.2). */
public final class Sm3 {
  private Sm3() {}

  /** The digest of the parts, one after the other. */
  public static Digest hash(byte[]... parts) {
    SM3Digest digest = new SM3Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[Digest.LENGTH];
    digest.doFinal(out, 0);
    return Digest.of(out);
  }

  /** HMAC-SM3 under a key of any length above zero; the tag is 32 bytes. */
  public static byte[] hmac(byte[] key, byte[]... parts) {
    if (key.length == 0) {
      throw new IllegalArgumentException("key is empty");
    }
    HMac mac = new HMac(new SM3Digest());
    mac.init(new KeyParameter(key));
    for (byte[] part : parts) {
      mac.update(part, 0, part.length);
    }
    byte[] out = new byte[Digest.LENGTH];
    mac.doFinal(out, 0);
    return out;
  }
}
