package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What an issuer authorises: fields 4 to 13.
 *
 * @param account payment account number
 * @param card card account number
 * @param issuerNumber of the issuer, the same as in its certificate
 * @param platformNumber of the code platform
 * @param cardType card account type, a byte that the network assigns
 * @param largestSingleAmountMinor minor units, 0 to 2²⁴−1
 * @param deviceKey the device's public key
 * @param expiresAt whole seconds; the first moment at which the authorisation is no longer good
 * @param codeValiditySeconds how long a ride code is good, 0 to 65535
 * @param allowance field 13
 */
public record AuthorisationTerms(
    AccountNumber account,
    CardAccountNumber card,
    IssuerNumber issuerNumber,
    PlatformNumber platformNumber,
    int cardType,
    int largestSingleAmountMinor,
    Sm2PublicKey deviceKey,
    Instant expiresAt,
    int codeValiditySeconds,
    OfflineAllowance allowance) {

  public AuthorisationTerms {
    requireNonNull(account, "account is null");
    requireNonNull(card, "card is null");
    requireNonNull(issuerNumber, "issuerNumber is null");
    requireNonNull(platformNumber, "platformNumber is null");
    requireNonNull(deviceKey, "deviceKey is null");
    requireNonNull(allowance, "allowance is null");
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
    if (cardType < 0 || cardType > 0xFF) {
      throw new IllegalArgumentException("cardType is not a byte: " + cardType);
    }
    if (largestSingleAmountMinor < 0 || largestSingleAmountMinor > 0xFF_FFFF) {
      throw new IllegalArgumentException(
          "largestSingleAmountMinor does not fit 3 bytes: " + largestSingleAmountMinor);
    }
    if (codeValiditySeconds < 0 || codeValiditySeconds > 0xFFFF) {
      throw new IllegalArgumentException(
          "codeValiditySeconds does not fit 2 bytes: " + codeValiditySeconds);
    }
  }

  /** Fields 4 to 12. */
  void writeFixed(ByteWriter out, NetworkProfile profile) {
    account.write(out);
    out.bcd(card.digits(), CardAccountNumber.LENGTH)
        .u32(issuerNumber.value())
        .u32(platformNumber.value())
        .u8(cardType)
        .u24(largestSingleAmountMinor)
        .bytes(deviceKey.compressed())
        .u32(profile.epoch().seconds(expiresAt))
        .u16(codeValiditySeconds);
  }

  /** Field 13 with its length. */
  void writeAllowance(ByteWriter out) {
    out.u8(OfflineAllowance.LENGTH);
    allowance.write(out);
  }

  /** Fields 4 to 12 as read, until field 13 is known. */
  record Fixed(
      AccountNumber account,
      CardAccountNumber card,
      IssuerNumber issuerNumber,
      PlatformNumber platformNumber,
      int cardType,
      int largestSingleAmountMinor,
      Sm2PublicKey deviceKey,
      Instant expiresAt,
      int codeValiditySeconds) {

    static Fixed read(ByteReader in, NetworkProfile profile) {
      AccountNumber account = AccountNumber.read(in, "payment account number");
      CardAccountNumber card = CardAccountNumber.read(in, "card account number");
      IssuerNumber issuerNumber = IssuerNumber.read(in, "issuer number");
      PlatformNumber platformNumber = PlatformNumber.read(in, "code platform number");
      int cardType = in.u8("card account type");
      int largest = in.u24("largest single amount");
      byte[] key = in.bytes(Sm2PublicKey.LENGTH, "device public key");
      Instant expiresAt = profile.epoch().instant(in.u32("authorisation expiry"));
      in.explain(expiresAt);
      return new Fixed(
          account,
          card,
          issuerNumber,
          platformNumber,
          cardType,
          largest,
          Sm2PublicKey.fromCompressed(key),
          expiresAt,
          in.u16("code validity"));
    }

    AuthorisationTerms with(OfflineAllowance allowance) {
      return new AuthorisationTerms(
          account,
          card,
          issuerNumber,
          platformNumber,
          cardType,
          largestSingleAmountMinor,
          deviceKey,
          expiresAt,
          codeValiditySeconds,
          allowance);
    }
  }
}
