package io.tallystick.sdk.wallet.file;

import com.google.gson.JsonObject;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.KeptTap.Upload;
import java.util.Optional;

/** A kept tap as JSON: token and receipt in Base64, what the platform said by name. */
final class KeptTapJson {
  private KeptTapJson() {}

  static JsonObject write(KeptTap tap) {
    JsonObject json = new JsonObject();
    json.addProperty("token", WalletJson.base64(tap.token().encode()));
    tap.receipt()
        .ifPresent(receipt -> json.addProperty("receipt", WalletJson.base64(receipt.encode())));
    // A sealed interface without pattern switches: Java 17.
    if (tap.upload() instanceof Upload.Accepted accepted) {
      json.addProperty("accepted", accepted.paymentId());
    } else if (tap.upload() instanceof Upload.Conflict conflict) {
      json.addProperty("conflict", conflict.evidenceId());
    } else if (tap.upload() instanceof Upload.Refused refused) {
      json.addProperty("refused", refused.reason());
      json.addProperty("explanation", refused.explanation());
    }
    return json;
  }

  static KeptTap read(JsonObject json) {
    return new KeptTap(
        TapToken.parse(WalletJson.bytes(json, "token")),
        json.has("receipt")
            ? Optional.of(Receipt.parse(WalletJson.bytes(json, "receipt")))
            : Optional.empty(),
        readUpload(json));
  }

  private static Upload readUpload(JsonObject json) {
    if (json.has("accepted")) {
      return new Upload.Accepted(WalletJson.text(json, "accepted"));
    }
    if (json.has("conflict")) {
      return new Upload.Conflict(WalletJson.text(json, "conflict"));
    }
    if (json.has("refused")) {
      return new Upload.Refused(
          WalletJson.text(json, "refused"), WalletJson.text(json, "explanation"));
    }
    return new Upload.Waiting();
  }
}
