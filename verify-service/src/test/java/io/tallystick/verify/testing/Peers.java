package io.tallystick.verify.testing;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.TlsServerCredentials;
import io.quarkus.runtime.Shutdown;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;

/// Serves the played peers over mTLS.
@Singleton
public class Peers {
  private final Config config;
  private final PlayedSeed seed;
  private final PlayedRisk risk;
  private final PlayedClearing clearing;
  private final List<Server> servers = new ArrayList<>();

  @Inject
  Peers(Config config, PlayedSeed seed, PlayedRisk risk, PlayedClearing clearing) {
    this.config = config;
    this.seed = seed;
    this.risk = risk;
    this.clearing = clearing;
  }

  @Startup
  void start() throws IOException {
    servers.add(serve("seed", seed));
    servers.add(serve("risk", risk));
    servers.add(serve("clearing", clearing));
  }

  @Shutdown
  void stop() {
    servers.forEach(Server::shutdownNow);
  }

  private Server serve(String peer, BindableService service) throws IOException {
    String prefix = "test.peers." + peer;
    TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder();
    credentials.keyManager(file(prefix + ".certificate"), file(prefix + ".key"));
    credentials.trustManager(Path.of(setting("test.ca")).resolve("ca.pem").toFile());
    credentials.clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    return Grpc.newServerBuilderForPort(
            Integer.parseInt(setting(prefix + ".port")), credentials.build())
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .addService(service)
        .build()
        .start();
  }

  private File file(String name) {
    return new File(setting(name));
  }

  private String setting(String name) {
    return config.getValue(name, String.class);
  }
}
