package io.tallystick.clearing.payment.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.clearing.payment.Reason;
import jakarta.inject.Singleton;
import java.util.List;

/// Reasons as they are stored: a JSON array.
@Singleton
@RegisterForReflection(targets = Reason.class)
public class ReasonJson {
  private static final String NONE = "[]";
  private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

  private final ObjectMapper mapper;

  ReasonJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  public String write(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return NONE;
    }
    try {
      return mapper.writeValueAsString(reasons);
    } catch (JsonProcessingException e) {
      throw new AssertionError("reasons are made of text", e);
    }
  }

  /// Reads what [#write] made.
  public List<Reason> read(String stored) {
    if (stored.equals(NONE)) {
      return List.of();
    }
    try {
      return mapper.readValue(stored, REASONS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored reasons are not what was written", e);
    }
  }
}
