package io.tallystick.sdk.wallet.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.sdk.wallet.CodeUse;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.MonotonicClock;
import io.tallystick.sdk.wallet.PendingRequest;
import io.tallystick.sdk.wallet.ServerTimeSeen;
import io.tallystick.sdk.wallet.TapUse;
import io.tallystick.sdk.wallet.WalletState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's state as JSON: bytes in Base64, times in ISO 8601, absent members for what is absent.
 */
final class WalletJson {
  private WalletJson() {}

  static JsonObject write(WalletState state) {
    JsonObject json = new JsonObject();
    addIfPresent(json, "pending", state.pending(), WalletJson::writePending);
    addIfPresent(json, "enrolment", state.enrolment(), WalletJson::writeEnrolment);
    json.add("codeUse", writeCodeUse(state.codeUse()));
    json.add("tapUse", writeTapUse(state.tapUse()));
    JsonArray taps = new JsonArray();
    state.taps().forEach(tap -> taps.add(KeptTapJson.write(tap)));
    json.add("taps", taps);
    addIfPresent(json, "serverTimeSeen", state.serverTimeSeen(), WalletJson::writeServerTime);
    json.addProperty("inboxSeen", state.inboxSeen());
    JsonObject attachments = new JsonObject();
    new TreeMap<>(state.attachments()).forEach(attachments::addProperty);
    json.add("attachments", attachments);
    return json;
  }

  static WalletState read(JsonObject json) {
    List<KeptTap> taps = new ArrayList<>();
    member(json, "taps")
        .getAsJsonArray()
        .forEach(t -> taps.add(KeptTapJson.read(t.getAsJsonObject())));
    Map<String, String> attachments = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry :
        member(json, "attachments").getAsJsonObject().entrySet()) {
      attachments.put(entry.getKey(), entry.getValue().getAsString());
    }
    return new WalletState(
        readIfPresent(json, "pending", WalletJson::readPending),
        readIfPresent(json, "enrolment", WalletJson::readEnrolment),
        readCodeUse(member(json, "codeUse").getAsJsonObject()),
        readTapUse(member(json, "tapUse").getAsJsonObject()),
        taps,
        readIfPresent(json, "serverTimeSeen", WalletJson::readServerTime),
        member(json, "inboxSeen").getAsLong(),
        attachments);
  }

  /** A member that has to be there. */
  static JsonElement member(JsonObject json, String name) {
    JsonElement member = json.get(name);
    if (member == null) {
      throw new JsonParseException("member " + name + " is missing");
    }
    return member;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] bytes(JsonObject json, String name) {
    return Base64.getDecoder().decode(member(json, name).getAsString());
  }

  static String text(JsonObject json, String name) {
    return member(json, name).getAsString();
  }

  private static JsonObject writePending(PendingRequest pending) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", pending.kind().name());
    json.addProperty("idempotencyKey", pending.idempotencyKey());
    json.addProperty("body", pending.body());
    Sm2PrivateKey key = pending.deviceKey();
    if (key != null) {
      json.addProperty("deviceKey", base64(key.toBytes()));
    }
    return json;
  }

  private static PendingRequest readPending(JsonObject json) {
    return new PendingRequest(
        PendingRequest.Kind.valueOf(text(json, "kind")),
        text(json, "idempotencyKey"),
        text(json, "body"),
        json.has("deviceKey") ? Sm2PrivateKey.fromBytes(bytes(json, "deviceKey")) : null);
  }

  private static JsonObject writeEnrolment(Enrolment enrolment) {
    JsonObject json = new JsonObject();
    json.addProperty("payerId", enrolment.payerId());
    json.addProperty("deviceName", enrolment.deviceName());
    json.addProperty("deviceKey", base64(enrolment.deviceKey().toBytes()));
    json.addProperty("authorisation", base64(enrolment.authorisation().encode()));
    json.addProperty("seed", base64(enrolment.seed().toBytes()));
    json.addProperty("alias", enrolment.alias().digits());
    json.addProperty("seedExpiresAt", enrolment.seedExpiresAt().toString());
    json.addProperty("offlinePrefix", enrolment.network().offlinePrefix());
    json.addProperty("onlinePrefix", enrolment.network().onlinePrefix());
    return json;
  }

  private static Enrolment readEnrolment(JsonObject json) {
    return new Enrolment(
        text(json, "payerId"),
        text(json, "deviceName"),
        Sm2PrivateKey.fromBytes(bytes(json, "deviceKey")),
        DeviceAuthorisation.parse(bytes(json, "authorisation")),
        Seed.fromBytes(bytes(json, "seed")),
        Alias.parse(text(json, "alias")),
        Instant.parse(text(json, "seedExpiresAt")),
        new CodeNetwork(text(json, "offlinePrefix"), text(json, "onlinePrefix")));
  }

  private static JsonObject writeCodeUse(CodeUse use) {
    JsonObject json = new JsonObject();
    CodeMoment usedUpTo = use.usedUpTo();
    if (usedUpTo != null) {
      json.addProperty("usedMinute", usedUpTo.minute());
      json.addProperty("usedRefresh", usedUpTo.refreshIndex());
    }
    CodeUse.OnlineShown online = use.online();
    if (online != null) {
      json.addProperty("onlineCode", online.code().digits());
      json.addProperty("onlineExpiresAt", online.expiresAt().toString());
    }
    return json;
  }

  private static CodeUse readCodeUse(JsonObject json) {
    CodeMoment usedUpTo =
        json.has("usedMinute")
            ? new CodeMoment(
                member(json, "usedMinute").getAsLong(), member(json, "usedRefresh").getAsInt())
            : null;
    CodeUse.OnlineShown online =
        json.has("onlineCode")
            ? new CodeUse.OnlineShown(
                new PaymentCode.OnlineCode(text(json, "onlineCode")),
                Instant.parse(text(json, "onlineExpiresAt")))
            : null;
    return new CodeUse(usedUpTo, online);
  }

  private static JsonObject writeTapUse(TapUse use) {
    JsonObject json = new JsonObject();
    json.addProperty("lastCounter", use.lastCounter().value());
    json.addProperty("allowanceLeftMinor", use.allowanceLeftMinor());
    json.addProperty("tapsSinceOnline", use.tapsSinceOnline());
    json.addProperty("logHead", use.logHead().toString());
    return json;
  }

  private static TapUse readTapUse(JsonObject json) {
    return new TapUse(
        Counter.of(member(json, "lastCounter").getAsLong()),
        member(json, "allowanceLeftMinor").getAsLong(),
        member(json, "tapsSinceOnline").getAsInt(),
        LogHead.parse(text(json, "logHead")));
  }

  private static JsonObject writeServerTime(ServerTimeSeen seen) {
    JsonObject json = new JsonObject();
    json.addProperty("serverTime", seen.serverTime().toString());
    json.addProperty("run", seen.at().run());
    json.addProperty("millis", seen.at().millis());
    return json;
  }

  private static ServerTimeSeen readServerTime(JsonObject json) {
    return new ServerTimeSeen(
        Instant.parse(text(json, "serverTime")),
        new MonotonicClock.Reading(text(json, "run"), member(json, "millis").getAsLong()));
  }

  private static <T> void addIfPresent(
      JsonObject json, String name, @Nullable T value, Function<T, JsonObject> writer) {
    if (value != null) {
      json.add(name, writer.apply(value));
    }
  }

  private static <T> @Nullable T readIfPresent(
      JsonObject json, String name, Function<JsonObject, T> reader) {
    return json.has(name) ? reader.apply(member(json, name).getAsJsonObject()) : null;
  }
}
