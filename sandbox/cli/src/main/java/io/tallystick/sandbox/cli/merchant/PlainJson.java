package io.tallystick.sandbox.cli.merchant;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The platform's documents as plain data for `--json`, and their members as text.
public final class PlainJson {
  private PlainJson() {}

  /// The members of an object as plain data.
  public static Map<String, Object> members(JsonObject object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object.entrySet().forEach(e -> members.put(e.getKey(), of(e.getValue())));
    return members;
  }

  /// The same as maps, lists, texts, numbers and booleans.
  public static Object of(JsonElement element) {
    if (element.isJsonObject()) {
      return members(element.getAsJsonObject());
    }
    if (element.isJsonArray()) {
      List<Object> elements = new ArrayList<>();
      element.getAsJsonArray().forEach(one -> elements.add(of(one)));
      return elements;
    }
    if (element.isJsonNull()) {
      return Map.of();
    }
    var primitive = element.getAsJsonPrimitive();
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    return primitive.isNumber() ? primitive.getAsBigDecimal() : primitive.getAsString();
  }

  /// A member as text, empty when it is absent.
  public static String text(JsonObject object, String name) {
    return object.has(name) && object.get(name).isJsonPrimitive()
        ? object.get(name).getAsString()
        : "";
  }

  /// A member that is an amount, as a person writes it.
  public static String money(JsonObject object, String name) {
    JsonObject money = object.getAsJsonObject(name);
    return Amounts.text(money.get("amountMinor").getAsLong(), money.get("currency").getAsString());
  }
}
