package io.tallystick.kit.transit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands in the JSON of an answer. Of a malformed one nothing is told: Jackson's messages
/// quote what they stumble over.
final class TransitAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private TransitAnswer() {}

  /// `data.plaintext`, decoded straight from the answer's bytes, so that no text with it is left
  /// behind.
  ///
  /// @return empty when it isn't there
  static Optional<byte[]> plaintext(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (!enter(parser, "data", JsonToken.START_OBJECT)
          || !enter(parser, "plaintext", JsonToken.VALUE_STRING)) {
        return Optional.empty();
      }
      return Optional.of(parser.getBinaryValue());
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /// `errors`, as far as they can be read.
  static List<String> errors(byte[] body) {
    List<String> errors = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (enter(parser, "errors", JsonToken.START_ARRAY)) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          errors.add(parser.getText());
        }
      }
    } catch (IOException malformed) {
      return errors;
    }
    return errors;
  }

  /// Steps to the value of a member of the object that begins here, or that was begun.
  private static boolean enter(JsonParser parser, String name, JsonToken kind) throws IOException {
    if (parser.currentToken() == null && parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(name);
      JsonToken value = parser.nextToken();
      if (wanted) {
        return value == kind;
      }
      parser.skipChildren();
    }
    return false;
  }
}
