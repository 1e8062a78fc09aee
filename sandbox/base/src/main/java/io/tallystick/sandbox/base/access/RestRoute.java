package io.tallystick.sandbox.base.access;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// One request that a service serves.
///
/// @param takesBody whether it is sent as JSON
/// @param isSocket whether it opens a WebSocket
record RestRoute(String method, String path, boolean takesBody, boolean isSocket) {
  private static final String SOCKET = "io.quarkus.websockets.next.WebSocket";
  private static final String MERCHANT_PARAMETER = "{merchantId}";

  /// As the document names it.
  String name() {
    return method + " " + path;
  }

  boolean isOfAMerchant() {
    return path.contains(MERCHANT_PARAMETER);
  }

  /// The path with parameters that name nothing there is.
  String concretePath() {
    return path.replace(MERCHANT_PARAMETER, RestToken.MERCHANT)
        .replace("{day}", "2026-01-01")
        .replace("{id}", "999999999")
        .replace("{deviceId}", "00000000000000ff")
        .replaceAll("\\{[^}]*}", "AAAA");
  }

  /// What a bean serves, if it is a resource or a WebSocket.
  static Stream<RestRoute> of(Class<?> bean) {
    return Stream.concat(resource(bean), socket(bean));
  }

  private static Stream<RestRoute> resource(Class<?> bean) {
    Path root = bean.getAnnotation(Path.class);
    return root == null
        ? Stream.empty()
        : Arrays.stream(bean.getMethods())
            .flatMap(method ->
                verb(method).stream()
                    .map(verb ->
                        new RestRoute(verb, path(root, method), takesBody(bean, method), false)));
  }

  /// The annotation belongs to an extension that only one service has.
  private static Stream<RestRoute> socket(Class<?> bean) {
    return Arrays.stream(bean.getAnnotations())
        .filter(annotation -> annotation.annotationType().getName().equals(SOCKET))
        .map(annotation -> new RestRoute("GET", socketPath(annotation), false, true));
  }

  private static String socketPath(Annotation socket) {
    try {
      return (String) socket.annotationType().getMethod("path").invoke(socket);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a WebSocket has a path", e);
    }
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .flatMap(annotation ->
            Optional.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class))
                .stream())
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Path root, Method method) {
    Path own = method.getAnnotation(Path.class);
    String joined = "/" + root.value() + "/" + (own == null ? "" : own.value());
    String single = joined.replaceAll("/+", "/");
    return single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
  }

  private static boolean takesBody(Class<?> bean, Method method) {
    boolean declared =
        method.isAnnotationPresent(Consumes.class) || bean.isAnnotationPresent(Consumes.class);
    return declared && !verb(method).orElse("GET").equals("GET");
  }
}
