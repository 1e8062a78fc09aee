package io.tallystick.notify.reason;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Reasons as JSON in the database.
@ApplicationScoped
@RegisterForReflection(targets = Reason.class)
public class Reasons {
  private static final TypeReference<List<Reason>> LIST = new TypeReference<>() {};

  private final ObjectMapper json;

  Reasons(ObjectMapper json) {
    this.json = json;
  }

  public String write(List<Reason> reasons) {
    try {
      return json.writeValueAsString(reasons);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("reasons are texts", impossible);
    }
  }

  public List<Reason> read(String text) {
    try {
      return json.readValue(text, LIST);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored reasons are not JSON of reasons", e);
    }
  }
}
