package io.tallystick.sdk.wallet.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.protocol.model.Money;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the members of a JSON answer. An answer that lacks what the contract promises is no answer:
 * {@link UnreachableException} names the member.
 */
final class Members {
  private final JsonObject object;

  private Members(JsonObject object) {
    this.object = object;
  }

  static Members of(JsonElement element) {
    if (!element.isJsonObject()) {
      throw new UnreachableException("the answer is not a JSON object", null);
    }
    return new Members(element.getAsJsonObject());
  }

  boolean has(String name) {
    return object.has(name) && !object.get(name).isJsonNull();
  }

  String text(String name) {
    return read(name, JsonElement::getAsString);
  }

  long number(String name) {
    return read(name, JsonElement::getAsLong);
  }

  int smallNumber(String name) {
    return read(name, JsonElement::getAsInt);
  }

  boolean flag(String name) {
    return read(name, JsonElement::getAsBoolean);
  }

  Instant instant(String name) {
    return read(name, value -> Instant.parse(value.getAsString()));
  }

  byte[] bytes(String name) {
    return read(name, value -> Base64.getDecoder().decode(value.getAsString()));
  }

  Money money(String name) {
    Members money = child(name);
    return read(name, value -> Money.of(money.number("amountMinor"), money.text("currency")));
  }

  Members child(String name) {
    return read(name, Members::of);
  }

  Optional<String> optionalText(String name) {
    return optional(name, this::text);
  }

  <T> Optional<T> optional(String name, Function<String, T> reader) {
    return has(name) ? Optional.of(reader.apply(name)) : Optional.empty();
  }

  <T> List<T> list(String name, Function<Members, T> reader) {
    List<T> read = new ArrayList<>();
    for (JsonElement element : array(name)) {
      read.add(reader.apply(of(element)));
    }
    return List.copyOf(read);
  }

  List<String> texts(String name) {
    List<String> read = new ArrayList<>();
    for (JsonElement element : array(name)) {
      read.add(element.getAsString());
    }
    return List.copyOf(read);
  }

  /** The members of a map of texts; an absent one is empty. */
  Map<String, String> textMap(String name) {
    Map<String, String> read = new TreeMap<>();
    if (has(name)) {
      child(name).object.entrySet().forEach(e -> read.put(e.getKey(), e.getValue().getAsString()));
    }
    return Map.copyOf(read);
  }

  private JsonArray array(String name) {
    return has(name) ? read(name, JsonElement::getAsJsonArray) : new JsonArray();
  }

  private <T> T read(String name, Function<JsonElement, T> reader) {
    if (!has(name)) {
      throw new UnreachableException("the answer has no member " + name, null);
    }
    try {
      return reader.apply(object.get(name));
    } catch (IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | DateTimeException malformed) {
      throw new UnreachableException("the answer's member " + name + " is malformed", malformed);
    }
  }
}
