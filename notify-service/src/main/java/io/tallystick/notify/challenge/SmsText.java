package io.tallystick.notify.challenge;

import io.tallystick.notify.sms.SmsSegments;
import io.tallystick.protocol.model.Money;
import java.time.Duration;

/// The text a payer gets: it names amount and merchant, so that a code asked for by someone else
/// for another payment is seen to be that.
///
/// @param template with `{code}`, `{amount}`, `{merchant}` and perhaps `{minutes}`
record SmsText(String template) {
  SmsText {
    for (String required : new String[] {"{code}", "{amount}", "{merchant}"}) {
      if (!template.contains(required)) {
        throw new IllegalArgumentException("SMS template lacks " + required);
      }
    }
    SmsSegments.of(
        fill(template, "000000", Money.of(Money.MAX_AMOUNT_MINOR, "CNY"), "M".repeat(15), 999), 0);
  }

  String of(String code, PaymentBinding payment, Duration validity) {
    long minutes = Math.max(1, validity.toMinutes());
    return fill(template, code, payment.amount(), payment.merchantId(), minutes);
  }

  private static String fill(
      String template, String code, Money amount, String merchant, long minutes) {
    return template
        .replace("{code}", code)
        .replace("{amount}", amount.toString())
        .replace("{merchant}", merchant)
        .replace("{minutes}", Long.toString(minutes));
  }
}
