package io.tallystick.risk.grpc;

import static io.tallystick.kit.grpc.GrpcPolicy.services;

import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.kit.grpc.GrpcPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Who may call which gRPC method.
final class RiskPolicy {
  @Produces
  @Singleton
  GrpcPolicy policy() {
    return GrpcPolicy.builder()
        .allow(RiskServiceGrpc.getAssessMethod(), services("verify"))
        .build();
  }
}
