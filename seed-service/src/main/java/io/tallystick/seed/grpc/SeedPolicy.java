package io.tallystick.seed.grpc;

import static io.tallystick.kit.grpc.GrpcPolicy.operators;
import static io.tallystick.kit.grpc.GrpcPolicy.services;

import io.tallystick.api.seed.v1.SeedAdminServiceGrpc;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.kit.grpc.GrpcPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Who may call what.
final class SeedPolicy {
  @Produces
  @Singleton
  GrpcPolicy policy() {
    return GrpcPolicy.builder()
        .allow(SeedServiceGrpc.getCheckCodeMethod(), services("verify"))
        .allow(SeedServiceGrpc.getGetDevicesMethod(), services("verify"))
        .allow(SeedServiceGrpc.getGetTrustBundleMethod(), services("verify"))
        .allow(SeedServiceGrpc.getSignTerminalPackMethod(), services("verify"))
        .allow(SeedAdminServiceGrpc.getCreateIssuerKeyMethod(), operators())
        .allow(SeedAdminServiceGrpc.getInstallIssuerCertificateMethod(), operators())
        .allow(SeedAdminServiceGrpc.getUnlockPayerMethod(), operators())
        .allow(SeedAdminServiceGrpc.getRevokeDeviceMethod(), operators())
        .build();
  }
}
