package io.tallystick.kit.database;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a request said, as one SHA-256 digest for each field: tells whether a repeated key came
/// with the same request, and which fields differ if not, without keeping what they said.
///
/// ```java
/// RequestDigest.of("amountMinor", 1200L).and("currency", "CNY").and("payerId", payerId)
/// ```
public final class RequestDigest {
  private final SortedMap<String, String> fields;

  private RequestDigest(SortedMap<String, String> fields) {
    this.fields = fields;
  }

  /// A request without a body.
  public static RequestDigest empty() {
    return new RequestDigest(new TreeMap<>());
  }

  public static RequestDigest of(String field, Object value) {
    return empty().and(field, value);
  }

  /// This digest with one more field. The value counts by its text; byte arrays by their content.
  public RequestDigest and(String field, Object value) {
    SortedMap<String, String> more = new TreeMap<>(fields);
    byte[] content =
        value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);
    if (more.put(field, digest(content)) != null) {
      throw new IllegalArgumentException("field is given twice: " + field);
    }
    return new RequestDigest(more);
  }

  /// Names of the fields that differ or that only one of the two has, sorted.
  String difference(RequestDigest other) {
    SortedSet<String> names = new TreeSet<>(fields.keySet());
    names.addAll(other.fields.keySet());
    names.removeIf(name -> Objects.equals(fields.get(name), other.fields.get(name)));
    return String.join(", ", names);
  }

  String json() {
    JsonObject object = new JsonObject();
    fields.forEach(object::put);
    return object.encode();
  }

  static RequestDigest parse(String json) {
    SortedMap<String, String> fields = new TreeMap<>();
    JsonObject object = new JsonObject(json);
    object.fieldNames().forEach(name -> fields.put(name, object.getString(name)));
    return new RequestDigest(fields);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestDigest digest && fields.equals(digest.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return "RequestDigest" + fields.keySet();
  }
}
