package io.tallystick.risk.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.risk.history.AllowanceGrant;
import io.tallystick.risk.history.Caution;
import io.tallystick.risk.history.Confirmation;
import io.tallystick.risk.history.DeviceHistory;
import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.history.KnownTap;
import io.tallystick.risk.history.PaidAmount;
import io.tallystick.risk.history.Standing;
import io.tallystick.risk.observation.Behaviour;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.observation.TapEvidence;
import io.tallystick.risk.observation.WalletClock;
import io.tallystick.risk.observation.Way;
import io.tallystick.risk.rule.Finding;
import io.tallystick.risk.rule.RiskOutcome;
import io.tallystick.risk.rule.RuleName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The stored form of observations, histories and findings: one JSON object each, names as in the
/// records, ids as text, instants in ISO 8601, names of rules and outcomes in lower case, nothing
/// where a value is absent. Fields may be added; what is stored is read for as long as decisions
/// are kept.
@RegisterForReflection(
    targets = {
      AllowanceGrant.class,
      AskedPayment.class,
      Behaviour.class,
      Caution.class,
      Confirmation.class,
      DecisionRow.class,
      DeviceHistory.class,
      DoubleSpend.class,
      Finding.class,
      History.class,
      KnownPayment.class,
      KnownTap.class,
      Money.class,
      Observation.class,
      ObservationRow.class,
      PaidAmount.class,
      Place.class,
      PropertyNamingStrategies.SnakeCaseStrategy.class,
      StandingTable.Row.class,
      TapEvidence.class,
      WalletClock.class
    })
public final class StoredJson {
  private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(values())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private StoredJson() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("every stored record has a JSON form", e);
    }
  }

  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored " + type.getSimpleName() + " is not readable", e);
    }
  }

  public static List<Finding> readFindings(String json) {
    try {
      return MAPPER.readValue(json, FINDINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored findings are not readable", e);
    }
  }

  /// The stored form as a tree.
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /// Stored text as a tree.
  public static JsonNode readTree(String json) {
    return read(json, JsonNode.class);
  }

  /// A name as it is stored.
  public static String wire(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("tallystick-values");
    add(module, DeviceId.class, DeviceId::toString, DeviceId::parse);
    add(module, TokenSerial.class, TokenSerial::toString, TokenSerial::parse);
    add(module, MerchantId.class, MerchantId::value, MerchantId::of);
    add(module, TerminalId.class, TerminalId::value, TerminalId::of);
    add(module, Counter.class, Counter::toString, text -> Counter.of(Long.parseLong(text)));
    addEnum(module, RuleName.class);
    addEnum(module, RiskOutcome.class);
    addEnum(module, Way.class);
    addEnum(module, Standing.class);
    return module;
  }

  private static <E extends Enum<E>> void addEnum(SimpleModule module, Class<E> type) {
    add(module, type, StoredJson::wire, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }

  private static <T> void add(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read.apply(in.getValueAsString());
          }
        });
  }
}
