package io.tallystick.kit.grpc;

import static io.tallystick.kit.grpc.GrpcPolicy.operators;
import static io.tallystick.kit.grpc.GrpcPolicy.services;
import static io.tallystick.kit.grpc.GrpcPolicy.terminals;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.kit.identity.CallerIdentity;
import io.tallystick.kit.identity.CallerIdentity.OperatorIdentity;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;
import org.junit.jupiter.api.Test;

class GrpcPolicyTest {
  private static final CallerIdentity TERMINAL = new TerminalIdentity("m", "t");
  private static final CallerIdentity VERIFY = new ServiceIdentity("verify");
  private static final CallerIdentity SEED = new ServiceIdentity("seed");
  private static final CallerIdentity OPERATOR = new OperatorIdentity("ann");

  private final GrpcPolicy policy =
      GrpcPolicy.builder()
          .allow(ClearingServiceGrpc.getPayMethod(), services("verify"))
          .allow(ClearingServiceGrpc.getPayMethod(), operators("bank"))
          .allow(ClearingServiceGrpc.getReverseMethod(), terminals(), operators())
          .build();

  @Test
  void allowsWhoIsNamed() {
    String pay = ClearingServiceGrpc.getPayMethod().getFullMethodName();
    assertThat(policy.allows(pay, VERIFY)).isTrue();
    assertThat(policy.allows(pay, new OperatorIdentity("bank"))).isTrue();
    assertThat(policy.allows(pay, OPERATOR)).isFalse();
    assertThat(policy.allows(pay, SEED)).isFalse();
    assertThat(policy.allows(pay, TERMINAL)).isFalse();
  }

  @Test
  void allowsKinds() {
    String reverse = ClearingServiceGrpc.getReverseMethod().getFullMethodName();
    assertThat(policy.allows(reverse, TERMINAL)).isTrue();
    assertThat(policy.allows(reverse, OPERATOR)).isTrue();
    assertThat(policy.allows(reverse, VERIFY)).isFalse();
  }

  @Test
  void refusesMethodsWithoutAnEntry() {
    String refund = ClearingServiceGrpc.getRefundMethod().getFullMethodName();
    assertThat(policy.allows(refund, VERIFY)).isFalse();
    assertThat(policy.allows("tallystick.clearing.v1.ClearingService/Unknown", VERIFY)).isFalse();
    assertThat(GrpcPolicy.builder().build().allows(refund, VERIFY)).isFalse();
  }

  @Test
  void opensHealthAndReflectionToEveryIdentity() {
    assertThat(policy.allows("grpc.health.v1.Health/Check", TERMINAL)).isTrue();
    assertThat(policy.allows("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", TERMINAL))
        .isTrue();
    assertThat(policy.allows("grpc.health.v1.Healthy/Check", TERMINAL)).isFalse();
  }
}
