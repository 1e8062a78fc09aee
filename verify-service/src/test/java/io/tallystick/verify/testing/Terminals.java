package io.tallystick.verify.testing;

import com.google.protobuf.ByteString;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc.TerminalAdminServiceBlockingStub;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.sandbox.base.DevCa;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;

/// Terminals with certificates of their own, registered by an operator.
@Singleton
public class Terminals {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Config config;
  private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
  private final AtomicInteger merchants = new AtomicInteger();

  @Inject
  Terminals(Config config) {
    this.config = config;
  }

  /// A merchant nobody else uses, with one terminal.
  public TestTerminal register() {
    return register("m" + merchants.incrementAndGet() + "-" + ProcessHandle.current().pid(), "t1");
  }

  public TestTerminal register(String merchant, String terminal) {
    Sm2PrivateKey key = Sm2PrivateKey.generate(RANDOM);
    var _ =
        admin()
            .registerMerchant(
                RegisterMerchantRequest.newBuilder()
                    .setMerchantId(merchant)
                    .setName("Shop")
                    .build());
    register(merchant, terminal, key);
    return unregistered(merchant, terminal, key);
  }

  public void register(String merchant, String terminal, Sm2PrivateKey key) {
    var _ =
        admin()
            .registerTerminal(
                RegisterTerminalRequest.newBuilder()
                    .setMerchantId(merchant)
                    .setTerminalId(terminal)
                    .setPublicKey(ByteString.copyFrom(key.publicKey().compressed()))
                    .setFloorLimitMinor(10_000)
                    .build());
  }

  /// A terminal with a certificate and nothing else.
  public TestTerminal unregistered(String merchant, String terminal, Sm2PrivateKey key) {
    return new TestTerminal(merchant, terminal, key, channel(ca().terminal(merchant, terminal)));
  }

  public TerminalAdminServiceBlockingStub admin() {
    return TerminalAdminServiceGrpc.newBlockingStub(channel(ca().operator("test")));
  }

  public ManagedChannel channel(DevCa.Credentials identity) {
    try {
      ChannelCredentials credentials =
          TlsChannelCredentials.newBuilder()
              .keyManager(identity.certificate().toFile(), identity.key().toFile())
              .trustManager(ca().certificateFile().toFile())
              .build();
      int port = config.getValue("tallystick.grpc.port", Integer.class);
      ManagedChannel channel =
          Grpc.newChannelBuilder("localhost:" + port, credentials).disableRetry().build();
      channels.add(channel);
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public DevCa ca() {
    return DevCa.open(Path.of(config.getValue("test.ca", String.class)));
  }

  @PreDestroy
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
