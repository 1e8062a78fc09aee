package io.tallystick.k8s;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/// The `tallystick.*` properties that a module's compiled classes and shipped configuration read.
///
/// Found in: `@ConfigMapping` interfaces with all that they nest and inherit, `@ConfigProperty`,
/// and `${…}` in annotations and shipped properties files. A free part of a name, a map's key, is
/// `*`.
final class ReadProperties {
  /// @param defaultValue as it is written; null when there is none
  /// @param required a service that doesn't find it does not start
  record Property(@Nullable String defaultValue, boolean required) {}

  private static final String OWN = "tallystick.";
  private static final DotName MAPPING = DotName.createSimple("io.smallrye.config.ConfigMapping");
  private static final DotName INJECTED =
      DotName.createSimple("org.eclipse.microprofile.config.inject.ConfigProperty");
  private static final DotName DEFAULT = DotName.createSimple("io.smallrye.config.WithDefault");
  private static final DotName NAME = DotName.createSimple("io.smallrye.config.WithName");
  private static final DotName PARENT = DotName.createSimple("io.smallrye.config.WithParentName");
  private static final DotName MAP = DotName.createSimple("java.util.Map");
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$?\\{(tallystick\\.[a-z0-9.-]+)(?::([^}]*))?}");
  private static final Path KIT = Chart.REPOSITORY.resolve("service-kit/target/classes");

  private static final Map<Path, Map<String, Property>> READ = new ConcurrentHashMap<>();

  private final Set<DotName> ownClasses = new HashSet<>();
  private final Index index;
  private final Map<String, Property> found = new TreeMap<>();

  private ReadProperties(Path classes) throws IOException {
    Indexer indexer = new Indexer();
    if (!classes.equals(KIT)) {
      addClasses(indexer, KIT); // What a mapping inherits.
    }
    ownClasses.addAll(addClasses(indexer, classes));
    this.index = indexer.complete();
  }

  /// By name, in order.
  static Map<String, Property> of(Path module) {
    return READ.computeIfAbsent(module, ReadProperties::read);
  }

  private static Map<String, Property> read(Path module) {
    Path classes = module.resolve("target/classes");
    try {
      ReadProperties reader = new ReadProperties(classes);
      reader.readShippedFiles(classes);
      reader.readExpressions();
      reader.readInjections();
      reader.readMappings();
      return reader.found;
    } catch (IOException e) {
      throw new UncheckedIOException("not compiled: " + module, e);
    }
  }

  /// What the shipped configuration sets already, so that nobody has to.
  static Set<String> setByShippedFiles(Path module) {
    Set<String> set = new HashSet<>();
    for (String file :
        List.of("application.properties", "META-INF/microprofile-config.properties")) {
      Path path = module.resolve("target/classes").resolve(file);
      if (Files.exists(path)) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(path)) {
          properties.load(in);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        set.addAll(properties.stringPropertyNames());
      }
    }
    return set;
  }

  private static Set<DotName> addClasses(Indexer indexer, Path root) throws IOException {
    Set<DotName> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          names.add(indexer.indexWithSummary(in).name());
        }
      }
    }
    return names;
  }

  private void readMappings() {
    for (AnnotationInstance mapping : index.getAnnotations(MAPPING)) {
      ClassInfo type = mapping.target().asClass();
      if (ownClasses.contains(type.name())) {
        readMapping(mapping.value("prefix").asString(), type);
      }
    }
  }

  private void readMapping(String prefix, ClassInfo type) {
    for (DotName inherited : type.interfaceNames()) {
      ClassInfo parent = index.getClassByName(inherited);
      if (parent != null) {
        readMapping(prefix, parent);
      }
    }
    for (MethodInfo method : type.methods()) {
      if (!method.isDefault() && method.parametersCount() == 0 && !method.isStaticInitializer()) {
        readMethod(prefix, method);
      }
    }
  }

  private void readMethod(String prefix, MethodInfo method) {
    String name = method.hasAnnotation(PARENT) ? prefix : prefix + "." + nameOf(method);
    Type type = method.returnType();
    if (type.name().equals(MAP)) {
      readValue(name + ".*", type.asParameterizedType().arguments().get(1), method, false);
    } else {
      readValue(name, type, method, true);
    }
  }

  private void readValue(String name, Type type, MethodInfo method, boolean single) {
    ClassInfo nested = index.getClassByName(type.name());
    if (nested != null && nested.isInterface()) {
      readMapping(name, nested);
      return;
    }
    AnnotationInstance withDefault = method.annotation(DEFAULT);
    String defaultValue = withDefault == null ? null : withDefault.value().asString();
    boolean optional = type.name().toString().startsWith("java.util.Optional");
    boolean free = !single || name.contains("*");
    found.put(name, new Property(defaultValue, defaultValue == null && !optional && !free));
  }

  private static String nameOf(MethodInfo method) {
    AnnotationInstance named = method.annotation(NAME);
    return named != null
        ? named.value().asString()
        : method.name().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private void readInjections() {
    for (AnnotationInstance injected : index.getAnnotations(INJECTED)) {
      AnnotationValue name = injected.value("name");
      if (name != null && name.asString().startsWith(OWN)) {
        AnnotationValue defaultValue = injected.value("defaultValue");
        String text = defaultValue == null ? null : defaultValue.asString();
        found.put(name.asString(), new Property(text, text == null));
      }
    }
  }

  private void readExpressions() {
    for (DotName own : ownClasses) {
      ClassInfo type = index.getClassByName(own);
      for (AnnotationInstance annotation : type.annotations()) {
        for (AnnotationValue value : annotation.values()) {
          if (value.kind() == AnnotationValue.Kind.STRING) {
            readExpressionsOf(value.asString());
          }
        }
      }
    }
  }

  private void readShippedFiles(Path classes) throws IOException {
    for (String file :
        List.of("application.properties", "META-INF/microprofile-config.properties")) {
      Path path = classes.resolve(file);
      if (Files.exists(path)) {
        readExpressionsOf(Files.readString(path));
      }
    }
  }

  private void readExpressionsOf(String text) {
    Matcher expression = EXPRESSION.matcher(text);
    while (expression.find()) {
      String defaultValue = expression.group(2);
      found.put(expression.group(1), new Property(defaultValue, defaultValue == null));
    }
  }
}
