package io.tallystick.risk.thresholds;

import static java.util.Objects.requireNonNull;

import io.tallystick.risk.rule.RiskRule;
import io.tallystick.risk.rule.RuleBook;
import io.tallystick.risk.rule.RuleName;
import io.tallystick.risk.rule.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads a thresholds file over the shipped one. Reading is a function of the bytes: whoever wants
/// to reload, reads again and puts the result in force.
public final class ThresholdsFile {
  /// Largest file taken.
  public static final int MAX_BYTES = 64 * 1024;

  private static final String SHIPPED = "/risk-thresholds.yaml";
  private static final String VERSION_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";
  private static final int MAX_TRUST_MINUTES = 7 * 24 * 60;

  private ThresholdsFile() {}

  /// The shipped thresholds.
  public static Thresholds shipped() {
    return read(SHIPPED, parse(SHIPPED, shippedText()));
  }

  /// @throws ThresholdsException when the file is missing, malformed or out of bounds
  public static Thresholds load(Path path) {
    requireNonNull(path, "path is null");
    try {
      long size = Files.size(path);
      if (size > MAX_BYTES) {
        throw new ThresholdsException(
            path.toString(), List.of("it has " + size + " bytes, at most " + MAX_BYTES + " pass"));
      }
      return over(path.toString(), Files.readString(path));
    } catch (NoSuchFileException _) {
      throw new ThresholdsException(path.toString(), List.of("there is no such file"));
    } catch (IOException e) {
      throw new ThresholdsException(path.toString(), List.of("it can't be read: " + e));
    }
  }

  /// What `yaml` changes over the shipped thresholds.
  ///
  /// @param source names the text in a refusal
  public static Thresholds over(String source, String yaml) {
    Map<String, Object> merged = parse(SHIPPED, shippedText());
    merge(merged, parse(source, yaml));
    return read(source, merged);
  }

  /// A whole set as it was kept by [Thresholds#effectiveText()]: nothing of the shipped one is
  /// mixed in, which may have changed since.
  public static Thresholds kept(String version, String effective) {
    return read("kept thresholds " + version, parse(version, effective));
  }

  private static Thresholds read(String source, Map<String, Object> root) {
    List<String> faults = new ArrayList<>();
    Section file = new Section("", root, faults);
    String version = file.text("version", VERSION_FORM);
    List<RuleName> order = order(file, faults);
    Section trustSection = file.section("trust");
    Trust trust =
        new Trust(
            Duration.ofMinutes(trustSection.whole("minutes", 0, MAX_TRUST_MINUTES)),
            trustSection.decimal("radius_km", 0, 20_100));
    trustSection.refuseOtherKeys();
    Section ruleSections = file.section("rules");
    RuleReader reader = new RuleReader(faults);
    List<RiskRule> rules = new ArrayList<>();
    for (RuleName name : order) {
      rules.add(reader.read(name, ruleSections));
    }
    // A rule out of the order is checked all the same: a fault in it would come out when it is
    // switched on.
    for (RuleName name : RuleName.values()) {
      if (!order.contains(name)) {
        reader.read(name, ruleSections);
      }
    }
    ruleSections.refuseOtherKeys();
    file.refuseOtherKeys();
    if (!faults.isEmpty()) {
      throw new ThresholdsException(source, faults);
    }
    String effective = CanonicalText.of(root);
    String named = version + "+" + CanonicalText.digest(effective);
    return new Thresholds(new RuleBook(named, rules, trust), effective);
  }

  private static List<RuleName> order(Section file, List<String> faults) {
    List<RuleName> order = new ArrayList<>();
    for (Object entry : file.list("order", 1, RuleName.values().length)) {
      Optional<RuleName> name = RuleName.ofWire(String.valueOf(entry));
      if (name.isEmpty()) {
        faults.add("order names a rule that there isn't: " + entry);
      } else if (order.contains(name.get())) {
        faults.add("order names a rule twice: " + entry);
      } else {
        order.add(name.get());
      }
    }
    return order;
  }

  private static Map<String, Object> parse(String source, String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(8);
    options.setCodePointLimit(MAX_BYTES);
    Object root;
    try {
      root = new Yaml(new SafeConstructor(options)).load(yaml);
    } catch (YAMLException e) {
      throw new ThresholdsException(source, List.of("it is not YAML: " + e.getMessage()));
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new ThresholdsException(source, List.of("the file must be a map of keys"));
    }
    return copy(map);
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) ->
        copy.put(String.valueOf(key), value instanceof Map<?, ?> inner ? copy(inner) : value));
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static void merge(Map<String, Object> onto, Map<String, Object> changes) {
    changes.forEach((key, value) -> {
      @Nullable Object present = onto.get(key);
      if (present instanceof Map<?, ?> inner && value instanceof Map<?, ?> changed) {
        merge((Map<String, Object>) inner, (Map<String, Object>) changed);
      } else {
        onto.put(key, value);
      }
    });
  }

  private static String shippedText() {
    try (InputStream in = ThresholdsFile.class.getResourceAsStream(SHIPPED)) {
      requireNonNull(in, "resource is missing: " + SHIPPED);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
