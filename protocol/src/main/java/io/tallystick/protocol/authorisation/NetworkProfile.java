package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Currencies;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * What networks in the field do differently. Configuration of a deployment; both sides of an
 * exchange need the same one.
 *
 * @param name for logs
 * @param issuerFieldPosition where field 13 stands; the issuer's signature covers it in either
 *     place
 * @param epoch from which fields 11 and 15 count seconds
 * @param expiryForm how an issuer certificate states its expiry
 * @param certificateFormat the format byte of the issuer certificate
 * @param issuerFormat the format byte before the issuer's signature
 * @param deviceFormat the format byte before the device's signature of a ride code
 * @param currency ISO 4217 alphabetic code of every amount an authorisation states
 */
public record NetworkProfile(
    String name,
    IssuerFieldPosition issuerFieldPosition,
    Epoch epoch,
    ExpiryForm expiryForm,
    int certificateFormat,
    int issuerFormat,
    int deviceFormat,
    String currency) {

  /** Unix seconds, {@code MMYY}, field 13 before the signature, format bytes 12, 13 and 15. */
  public static final NetworkProfile DEFAULT =
      new NetworkProfile(
          "default",
          IssuerFieldPosition.BEFORE_SIGNATURE,
          Epoch.UNIX,
          ExpiryForm.MONTH_YEAR,
          0x12,
          0x13,
          0x15,
          "CNY");

  /** The other choice of each, format bytes 22, 23 and 25. */
  public static final NetworkProfile ALTERNATE =
      new NetworkProfile(
          "alternate",
          IssuerFieldPosition.AFTER_SIGNATURE,
          Epoch.BEIJING_2000,
          ExpiryForm.MONTH_DAY,
          0x22,
          0x23,
          0x25,
          "CNY");

  /** Where field 13 stands. */
  public enum IssuerFieldPosition {
    BEFORE_SIGNATURE,
    AFTER_SIGNATURE
  }

  /** What an issuer certificate's two bytes of expiry mean. */
  public enum ExpiryForm {
    /** {@code MMYY}: good to the end of that month. */
    MONTH_YEAR,
    /**
     * {@code MMDD}: good to the end of that day, in the year nearest to the moment of the check.
     */
    MONTH_DAY
  }

  /** From when seconds are counted, and the zone in which months and days end. */
  public enum Epoch {
    /** 1970-01-01 00:00 UTC. */
    UNIX(Instant.EPOCH, ZoneOffset.UTC),
    /** 2000-01-01 00:00 in Beijing. */
    BEIJING_2000(
        LocalDateTime.of(2000, 1, 1, 0, 0).toInstant(ZoneOffset.ofHours(8)), ZoneOffset.ofHours(8));

    private final Instant start;
    private final ZoneOffset zone;

    Epoch(Instant start, ZoneOffset zone) {
      this.start = start;
      this.zone = zone;
    }

    public ZoneOffset zone() {
      return zone;
    }

    /** The instant of so many seconds. */
    public Instant instant(long seconds) {
      return start.plusSeconds(seconds);
    }

    /** The seconds of an instant, fractions dropped. */
    public long seconds(Instant instant) {
      return instant.getEpochSecond() - start.getEpochSecond();
    }
  }

  public NetworkProfile {
    requireNonNull(name, "name is null");
    requireNonNull(issuerFieldPosition, "issuerFieldPosition is null");
    requireNonNull(epoch, "epoch is null");
    requireNonNull(expiryForm, "expiryForm is null");
    requireByte(certificateFormat, "certificateFormat");
    requireByte(issuerFormat, "issuerFormat");
    requireByte(deviceFormat, "deviceFormat");
    Currencies.numericCode(currency);
  }

  private static void requireByte(int value, String field) {
    if (value < 0 || value > 0xFF) {
      throw new IllegalArgumentException(field + " is not a byte: " + value);
    }
  }
}
