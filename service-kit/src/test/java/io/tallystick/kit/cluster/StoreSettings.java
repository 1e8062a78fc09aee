package io.tallystick.kit.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/// Properties of a service that lead to its stores, from `src/test/resources/stores`. The chart's
/// tests hold these files against what the chart renders, so that tests here run with just that.
public final class StoreSettings {
  private StoreSettings() {}

  /// @param file without folder and extension
  /// @param values what stands in place of `{NAME}`
  public static Map<String, String> of(String file, Map<String, String> values) {
    String path = "/stores/" + file + ".properties";
    Properties properties = new Properties();
    try (InputStream in = StoreSettings.class.getResourceAsStream(path)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> {
          String value = properties.getProperty(name);
          for (Map.Entry<String, String> one : values.entrySet()) {
            value = value.replace("{" + one.getKey() + "}", one.getValue());
          }
          settings.put(name, value);
        });
    return settings;
  }
}
