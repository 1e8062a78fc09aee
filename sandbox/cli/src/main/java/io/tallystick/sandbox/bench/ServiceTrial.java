package io.tallystick.sandbox.bench;

import io.tallystick.sandbox.base.FreePorts;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.platform.ServiceRuntime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts one more replica of a service, measures how long it takes to be ready and what memory it
/// has then, and stops it.
final class ServiceTrial {
  private static final Duration READY_LIMIT = Duration.ofSeconds(120);

  private static final int STOP_SECONDS = 15;

  private static final int LOOK_EVERY_MILLIS = 20;

  private final Path checkout;
  private final Path folder;
  private final HttpClient client;

  /// @param folder of the running platform
  ServiceTrial(Path checkout, Path folder, PlatformDescription platform) throws IOException {
    this.checkout = checkout;
    this.folder = folder;
    this.client =
        HttpClient.newBuilder().sslContext(PlatformTls.trusting(platform.caFile())).build();
  }

  /// @param readySeconds from the start of the process until `/q/health/ready` says yes
  /// @param residentMegabytes at that moment; 0 where the system doesn't tell
  record Start(double readySeconds, long residentMegabytes) {}

  Start run(ServiceName service, ServiceRuntime runtime) throws IOException, InterruptedException {
    List<Integer> ports = FreePorts.take(2);
    Path services = folder.resolve("services");
    List<String> command =
        runtime.command(
            checkout,
            service,
            List.of(
                "-Djava.io.tmpdir=" + services.resolve("tmp"),
                "-Dsmallrye.config.locations="
                    + services.resolve(service.moduleName() + ".properties").toUri(),
                "-Dtallystick.http.port=" + ports.get(0),
                "-Dtallystick.grpc.port=" + ports.get(1)));
    Path log = services.resolve(service.moduleName() + "-trial.log");
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      awaitReady(process, URI.create("https://localhost:" + ports.get(0) + "/q/health/ready"), log);
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Start(seconds, residentMegabytes(process));
    } finally {
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private void awaitReady(Process process, URI question, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (!isReady(question)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("a replica did not become ready; its log is " + log);
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private boolean isReady(URI question) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(question).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // Not listening yet; the caller's deadline bounds the asking.
    }
  }

  private static long residentMegabytes(Process process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
