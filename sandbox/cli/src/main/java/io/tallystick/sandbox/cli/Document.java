package io.tallystick.sandbox.cli;

import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command's JSON document in the making: members in their order, absent ones left out.
public final class Document {
  private final Map<String, Object> members = new LinkedHashMap<>();

  private Document() {}

  /// An empty document.
  public static Document of() {
    return new Document();
  }

  /// Adds a member: text, number, boolean, time, money, list, another document, or an `Optional` of
  /// these.
  public Document with(String name, Object value) {
    plain(value).ifPresent(plain -> members.put(name, plain));
    return this;
  }

  /// The members as plain data.
  public Map<String, Object> members() {
    return members;
  }

  private static Optional<Object> plain(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.flatMap(Document::plain);
      case Document document -> Optional.of(document.members);
      case Instant instant -> Optional.of(instant.toString());
      case Money money -> Optional.of(money(money.amountMinor(), money.currency()));
      case Enum<?> constant -> Optional.of(constant.name());
      case List<?> list -> {
        List<Object> plains = new ArrayList<>();
        list.forEach(element -> plain(element).ifPresent(plains::add));
        yield Optional.of(plains);
      }
      case Map<?, ?> map -> Optional.of(map);
      case String text -> Optional.of(text);
      case Number number -> Optional.of(number);
      case Boolean flag -> Optional.of(flag);
      default -> Optional.of(value.toString());
    };
  }

  /// As every REST interface of the platform writes money.
  private static Map<String, Object> money(long amountMinor, String currency) {
    Map<String, Object> money = new LinkedHashMap<>();
    money.put("amountMinor", amountMinor);
    money.put("currency", currency);
    return money;
  }
}
