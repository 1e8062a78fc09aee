package io.tallystick.sandbox.story;

import io.grpc.ManagedChannel;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc;
import io.tallystick.api.seed.v1.UnlockPayerRequest;
import io.tallystick.api.verify.v1.Evidence;
import io.tallystick.api.verify.v1.ListEvidenceRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.sandbox.platform.GrpcChannels;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whoever runs the platform, with an operator's certificate.
final class Operator {
  private static final int DEADLINE_SECONDS = 20;

  private final Stage stage;

  Operator(Stage stage) {
    this.stage = stage;
  }

  /// Lifts the lock on a payer's payment password; tells whether there was one.
  boolean unlock(String payerId) throws IOException {
    ManagedChannel channel =
        GrpcChannels.operator(stage.description(), stage.description().grpc().seedService());
    try {
      return SeedAdminServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .unlockPayer(UnlockPayerRequest.newBuilder().setPayerId(payerId).build())
          .getWasLocked();
    } finally {
      GrpcChannels.close(channel);
    }
  }

  /// The evidence against a device.
  List<Evidence> evidence(String deviceId) throws IOException {
    ManagedChannel channel =
        GrpcChannels.operator(stage.description(), stage.description().grpc().verifyService());
    try {
      return TerminalAdminServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .listEvidence(ListEvidenceRequest.newBuilder().setDeviceId(deviceId).build())
          .getEvidenceList();
    } finally {
      GrpcChannels.close(channel);
    }
  }
}
