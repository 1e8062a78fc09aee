package io.tallystick.kit.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;

/// How a response is kept beside its idempotency key.
public interface ResponseCodec<T> {
  byte[] encode(T response);

  T decode(byte[] bytes);

  /// A protocol buffer message.
  static <T extends Message> ResponseCodec<T> protobuf(Parser<T> parser) {
    return new ResponseCodec<>() {
      @Override
      public byte[] encode(T response) {
        return response.toByteArray();
      }

      @Override
      public T decode(byte[] bytes) {
        try {
          return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException("a stored response is malformed", e);
        }
      }
    };
  }

  /// A record that Jackson reads and writes.
  static <T> ResponseCodec<T> json(ObjectMapper mapper, Class<T> type) {
    return new ResponseCodec<>() {
      @Override
      public byte[] encode(T response) {
        try {
          return mapper.writeValueAsBytes(response);
        } catch (JsonProcessingException e) {
          throw new IllegalStateException("a response is not representable as JSON", e);
        }
      }

      @Override
      public T decode(byte[] bytes) {
        try {
          return mapper.readValue(bytes, type);
        } catch (IOException e) {
          throw new IllegalStateException("a stored response is malformed", e);
        }
      }
    };
  }
}
