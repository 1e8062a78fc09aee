package io.tallystick.sandbox.soak.work;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.story.Stage;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import io.tallystick.sdk.terminal.platform.CodePayments;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A registered terminal with its journal and its connection. Several payers may stand before it.
final class Till implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 30;
  private static final long FLOOR_LIMIT_MINOR = 100_000;
  private static final double LATITUDE = 31.2304;
  private static final double LONGITUDE = 121.4737;

  /// When a till sends its halves.
  enum Habit {
    /// Whenever the plan says so.
    PROMPT,
    /// Not before the end.
    LATE,
    /// Never: the wallets' halves stay alone.
    NEVER
  }

  private final String merchant;
  private final Habit habit;
  private final SettableClock clock;
  private final Terminal terminal;
  private final VerifyConnection platform;
  private final ManagedChannel rawChannel;
  private final List<TapHalf> taken = new ArrayList<>();

  private Till(
      Habit habit,
      SettableClock clock,
      Terminal terminal,
      VerifyConnection platform,
      ManagedChannel rawChannel) {
    this.merchant = terminal.identity().merchant().value();
    this.habit = habit;
    this.clock = clock;
    this.terminal = terminal;
    this.platform = platform;
    this.rawChannel = rawChannel;
  }

  /// Registers a terminal, gives it a certificate and fetches its first pack.
  static Till open(Stage stage, int number, Habit habit) throws IOException {
    PlatformDescription platform = stage.description();
    String merchantId = "SOAK-" + (number / 2 + 1);
    String terminalId = "T" + number;
    TerminalIdentity identity =
        new TerminalIdentity(
            MerchantId.of(merchantId),
            TerminalId.of(terminalId),
            Sm2PrivateKey.generate(new SecureRandom()),
            stage.root());
    register(platform, identity);
    DevCa.Credentials credentials =
        DevCa.open(platform.certificatesFolder()).terminal(merchantId, terminalId);
    SettableClock clock = new SettableClock();
    String address = platform.grpc().verifyService();
    Till till =
        new Till(
            habit,
            clock,
            Terminal.open(
                identity, TerminalJournal.open(stage.file(terminalId + ".journal")), clock),
            VerifyConnection.open(
                address, platform.caFile(), credentials.certificate(), credentials.key()),
            GrpcChannels.open(
                platform.caFile(), credentials.certificate(), credentials.key(), address));
    PackStatus pack = Patience.until(() -> till.terminal.refreshPack(till.platform));
    if (pack != PackStatus.GOOD) {
      throw new IOException("the terminal pack of " + terminalId + " is " + pack);
    }
    return till;
  }

  private static void register(PlatformDescription platform, TerminalIdentity identity)
      throws IOException {
    ManagedChannel channel = GrpcChannels.operator(platform, platform.grpc().verifyService());
    try {
      var admin =
          TerminalAdminServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      admin.registerMerchant(
          RegisterMerchantRequest.newBuilder()
              .setMerchantId(identity.merchant().value())
              .setName("Soak " + identity.merchant().value())
              .build());
      admin.registerTerminal(
          RegisterTerminalRequest.newBuilder()
              .setMerchantId(identity.merchant().value())
              .setTerminalId(identity.terminal().value())
              .setPublicKey(ByteString.copyFrom(identity.receiptKey().publicKey().compressed()))
              .setPlace(
                  Place.newBuilder().setLatitudeDegrees(LATITUDE).setLongitudeDegrees(LONGITUDE))
              .setFloorLimitMinor(FLOOR_LIMIT_MINOR)
              .build());
    } finally {
      GrpcChannels.close(channel);
    }
  }

  String merchant() {
    return merchant;
  }

  Habit habit() {
    return habit;
  }

  SettableClock clock() {
    return clock;
  }

  Terminal terminal() {
    return terminal;
  }

  VerifyConnection platform() {
    return platform;
  }

  /// A connection of the same terminal for callers without the SDK.
  ManagedChannel rawChannel() {
    return rawChannel;
  }

  /// Code payments, timed by the right clock: how long to ask is no question of what the till
  /// believes the time to be.
  CodePayments payments() {
    return new CodePayments(platform, Clock.systemUTC());
  }

  /// Remembers a half, for sending it again.
  synchronized void note(TapHalf half) {
    taken.add(half);
  }

  /// Every half it ever took, oldest first.
  synchronized List<TapHalf> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() {
    platform.close();
    GrpcChannels.close(rawChannel);
    terminal.close();
  }
}
